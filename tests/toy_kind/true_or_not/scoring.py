"""Scores a statement: right or wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.true_or_not.model import TrueOrNotKey, TrueOrNotResponse, TrueOrNotTask

from copydesk.model.score import Feedback

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_answered(response: TrueOrNotResponse) -> bool:
    """Return whether there is an answer."""
    return response.answer is not None


def completeness(_task: TrueOrNotTask, response: TrueOrNotResponse | None) -> tuple[int, int]:
    """Return 1 of 1 once there is an answer."""
    return int(response is not None and is_answered(response)), 1


def validation_errors(_task: TrueOrNotTask, _response: TrueOrNotResponse) -> Iterator[str]:
    """Yield nothing: either answer fits."""
    yield from ()


def score(_task: TrueOrNotTask, key: TrueOrNotKey, response: TrueOrNotResponse) -> tuple[float, list[Feedback]]:
    """Return everything or nothing, with the reason."""
    credit = float(response.answer == key.is_true)
    return credit, [Feedback("answer", credit, key.why)]


def reference_response(_task: TrueOrNotTask, key: TrueOrNotKey) -> TrueOrNotResponse:
    """Return the answer of the key."""
    return TrueOrNotResponse(answer=key.is_true)


def guessing_strategies(_task: TrueOrNotTask) -> Iterator[tuple[str, TrueOrNotResponse]]:
    """Yield one answer for all statements."""
    yield "always true", TrueOrNotResponse(answer=True)
    yield "never true", TrueOrNotResponse(answer=False)
