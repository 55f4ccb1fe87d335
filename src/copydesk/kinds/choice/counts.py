"""Counts how often a class chose each option."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.bits import bits
from copydesk.kinds.counting import ClassAnswers, Counts, Item, Offer, Seen, Shape, whole_task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.choice.model import ChoiceKey, ChoiceResponse, ChoiceTask
    from copydesk.model.score import Score


def shape(task: ChoiceTask) -> Shape:
    """Return one pick, or a mark for each option."""
    return Shape(marks=len(task.options)) if task.multiple else Shape(picks=1)


def seen(task: ChoiceTask, response: ChoiceResponse, _score: Score) -> Seen:
    """Return which options were chosen."""
    chosen = [place for place, option in enumerate(task.options) if option.id in response.chosen]
    if task.multiple:
        return Seen([], [], bits(chosen))
    return Seen([chosen[0] + 1 if chosen else 0], [], 0)


def items(task: ChoiceTask, key: ChoiceKey, answers: ClassAnswers) -> Iterator[Item]:
    """Yield the task, right or wrong where one option is picked."""
    if task.multiple:
        yield from whole_task(task, key, answers)
    else:
        weights = [key.options[option.id].weight for option in task.options]
        yield Item(task.id, task.title, answers.pick_weights(0, weights), by_degree=False)


def offers(task: ChoiceTask, key: ChoiceKey, answers: ClassAnswers) -> Iterator[Offer]:
    """Yield how often each option was chosen."""
    names = [(option.id, option.text) for option in task.options]
    counts = answers.mark_counts() if task.multiple else answers.pick_counts(0, len(names))
    yield Offer(task.id, names, [key.options[name].weight for name, _ in names], counts)


COUNTS: Counts[ChoiceTask, ChoiceKey, ChoiceResponse] = Counts(shape=shape, seen=seen, items=items, offers=offers)
