"""Counts a class's credit in each field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.counting import AnswerLayout, ClassAnswers, Counts, EncodedAnswer, Item, part_credits
from copydesk.model.task import ids_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.value.model import ValueKey, ValueResponse, ValueTask
    from copydesk.model.score import Score


def answer_layout(task: ValueTask) -> AnswerLayout:
    """Return a credit for each field."""
    return AnswerLayout(credits=len(task.fields))


def encode_answer(task: ValueTask, _response: ValueResponse, score: Score) -> EncodedAnswer:
    """Return the credit of each field."""
    return EncodedAnswer([], part_credits(ids_of(task.fields), score), 0)


def items(task: ValueTask, _key: ValueKey, answers: ClassAnswers) -> Iterator[Item]:
    """Yield every field; a table can be partly right."""
    for place, field in enumerate(task.fields):
        is_table = field.type == "table"
        yield Item(f"{task.id}.{field.id}", field.label, answers.credits(place), by_degree=is_table)


COUNTS: Counts[ValueTask, ValueKey, ValueResponse] = Counts(
    answer_layout=answer_layout, encode_answer=encode_answer, items=items
)
