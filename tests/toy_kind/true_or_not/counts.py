"""Counts how often a class took a statement to be true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.counting import AnswerLayout, ChoiceCounts, ClassAnswers, Counts, EncodedAnswer, Item
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.true_or_not.model import TrueOrNotKey, TrueOrNotResponse, TrueOrNotTask

    from copydesk.model.score import Score

ANSWERS = (True, False)


def answer_layout(_task: TrueOrNotTask) -> AnswerLayout:
    """Return one pick."""
    return AnswerLayout(picks=1)


def encode_answer(_task: TrueOrNotTask, response: TrueOrNotResponse, _score: Score) -> EncodedAnswer:
    """Return the answer."""
    pick = 0 if response.answer is None else ANSWERS.index(response.answer) + 1
    return EncodedAnswer([pick], [], 0)


def items(task: TrueOrNotTask, key: TrueOrNotKey, answers: ClassAnswers) -> Iterator[Item]:
    """Yield the statement."""
    weights = [float(answer == key.is_true) for answer in ANSWERS]
    yield Item(task.id, task.statement, answers.pick_weights(0, weights), by_degree=False)


def choice_counts(task: TrueOrNotTask, key: TrueOrNotKey, answers: ClassAnswers) -> Iterator[ChoiceCounts]:
    """Yield how often each answer was given."""
    choices = [("true", t("true_or_not.true")), ("not-true", t("true_or_not.not_true"))]
    weights = [float(answer == key.is_true) for answer in ANSWERS]
    yield ChoiceCounts(task.id, choices, weights, answers.pick_counts(0, len(choices)))


COUNTS: Counts[TrueOrNotTask, TrueOrNotKey, TrueOrNotResponse] = Counts(
    answer_layout=answer_layout, encode_answer=encode_answer, items=items, choice_counts=choice_counts
)
