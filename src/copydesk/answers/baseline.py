"""The baseline: three forms of 20 statements, one per lesson; what belongs where, and what is explained when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from copydesk.answers.file import Answer
    from copydesk.model.task import TaskBase

GUESS = "G1"
"""The task that asks for a guess at how many of 20 news statements are wrong; its field is ``guess``."""

STATEMENT = re.compile(r"([A-C])-?(\d\d)")
"""The id of a statement: its form and its template, ``A-05``. One without a hyphen is from the first edition."""


def is_statement(task: TaskBase) -> bool:
    """Return whether a task is a statement of a baseline form, from this edition or the first."""
    return task.group == "baseline" and STATEMENT.fullmatch(task.id) is not None


def statements(tasks: Iterable[TaskBase]) -> dict[str, list[str]]:
    """Return the ids of each form's statements, in order; nothing if there are none."""
    forms: dict[str, list[str]] = {}
    for task in tasks:
        if is_statement(task):
            forms.setdefault(task.id[0], []).append(task.id)
    return forms


def form_lessons(tasks: Mapping[str, Iterable[TaskBase]]) -> dict[str, str]:
    """Return the lesson that asks each form, by and in order of the form's name, from the tasks by lesson."""
    lessons = {}
    for lesson, own in tasks.items():
        for form in statements(own):
            lessons[form] = lesson
    return dict(sorted(lessons.items()))


def explained_at_once(ids: Iterable[str]) -> list[str]:
    """Return the statements explained as soon as a form is finished: every second one, starting with the first.

    The others are explained after the last form.
    """
    return list(ids)[::2]


class FormState(NamedTuple):
    """A form, how many of its statements are answered, and how many it has."""

    name: str
    done: int
    total: int


def form_state(tasks: Iterable[TaskBase], answers: Mapping[str, Answer]) -> FormState | None:
    """Return the state of the form that is further along; None if the tasks have no form.

    The first edition had both of its forms in one lesson.
    """
    states = []
    for form, ids in statements(tasks).items():
        done = sum(has_choice(answers.get(name)) for name in ids)
        states.append(FormState(form, done, len(ids)))
    return max(states, key=lambda state: state.done, default=None)


def has_choice(answer: Answer | None) -> bool:
    """Return whether there is an answer and it picks an option."""
    return answer is not None and answer.response.kind == "choice" and bool(answer.response.chosen)
