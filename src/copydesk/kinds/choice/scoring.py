"""Scores a choice: one option by its weight above chance; several by right minus wrong."""

from __future__ import annotations

from functools import cache
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.chance import above_chance
from copydesk.kinds.choice.model import ChoiceKey, ChoiceResponse, ChoiceTask
from copydesk.model.score import Feedback
from copydesk.model.task import ids_of
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def is_answered(response: ChoiceResponse) -> bool:
    """Return whether anything is chosen."""
    return bool(response.chosen)


def completeness(_task: ChoiceTask, response: ChoiceResponse | None) -> tuple[int, int]:
    """Return 1 of 1 once something is chosen."""
    return int(response is not None and is_answered(response)), 1


def validation_errors(task: ChoiceTask, response: ChoiceResponse) -> Iterator[str]:
    """Yield the errors: unknown or repeated options, or several when one is asked for."""
    options = _option_ids(task)
    for name in response.chosen:
        if name not in options:
            yield t("scoring.unknown_option", name=name, task=task.id)
    if len(set(response.chosen)) < len(response.chosen):
        yield t("scoring.repeated_option", task=task.id)
    if not task.multiple and len(response.chosen) > 1:
        yield t("scoring.one_option", task=task.id, count=len(response.chosen))


@cache
def _option_ids(task: ChoiceTask) -> set[str]:
    return set(ids_of(task.options))


def score(task: ChoiceTask, key: ChoiceKey, response: ChoiceResponse) -> tuple[float, Sequence[Feedback]]:
    """Return the share earned and the reason of every option.

    One option: its weight above the mean weight. Several: right chosen / right - wrong chosen / wrong, at
    least 0; options with a weight between 0 and 1 are neutral (grading.md 3 and 4).
    """
    summary = _key_summary(task, key)
    if not task.multiple:
        weight = key.options[response.chosen[0]].weight
        return above_chance(weight, summary.mean, summary.largest), summary.reasons
    chosen, right, wrong = set(response.chosen), summary.right, summary.wrong
    wrong_share = len(chosen & wrong) / len(wrong) if wrong else 0
    share = len(chosen & right) / len(right) - wrong_share
    return max(0.0, share), summary.reasons


class KeySummary(NamedTuple):
    """A key in numbers: mean and largest weight, right and wrong options, and the reason of each option."""

    mean: float
    largest: float
    right: frozenset[str]
    wrong: frozenset[str]
    reasons: tuple[Feedback, ...]


@cache
def _key_summary(task: ChoiceTask, key: ChoiceKey) -> KeySummary:
    weights, right, wrong, reasons = [], set(), set(), []
    for option in task.options:
        entry = key.options[option.id]
        weights.append(entry.weight)
        reasons.append(Feedback(option.id, entry.weight, entry.why))
        if entry.weight == 1:
            right.add(option.id)
        elif entry.weight == 0:
            wrong.add(option.id)
    mean = fsum(weights) / len(weights)
    return KeySummary(mean, max(weights), frozenset(right), frozenset(wrong), tuple(reasons))


def right_options(task: ChoiceTask, key: ChoiceKey) -> list[str]:
    """Return the options of weight 1."""
    return [option.id for option in task.options if key.options[option.id].weight == 1]


def reference_response(task: ChoiceTask, key: ChoiceKey) -> ChoiceResponse:
    """Return the options of weight 1, or the first of them if one is asked for."""
    right = right_options(task, key)
    return ChoiceResponse(chosen=tuple(right if task.multiple else right[:1]))


def guessing_strategies(task: ChoiceTask) -> Iterator[tuple[str, ChoiceResponse]]:
    """Yield answers that need no reading: one place in the given order, or all or half if several may be chosen."""
    ids = tuple(ids_of(task.options))
    if task.multiple:
        yield "all options", ChoiceResponse(chosen=ids)
        yield "the first half", ChoiceResponse(chosen=ids[: len(ids) // 2])
    else:
        for place, name in enumerate(ids, start=1):
            yield f"always option {place}", ChoiceResponse(chosen=(name,))
