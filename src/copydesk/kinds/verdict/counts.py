"""Counts which support, qualification and cards a class chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.bits import bits
from copydesk.kinds.counting import ClassAnswers, Counts, Item, Offer, Seen, Shape
from copydesk.kinds.verdict.model import SUPPORTS
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.verdict.model import VerdictKey, VerdictResponse, VerdictTask
    from copydesk.model.score import Score


def shape(task: VerdictTask) -> Shape:
    """Return a pick each for support and qualification, and a mark for each card."""
    return Shape(picks=2, marks=len(task.cards))


def seen(task: VerdictTask, response: VerdictResponse, _score: Score) -> Seen:
    """Return the support, the qualification and the cards."""
    limits = [each.id for each in task.qualifications]
    picks = [
        SUPPORTS.index(response.support) + 1 if response.support else 0,
        limits.index(response.qualification) + 1 if response.qualification in limits else 0,
    ]
    return Seen(picks, [], bits(place for place, card in enumerate(task.cards) if card in response.cards))


def items(task: VerdictTask, key: VerdictKey, answers: ClassAnswers) -> Iterator[Item]:
    """Yield the claim, by the support that it was given."""
    weights = [key.support[name].weight for name in SUPPORTS]
    yield Item(task.id, task.claim, answers.pick_weights(0, weights), by_degree=False)


def offers(task: VerdictTask, key: VerdictKey, answers: ClassAnswers) -> Iterator[Offer]:
    """Yield how often each support, each qualification and each card was chosen."""
    supports = [(name, t(f"support.{name}")) for name in SUPPORTS]
    weights = [key.support[name].weight for name in SUPPORTS]
    yield Offer("support", supports, weights, answers.pick_counts(0, len(supports)))
    if task.qualifications:
        names = [(limit.id, limit.text) for limit in task.qualifications]
        weights = [key.qualifications[name].weight for name, _ in names]
        yield Offer("qualification", names, weights, answers.pick_counts(1, len(names)))
    weights = [float(card in key.decisive) for card in task.cards]
    yield Offer("cards", [(card, card) for card in task.cards], weights, answers.mark_counts())


def is_judged(response: VerdictResponse) -> bool:
    """Return whether there is a verdict."""
    return response.support is not None


COUNTS: Counts[VerdictTask, VerdictKey, VerdictResponse] = Counts(
    shape=shape, seen=seen, items=items, offers=offers, is_judged=is_judged
)
