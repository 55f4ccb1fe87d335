"""Scoring: task, key and response in, score out; each kind's line in the table says how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.table import kind_of
from copydesk.model.score import Score
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.union import Key, Response, Task
    from copydesk.model.score import Status


def score(task: Task, key: Key, response: Response | None) -> Score:
    """Return the score of a response; no response, or an empty one, earns 0 and is never an error.

    Raises:
        ValueError: task, key and response are not of the same kind, or the response names an option, item,
            label, passage or field that the task does not have.
    """
    if key.kind != task.kind or (response is not None and response.kind != task.kind):
        raise ValueError(t("scoring.kinds_differ", task=task.id, kind=task.kind))
    scoring = kind_of(task.kind).scoring
    if response is None:
        return Score(task.id, "unanswered", 0.0, task.points)
    for error in scoring.validation_errors(task, response):
        raise ValueError(error)
    if not scoring.is_answered(response):
        return Score(task.id, "unanswered", 0.0, task.points)
    share, feedback = scoring.score(task, key, response)
    status: Status = "awaiting marking" if share is None else "scored"
    return Score(task.id, status, share, task.points, tuple(feedback))


def is_answered(task: Task, response: Response | None) -> bool:
    """Return whether a response holds anything at all."""
    return response is not None and kind_of(task.kind).scoring.is_answered(response)


def completeness(task: Task, response: Response | None) -> tuple[int, int]:
    """Return how many parts of a task are done, and how many there are (without looking at a key)."""
    return kind_of(task.kind).scoring.completeness(task, response)


def validation_errors(task: Task, response: Response) -> list[str]:
    """Return the validation errors of a response, each as a sentence; an empty list is good."""
    if response.kind != task.kind:
        return [t("scoring.other_kind", answer=response.kind, task=task.kind)]
    return list(kind_of(task.kind).scoring.validation_errors(task, response))


def reference_response(task: Task, key: Key) -> Response:
    """Return the reference response: the one that earns full points by its key."""
    response: Response = kind_of(task.kind).scoring.reference_response(task, key)
    return response


def guessing_strategies(task: Task) -> list[tuple[str, Response]]:
    """Return answers that need no thought, each with its name; none may earn more than 0.40 of a graded task.

    In a task of one pick, whichever pick is the key earns everything, so the limit applies to them together.
    """
    return list(kind_of(task.kind).scoring.guessing_strategies(task))


def asks_confidence(task: Task) -> bool:
    """Return whether a task asks how sure the learner is; a verdict always does."""
    return task.confidence or kind_of(task.kind).asks_confidence


def is_marked_by_person(task: Task) -> bool:
    """Return whether a person marks a task by its rubric; otherwise it is scored by rule."""
    return kind_of(task.kind).is_marked_by_person
