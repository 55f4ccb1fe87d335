"""A task's progress: not started, started or complete, with its own count, in the same words everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from pydantic import ConfigDict
from typing_extensions import TypedDict  # pydantic needs this one before Python 3.12

from copydesk.answers.baseline import form_state, is_statement, statements
from copydesk.kinds import scoring
from copydesk.kinds.table import kind_of
from copydesk.text import shared_text, t

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from copydesk.answers.file import Answer
    from copydesk.kinds.union import Response, Task

State = Literal["empty", "begun", "complete"]


class TaskProgress(NamedTuple):
    """How many of a task's parts are done; ``unit`` names them in the catalogue, as ``parts.<unit>``."""

    state: State
    done: int
    total: int
    unit: str


class Outline(TypedDict):
    """What counting a task's parts takes: their names, no words, no key. Other fields depend on the kind."""

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]  # pydantic's own way
    kind: str


class ProgressRow(NamedTuple):
    """A line in a list of tasks: one task, or all statements of a baseline form."""

    id: str
    title: str
    tasks: tuple[Task, ...]

    @property
    def is_form(self) -> bool:
        """Return whether the row is about the statements of the baseline."""
        return is_statement(self.tasks[0])

    @property
    def name(self) -> str:
        """Return the name of the row: for a task, its id and title."""
        return self.title if self.is_form else f"{self.id} · {self.title}"


def progress_rows(tasks: Iterable[Task]) -> list[ProgressRow]:
    """Return a row for each task to be done; the statements of a form share the last one."""
    rows, form_tasks = [], []
    for task in tasks:
        if is_statement(task):
            form_tasks.append(task)
        elif task.is_asked:
            rows.append(ProgressRow(task.id, task.title, (task,)))
    forms = statements(form_tasks)
    if forms:
        title = t("form.row", count=max(map(len, forms.values())), form="/".join(forms))
        rows.append(ProgressRow("/".join(forms), title, tuple(form_tasks)))
    return rows


def outline(task: Task) -> Outline:
    """Return the parts by which the browser counts how much of a task is done; none of its words and no key."""
    include = {"kind": True, **kind_of(task.kind).outline}
    return cast("Outline", task.model_dump(mode="json", include=include))


def task_progress(task: Task, response: Response | None) -> TaskProgress:
    """Return a task's progress; an answer of another kind counts as none."""
    if response is not None and response.kind != task.kind:
        response = None
    done, total = scoring.completeness(task, response)
    return TaskProgress(_state(done, total, is_begun=scoring.is_answered(task, response)), done, total, task.kind)


def row_progress(row: ProgressRow, answers: Mapping[str, Answer]) -> TaskProgress:
    """Return a row's progress."""
    if row.is_form and (form := form_state(row.tasks, answers)):
        return TaskProgress(_state(form.done, form.total, is_begun=form.done > 0), form.done, form.total, "form")
    answer = answers.get(row.id)
    return task_progress(row.tasks[0], answer.response if answer else None)


def _state(done: int, total: int, *, is_begun: bool) -> State:
    if done >= total:
        return "complete"
    return "begun" if is_begun else "empty"


def parts_text(progress: TaskProgress) -> str:
    """Return how much is done in the task's own units, for example ``1 of 9 passages``."""
    return shared_text(f"parts.{progress.unit}", done=progress.done, of=progress.total, count=progress.total)


def progress_text(progress: TaskProgress) -> str:
    """Return a task's progress in words, for example ``Started: 1 of 9 passages``."""
    return shared_text(f"state.{progress.state}", parts=parts_text(progress))
