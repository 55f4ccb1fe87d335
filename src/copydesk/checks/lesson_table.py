"""Reads the tables of lessons in the README and on the start page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from copydesk.model.base import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

TABLES = ("README.md", "book/index.md")
ROW = re.compile(
    r"^\| `?(?P<lesson>[\w-]+)`? \| (?P<title>[^|\n]+) \|(?: (?P<minutes>\d+) \|)?",
    flags=re.MULTILINE,
)
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


class LessonRow(NamedTuple):
    """A row of such a table: where it is, which lesson it names, its title as shown, and its minutes, if any."""

    file: str
    line: int
    lesson: str
    title: str
    minutes: int | None


def lesson_rows(root: Path, lessons: Iterable[str]) -> Iterator[LessonRow]:
    """Yield the rows of the tables that name one of some lessons, by its slug or for short."""
    slugs: dict[str, str] = {}
    for slug in lessons:
        slugs |= {slug: slug, short_name(slug): slug}
    for name in TABLES:
        path = root / name
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        for row in ROW.finditer(text):
            if row["lesson"] in slugs:
                line = text[: row.start()].count("\n") + 1
                title = LINK.sub(r"\1", row["title"]).strip()
                minutes = int(row["minutes"]) if row["minutes"] else None
                yield LessonRow(name, line, slugs[row["lesson"]], title, minutes)
