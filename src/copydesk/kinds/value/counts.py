"""Counts what a class earned in each field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.counting import ClassAnswers, Counts, Item, Seen, Shape, part_credits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.value.model import ValueKey, ValueResponse, ValueTask
    from copydesk.model.score import Score


def shape(task: ValueTask) -> Shape:
    """Return a credit for each field."""
    return Shape(credits=len(task.fields))


def seen(task: ValueTask, _response: ValueResponse, score: Score) -> Seen:
    """Return what each field earned."""
    return Seen([], part_credits([field.id for field in task.fields], score), 0)


def items(task: ValueTask, _key: ValueKey, answers: ClassAnswers) -> Iterator[Item]:
    """Yield every field; a table is right by degree."""
    for place, field in enumerate(task.fields):
        credit, is_table = answers.credits(place), field.type == "table"
        yield Item(f"{task.id}.{field.id}", field.label, credit, by_degree=is_table)


COUNTS: Counts[ValueTask, ValueKey, ValueResponse] = Counts(shape=shape, seen=seen, items=items)
