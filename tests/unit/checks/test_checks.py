"""The checks of a whole course: what is wrong is found where it stands, and how it stands is counted."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from copydesk.checks import check_course
from copydesk.checks.overview import HEADER
from copydesk.course.course import Course
from copydesk.course.settings import find_root

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.checks import CheckReport

ROOT = find_root()
FILES = (
    "lessons/02-attribution.ipynb",
    "lessons/quizzes/02-attribution.yml",
    "solutions/02-attribution.ipynb",
    "solutions/tasks/02-attribution.yml",
    "book/about.md",
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a course of one lesson that a test may damage."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def found(report: CheckReport) -> list[tuple[str, str, str]]:
    """Return file, entry and fault of each problem in a file that a test may damage."""
    return [(each.file, each.entry, each.problem) for each in report.problems if each.file in FILES]


def damage(path: Path, old: str, new: str) -> int:
    """Replace words that stand once in a file, and return their line."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_sound_lesson_has_no_problem_and_is_counted(course: Path) -> None:
    """Nothing is found in a sound lesson; six lines and a row say how it stands."""
    report = check_course(Course(course))
    assert found(report) == []
    assert len(report.overview.summary()) == 6
    (row,) = report.overview.table()
    assert len(row) == len(HEADER)
    assert row[0] == "02-attribution"
    assert dict(zip(HEADER, row, strict=True))["items"] == str(len(report.overview.choices))


def test_faults_are_found_where_they_stand(course: Path) -> None:
    """A number in a cell, a quotation in a task, a name on a page: each is named with its place."""
    damage(course / FILES[0], "The report has 21 sentences.", "The report has 23 sentences.")
    damage(
        course / FILES[1], "Yes. It tells you who says so, and then what they say.", "Yes. It is “a colon of sorts”."
    )
    line = damage(course / FILES[4], "# How this was made", "# How Reuters made this")
    report = check_course(Course(course))
    assert found(report) == [
        ("book/about.md", "", "nothing is pinned here: Reuters"),
        ("lessons/02-attribution.ipynb", "cell 30", "23 is in no pin"),
        ("lessons/quizzes/02-attribution.yml", "Q1", "“a colon of sorts” is in no pin"),
    ]
    assert report.problems[0].line == line
    assert all(each.remedy for each in report.problems)


def test_words_are_checked_wherever_they_stand(course: Path) -> None:
    """A slip, a copied run and a long sentence are found in a task's explanation and in a cell."""
    copy = "Mariupol has been the scene of one of the fiercest battles"
    damage(course / FILES[1], "She knows who runs the page, but not yet who else has the story.", f"{copy}.")
    damage(course / FILES[3], "So a reader can weigh it.", "That helps a reader, definately.")
    fold = "<summary>About this lesson</summary>"
    damage(course / FILES[0], fold, f"{fold}\\n\\nThis is a {'very ' * 30}old lesson.")
    assert found(check_course(Course(course))) == [
        ("lessons/02-attribution.ipynb", "cell 3", "a sentence has 35 words: “This is a very very very …”"),
        (
            "lessons/quizzes/02-attribution.yml",
            "R1",
            "these words are copied: “mariupol has been the scene of one of …”",
        ),
        ("solutions/tasks/02-attribution.yml", "T1", "“definately” is in no dictionary"),
    ]


def test_an_unreadable_bank_does_not_hide_the_rest(course: Path) -> None:
    """A file that cannot be read is one problem, and the others are checked all the same."""
    (course / FILES[1]).write_text("tasks: [", encoding="utf-8")
    damage(course / FILES[0], "The report has 21 sentences.", "The report has 23 sentences.")
    assert {file for file, _, _ in found(check_course(Course(course)))} == {FILES[0], FILES[1]}


def test_damaged_seeds_are_named_alone(course: Path) -> None:
    """Where the seeds are unsound nothing is compared with them, and keys are checked all the same."""
    (course / "seeds").unlink()
    shutil.copytree(ROOT / "seeds", course / "seeds")
    damage(course / "seeds" / "cards.yml", "id: K-ICC", "id: K ICC")
    damage(course / FILES[3], "    points: 6\n", "    points: 7\n")
    report = check_course(Course(course))
    assert {each.file for each in report.problems} == {"seeds/cards.yml", FILES[3]}
    assert report.overview.statements == []
