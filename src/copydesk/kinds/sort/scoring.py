"""Scores a sort: mean credit over the items, corrected for chance."""

from __future__ import annotations

from functools import cache
from math import fsum
from typing import TYPE_CHECKING

from copydesk.kinds.chance import above_chance
from copydesk.kinds.sort.model import SortKey, SortResponse, SortTask
from copydesk.model.score import Feedback

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_answered(response: SortResponse) -> bool:
    """Return whether any item is placed."""
    return bool(response.placed)


def completeness(task: SortTask, response: SortResponse | None) -> tuple[int, int]:
    """Return how many items are placed, of how many."""
    return sum(item.id in response.placed for item in task.items) if response else 0, len(task.items)


def validation_errors(task: SortTask, response: SortResponse) -> Iterator[str]:
    """Yield what does not fit: unknown items or classes."""
    items, classes = _names(task)
    for item, name in response.placed.items():
        if item not in items:
            yield f"The item {item!r} does not belong to task {task.id}."
        if name not in classes:
            yield f"The class {name!r} does not belong to task {task.id}."


def _names(task: SortTask) -> tuple[set[str], set[str]]:
    """Return the items and the classes that there are."""
    return {item.id for item in task.items}, {entry.id for entry in task.classes}


def score(task: SortTask, key: SortKey, response: SortResponse) -> tuple[float, list[Feedback]]:
    """Return the share earned and the reason of every item.

    Item credit = weight of the chosen class, 0 where not placed. Chance = mean over items of the mean
    weight over all classes; ceiling = mean over items of the largest weight (grading.md 3).
    """
    chance, ceiling, reasons = _worth(task, key)
    credits_, feedback = [], []
    for item, by_class in reasons.items():
        credit, reason = by_class.get(response.placed.get(item, ""), by_class[""])
        credits_.append(credit)
        feedback.append(reason)
    return above_chance(fsum(credits_) / len(task.items), chance, ceiling), feedback


Reasons = dict[str, dict[str, tuple[float, Feedback]]]
"""For each item and class the credit and its reason; under the empty name, for an item that is in none of them."""


@cache
def _worth(task: SortTask, key: SortKey) -> tuple[float, float, Reasons]:
    """Return chance, ceiling, and what every item is worth in every class, which no answer changes."""
    weights = [key.items[item.id].weights.values() for item in task.items]
    chance = fsum(fsum(each) / len(task.classes) for each in weights) / len(weights)
    ceiling = fsum(map(max, weights)) / len(weights)
    reasons: Reasons = {}
    for item in task.items:
        entry = key.items[item.id]
        reasons[item.id] = {
            name: (credit, Feedback(part=item.id, credit=credit, text=entry.why))
            for name, credit in {"": 0.0, **entry.weights}.items()
        }
    return chance, ceiling, reasons


def reference_response(task: SortTask, key: SortKey) -> SortResponse:
    """Return every item in its class of largest weight."""
    placed = {item.id: max(key.items[item.id].weights.items(), key=lambda pair: pair[1])[0] for item in task.items}
    return SortResponse(placed=placed)


def guessing_strategies(task: SortTask) -> Iterator[tuple[str, SortResponse]]:
    """Yield answers that need no reading: one class for all items, the classes in turn."""
    for entry in task.classes:
        yield f"everything in {entry.id}", SortResponse(placed={item.id: entry.id for item in task.items})
    turns = {item.id: task.classes[place % len(task.classes)].id for place, item in enumerate(task.items)}
    yield "the classes in turn", SortResponse(placed=turns)
