"""Written work waits until a person marks it; then levels become points."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from copydesk.kinds.written.model import WrittenKey, WrittenResponse, WrittenTask
from copydesk.model.tokens import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from copydesk.kinds.written.model import Level
    from copydesk.model.score import Feedback


def is_answered(response: WrittenResponse) -> bool:
    """Return whether there is any text."""
    return bool(response.text.strip())


def completeness(task: WrittenTask, response: WrittenResponse | None) -> tuple[int, int]:
    """Return how many words are written, and how many there must be; at least one."""
    least = max(1, task.min_words)
    if response is None:
        return 0, least
    return min(least, count_words(response.text)), least


def validation_errors(_task: WrittenTask, _response: WrittenResponse) -> Iterator[str]:
    """Yield nothing: any text may be submitted."""
    yield from ()


def score(_task: WrittenTask, _key: WrittenKey, _response: WrittenResponse) -> tuple[None, list[Feedback]]:
    """Return no share: a person marks the text against the rubric."""
    return None, []


def marked_share(task: WrittenTask, levels: Mapping[str, Level]) -> float:
    """Return the share (0 to 1) that a person's levels earn: each criterion counts equally.

    Raises:
        KeyError: a criterion has no level.
    """
    return fsum(task.credit(levels[criterion.id]) for criterion in task.rubric) / len(task.rubric)


def reference_response(_task: WrittenTask, key: WrittenKey) -> WrittenResponse:
    """Return the first exemplar of the highest level."""
    return WrittenResponse(text=max(key.exemplars, key=lambda exemplar: exemplar.level).text)


def guessing_strategies(_task: WrittenTask) -> Iterator[tuple[str, WrittenResponse]]:
    """Yield nothing: no rule scores a text."""
    yield from ()
