"""Scores an order: Kendall's tau over the pairs that the key fixes (grading.md 5)."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from copydesk.kinds.order.model import OrderKey, OrderResponse, OrderTask
from copydesk.model.score import Feedback

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.order.model import Ranks


def is_answered(response: OrderResponse) -> bool:
    """Return whether any item is placed."""
    return any(response.ranks)


def completeness(task: OrderTask, response: OrderResponse | None) -> tuple[int, int]:
    """Return how many items are placed, of how many."""
    placed = places(response.ranks) if response else {}
    return sum(item.id in placed for item in task.items), len(task.items)


def validation_errors(task: OrderTask, response: OrderResponse) -> Iterator[str]:
    """Yield what does not fit: unknown items, items placed twice, ties where none are asked."""
    known = {item.id for item in task.items}
    placed = [name for group in response.ranks for name in group]
    for name in placed:
        if name not in known:
            yield f"The item {name!r} does not belong to task {task.id}."
    if len(set(placed)) < len(placed):
        yield f"An item of task {task.id} is placed twice."
    if not task.ties and any(len(group) > 1 for group in response.ranks):
        yield f"Task {task.id} takes no ties."


def places(ranks: Ranks) -> dict[str, int]:
    """Return the place of each item, from 0."""
    return {name: place for place, group in enumerate(ranks) for name in group}


def score(task: OrderTask, key: OrderKey, response: OrderResponse) -> tuple[float, list[Feedback]]:
    """Return (concordant - discordant) / fixed pairs, at least 0, and the reason of every item.

    A pair that the learner ties, or of which an item is missing, counts neither way.
    """
    reference, mine = places(key.ranks), places(response.ranks)
    fixed, agreed = 0, 0
    agreement = {item.id: [0, 0] for item in task.items}
    for first, second in combinations(reference, 2):
        if reference[first] == reference[second]:
            continue
        fixed += 1
        agrees = _agrees(mine, *((first, second) if reference[first] < reference[second] else (second, first)))
        agreed += agrees
        for name in (first, second):
            agreement[name][0] += max(0, agrees)
            agreement[name][1] += 1
    feedback = [
        Feedback(part=name, credit=right / pairs if pairs else None, text=key.why[name])
        for name, (right, pairs) in agreement.items()
    ]
    return max(0.0, agreed / fixed), feedback


def _agrees(mine: dict[str, int], before: str, after: str) -> int:
    """Return 1 where the learner has the pair in this order, -1 where turned round, else 0."""
    if before not in mine or after not in mine:
        return 0
    return (mine[before] < mine[after]) - (mine[before] > mine[after])


def reference_response(task: OrderTask, key: OrderKey) -> OrderResponse:
    """Return the reference order; open pairs are tied where ties are allowed."""
    ranks = key.ranks if task.ties else tuple((name,) for group in key.ranks for name in group)
    return OrderResponse(ranks=ranks)


def guessing_strategies(task: OrderTask) -> Iterator[tuple[str, OrderResponse]]:
    """Yield answers that need no reading: the order as authored, that order reversed, all at one place."""
    given = tuple((item.id,) for item in task.items)
    yield "the given order", OrderResponse(ranks=given)
    yield "the given order reversed", OrderResponse(ranks=given[::-1])
    if task.ties:
        yield "all at one place", OrderResponse(ranks=(tuple(item.id for item in task.items),))
