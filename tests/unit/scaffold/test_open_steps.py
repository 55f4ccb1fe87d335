"""What is still open in a course, in the order in which to do it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from copydesk.course.course import Course
from copydesk.model.task import TO_BE_WRITTEN
from copydesk.release.exercises import release
from copydesk.scaffold.course_folder import make_course
from copydesk.scaffold.intake import SourceText
from copydesk.scaffold.open_steps import OpenStep, open_steps

if TYPE_CHECKING:
    from pathlib import Path

LESSON = "01-ferry"
TASKS = f"solutions/tasks/{LESSON}.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return the folder of a new course."""
    paragraph = "The ferry was late. No one was hurt. The office said so. It runs again on Friday."
    make_course(tmp_path / "course", SourceText("Late", (paragraph,)), language="en", lesson=LESSON)
    return tmp_path / "course"


def steps_of(root: Path) -> list[OpenStep]:
    """Return what is open in a course, read anew."""
    return open_steps(Course(root))


def change(path: Path, old: str, new: str, count: int = -1) -> None:
    """Replace words of a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def test_first_things_come_first(root: Path) -> None:
    """Rights come before names, the seeds before the lesson, the lesson before its exercise."""
    files = [step.file for step in steps_of(root)]
    assert files[:5] == [
        "seeds/course.yml",
        "seeds/course.yml",
        "seeds/sentences.yml",
        "seeds/cards.yml",
        "seeds/sources.yml",
    ]
    assert list(dict.fromkeys(files[5:])) == [
        f"lessons/{LESSON}.ipynb",
        f"lessons/quizzes/{LESSON}.yml",
        f"solutions/{LESSON}.ipynb",
        TASKS,
    ]
    assert steps_of(root)[0].what == "Write who owns the article, and why your class may use it"


def test_each_step_names_the_line_of_its_first_text(root: Path) -> None:
    """The line that a step names is that of an instruction, or of the block that holds it."""
    for step in steps_of(root):
        if step.file.endswith(".ipynb"):
            continue
        lines = (root / step.file).read_text(encoding="utf-8").splitlines()
        place = " ".join(lines[step.line - 1 : step.line + 1])
        assert TO_BE_WRITTEN in place, (step, place)


def test_a_step_is_gone_once_it_is_done(root: Path) -> None:
    """Writing a text lowers its task's count, writing all of them removes the step; other steps stay."""
    before = {step.what for step in steps_of(root) if step.file == TASKS}
    assert "Task T1: 4 texts to write" in before
    change(root / TASKS, f"{TO_BE_WRITTEN}: a short title, two to five words", "Who speaks?", 1)
    now = {step.what for step in steps_of(root) if step.file == TASKS}
    assert "Task T1: 3 texts to write" in now
    assert before - now == {"Task T1: 4 texts to write"}
    (root / "seeds/cards.yml").unlink()
    (root / "seeds/sources.yml").unlink()
    change(root / "seeds/sentences.yml", "# TO BE WRITTEN", "# Read")
    assert not [step for step in steps_of(root) if step.file in {"seeds/cards.yml", "seeds/sentences.yml"}]


def test_a_released_exercise_is_the_last_thing(root: Path) -> None:
    """After a change of a solution, the release is open, with its command, until it is done."""
    assert not [step for step in steps_of(root) if step.command == "copydesk release"]
    change(root / TASKS, "points: 8", "points: 9", 1)
    *_, last = steps_of(root)
    assert (last.command, last.file) == ("copydesk release", f"exercises/tasks/{LESSON}.yml")
    release(Course(root), check=False)
    assert not [step for step in steps_of(root) if step.command == "copydesk release"]


def test_faulty_files_are_left_to_the_checks(root: Path) -> None:
    """A file that cannot be read adds no step and hides none of the others."""
    for name in ("seeds/course.yml", "seeds/cards.yml", f"lessons/quizzes/{LESSON}.yml", f"lessons/{LESSON}.ipynb"):
        (root / name).write_text("a: [", encoding="utf-8")
    assert {step.file for step in steps_of(root)} == {
        "seeds/sentences.yml",
        "seeds/sources.yml",
        f"solutions/{LESSON}.ipynb",
        TASKS,
    }


def test_a_course_for_learners_has_no_open_release(root: Path) -> None:
    """Without solutions there is nothing to release."""
    shutil.rmtree(root / "solutions")
    assert not [step for step in steps_of(root) if step.file.startswith(("solutions", "exercises"))]
