"""A lesson that is added to a course."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from copydesk.checks import check_course
from copydesk.course.bank_files import QUIZZES, SOLUTIONS
from copydesk.course.course import Course
from copydesk.kinds.table import KINDS
from copydesk.release.exercises import release
from copydesk.release.tidying import tidy_all
from copydesk.scaffold.course_folder import make_course
from copydesk.scaffold.intake import SourceText
from copydesk.scaffold.lessons import add_lesson
from copydesk.scaffold.names import NameRefusedError
from copydesk.scaffold.open_steps import open_steps

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return the folder of a new course."""
    paragraph = "The ferry was late. No one was hurt. The office said so. It runs again on Friday."
    make_course(tmp_path / "course", SourceText("Late", (paragraph,)), language="en", lesson="01-ferry")
    return tmp_path / "course"


def contents(root: Path) -> dict[Path, bytes]:
    """Return the content of every file in a folder."""
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_lesson_comes_after_the_others(root: Path) -> None:
    """It has the next number and the title that is given, its exercise is made, and no other file has changed."""
    before = contents(root)
    assert add_lesson(Course(root), "overnight", title="What changed?") == "02-overnight"
    course = Course(root)
    assert course.bank(QUIZZES, "02-overnight").name == "02 · What changed?"
    assert course.bank(SOLUTIONS, "02-overnight").course == course.facts.id
    assert {path: content for path, content in contents(root).items() if path in before} == before
    assert release(course, check=True) == []
    assert tidy_all(root, check=True) == []
    assert check_course(course).problems == []
    assert f"lessons/{QUIZZES.split('/')[1]}/02-overnight.yml" in {step.file for step in open_steps(course)}


def test_its_tasks_show_the_cards_of_the_course(root: Path) -> None:
    """Tasks that need a card show one that is there; a course without any gets no such task."""
    for name in ("cards", "sources"):
        path = root / "seeds" / f"{name}.yml"
        path.write_text(path.read_text(encoding="utf-8").replace("K1", "K-LOG"), encoding="utf-8")
    for path in [*root.glob("lessons/quizzes/*.yml")]:
        path.write_text(path.read_text(encoding="utf-8").replace("K1", "K-LOG"), encoding="utf-8")
    add_lesson(Course(root), "second")
    shown = {card for entry in Course(root).bank(QUIZZES, "02-second").tasks for card in entry.task.cards}
    assert shown == {"K-LOG"}
    (root / "seeds/cards.yml").unlink()
    add_lesson(Course(root), "third")
    assert not (root / "seeds/cards.yml").exists()
    kinds = {entry.task.kind for entry in Course(root).bank(QUIZZES, "03-third").tasks}
    assert set(KINDS) - kinds == {"drawer", "verdict"}


@pytest.mark.parametrize("name", ["01-other", "пором", ""])
def test_a_name_that_cannot_be_is_refused(root: Path, name: str) -> None:
    """A number that is taken, or a name without plain letters, is refused, and nothing is written."""
    before = contents(root)
    with pytest.raises(NameRefusedError):
        add_lesson(Course(root), name)
    assert contents(root) == before
