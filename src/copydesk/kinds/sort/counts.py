"""Counts in which class a class of learners put each item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.counting import ClassAnswers, Counts, Item, Offer, Seen, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.sort.model import SortKey, SortResponse, SortTask
    from copydesk.model.score import Score


def shape(task: SortTask) -> Shape:
    """Return a pick for each item."""
    return Shape(picks=len(task.items))


def seen(task: SortTask, response: SortResponse, _score: Score) -> Seen:
    """Return the class of each item."""
    classes, placed = _numbered_classes(task), response.placed
    return Seen([classes[placed[item.id]] if item.id in placed else 0 for item in task.items], [], 0)


def _numbered_classes(task: SortTask) -> dict[str, int]:
    return {entry.id: place for place, entry in enumerate(task.classes, start=1)}


def items(task: SortTask, key: SortKey, answers: ClassAnswers) -> Iterator[Item]:
    """Yield every item."""
    for place, item in enumerate(task.items):
        weights = [key.items[item.id].weights.get(entry.id, 0.0) for entry in task.classes]
        yield Item(f"{task.id}.{item.id}", item.text, answers.pick_weights(place, weights), by_degree=False)


def offers(task: SortTask, key: SortKey, answers: ClassAnswers) -> Iterator[Offer]:
    """Yield for each item how often each class was chosen."""
    names = [(entry.id, entry.text) for entry in task.classes]
    for place, item in enumerate(task.items):
        weights = [key.items[item.id].weights.get(name, 0.0) for name, _ in names]
        yield Offer(item.id, names, weights, answers.pick_counts(place, len(names)))


COUNTS: Counts[SortTask, SortKey, SortResponse] = Counts(shape=shape, seen=seen, items=items, offers=offers)
