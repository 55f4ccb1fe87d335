"""Scores a sort: mean credit over the items, corrected for chance."""

from __future__ import annotations

from functools import cache
from itertools import cycle
from math import fsum
from typing import TYPE_CHECKING

from copydesk.kinds.chance import above_chance
from copydesk.kinds.sort.model import SortKey, SortResponse, SortTask
from copydesk.model.score import Feedback
from copydesk.model.task import ids_of
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.sort.model import ItemKey


def is_answered(response: SortResponse) -> bool:
    """Return whether any item is placed."""
    return bool(response.placed)


def completeness(task: SortTask, response: SortResponse | None) -> tuple[int, int]:
    """Return how many items are placed, and how many there are."""
    if response is None:
        return 0, len(task.items)
    items, _ = _item_and_class_ids(task)
    return len(items & response.placed.keys()), len(task.items)


def validation_errors(task: SortTask, response: SortResponse) -> Iterator[str]:
    """Yield the errors: unknown items or classes."""
    items, classes = _item_and_class_ids(task)
    for item, name in response.placed.items():
        if item not in items:
            yield t("scoring.unknown_item", name=item, task=task.id)
        if name not in classes:
            yield t("scoring.unknown_class", name=name, task=task.id)


@cache
def _item_and_class_ids(task: SortTask) -> tuple[set[str], set[str]]:
    return set(ids_of(task.items)), set(ids_of(task.classes))


def score(task: SortTask, key: SortKey, response: SortResponse) -> tuple[float, list[Feedback]]:
    """Return the share earned and the reason of every item.

    Item credit = weight of the chosen class, 0 if not placed. Chance = mean over items of the mean
    weight over all classes; ceiling = mean over items of the largest weight (grading.md 3).
    """
    chance, ceiling, reasons = _key_summary(task, key)
    credits_, feedback = [], []
    for item, by_class in reasons.items():
        credit, reason = by_class.get(response.placed.get(item, ""), by_class[""])
        credits_.append(credit)
        feedback.append(reason)
    return above_chance(fsum(credits_) / len(task.items), chance, ceiling), feedback


ReasonsByClass = dict[str, tuple[float, Feedback]]
"""An item's credit and reason for each class; under the empty name, those for an item in none."""


@cache
def _key_summary(task: SortTask, key: SortKey) -> tuple[float, float, dict[str, ReasonsByClass]]:
    """Return chance, ceiling, and the reasons for each item, which are the same for every response."""
    means, largest, reasons = [], [], {}
    for item in task.items:
        entry = key.items[item.id]
        means.append(fsum(entry.weights.values()) / len(task.classes))
        largest.append(max(entry.weights.values()))
        reasons[item.id] = _reasons_by_class(item.id, entry)
    return fsum(means) / len(means), fsum(largest) / len(largest), reasons


def _reasons_by_class(item: str, entry: ItemKey) -> ReasonsByClass:
    reasons = {"": (0.0, Feedback(part=item, credit=0.0, text=entry.why))}
    for name, weight in entry.weights.items():
        reasons[name] = weight, Feedback(part=item, credit=weight, text=entry.why)
    return reasons


def reference_response(task: SortTask, key: SortKey) -> SortResponse:
    """Return every item in its class of largest weight."""
    placed = {}
    for item in task.items:
        weights = key.items[item.id].weights
        placed[item.id] = max(weights, key=weights.__getitem__)
    return SortResponse(placed=placed)


def guessing_strategies(task: SortTask) -> Iterator[tuple[str, SortResponse]]:
    """Yield answers that need no reading: one class for all items, the classes in turn."""
    items, classes = ids_of(task.items), ids_of(task.classes)
    for name in classes:
        yield f"everything in {name}", SortResponse(placed=dict.fromkeys(items, name))
    turns = dict(zip(items, cycle(classes), strict=False))
    yield "the classes in turn", SortResponse(placed=turns)
