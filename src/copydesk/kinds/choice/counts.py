"""Counts how often a class chose each option."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.bits import bits
from copydesk.kinds.counting import (
    AnswerLayout,
    ChoiceCounts,
    ClassAnswers,
    Counts,
    EncodedAnswer,
    Item,
    ids_and_texts,
    whole_task,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.choice.model import ChoiceKey, ChoiceResponse, ChoiceTask
    from copydesk.model.score import Score


def answer_layout(task: ChoiceTask) -> AnswerLayout:
    """Return one pick, or a mark for each option."""
    return AnswerLayout(marks=len(task.options)) if task.multiple else AnswerLayout(picks=1)


def encode_answer(task: ChoiceTask, response: ChoiceResponse, _score: Score) -> EncodedAnswer:
    """Return the options that were chosen."""
    chosen = [place for place, option in enumerate(task.options) if option.id in response.chosen]
    if task.multiple:
        return EncodedAnswer([], [], bits(chosen))
    pick = chosen[0] + 1 if chosen else 0
    return EncodedAnswer([pick], [], 0)


def items(task: ChoiceTask, key: ChoiceKey, answers: ClassAnswers) -> Iterator[Item]:
    """Yield the task, as right or wrong if one option is picked."""
    if task.multiple:
        yield from whole_task(task, key, answers)
    else:
        yield Item(task.id, task.title, answers.pick_weights(0, option_weights(task, key)), by_degree=False)


def choice_counts(task: ChoiceTask, key: ChoiceKey, answers: ClassAnswers) -> Iterator[ChoiceCounts]:
    """Yield how often each option was chosen."""
    counts = answers.mark_counts() if task.multiple else answers.pick_counts(0, len(task.options))
    yield ChoiceCounts(task.id, ids_and_texts(task.options), option_weights(task, key), counts)


def option_weights(task: ChoiceTask, key: ChoiceKey) -> list[float]:
    """Return the weight of each option."""
    return [key.options[option.id].weight for option in task.options]


def wrong_answers(_task: ChoiceTask, key: ChoiceKey, response: ChoiceResponse, _score: Score) -> Iterator[str]:
    """Yield each option chosen that isn't the best."""
    for option in response.chosen:
        if key.options[option].weight < 1:
            yield option


COUNTS: Counts[ChoiceTask, ChoiceKey, ChoiceResponse] = Counts(
    answer_layout=answer_layout,
    encode_answer=encode_answer,
    items=items,
    choice_counts=choice_counts,
    wrong_answers=wrong_answers,
)
