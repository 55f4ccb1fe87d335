"""Shows on a feedback page where every item was put, and where it belongs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.standings import Standing, standing

if TYPE_CHECKING:
    from markupsafe import Markup

    from copydesk.kinds.parts import Parts
    from copydesk.kinds.sort.model import SortKey, SortResponse, SortTask
    from copydesk.model.score import Score


class SortClass(NamedTuple):
    """A class that an item may be put in, and how that stands."""

    text: str
    standing: Standing


class SortedItem(NamedTuple):
    """An item: the class that the learner put it in, the reference, and what else one can defend."""

    text: str
    mine: SortClass | None
    reference: tuple[str, ...]
    defensible: tuple[SortClass, ...]
    why: str


def feedback_view(task: SortTask, key: SortKey, response: SortResponse | None, _: Score, parts: Parts) -> Markup:
    """Return every item with where it was put and where it belongs."""
    placed = response.placed if response else {}
    items = [looks[placed.get(name)] for name, looks in _items(task, key).items()]
    return parts.around("sort.view", None, parts.each("sort.item", items))


@cache
def _items(task: SortTask, key: SortKey) -> dict[str, dict[str | None, SortedItem]]:
    """Return how each item looks where it was not placed, and in each class."""
    items = {}
    for item in task.items:
        entry = key.items[item.id]
        classes = {each.id: SortClass(each.text, standing(entry.weights.get(each.id, 0))) for each in task.classes}
        reference = tuple(classes[name].text for name, weight in entry.weights.items() if weight == 1)
        others = tuple(classes[name] for name, weight in entry.weights.items() if 0 < weight < 1)
        left = SortedItem(item.text, None, reference, others, entry.why)
        items[item.id] = {None: left} | {name: left._replace(mine=put) for name, put in classes.items()}
    return items
