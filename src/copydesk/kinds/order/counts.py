"""Counts at which place a class put each item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.counting import ClassAnswers, Counts, Offer, Seen, Shape
from copydesk.kinds.order.scoring import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.order.model import OrderKey, OrderResponse, OrderTask
    from copydesk.model.score import Score


def shape(task: OrderTask) -> Shape:
    """Return a pick for each item."""
    return Shape(picks=len(task.items))


def seen(task: OrderTask, response: OrderResponse, _score: Score) -> Seen:
    """Return the place of each item."""
    mine = places(response.ranks)
    return Seen([mine[item.id] + 1 if item.id in mine else 0 for item in task.items], [], 0)


def offers(task: OrderTask, key: OrderKey, answers: ClassAnswers) -> Iterator[Offer]:
    """Yield for each item how often each place was chosen."""
    right = places(key.ranks)
    names = [(str(place), str(place)) for place in range(1, len(task.items) + 1)]
    for place, item in enumerate(task.items):
        weights = [float(number == right[item.id]) for number in range(len(names))]
        yield Offer(item.id, names, weights, answers.pick_counts(place, len(names)))


COUNTS: Counts[OrderTask, OrderKey, OrderResponse] = Counts(shape=shape, seen=seen, offers=offers)
