"""Counts the classes that a group of learners put each item into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.counting import (
    AnswerLayout,
    ChoiceCounts,
    ClassAnswers,
    Counts,
    EncodedAnswer,
    Item,
    ids_and_texts,
)
from copydesk.model.task import ids_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.sort.model import ItemKey, SortKey, SortResponse, SortTask
    from copydesk.model.score import Score


def answer_layout(task: SortTask) -> AnswerLayout:
    """Return a pick for each item."""
    return AnswerLayout(picks=len(task.items))


def encode_answer(task: SortTask, response: SortResponse, _score: Score) -> EncodedAnswer:
    """Return the class of each item."""
    numbers, placed = _class_numbers(task), response.placed
    picks = [numbers[placed.get(item.id, "")] for item in task.items]
    return EncodedAnswer(picks, [], 0)


def _class_numbers(task: SortTask) -> dict[str, int]:
    """Return the number of each class, from 1; 0 is for an item in none, under the empty name."""
    names = ["", *ids_of(task.classes)]
    return {name: number for number, name in enumerate(names)}


def items(task: SortTask, key: SortKey, answers: ClassAnswers) -> Iterator[Item]:
    """Yield every item."""
    for place, item in enumerate(task.items):
        weights = class_weights(task, key.items[item.id])
        yield Item(f"{task.id}.{item.id}", item.text, answers.pick_weights(place, weights), by_degree=False)


def choice_counts(task: SortTask, key: SortKey, answers: ClassAnswers) -> Iterator[ChoiceCounts]:
    """Yield how often each class was chosen for each item."""
    choices = ids_and_texts(task.classes)
    for place, item in enumerate(task.items):
        weights = class_weights(task, key.items[item.id])
        yield ChoiceCounts(item.id, choices, weights, answers.pick_counts(place, len(choices)))


def class_weights(task: SortTask, entry: ItemKey) -> list[float]:
    """Return the weight of each class for an item."""
    return [entry.weights.get(name, 0.0) for name in ids_of(task.classes)]


def part_texts(task: SortTask, _key: SortKey) -> list[tuple[str, str]]:
    """Return the text of each item."""
    return ids_and_texts(task.items)


def wrong_answers(_task: SortTask, key: SortKey, response: SortResponse, _score: Score) -> Iterator[str]:
    """Yield each item with its class, where another class is better."""
    for item, name in response.placed.items():
        if key.items[item].weights.get(name, 0.0) < 1:
            yield f"{item} in {name}"


COUNTS: Counts[SortTask, SortKey, SortResponse] = Counts(
    answer_layout=answer_layout,
    encode_answer=encode_answer,
    items=items,
    choice_counts=choice_counts,
    part_texts=part_texts,
    wrong_answers=wrong_answers,
)
