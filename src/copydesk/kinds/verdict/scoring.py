"""Scores a verdict: support above chance, a part for the qualification, nothing without a decisive card."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from copydesk.kinds.chance import above_chance
from copydesk.kinds.verdict.model import SUPPORTS, VerdictKey, VerdictResponse, VerdictTask
from copydesk.model.score import Feedback
from copydesk.model.task import ids_of
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator

QUALIFICATION_SHARE = 0.25
"""The part of a verdict that the right qualification earns, if the key asks for one."""


def is_answered(response: VerdictResponse) -> bool:
    """Return whether anything is chosen."""
    return response.support is not None or bool(response.cards)


def completeness(task: VerdictTask, response: VerdictResponse | None) -> tuple[int, int]:
    """Return how many parts are done: a support, a card, and a qualification if the support needs one."""
    response = response or VerdictResponse()
    parts = [response.support is not None, bool(response.cards)]
    if response.support == "qualified" and task.qualifications:
        parts.append(response.qualification is not None)
    return parts.count(True), len(parts)


def validation_errors(task: VerdictTask, response: VerdictResponse) -> Iterator[str]:
    """Yield the errors: unknown qualifications or cards, too many cards."""
    qualification = response.qualification
    if qualification is not None and qualification not in ids_of(task.qualifications):
        yield t("scoring.unknown_qualification", name=qualification, task=task.id)
    for card in response.cards:
        if card not in task.cards:
            yield t("scoring.unknown_card", name=card, task=task.id)
    count = len(set(response.cards))
    if count > task.most_cards:
        yield t("scoring.most_cards", task=task.id, most=task.most_cards, count=count)


def score(_task: VerdictTask, key: VerdictKey, response: VerdictResponse) -> tuple[float, list[Feedback]]:
    """Return the share earned, and the reasons for support, qualification and cards.

    The share is the weight of the support above the mean of the five; if the key has a qualification of weight 1,
    a quarter of it is for the qualification. Nothing without a decisive card (grading.md 3).
    """
    feedback = [*_weight_reasons(key), *_card_reasons(key, response)]
    if response.support is None or key.decisive.keys().isdisjoint(response.cards):
        return 0.0, feedback
    weights = key.support_weights
    share = above_chance(key.support[response.support].weight, fsum(weights) / len(weights), max(weights))
    if _reference_qualification(key):
        chosen = key.qualifications.get(response.qualification or "")
        weight = chosen.weight if chosen else 0.0
        share *= 1 - QUALIFICATION_SHARE + QUALIFICATION_SHARE * weight
    return share, feedback


def _weight_reasons(key: VerdictKey) -> list[Feedback]:
    """Return the reasons for supports and qualifications, which are the same for every response."""
    reasons = []
    for name in SUPPORTS:
        entry = key.support[name]
        reasons.append(Feedback(part=name, credit=entry.weight, text=entry.why))
    for identifier, entry in key.qualifications.items():
        reasons.append(Feedback(part=identifier, credit=entry.weight, text=entry.why))
    return reasons


def _card_reasons(key: VerdictKey, response: VerdictResponse) -> Iterator[Feedback]:
    """Yield the reason for each decisive card."""
    for card, why in key.decisive.items():
        yield Feedback(part=card, credit=float(card in response.cards), text=why)


def _reference_qualification(key: VerdictKey) -> str | None:
    """Return the first qualification of weight 1, or None if the key asks for none."""
    for name, entry in key.qualifications.items():
        if entry.weight == 1:
            return name
    return None


def reference_response(task: VerdictTask, key: VerdictKey) -> VerdictResponse:
    """Return the support and the qualification of weight 1, and the decisive cards."""
    cards = tuple(key.decisive)[: task.most_cards]
    qualification = _reference_qualification(key)
    return VerdictResponse(support=key.reference_support, qualification=qualification, cards=cards)


def guessing_strategies(task: VerdictTask) -> Iterator[tuple[str, VerdictResponse]]:
    """Yield answers that need no reading: each step of the scale, with the first cards and qualification."""
    first = task.qualifications[0].id if task.qualifications else None
    cards = task.cards[: task.most_cards]
    for support in SUPPORTS:
        yield f"always {support}", VerdictResponse(support=support, qualification=first, cards=cards)
    yield "only cards", VerdictResponse(cards=cards)
