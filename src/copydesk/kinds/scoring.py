"""Scoring: task, key and response in, score out; pure functions, one module per kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.kinds.arrows import scoring as arrows
from copydesk.kinds.choice import scoring as choice
from copydesk.kinds.drawer import scoring as drawer
from copydesk.kinds.order import scoring as order
from copydesk.kinds.sort import scoring as sort
from copydesk.kinds.spans import scoring as spans
from copydesk.kinds.spans.strips import strips
from copydesk.kinds.value import scoring as value
from copydesk.kinds.verdict import scoring as verdict
from copydesk.kinds.written import scoring as written
from copydesk.model.score import Score

if TYPE_CHECKING:
    from types import ModuleType

    from copydesk.kinds.union import Key, Response, Task

KINDS: dict[str, ModuleType] = {
    "arrows": arrows,
    "choice": choice,
    "drawer": drawer,
    "order": order,
    "sort": sort,
    "spans": spans,
    "value": value,
    "verdict": verdict,
    "written": written,
}
"""One line per kind; each module has ``is_answered``, ``state``, ``faults``, ``credit``, ``best`` and ``careless``."""


def score(task: Task, key: Key, response: Response | None) -> Score:
    """Return the score of a response; no response, or an empty one, earns 0 and is never an error.

    Raises:
        ValueError: task, key and response are not of one kind, or the response names an option, item,
            label, passage or field that the task does not have.
    """
    if key.kind != task.kind or (response is not None and response.kind != task.kind):
        msg = f"task {task.id!r} is of kind {task.kind!r}; key and response must be too"
        raise ValueError(msg)
    module = KINDS[task.kind]
    given: Any = response
    for fault in module.faults(task, given) if given is not None else ():
        raise ValueError(fault)
    if given is None or not module.is_answered(task, given):
        return Score(task.id, "unanswered", 0.0, task.points)
    share, feedback = module.credit(task, key, given)
    return Score(task.id, "scored" if share is not None else "awaiting marking", share, task.points, tuple(feedback))


def is_answered(task: Task, response: Response | None) -> bool:
    """Return whether a response holds anything at all."""
    return response is not None and KINDS[task.kind].is_answered(task, response)


def state(task: Task, response: Response | None) -> tuple[int, int]:
    """Return how many parts of a task are done, and how many there are (without looking at a key)."""
    done, parts = KINDS[task.kind].state(task, response)
    return done, parts


def faults(task: Task, response: Response) -> list[str]:
    """Return what in a response does not fit its task, each as a sentence; an empty list is good."""
    if response.kind != task.kind:
        return [f"The answer is of kind {response.kind!r}, the task of kind {task.kind!r}."]
    return list(KINDS[task.kind].faults(task, response))


def best(task: Task, key: Key) -> Response:
    """Return the reference response: the one that earns full points by its key."""
    response: Response = KINDS[task.kind].best(task, key)
    return response


def careless(task: Task) -> list[tuple[str, Response]]:
    """Return answers that need no thought, each with its name; none may earn more than 0.40 of a graded task.

    A task of one pick is earned whole by whichever pick is its key, so there the limit holds for all of them together.
    """
    return list(KINDS[task.kind].careless(task))


__all__ = ["KINDS", "best", "careless", "faults", "is_answered", "score", "state", "strips"]
