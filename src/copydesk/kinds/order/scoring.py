"""Scores an order: Kendall's tau over the pairs that the key fixes (grading.md 5)."""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING

from copydesk.kinds.order.model import OrderKey, OrderResponse, OrderTask
from copydesk.model.score import Feedback
from copydesk.model.task import ids_of
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.kinds.order.model import Ranks


def is_answered(response: OrderResponse) -> bool:
    """Return whether any item is placed."""
    return any(response.ranks)


def completeness(task: OrderTask, response: OrderResponse | None) -> tuple[int, int]:
    """Return how many items are placed, and how many there are."""
    if response is None:
        return 0, len(task.items)
    placed = set(chain.from_iterable(response.ranks))
    return len(placed.intersection(ids_of(task.items))), len(task.items)


def validation_errors(task: OrderTask, response: OrderResponse) -> Iterator[str]:
    """Yield the errors: unknown items, items placed twice, ties where none are allowed."""
    items = set(ids_of(task.items))
    placed = list(chain.from_iterable(response.ranks))
    for name in placed:
        if name not in items:
            yield t("scoring.unknown_item", name=name, task=task.id)
    if len(set(placed)) < len(placed):
        yield t("scoring.repeated_item", task=task.id)
    if not task.ties and any(len(group) > 1 for group in response.ranks):
        yield t("scoring.no_ties", task=task.id)


def places(ranks: Ranks) -> dict[str, int]:
    """Return the place of each item, from 0."""
    place_of = {}
    for place, group in enumerate(ranks):
        for name in group:
            place_of[name] = place
    return place_of


def score(task: OrderTask, key: OrderKey, response: OrderResponse) -> tuple[float, list[Feedback]]:
    """Return (concordant - discordant) / fixed pairs, at least 0, and the reason of every item.

    A pair that the learner ties, or that lacks an item, counts neither way.
    """
    reference, response_places = places(key.ranks), places(response.ranks)
    balance = fixed = 0
    concordant, pairs = dict.fromkeys(reference, 0), dict.fromkeys(reference, 0)
    for earlier, later in combinations(reference, 2):
        if reference[earlier] == reference[later]:
            continue
        fixed += 1
        agreement = _pair_agreement(response_places, earlier, later)
        balance += agreement
        for name in (earlier, later):
            concordant[name] += agreement == 1
            pairs[name] += 1
    feedback = []
    for item in task.items:
        name = item.id
        credit = concordant[name] / pairs[name] if pairs[name] else None
        feedback.append(Feedback(part=name, credit=credit, text=key.why[name]))
    return max(0.0, balance / fixed), feedback


def _pair_agreement(place_of: dict[str, int], earlier: str, later: str) -> int:
    """Return 1 if the learner has the pair in this order, -1 if in the opposite order, else 0."""
    if earlier not in place_of or later not in place_of:
        return 0
    return (place_of[earlier] < place_of[later]) - (place_of[earlier] > place_of[later])


def reference_response(task: OrderTask, key: OrderKey) -> OrderResponse:
    """Return the reference order; open pairs are tied where ties are allowed."""
    if task.ties:
        return OrderResponse(ranks=key.ranks)
    return OrderResponse(ranks=_one_a_place(chain.from_iterable(key.ranks)))


def guessing_strategies(task: OrderTask) -> Iterator[tuple[str, OrderResponse]]:
    """Yield answers that need no reading: the order as authored, that order reversed, all in one place."""
    ids = ids_of(task.items)
    yield "the given order", OrderResponse(ranks=_one_a_place(ids))
    yield "the given order reversed", OrderResponse(ranks=_one_a_place(reversed(ids)))
    if task.ties:
        yield "all at one place", OrderResponse(ranks=(tuple(ids),))


def _one_a_place(names: Iterable[str]) -> Ranks:
    """Return items in this order, each in its own place."""
    return tuple((name,) for name in names)
