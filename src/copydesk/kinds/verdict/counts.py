"""Counts which support, qualification and cards a class chose."""

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
)
from copydesk.kinds.verdict.model import SUPPORTS
from copydesk.model.task import ids_of
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from copydesk.kinds.verdict.model import VerdictKey, VerdictResponse, VerdictTask
    from copydesk.model.score import Score


def answer_layout(task: VerdictTask) -> AnswerLayout:
    """Return a pick each for support and qualification, and a mark for each card."""
    return AnswerLayout(picks=2, marks=len(task.cards))


def encode_answer(task: VerdictTask, response: VerdictResponse, _score: Score) -> EncodedAnswer:
    """Return the support, the qualification and the cards."""
    picks = [_pick(SUPPORTS, response.support), _pick(ids_of(task.qualifications), response.qualification)]
    cited = [place for place, card in enumerate(task.cards) if card in response.cards]
    return EncodedAnswer(picks, [], bits(cited))


def _pick(choices: Sequence[str], chosen: str | None) -> int:
    """Return the number of the choice, from 1; 0 if there is none."""
    return choices.index(chosen) + 1 if chosen in choices else 0


def items(task: VerdictTask, key: VerdictKey, answers: ClassAnswers) -> Iterator[Item]:
    """Yield the claim, with the weight of the chosen support as its credit."""
    yield Item(task.id, task.claim, answers.pick_weights(0, key.support_weights), by_degree=False)


def choice_counts(task: VerdictTask, key: VerdictKey, answers: ClassAnswers) -> Iterator[ChoiceCounts]:
    """Yield how often each support, each qualification and each card was chosen."""
    supports = [(name, t(f"support.{name}")) for name in SUPPORTS]
    yield ChoiceCounts("support", supports, key.support_weights, answers.pick_counts(0, len(supports)))
    if task.qualifications:
        qualifications = ids_and_texts(task.qualifications)
        weights = [key.qualifications[name].weight for name in ids_of(task.qualifications)]
        yield ChoiceCounts("qualification", qualifications, weights, answers.pick_counts(1, len(weights)))
    cards = [(card, card) for card in task.cards]
    weights = [float(card in key.decisive) for card in task.cards]
    yield ChoiceCounts("cards", cards, weights, answers.mark_counts())


def wrong_answers(_task: VerdictTask, key: VerdictKey, response: VerdictResponse, _score: Score) -> Iterator[str]:
    """Yield the support and the qualification, where another is better."""
    if response.support and key.support[response.support].weight < 1:
        yield response.support
    if response.qualification and key.qualifications[response.qualification].weight < 1:
        yield f"qualification {response.qualification}"


def is_judged(response: VerdictResponse) -> bool:
    """Return whether there is a verdict."""
    return response.support is not None


COUNTS: Counts[VerdictTask, VerdictKey, VerdictResponse] = Counts(
    answer_layout=answer_layout,
    encode_answer=encode_answer,
    items=items,
    choice_counts=choice_counts,
    wrong_answers=wrong_answers,
    is_judged=is_judged,
)
