"""Scores a verdict: support above chance, a part for the qualification, nothing without a decisive card."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from copydesk.kinds.chance import above_chance
from copydesk.kinds.verdict.model import SUPPORTS, VerdictKey, VerdictResponse, VerdictTask
from copydesk.model.score import Feedback

if TYPE_CHECKING:
    from collections.abc import Iterator

QUALIFICATION_SHARE = 0.25
"""The part of a verdict that the right qualification earns, where the key asks for one."""


def is_answered(response: VerdictResponse) -> bool:
    """Return whether anything is chosen."""
    return response.support is not None or bool(response.cards)


def completeness(task: VerdictTask, response: VerdictResponse | None) -> tuple[int, int]:
    """Return how many parts are done: a support, a card, and a qualification where the support needs one."""
    response = response or VerdictResponse()
    parts = [response.support is not None, bool(response.cards)]
    if response.support == "qualified" and task.qualifications:
        parts.append(response.qualification is not None)
    return parts.count(True), len(parts)


def validation_errors(task: VerdictTask, response: VerdictResponse) -> Iterator[str]:
    """Yield what does not fit: unknown qualifications or cards, too many cards."""
    if response.qualification is not None and response.qualification not in {each.id for each in task.qualifications}:
        yield f"The qualification {response.qualification!r} does not belong to task {task.id}."
    for card in response.cards:
        if card not in task.cards:
            yield f"The card {card!r} does not belong to task {task.id}."
    if len(set(response.cards)) > task.most_cards:
        yield f"Task {task.id} takes at most {task.most_cards} cards, {len(set(response.cards))} are cited."


def score(_task: VerdictTask, key: VerdictKey, response: VerdictResponse) -> tuple[float, list[Feedback]]:
    """Return the share earned, and the reasons of support, qualification and cards.

    The weight of the support above the mean of the five; where the key has a qualification of weight 1, a
    quarter of it for the qualification. Nothing without a decisive card (grading.md 3).
    """
    weights = {name: key.support[name].weight for name in SUPPORTS}
    mine = weights[response.support] if response.support else 0.0
    share = above_chance(mine, fsum(weights.values()) / len(weights), max(weights.values()))
    cited = bool(set(response.cards) & set(key.decisive))
    feedback = [Feedback(part=name, credit=weights[name], text=key.support[name].why) for name in SUPPORTS]
    if any(entry.weight == 1 for entry in key.qualifications.values()):
        chosen = key.qualifications.get(response.qualification or "")
        share *= 1 - QUALIFICATION_SHARE + QUALIFICATION_SHARE * (chosen.weight if chosen else 0.0)
    feedback += [Feedback(part=name, credit=each.weight, text=each.why) for name, each in key.qualifications.items()]
    feedback += [
        Feedback(part=card, credit=float(card in response.cards), text=why) for card, why in key.decisive.items()
    ]
    return (share if cited and response.support else 0.0), feedback


def reference_response(task: VerdictTask, key: VerdictKey) -> VerdictResponse:
    """Return the support and the qualification of weight 1, and the decisive cards."""
    support = next(name for name in SUPPORTS if key.support[name].weight == 1)
    wanted = [name for name, entry in key.qualifications.items() if entry.weight == 1]
    cards = tuple(key.decisive)[: task.most_cards]
    return VerdictResponse(support=support, qualification=wanted[0] if wanted else None, cards=cards)


def guessing_strategies(task: VerdictTask) -> Iterator[tuple[str, VerdictResponse]]:
    """Yield answers that need no reading: each step of the scale, with the first cards and qualification."""
    first = task.qualifications[0].id if task.qualifications else None
    cards = task.cards[: task.most_cards]
    for support in SUPPORTS:
        yield f"always {support}", VerdictResponse(support=support, qualification=first, cards=cards)
    yield "only cards", VerdictResponse(cards=cards)
