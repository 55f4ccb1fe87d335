"""A task that cannot be read gives way to one that says why, and the others stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tiny_course import NOTEBOOK, QUIZ, TASKS, make_course, replace, write_cells

from copydesk.course.bank_files import read_bank_file
from copydesk.course.course import Course
from copydesk.publish.preview_tasks import TaskFile, put_stand_ins
from copydesk.release.exercises import release

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return the copy of a small course."""
    return make_course(tmp_path / "course")


def shown(course: Path, name: str) -> tuple[TaskFile, dict[str, str]]:
    """Return what is known of a file, and the group of each task that it has now."""
    (file,) = [file for file in put_stand_ins(course) if file.name == name]
    bank = read_bank_file(course / name, name).bank
    return file, {entry.task.id: entry.task.group for entry in bank.tasks}


def test_a_course_without_faults_is_left_as_it_is(course: Path) -> None:
    """No file is written, and each line of a file is known to belong to its task."""
    before = (course / QUIZ).read_bytes()
    file, _ = shown(course, QUIZ)
    assert (course / QUIZ).read_bytes() == before
    assert not file.stand_ins
    line = before.decode().splitlines().index("  - id: Q2") + 1
    assert [file.tasks_at(at) for at in (0, 1, line - 1, line, line + 5)] == [(), (), ("Q1",), ("Q2",), ("Q2",)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: choice", "kind: choise"),
        ("weight: 1", "weight: much"),
        ("group: warm-up", "group: warm"),
        ("title: Who speaks?\n", "title: ''\n"),
        ("    prompt:", "    promt:"),
    ],
)
def test_a_wrong_task_alone_gives_way(course: Path, old: str, new: str) -> None:
    """It keeps its id, and its group where that is one; the problem is where the author has to look."""
    replace(course / QUIZ, old, new)
    file, groups = shown(course, QUIZ)
    assert file.stand_ins == {"Q1"}
    assert groups == {"Q1": "practice" if "group" in old else "warm-up", "Q2": "practice", "Q3": "practice"}
    assert {file.tasks_at(problem.line) for problem in file.problems} == {("Q1",)}
    (entry, *_) = read_bank_file(course / QUIZ, QUIZ).bank.tasks
    assert str(file.problems[0]) in " ".join(entry.task.prompt.split("\n\n"))


def test_the_second_task_of_an_id_gives_way(course: Path) -> None:
    """The first one keeps the id: an author copies a task and has not renamed it yet."""
    replace(course / QUIZ, "id: Q2", "id: Q1")
    file, groups = shown(course, QUIZ)
    assert file.stand_ins == {"stand-in.2"}
    assert list(groups) == ["Q1", "stand-in.2", "Q3"]


@pytest.mark.parametrize(("old", "new"), [("tasks:", "tasks: ["), ("purpose: practice", "purpose: play")])
def test_a_file_that_is_wrong_as_a_whole_gives_way(course: Path, old: str, new: str) -> None:
    """Every task that a notebook names, or shows with its group, has a stand-in."""
    write_cells(course / NOTEBOOK, ["# 01 · The quay", "desk.quiz('warm-up')", "desk.task('Q7')"])
    replace(course / QUIZ, old, new)
    file, groups = shown(course, QUIZ)
    assert {groups["stand-in.warm-up"], groups["Q7"]} == {"warm-up", "note"}
    assert file.stand_ins == groups.keys() == set(file.tasks_at(1))


def test_an_exercise_with_a_stand_in_can_be_cut(course: Path) -> None:
    """The graded tasks are released from their copy, whatever is wrong in one of them."""
    replace(course / TASKS, "weight: 1", "weight: 7")
    put_stand_ins(course)
    release(Course(course), check=False)
    assert [entry.task.id for entry in Course(course).exercises["01-quay"].tasks] == ["T1"]
