"""The two baseline forms: the statements of each, and which learner is asked which form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from copydesk.answers.file import Answer
    from copydesk.model.task import TaskBase

Part = Literal["opening", "closing"]

QUESTION = "F1"
"""The task that asks whether the day of the learner's birthday is odd or even; its options are these two words."""

GUESS = "G1"
"""The task that asks for a guess, how many of 20 news statements are wrong; its field is ``guess``."""

FORMS: dict[Part, dict[str, str]] = {"opening": {"odd": "A", "even": "B"}, "closing": {"odd": "B", "even": "A"}}
"""Which form is shown in which part to whom: a birthday does not change, so nothing need be carried over."""

STATEMENT = re.compile(r"([AB])\d\d")


def is_statement(task: TaskBase) -> bool:
    """Return whether a task is a statement of a baseline form."""
    return task.group == "baseline" and STATEMENT.fullmatch(task.id) is not None


def statements(tasks: Iterable[TaskBase]) -> dict[str, list[str]]:
    """Return the ids of the statements of each form, in order; nothing where there are none."""
    forms: dict[str, list[str]] = {}
    for task in tasks:
        if is_statement(task):
            forms.setdefault(task.id[0], []).append(task.id)
    return forms


class FormState(NamedTuple):
    """A form, how many of its statements are answered, and how many it has."""

    name: str
    done: int
    total: int


def form_state(tasks: Iterable[TaskBase], answers: Mapping[str, Answer]) -> FormState | None:
    """Return the state of the form that is further on; nothing where the tasks have no form."""
    states = []
    for form, ids in statements(tasks).items():
        done = sum(has_choice(answers.get(name)) for name in ids)
        states.append(FormState(form, done, len(ids)))
    return max(states, key=lambda state: state.done, default=None)


def has_choice(answer: Answer | None) -> bool:
    """Return whether there is an answer that picks an option."""
    return answer is not None and answer.response.kind == "choice" and bool(answer.response.chosen)
