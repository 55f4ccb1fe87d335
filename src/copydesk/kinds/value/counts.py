"""Counts a class's credit in each field."""

from __future__ import annotations

import json
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


def wrong_answers(_task: ValueTask, _key: ValueKey, response: ValueResponse, score: Score) -> Iterator[str]:
    """Yield each field with what is in it, where that doesn't earn everything; of a table, all its rows."""
    for part in score.feedback:
        value = response.values.get(part.part)
        is_open = value is None or value in ("", {})
        if not is_open and part.credit is not None and part.credit < 1:
            yield f"{part.part} {json.dumps(value, sort_keys=True).casefold()}"


COUNTS: Counts[ValueTask, ValueKey, ValueResponse] = Counts(
    answer_layout=answer_layout, encode_answer=encode_answer, items=items, wrong_answers=wrong_answers
)
