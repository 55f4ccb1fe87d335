"""What belongs to one article stands in ``seeds/`` and the lessons; the program names none of it."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from copydesk.checks.pins import read_names
from copydesk.course.course import Course
from copydesk.course.layers import TABLES
from copydesk.course.settings import find_root

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = find_root()
COURSE = Course(ROOT)
SUFFIXES = frozenset({".py", ".js", ".mjs", ".ts", ".css", ".json", ".j2", ".txt"})
BUILT = frozenset({"node_modules", "static", "__pycache__"})
"""Folders of what is fetched, or made of the sources that are searched here."""

DAYS = frozenset({"Friday", "Monday", "Saturday", "Sunday"})
PLAIN_WORDS = frozenset({"Europe", "European", "Mr", "President", "Reply", "States", "Ukrainian", "United"})
GENERAL = DAYS | PLAIN_WORDS | set(calendar.month_name[1:])
"""Words of the article with a capital that name nothing of it alone: *Ukrainian* is a language of the program, too."""


@cache
def engine() -> dict[str, str]:
    """Return the text of each source file of the program, by its path."""
    paths = [path for folder in ("src", "js") for path in sorted((ROOT / folder).rglob("*"))]
    sources = [path for path in paths if path.suffix in SUFFIXES and not BUILT & set(path.relative_to(ROOT).parts)]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sources}


def ids() -> set[str]:
    """Return the ids of the dossier, but for the bare numbers of references."""
    named = {str(getattr(entry, "id", "")) for table in TABLES for entry in COURSE.seeds.part(table)}
    return {name for name in named if name[:1].isalpha()} | {COURSE.seeds.layer("traces").comparison.id}


def days() -> set[str]:
    """Return the days of the article and of its dossier, as people and programs write them."""
    said = " ".join(event.date for event in COURSE.seeds.part("timeline"))
    found: set[str] = set()
    for text in {*re.findall(r"\d{4}-\d{2}-\d{2}", said), str(COURSE.facts.as_of)}:
        day = date.fromisoformat(text)
        spoken = f"{day.day} {calendar.month_name[day.month]}"
        found |= {text, spoken, f"{day.year}, {day.month}, {day.day}"}
    return found


def names() -> set[str]:
    """Return the people and outlets of the dossier, and the names and places that the article has in its sentences."""
    known = {form for forms in read_names(COURSE.seeds) for form in forms}
    return known | set(re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", COURSE.seeds.article)) - GENERAL


def slugs() -> set[str]:
    """Return the names of the course and of its lessons, and that of own-article mode."""
    return {path.stem for path in (ROOT / "lessons").glob("*.ipynb")} | {COURSE.facts.id, COURSE.facts.own_article}


@pytest.mark.parametrize("facts", [ids, days, names, slugs], ids=lambda facts: facts.__name__)
def test_the_program_has_nothing_of_the_article(facts: Callable[[], set[str]]) -> None:
    """No id, day, name or lesson of this course stands in the program: another article needs none of its files."""
    words = sorted(facts())
    assert words
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])")
    found = {f"{name}: {hit[0]}" for name, text in engine().items() for hit in pattern.finditer(text)}
    assert found == set()
