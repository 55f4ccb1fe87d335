"""Written work is marked by a person: until then it waits, and then levels become points."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from copydesk.kinds.written.model import WrittenKey, WrittenResponse, WrittenTask
from copydesk.model.tokens import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from copydesk.kinds.written.model import Level
    from copydesk.model.score import Feedback

BEST_LEVEL = 4


def is_answered(task: WrittenTask, response: WrittenResponse) -> bool:  # noqa: ARG001  (same signature for all kinds)
    """Return whether there is any text."""
    return bool(response.text.strip())


def state(task: WrittenTask, response: WrittenResponse | None) -> tuple[int, int]:
    """Return how many words are written, of the least number; at least one is asked for."""
    least = max(1, task.min_words)
    return min(least, count_words(response.text) if response else 0), least


def faults(task: WrittenTask, response: WrittenResponse) -> Iterator[str]:  # noqa: ARG001
    """Yield nothing: any text may be handed in."""
    yield from ()


def credit(task: WrittenTask, key: WrittenKey, response: WrittenResponse) -> tuple[None, list[Feedback]]:  # noqa: ARG001
    """Return no share: a person marks the text against the rubric."""
    return None, []


def marked_share(task: WrittenTask, levels: Mapping[str, Level]) -> float:
    """Return the share (0 to 1) that a person's levels earn: each criterion counts the same, each level a quarter.

    Raises:
        KeyError: a criterion has no level.
    """
    return fsum(levels[criterion.id] for criterion in task.rubric) / (BEST_LEVEL * len(task.rubric))


def best(task: WrittenTask, key: WrittenKey) -> WrittenResponse:  # noqa: ARG001
    """Return the first exemplar of the highest level."""
    return WrittenResponse(text=max(key.exemplars, key=lambda exemplar: exemplar.level).text)


def careless(task: WrittenTask) -> Iterator[tuple[str, WrittenResponse]]:  # noqa: ARG001
    """Yield nothing: no rule scores a text."""
    yield from ()
