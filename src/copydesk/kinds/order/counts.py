"""Counts where a class put each item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.counting import AnswerLayout, ChoiceCounts, ClassAnswers, Counts, EncodedAnswer, ids_and_texts
from copydesk.kinds.order.scoring import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.order.model import OrderKey, OrderResponse, OrderTask
    from copydesk.model.score import Score


def answer_layout(task: OrderTask) -> AnswerLayout:
    """Return a pick for each item."""
    return AnswerLayout(picks=len(task.items))


def encode_answer(task: OrderTask, response: OrderResponse, _score: Score) -> EncodedAnswer:
    """Return the place of each item."""
    place_of = places(response.ranks)
    picks = [place_of.get(item.id, -1) + 1 for item in task.items]
    return EncodedAnswer(picks, [], 0)


def choice_counts(task: OrderTask, key: OrderKey, answers: ClassAnswers) -> Iterator[ChoiceCounts]:
    """Yield how often each place was chosen for each item."""
    place_of = places(key.ranks)
    count = len(task.items)
    choices = [(str(place), str(place)) for place in range(1, count + 1)]
    for number, item in enumerate(task.items):
        weights = [0.0] * count
        weights[place_of[item.id]] = 1.0
        yield ChoiceCounts(item.id, choices, weights, answers.pick_counts(number, count))


def part_texts(task: OrderTask, _key: OrderKey) -> list[tuple[str, str]]:
    """Return the text of each item."""
    return ids_and_texts(task.items)


def wrong_answers(_task: OrderTask, _key: OrderKey, response: OrderResponse, score: Score) -> Iterator[str]:
    """Yield the whole order if it isn't the best: the places of its items depend on each other."""
    if score.share is not None and score.share < 1:
        yield " ".join("=".join(sorted(group)) for group in response.ranks)


COUNTS: Counts[OrderTask, OrderKey, OrderResponse] = Counts(
    answer_layout=answer_layout,
    encode_answer=encode_answer,
    choice_counts=choice_counts,
    part_texts=part_texts,
    wrong_answers=wrong_answers,
)
