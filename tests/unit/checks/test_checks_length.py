"""A lesson is as short as it is said to be, begins with something to do, and announces its own time."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from copydesk.checks.course import read_course
from copydesk.checks.length import Length, Page, length_problems, measured_lessons
from copydesk.course.course import Course
from copydesk.course.settings import find_root

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROOT = find_root()
LESSON, EXERCISE = "lessons/05-claims.ipynb", "solutions/05-claims.ipynb"


def problems(root: Path, file: str = "") -> list[str]:
    """Return what is said about a file, or about all files."""
    files = read_course(Course(root))
    found = length_problems(files, measured_lessons(files))
    return [problem.problem for problem in found if file in {"", problem.file}]


def change(path: Path, changed: Callable[[str], str]) -> None:
    """Change the first cell of a notebook."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = notebook["cells"][0]
    cell["source"] = changed("".join(cell["source"]))
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_minutes_are_made_of_words_decisions_and_writing() -> None:
    """Sixty words are a minute, three decisions two minutes, and eight words to write are one."""
    assert Length(600, 0).minutes == 10
    assert Length(600, 3).minutes == 12
    assert Length(600, 3, 80).minutes == 22


def test_every_lesson_is_as_short_as_it_says(course: Path) -> None:
    """Words, minutes, words before the first task, and every place that names the minutes."""
    assert problems(course) == []


def test_a_long_beginning_is_named(course: Path) -> None:
    """There is something to do within 120 words, and an author who writes more is told how many there are."""
    change(course / LESSON, lambda source: source + "\n\n" + "Word after word. " * 40)
    found = "\n".join(problems(course, LESSON))
    assert re.search(r"^\d{3} words come before the first task; 120 are the most$", found, re.MULTILINE)


def test_a_long_lesson_is_named(course: Path) -> None:
    """More words than a lesson may have, and the minutes that they take."""
    change(course / LESSON, lambda source: source + "\n\n" + "Word after word. " * 700)
    found = " ".join(problems(course, LESSON))
    assert "words to read; 3000 are the most" in found
    assert "45 are the most" in found


def test_folded_text_and_hints_for_jupyterlab_cost_nothing(course: Path) -> None:
    """What a reader opens at will is not counted."""
    change(course / LESSON, lambda source: f"{source}\n\n<details><summary>More</summary>{'word ' * 4000}</details>")
    assert problems(course, LESSON) == []


def test_minutes_that_are_wrong_are_named(course: Path) -> None:
    """In the lesson, in its exercise, and in the tables that list the lessons."""
    change(course / LESSON, lambda source: re.sub(r"bout \d+ minutes", "bout 12 minutes", source))
    assert any(problem.startswith("it is said to take 12 minutes") for problem in problems(course, LESSON))
    readme = course / "README.md"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(re.sub(r"(\| `05-claims` \|[^|]+\|) \d+ ", r"\1 99 ", text), encoding="utf-8")
    assert any("lesson 05 is said to take 99 minutes" in problem for problem in problems(course, "README.md"))


def test_only_what_is_to_be_done_is_counted(course: Path) -> None:
    """A section that says it is optional costs nothing, and neither does a note; every other task does."""
    cells = [
        ("markdown", "# 05\n\n*About 1 minutes.*"),
        ("code", 'desk.task("P1")'),
        ("markdown", "## More\n\n*Optional, for those who like it.*"),
        ("code", 'desk.task("P3")'),
        ("markdown", "Still optional."),
        ("code", 'desk.quiz("quiz")'),
        ("markdown", "## Go on"),
    ]
    assert minutes(course, cells) == minutes(course, cells[:2])
    assert minutes(course, [*cells, ("code", 'desk.task("P3")')]) > minutes(course, cells)


def test_a_passage_is_read_and_a_card_is_read_once(course: Path) -> None:
    """Sentences of the report are words to read, and a card that two tasks show counts once."""
    one = [("markdown", "# 05\n\n*About 1 minutes.*"), ("code", 'desk.task("P7")')]
    assert minutes(course, [*one, ("code", 'desk.passage("S01", "S02", "S03", "S04", "S05")')]) > minutes(course, one)
    assert minutes(course, [*one, *one[1:]]) == minutes(course, one)


def minutes(course: Path, cells: list[tuple[str, str]]) -> int:
    """Return the minutes that a lesson of these cells takes by the rule."""
    notebook = {"cells": [{"cell_type": kind, "source": [text], "metadata": {}} for kind, text in cells]}
    path = course / LESSON
    path.write_text(json.dumps(notebook), encoding="utf-8")
    bank = Course(ROOT).quizzes["05-claims"]
    return Page(path).length(bank, Course(ROOT).seeds).minutes
