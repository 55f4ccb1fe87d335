"""Fills marks into the file that Canvas or Moodle exported, so that the platform takes it back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copydesk.grading.display import number, one_line
from copydesk.grading.gradebook import marks_of
from copydesk.grading.problems import GradingError, HandInProblem
from copydesk.grading.roster import POINTS_POSSIBLE, read_roster, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from copydesk.grading.csvtext import CsvText
    from copydesk.grading.gradebook import Row
    from copydesk.grading.matching import Matching
    from copydesk.grading.roster import Roster
    from copydesk.grading.versions import Versions
    from copydesk.model.bank import Bank

MOODLE_GRADE, MOODLE_MAXIMUM = "grade", "maximumgrade"
CANVAS_NUMBER = re.compile(r"\s*\([0-9]+\)\s*$")
POINTS = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


@dataclass(frozen=True, slots=True)
class Export:
    """An export of a platform, read as a table and as a list of learners."""

    platform: str
    table: CsvText
    roster: Roster


def read_export(path: Path, platform: str) -> Export:
    """Return an export of ``canvas`` or ``moodle``.

    Raises:
        GradingError: it cannot be read or is not such an export.
    """
    roster, table = read_roster(path)
    if roster.platform != platform:
        kinds = {"canvas": "'Student', 'ID' and 'Section'", "moodle": "'Identifier' and 'Full name'"}
        msg = f"{path} is not what {platform.title()} exports: its first row needs {kinds[platform]}"
        raise GradingError(msg)
    return Export(platform, table, roster)


def fill(
    export: Export, counted: Iterable[Row], versions: Versions, matching: Matching, columns: Sequence[str]
) -> list[HandInProblem]:
    """Put marks into an export, and return a row for each that could not be put in.

    ``columns`` names the column of a lesson where its head does not: ``02-attribution=Week 2 (4711)``, or the
    head alone where there is one lesson. A mark goes in only where the learner is sure. Learners without a
    hand-in, and all other cells, stay as they are.
    """
    rows = sorted(counted, key=lambda row: (row.lesson, row.file))
    places: dict[str, int] = {}
    problems = []
    lessons = sorted({row.lesson for row in rows})
    for lesson in lessons:
        asked = _asked(columns, lesson, only=len(lessons) == 1)
        found = _columns(export, versions.now[lesson], asked, only=len(lessons) == 1)
        if len(found) == 1:
            places[lesson] = found[0]
        else:
            reason = f"{'no' if not found else 'more than one'} column in it is for the lesson {lesson}"
            remedy = f'Name the column: --column "{lesson}=..." with what stands in its first row'
            problems.append(HandInProblem(export.table.name, reason, remedy, "not filled in"))
    for row in rows:
        match = matching.of(row)
        if row.lesson in places and match and match.is_sure:
            place = export.roster.row_of(matching.roster.learners[match.key])
            problem = _put(export, place, places[row.lesson], row, versions.of(row))
            problems += [problem] if problem else []
    return problems


def _asked(columns: Sequence[str], lesson: str, *, only: bool) -> str:
    """Return the head that was named for a lesson, or nothing."""
    for each in columns:
        if each.startswith(f"{lesson}="):
            return each.removeprefix(f"{lesson}=").strip()
    return next((each.strip() for each in columns if only), "")


def _columns(export: Export, bank: Bank, asked: str, *, only: bool) -> list[int]:
    """Return the columns that may be a lesson's: the one named, or those whose head is its slug or title."""
    table = export.table
    heads = [table.value(0, column) for column in range(len(table.rows[0]))]
    if asked:
        return [place for place, head in enumerate(heads) if head == asked or CANVAS_NUMBER.sub("", head) == asked]
    if export.platform == "moodle":  # a grading worksheet is of one assignment
        return [place for place, head in enumerate(heads) if only and squeezed(head) == MOODLE_GRADE]
    own = set(map(squeezed, bank.names()))
    return [place for place, head in enumerate(heads) if squeezed(CANVAS_NUMBER.sub("", head)) in own]


def _put(export: Export, place: int | None, column: int, row: Row, bank: Bank) -> HandInProblem | None:
    """Put in one mark, out of what the platform says the assignment is worth; return why not, if not."""
    name, marks = export.table.name, marks_of(row, bank)
    if place is None or column >= len(export.table.rows[place]):
        reason = f"{one_line(name, 80)} has no row for {one_line(row.called, 80)!r}, who is on the roster"
        return HandInProblem(row.file, reason, "Export again, or type this mark in by hand", "graded")
    worth = _worth(export, place, column)
    total = marks.automatic_maximum + marks.written_maximum
    if worth == total and not marks.awaiting:
        export.table.put(place, column, number(round(marks.automatic + marks.written, 2)))
    elif worth == marks.automatic_maximum:
        export.table.put(place, column, number(marks.automatic))
    elif worth == total:
        reason = f"its mark is not in {one_line(name, 80)}: {', '.join(marks.awaiting)} awaits marking by a person"
        remedy = "Mark the written work first"
        return HandInProblem(row.file, reason, remedy, "graded")
    else:
        by_rule, whole = number(marks.automatic_maximum), number(total)
        reason = f"its mark is not in {one_line(name, 80)}, where the assignment is worth {_shown(worth)} points"
        remedy = f"Make it worth {by_rule} points (by rule alone) or {whole} (with the written work), and export again"
        return HandInProblem(row.file, reason, remedy, "graded")
    return None


def _shown(worth: float | None) -> str:
    return "an unknown number of" if worth is None else number(worth)


def _worth(export: Export, place: int, column: int) -> float | None:
    """Return how many points an assignment has on the platform."""
    table = export.table
    if export.platform == "canvas":
        first = (row for row in range(1, len(table.rows)) if table.value(row, 0).casefold().startswith(POINTS_POSSIBLE))
        text = next((table.value(row, column) for row in first), "")
    else:
        heads = [squeezed(table.value(0, at)) for at in range(len(table.rows[0]))]
        text = table.value(place, heads.index(MOODLE_MAXIMUM)) if MOODLE_MAXIMUM in heads else ""
    return float(text.replace(",", ".")) if POINTS.fullmatch(text) else None
