"""What guessing would earn is said in the words of the task, for every kind and every guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from copydesk.authoring.guess_names import guess_name
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.kinds import scoring
from copydesk.kinds.table import KINDS

if TYPE_CHECKING:
    from copydesk.kinds.union import Task

COURSE = Course(find_root())
TASKS = [entry.task for bank in (*COURSE.quizzes.values(), *COURSE.solutions.values()) for entry in bank.tasks]


def names(task: Task) -> list[str]:
    """Return what the guesses at a task are called for an author."""
    return [guess_name(task, name, response) for name, response in scoring.guessing_strategies(task)]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"written", "value"}))
def test_every_guess_is_said_in_words(kind: str) -> None:
    """No guess is called what only the program calls it, in any task of the first course."""
    tasks = [task for task in TASKS if task.kind == kind]
    assert tasks
    for task in tasks:
        own = [name for name, _ in scoring.guessing_strategies(task)]
        assert not set(names(task)) & set(own)
        assert len(set(names(task))) == len(own)


def test_a_choice_is_named_by_its_text() -> None:
    """Options are shuffled for each learner, so a number would say nothing."""
    task = next(task for task in TASKS if task.kind == "choice" and not task.multiple)
    assert names(task) == [f"Always “{option.text}”" for option in task.options]
