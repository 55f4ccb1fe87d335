"""How far a task is: not started, started or complete, with its own count, in the same words everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from pydantic import ConfigDict
from typing_extensions import TypedDict  # pydantic needs this one before Python 3.12

from copydesk.answers.baseline import form_state, is_statement, statements
from copydesk.kinds import scoring
from copydesk.kinds.table import kind_of
from copydesk.text import shared, t

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from copydesk.answers.file import Answer
    from copydesk.kinds.union import Response, Task

State = Literal["empty", "begun", "complete"]


class Standing(NamedTuple):
    """How far a task is: how many of its parts are done; ``unit`` names them in the catalogue, as ``parts.<unit>``."""

    state: State
    done: int
    of: int
    unit: str


class Outline(TypedDict):
    """What of a task its count needs: the names of its parts, no word of it and no key. More fields are the kind's."""

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]  # pydantic's own way
    kind: str


class Row(NamedTuple):
    """A line in a list of tasks: one task, or all statements of the baseline, of which either form is enough."""

    id: str
    title: str
    tasks: tuple[Task, ...]

    @property
    def is_form(self) -> bool:
        """Return whether the row is about the statements of the baseline."""
        return is_statement(self.tasks[0])

    @property
    def name(self) -> str:
        """Return what to call the row: a task by its id and title."""
        return self.title if self.is_form else f"{self.id} · {self.title}"


def rows_of(tasks: Iterable[Task]) -> list[Row]:
    """Return a row for each task to be done; the statements of the baseline share one, the last."""
    given = [task for task in tasks if task.group != "worked"]
    rows = [Row(task.id, task.title, (task,)) for task in given if not is_statement(task)]
    if forms := statements(given):
        title = t("form.row", count=max(map(len, forms.values())))
        rows.append(Row("/".join(forms), title, tuple(task for task in given if is_statement(task))))
    return rows


def outline(task: Task) -> Outline:
    """Return what the browser must know of a task to count what of it is done."""
    include = {"kind": True, **kind_of(task.kind).outline}
    return cast("Outline", task.model_dump(mode="json", include=include))


def standing_of(task: Task, response: Response | None) -> Standing:
    """Return how far a task is; an answer of another kind counts as none."""
    mine = response if response is not None and response.kind == task.kind else None
    done, of = scoring.completeness(task, mine)
    state: State = "complete" if done >= of else "begun" if scoring.is_answered(task, mine) else "empty"
    return Standing(state, done, of, task.kind)


def row_standing(row: Row, answers: Mapping[str, Answer]) -> Standing:
    """Return how far a row is; of the forms of the baseline, the one that is further on."""
    if row.is_form and (form := form_state(row.tasks, answers)):
        state: State = "complete" if form.done >= form.total else "begun" if form.done else "empty"
        return Standing(state, form.done, form.total, "form")
    answer = answers.get(row.id)
    return standing_of(row.tasks[0], answer.response if answer else None)


def parts_text(standing: Standing) -> str:
    """Return what is done in the task's own count, for example ``1 of 9 passages``."""
    return shared(f"parts.{standing.unit}", done=standing.done, of=standing.of, count=standing.of)


def standing_text(standing: Standing) -> str:
    """Return how far a task is in words, for example ``Started: 1 of 9 passages``."""
    return shared(f"state.{standing.state}", parts=parts_text(standing))
