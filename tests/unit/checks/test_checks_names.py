"""A lesson has one name wherever it is called, and from each page of it there is a way on and a way back."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import yaml

from copydesk.checks.course import read_course
from copydesk.checks.names import name_problems
from copydesk.checks.text_units import markdown_cells
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.model.base import is_numbered
from copydesk.publish.edition import listed_files

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()
PRACTICE, GRADED = Course(ROOT).quizzes, Course(ROOT).solutions
NUMBERED = [slug for slug in sorted(PRACTICE) if is_numbered(slug)]
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+\.ipynb)\)")


def problems(root: Path) -> dict[str, str]:
    """Return the faults of names and links, by file."""
    faults = name_problems(read_course(Course(root)))
    return {fault.file: f"{fault.problem}. {fault.remedy}" for fault in faults}


def damage(path: Path, old: str, new: str) -> None:
    """Replace the first of some words in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_lesson_has_one_name(course: Path) -> None:
    """In the course nothing differs, and each exercise adds one word to the name of its lesson."""
    assert problems(course) == {}
    assert {bank.name for bank in GRADED.values()} == {f"{PRACTICE[slug].name} · Exercise" for slug in GRADED}
    assert PRACTICE["02-attribution"].name == "02 · Who says so?"
    assert PRACTICE["taster"].name == "Taster · Fifteen minutes at the copy desk"


def test_a_gradebook_may_call_a_lesson_as_people_do() -> None:
    """By slug, by number and question, with or without "Exercise", and as an earlier edition called it."""
    called = GRADED["04-framing"].names()
    assert called >= {"04-framing", "04 · What does the wording do? · Exercise", "What does the wording do?"}
    assert called >= {"A gesture of defiance", "A gesture of defiance Exercise", "04 A gesture of defiance"}
    everything = [name for bank in GRADED.values() for name in bank.names()]
    assert len(everything) == len(set(everything))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("lessons/02-attribution.ipynb", "# 02 · Who says so?", "# Who says so?", "the heading is “Who says so?”"),
        (
            "solutions/02-attribution.ipynb",
            "so? · Exercise",
            "so? Exercise",
            "the heading is “02 · Who says so? Ex",
        ),
        ("solutions/tasks/04-framing.yml", "title: What does", "title: How does", "the title is “How does the wording"),
        ("lessons/01-provenance.ipynb", "[02 · Who says so?]", "[02 · Who said so?]", "a link is “02 · Who said so?”"),
        ("book/instructors/05-claims.md", "# 05 · What", "# Lesson 05: what", "the heading is “Lesson 05: what"),
        ("book/index.md", "[Who says so?]", "[Who said so?]", "the table is “Who said so?”"),
        ("README.md", "| Who says so? |", "| Who said so? |", "the table is “Who said so?”"),
        ("lessons/taster.ipynb", "# Taster · F", "# F", "the heading is “Fifteen minutes at the copy desk”"),
        ("book/instructors/taster.md", "# Taster · F", "# F", "the heading is “Fifteen minutes at the copy desk · F"),
        ("book/index.md", "[Taster · Fifteen", "[Taster · Five", "a link is “Taster · Five minutes"),
        ("README.md", "| Fifteen minutes", "| Five minutes", "the table is “Five minutes"),
    ],
)
def test_another_name_is_found_wherever_it_is(course: Path, file: str, old: str, new: str, said: str) -> None:
    """The file is named, with what it says and what it should say."""
    damage(course / file, old, new)
    ((where, what),) = problems(course).items()
    assert where == file
    assert what.startswith(said)
    assert "Write “" in what


@pytest.mark.parametrize(
    ("file", "target"),
    [
        ("lessons/02-attribution.ipynb", "../exercises/02-attribution.ipynb"),
        ("lessons/02-attribution.ipynb", "03-sources.ipynb"),
        ("lessons/02-attribution.ipynb", "01-provenance.ipynb"),
        ("solutions/02-attribution.ipynb", "../lessons/03-sources.ipynb"),
    ],
)
def test_a_way_that_is_missing_is_found(course: Path, file: str, target: str) -> None:
    """Lesson, exercise and next lesson lead to each other, and the check names the link that is not there."""
    damage(course / file, f"]({target})", "](../book/glossary.md)")
    assert list(problems(course)) == [file]
    assert f"{target.rpartition('/')[2]}. Add one" in problems(course)[file]


def test_a_lesson_without_a_number_is_no_part_of_the_path(course: Path) -> None:
    """It needs no link to a lesson before or after it, and none of these leads to it."""
    for path in (course / "lessons").glob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("(taster.ipynb)", "(../book/glossary.md)"), encoding="utf-8")
    damage(course / "lessons/taster.ipynb", "(00-start.ipynb)", "(../book/glossary.md)")
    assert problems(course) == {}


def test_the_whole_path_can_be_walked_by_links() -> None:
    """From the first lesson to the last booster and back, by links alone, each to a file that is there."""
    ways: dict[str, dict[str, str]] = {}
    for path in [*ROOT.glob("lessons/*.ipynb"), *ROOT.glob("exercises/*.ipynb")]:
        text = "\n".join(cell.source for cell in markdown_cells(path))
        here = path.relative_to(ROOT).as_posix()
        ways[here] = {}
        for words, link in LINK.findall(text):
            target = (path.parent / link).resolve()
            assert target.is_file(), (here, link)
            ways[here][target.relative_to(ROOT.resolve()).as_posix()] = words
    path_forth = [
        page for slug in NUMBERED for page in (f"lessons/{slug}", *([f"exercises/{slug}"] if slug in GRADED else []))
    ]
    assert len(path_forth) == 19
    names = {f"lessons/{slug}.ipynb": bank.name for slug, bank in PRACTICE.items()}
    names |= {f"exercises/{slug}.ipynb": bank.name for slug, bank in GRADED.items()}
    for before, after in pairwise(path_forth):
        forth, back = f"{after}.ipynb", f"{before}.ipynb"
        assert ways[back][forth] == names[forth]
        if before.startswith("lessons/") or after == "lessons/08-booster-day-7":
            assert ways[forth][back] == names[back]
    for before, after in pairwise(NUMBERED):
        assert f"lessons/{before}.ipynb" in ways[f"lessons/{after}.ipynb"]


def test_the_book_goes_from_lesson_to_exercise_to_the_next_lesson() -> None:
    """Each exercise follows its lesson in the contents, as the foot of a page leads; the taster comes before all."""
    contents = list(listed_files(yaml.safe_load((ROOT / "book" / "_toc.yml").read_text(encoding="utf-8"))))
    pages = [page for page in contents if page.startswith(("lessons/", "exercises/"))]
    wanted = [f"lessons/{slug}" for slug in PRACTICE if slug not in NUMBERED]
    for slug in NUMBERED:
        wanted += [f"lessons/{slug}"] + ([f"exercises/{slug}"] if slug in GRADED else [])
    assert pages == wanted
