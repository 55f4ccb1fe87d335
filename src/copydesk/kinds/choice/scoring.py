"""Scores a choice: one option by its weight above chance; several by right minus wrong."""

from __future__ import annotations

from functools import cache
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.chance import above_chance
from copydesk.kinds.choice.model import ChoiceKey, ChoiceResponse, ChoiceTask
from copydesk.model.score import Feedback

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def is_answered(response: ChoiceResponse) -> bool:
    """Return whether anything is chosen."""
    return bool(response.chosen)


def completeness(_task: ChoiceTask, response: ChoiceResponse | None) -> tuple[int, int]:
    """Return 1 of 1 once something is chosen."""
    return int(response is not None and is_answered(response)), 1


def validation_errors(task: ChoiceTask, response: ChoiceResponse) -> Iterator[str]:
    """Yield what does not fit: unknown or repeated options, or several where one is asked."""
    known = _names(task)
    for name in response.chosen:
        if name not in known:
            yield f"The option {name!r} does not belong to task {task.id}."
    if len(set(response.chosen)) < len(response.chosen):
        yield f"An option of task {task.id} is chosen twice."
    if not task.multiple and len(response.chosen) > 1:
        yield f"Task {task.id} takes one option, {len(response.chosen)} are chosen."


@cache
def _names(task: ChoiceTask) -> set[str]:
    """Return the options that there are."""
    return {option.id for option in task.options}


def score(task: ChoiceTask, key: ChoiceKey, response: ChoiceResponse) -> tuple[float, Sequence[Feedback]]:
    """Return the share earned and the reason of every option.

    One option: its weight above the mean weight. Several: right chosen / right - wrong chosen / wrong, at
    least 0; options of a weight between 0 and 1 are neutral (grading.md 3 and 4).
    """
    worth = _worth(task, key)
    if not task.multiple:
        return above_chance(key.options[response.chosen[0]].weight, worth.mean, worth.largest), worth.reasons
    chosen, right, wrong = set(response.chosen), worth.right, worth.wrong
    share = len(chosen & right) / len(right) - (len(chosen & wrong) / len(wrong) if wrong else 0)
    return max(0.0, share), worth.reasons


class Worth(NamedTuple):
    """What a key says, whatever was chosen: mean and largest weight, right and wrong options, a reason for each."""

    mean: float
    largest: float
    right: frozenset[str]
    wrong: frozenset[str]
    reasons: tuple[Feedback, ...]


@cache
def _worth(task: ChoiceTask, key: ChoiceKey) -> Worth:
    weights = {name: entry.weight for name, entry in key.options.items()}
    return Worth(
        mean=fsum(weights.values()) / len(weights),
        largest=max(weights.values()),
        right=frozenset(name for name, weight in weights.items() if weight == 1),
        wrong=frozenset(name for name, weight in weights.items() if weight == 0),
        reasons=tuple(Feedback(each.id, weights[each.id], key.options[each.id].why) for each in task.options),
    )


def reference_response(task: ChoiceTask, key: ChoiceKey) -> ChoiceResponse:
    """Return the options of weight 1; the first of them where one is asked."""
    right = [option.id for option in task.options if key.options[option.id].weight == 1]
    return ChoiceResponse(chosen=tuple(right if task.multiple else right[:1]))


def guessing_strategies(task: ChoiceTask) -> Iterator[tuple[str, ChoiceResponse]]:
    """Yield answers that need no reading: one place in the given order; where several may be chosen, all or half."""
    ids = tuple(option.id for option in task.options)
    if task.multiple:
        yield "all options", ChoiceResponse(chosen=ids)
        yield "the first half", ChoiceResponse(chosen=ids[: len(ids) // 2])
    else:
        for place, name in enumerate(ids, start=1):
            yield f"always option {place}", ChoiceResponse(chosen=(name,))
