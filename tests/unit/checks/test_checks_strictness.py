"""A course that doesn't ask for every rule is held to those that keep tasks, keys and pages in order."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from copydesk.checks import check_course
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.scaffold.open_steps import open_steps

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()
TASKS = "solutions/tasks/05-claims.yml"


@pytest.fixture
def lax(course: Path) -> Path:
    """Return the texts of the course as one that pins what it likes."""
    (course / "seeds").unlink()
    shutil.copytree(ROOT / "seeds", course / "seeds")
    change(course / "seeds" / "course.yml", "pins: required", "pins: optional")
    return course


def change(path: Path, old: str, new: str) -> None:
    """Replace words of a file, everywhere."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def problems(course: Path) -> list[str]:
    """Return what the check finds in the task file."""
    return [problem.problem for problem in check_course(Course(course)).problems if problem.file == TASKS]


def test_pins_and_points_are_the_authors_own_affair(lax: Path) -> None:
    """Without pins, and with other points, such a course is in order; a pin that is there is still compared."""
    change(lax / TASKS, "points: 4", "points: 7")
    assert problems(lax) == []
    change(lax / TASKS, "pins: [", "pins: [X-NONE, ")
    assert any("X-NONE" in problem for problem in problems(lax))


def test_what_is_still_to_be_written_is_no_problem_but_open(lax: Path) -> None:
    """A task with a text that is still to be written is open, and is checked once all of it is written."""
    change(lax / TASKS, "concept: check-worthiness", "concept: TO BE WRITTEN")
    assert problems(lax) == []
    steps = [step for step in open_steps(Course(lax)) if step.file == TASKS]
    assert steps
    assert all("1 text to write" in step.what and step.line for step in steps)


def test_the_same_course_with_every_rule_has_more_problems(lax: Path) -> None:
    """The rules are asked for in one place, seeds/course.yml."""
    change(lax / TASKS, "points: 4", "points: 7")
    change(lax / "seeds" / "course.yml", "pins: optional", "pins: required")
    assert any("automatic" in problem for problem in problems(lax))


def test_a_task_file_without_points_is_named(lax: Path) -> None:
    """A submission could earn nothing."""
    text = (lax / TASKS).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.strip().startswith("points:")]
    (lax / TASKS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert "no task has points, so no submission could earn any" in problems(lax)
