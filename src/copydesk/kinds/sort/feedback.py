"""Shows where every item was put, and where it belongs, on a feedback page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.credit_labels import CreditLabel, credit_label

if TYPE_CHECKING:
    from markupsafe import Markup

    from copydesk.kinds.parts import Parts
    from copydesk.kinds.sort.model import Item, ItemKey, SortKey, SortResponse, SortTask
    from copydesk.model.score import Score


class ClassStanding(NamedTuple):
    """A class that an item may be put in, and the standing of that choice."""

    text: str
    standing: CreditLabel


class SortedItem(NamedTuple):
    """An item: the learner's class for it, those of the reference, and others that can be defended."""

    text: str
    mine: ClassStanding | None
    reference: tuple[str, ...]
    defensible: tuple[ClassStanding, ...]
    why: str


def feedback_view(task: SortTask, key: SortKey, response: SortResponse | None, _: Score, parts: Parts) -> Markup:
    """Return every item with where it was put and where it belongs."""
    placed = response.placed if response else {}
    items = [by_class[placed.get(name)] for name, by_class in _items(task, key).items()]
    return parts.render_around("sort.view", None, parts.render_each("sort.item", items))


@cache
def _items(task: SortTask, key: SortKey) -> dict[str, dict[str | None, SortedItem]]:
    """Return each item as it looks in each class; under None, where it was not placed."""
    return {item.id: _by_class(item, key.items[item.id], task) for item in task.items}


def _by_class(item: Item, entry: ItemKey, task: SortTask) -> dict[str | None, SortedItem]:
    """Return an item as it looks in each class; under None, where it was not placed."""
    classes = {}
    for sort_class in task.classes:
        weight = entry.weights.get(sort_class.id, 0)
        classes[sort_class.id] = ClassStanding(sort_class.text, credit_label(weight))
    reference = []
    defensible = []
    for name, weight in entry.weights.items():
        if weight == 1:
            reference.append(classes[name].text)
        elif weight > 0:
            defensible.append(classes[name])
    unplaced = SortedItem(item.text, None, tuple(reference), tuple(defensible), entry.why)
    by_class: dict[str | None, SortedItem] = {None: unplaced}
    for name, class_standing in classes.items():
        by_class[name] = unplaced._replace(mine=class_standing)
    return by_class
