"""Writes a new class file, with a comment on each line, and the tables that it names, empty."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import yaml

from copydesk.grading.class_file.model import CLASS_FILE
from copydesk.grading.files.csv_files import csv_text
from copydesk.grading.files.problems import WrongPlaceError
from copydesk.grading.files.writing import make_folder, write
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TABLES = {
    "extensions": ("extensions.csv", ("learner", "lesson", "due", "note")),
    "manual_marks": ("manual-marks.csv", ("learner", "lesson", "decision", "points", "reason", "note")),
    "comments": ("comments.csv", ("learner", "lesson", "task", "comment")),
}
"""The instructor's own tables: the field of the class file, the file, and its columns."""

SUBMISSIONS, RESULTS, MARKS = "submissions", "graded", "marks"
EXAMPLE_TIME = "2026-11-16 23:59"
ZONE_LINK = Path("/etc/localtime")


class NewClass(NamedTuple):
    """What is known when a class file is made: the name, the time zone, the titles of the lessons, lists of people."""

    name: str
    zone: str
    lessons: Mapping[str, str]
    roster: str = ""
    canvas: str = ""


def write_class(folder: Path, new: NewClass) -> list[Path]:
    """Write the class file and the tables that it names, and return those that are new; existing tables are kept.

    Raises:
        WrongPlaceError: there is a class file already.
        GradingError: the folder cannot be written.
    """
    path = folder / CLASS_FILE
    if path.exists():
        raise WrongPlaceError(t("class_new.exists", path=path))
    make_folder(folder)
    make_folder(folder / SUBMISSIONS)
    made = []
    for name, heads in TABLES.values():
        table = folder / name
        if not table.exists():
            write(table, csv_text([heads]), is_durable=True)
            made.append(table)
    write(path, "\n".join(_lines(new)).lstrip() + "\n", is_durable=True)
    return [path, *made]


def local_zone() -> str:
    """Return the name of this machine's time zone; UTC if it doesn't say."""
    candidates = [os.environ.get("TZ", "").removeprefix(":")]
    if ZONE_LINK.is_symlink():
        candidates.append(str(ZONE_LINK.readlink()).partition("zoneinfo/")[2])
    for name in filter(None, candidates):
        try:
            return ZoneInfo(name).key
        except (KeyError, ValueError, OSError):
            continue
    return "UTC"


def _lines(new: NewClass) -> Iterator[str]:
    """Yield the lines of a class file; what is optional is there as a comment."""
    yield from _comment("class_new.head")
    yield "schema: copydesk/class/1"
    yield f"name: {_quoted(new.name)}"
    yield from _comment("class_new.zone", zone=new.zone)
    yield f"time_zone: {new.zone}"
    yield from _comment("class_new.places")
    yield f"submissions: [{SUBMISSIONS}]"
    yield f"results: {RESULTS}"
    yield from _comment("class_new.people")
    yield f"roster: {_quoted(new.roster)}" if new.roster else "# roster: roster.csv"
    yield "# groups: groups.csv"
    yield f"canvas: {_quoted(new.canvas)}" if new.canvas else "# canvas: canvas-export.csv"
    yield from _comment("class_new.tables")
    for field, (name, _) in TABLES.items():
        yield f"{field}: {name}"
    yield "# matches: matches.csv"
    yield "# appeals: appeals.yml"
    yield from _lesson_lines(new)
    yield from _rule_lines()


def _lesson_lines(new: NewClass) -> Iterator[str]:
    """Yield the lines of the lessons."""
    yield from _comment("class_new.lessons", time=EXAMPLE_TIME)
    yield "lessons:"
    for lesson, title in new.lessons.items():
        yield f"  {lesson}:  # {' '.join(title.split())}"
        yield "    weight: 1"
        yield "    # written_task: false"
        yield f"    # due: {EXAMPLE_TIME}"
        yield f'    # column: "{lesson} (4711)"'
        yield f"    # moodle: worksheet-{lesson}.csv"


def _rule_lines() -> Iterator[str]:
    """Yield the lines of the late rule, of the mark of the course, and of the markers."""
    yield from _comment("class_new.late")
    yield "late:"
    yield "  grace_minutes: 1"
    yield "  # per_day: 10"
    yield "  # floor: 50"
    yield from _comment("class_new.weights")
    yield "# weights: {automatic: 40, written: 45, taking_part: 15}"
    yield "drop_lowest: 0"
    yield from _comment("class_new.as_of")
    yield f"# as_of: {EXAMPLE_TIME}"
    yield from _comment("class_new.total")
    yield "total:"
    yield "  out_of: 100"
    yield '  # column: "Media literacy (4712)"'
    yield "  # moodle: worksheet-total.csv"
    yield from _comment("class_new.markers")
    yield f"marks: {MARKS}"
    yield "# markers:"
    yield "#   names: [Anna, Ben]"
    yield "#   share: balanced"


def _comment(key: str, **values: object) -> list[str]:
    """Return an empty line and the lines of a comment."""
    return ["", *(f"# {line}" for line in t(key, **values).split("\n"))]


def _quoted(text: str) -> str:
    """Return a text as YAML reads it back, in one line."""
    return yaml.safe_dump(text, allow_unicode=True, width=10_000).removesuffix("\n").removesuffix("\n...")
