"""Fills marks into the file that Canvas or Moodle exported, so that the platform takes it back."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from copydesk.grading.files.problems import SubmissionProblem, WrongPlaceError
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.results.gradebook import marks_of
from copydesk.grading.submissions.learners import POINTS_POSSIBLE, LearnerList, maximum_columns, read_learners
from copydesk.grading.submissions.list_columns import GRADE
from copydesk.grading.submissions.names import letters
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.files.csv_files import CsvText
    from copydesk.grading.scores.versions import Versions
    from copydesk.grading.submissions.record import Row
    from copydesk.grading.submissions.roster_status import Matching

CANVAS_NUMBER = re.compile(r"\s*\([0-9]+\)\s*$")
POINTS = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
EMPTY = frozenset({"", "-", "\N{EN DASH}"})
EXCUSED = "EX"
MOST_HEADS = 3
"""How many headings that may be meant are named."""


@dataclass(frozen=True, slots=True)
class Export:
    """An export of a platform, read as a table and as a list of learners."""

    platform: str
    listed: LearnerList

    @property
    def table(self) -> CsvText:
        """Return the export as a table, into which marks are put."""
        return self.listed.table


@dataclass(slots=True)
class Filling:
    """How many marks went into an export, and how many did not, by the reason in a few words."""

    platform: str
    filled: int = 0
    left: Counter[str] = field(default_factory=Counter)
    problems: list[SubmissionProblem] = field(default_factory=list)

    def leave(self, why: str, problem: SubmissionProblem | None = None, *, count: int = 1) -> None:
        """Count marks that do not go in."""
        self.left[why] += count
        self.problems += [problem] if problem else []

    def line(self, path: Path, problems: Path) -> str:
        """Return for a terminal how many marks are in the file, and why the others are not."""
        is_one = len(self.left) == 1
        reasons = sorted(self.left.items())
        whys = ", ".join(why.removeprefix("with ") if is_one else f"{count:,} {why}" for why, count in reasons)
        if not self.filled:
            return f"{path}: no mark filled in ({whys or 'nothing was submitted'}); see {problems}"
        said = f"{path}: {self.filled:,} {'mark' if self.filled == 1 else 'marks'} filled in"
        return f"{said}, {self.left.total():,} not ({whys}); see {problems}" if self.left else said


def read_export(path: Path, platform: str) -> Export:
    """Return an export of ``canvas`` or ``moodle``.

    Raises:
        GradingError: it cannot be read or is not such an export.
    """
    return Export(platform, read_learners(path, platform))


def fill(
    export: Export, counted: Iterable[Row], versions: Versions, matching: Matching, columns: Sequence[str]
) -> Filling:
    """Put marks into an export, and return how many, with a row for each that could not be put in.

    ``columns`` names the column of a lesson where its head does not: ``02-NAME=Week 2 (4711)``, or the
    head alone where there is one lesson. A mark goes in only where the learner is sure; a group's goes to all its
    members. Learners without a submission, all other cells, and what is no number, such as EX, stay as they are.
    """
    rows = sorted(counted, key=lambda row: (row.lesson, row.file))
    filling = Filling(export.platform)
    places: dict[str, int] = {}
    lessons = sorted({row.lesson for row in rows})
    for lesson in lessons:
        asked = _asked(columns, lesson, versions.now, only=len(lessons) == 1)
        found = _columns(export, versions.now[lesson], asked, only=len(lessons) == 1)
        if len(found) == 1:
            places[lesson] = found[0]
            continue
        why, remedy = _no_column(export, lesson, asked, columns, is_several=bool(found))
        problem = SubmissionProblem(export.table.name, why, remedy, "not filled in")
        filling.leave(why, problem, count=sum(row.lesson == lesson for row in rows))
    for row in rows:
        if row.lesson in places:
            _fill_in(filling, export, row, versions.of(row), matching, places[row.lesson])
    return filling


def _fill_in(filling: Filling, export: Export, row: Row, bank: Bank, matching: Matching, column: int) -> None:
    """Put in the mark of one submission, for each learner whose it is."""
    match = matching.of(row)
    learners = matching.learners(row) if match and match.is_sure else []
    if not learners:
        filling.leave("with no learner matched for sure")
    for learner in learners:
        places = [place for place in learner.rows.get(export.platform, ()) if column < len(export.table.rows[place])]
        if places:
            _put(filling, export, places, column, row, bank)
            continue
        name, who = one_line(export.table.name, 80), one_line(learner.name or row.called, 80)
        reason = f"{name} has no row for “{who}”, who is on the roster"
        remedy = "Export again, or type this mark in by hand"
        filling.leave("with no row in it", SubmissionProblem(row.file, reason, remedy, "graded"))


def _asked(columns: Sequence[str], lesson: str, known: Collection[str], *, only: bool) -> str:
    """Return the head that was named for a lesson, or nothing."""
    for each in columns:
        named, equals, head = each.partition("=")
        if equals and named.strip() == lesson:
            return head.strip()
    heads = (each.strip() for each in columns if "=" not in each or each.partition("=")[0].strip() not in known)
    return next(heads, "") if only else ""


def _columns(export: Export, bank: Bank, asked: str, *, only: bool) -> list[int]:
    """Return the columns that may be a lesson's: the one named, or those whose head is its slug or title."""
    heads = export.table.heads
    if asked:
        exact = [place for place, head in enumerate(heads) if head == asked]
        return exact or [
            place for place, head in enumerate(heads) if letters(asked) in {letters(head), _without_number(head)}
        ]
    if export.platform == "moodle":  # a grading worksheet is of one assignment
        named = [place for place, head in enumerate(heads) if letters(head) in GRADE]
        return (named if len(named) == 1 else _before_the_maximum(export)) if only else []
    own = set(map(letters, bank.names()))
    return [place for place, head in enumerate(heads) if _without_number(head) in own]


def require_columns(columns: Sequence[str], exports: Sequence[Export], lessons: Iterable[str]) -> None:
    """Raise ``WrongPlaceError`` where a column is named for a lesson that there is not, or where there is no export."""
    if columns and not exports:
        msg = "--column names a column of an export: give that, too, with --canvas or --moodle. Nothing was changed."
        raise WrongPlaceError(msg)
    known = list(lessons)
    heads = {head for export in exports for head in export.table.heads}
    for each in columns:
        lesson, equals, _ = each.partition("=")
        if not equals or lesson.strip() in known or each.strip() in heads:
            continue
        near = get_close_matches(lesson.strip(), known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
        msg = f"--column {each!r}: there is no lesson {lesson.strip()!r}. {hint} Nothing was changed."
        raise WrongPlaceError(msg)


def _no_column(export: Export, lesson: str, asked: str, columns: Sequence[str], *, is_several: bool) -> tuple[str, str]:
    """Return why a lesson's marks go into no column, and the remedy, with headings that may be meant."""
    name, option = one_line(export.table.name, 80), f'--column "{lesson}=...'
    bare = next((each.strip() for each in columns if "=" not in each), "")
    if asked and is_several:
        why = f"--column says “{one_line(asked, 60)}” for the lesson {lesson}, which fits more than one heading in it"
        return why, f"Write the whole heading, with its number: {_meant(export, asked, option)}"
    if asked and _longer(export, asked):
        why = f"--column says “{one_line(asked, 60)}” for the lesson {lesson}, which is only a part of a heading in it"
        return why, f"Write the whole heading: {_meant(export, asked, option)}"
    if asked:
        why = f"--column says “{one_line(asked, 60)}” for the lesson {lesson}, which is no heading in it"
        return why, f"Write a heading as it stands in the first row of {name}: {_meant(export, asked, option)}"
    if bare:
        why = f"--column “{one_line(bare, 60)}” does not say for which lesson it is, and {lesson} has no column"
        return why, f"Write the lesson and = before it: {_meant(export, bare, option)}"
    why = f"{'more than one' if is_several else 'no'} column in it is for the lesson {lesson}"
    return why, f'Name the column: {option}" with what stands in its first row'


def _longer(export: Export, asked: str) -> list[str]:
    """Return the headings of which what was asked for is a part."""
    return [head for head in export.table.heads if letters(asked) and letters(asked) in letters(head)]


def _meant(export: Export, asked: str, option: str) -> str:
    """Return options as they may be meant, one for each heading that comes near what was asked for."""
    heads = [head for head in export.table.heads if head]
    plain = {CANVAS_NUMBER.sub("", head).casefold(): head for head in heads} | {head.casefold(): head for head in heads}
    near = [plain[each] for each in get_close_matches(asked.casefold(), plain, n=2 * MOST_HEADS, cutoff=0.5)]
    wanted = list(dict.fromkeys([*_longer(export, asked), *near]))[:MOST_HEADS]
    options = [f'{option.removesuffix("...")}{one_line(head, 80)}"' for head in wanted]
    return " or ".join(options) or f'{option}", with what stands in its first row'


def _without_number(head: str) -> str:
    """Return the letters of a column's head without the number that Canvas puts behind it."""
    return letters(CANVAS_NUMBER.sub("", head))


def _before_the_maximum(export: Export) -> list[int]:
    """Return the column before the maximum grade, which is the grade's in every language."""
    table = export.table

    def may_hold_grades(column: int) -> bool:
        values = {table.value(row, column) for row in range(1, len(table.rows))}
        return all(value in EMPTY or POINTS.fullmatch(value) for value in values)

    return [column - 1 for column in maximum_columns(table) if may_hold_grades(column - 1)][:1]


def _put(filling: Filling, export: Export, places: Sequence[int], column: int, row: Row, bank: Bank) -> None:
    """Put in one mark, out of what the platform says the assignment is worth, or note why not."""
    name, marks = one_line(export.table.name, 80), marks_of(row, bank)
    worth = _worth(export, places[0], column)
    total = marks.automatic_maximum + marks.written_maximum
    there = next((text for at in places if not _is_mark(text := export.table.value(at, column))), "")
    if there:
        is_excused = there.upper() == EXCUSED
        why = "excused there" if is_excused else f"with “{one_line(there, 20)}” in the cell"
        reason = f"its mark is not in {name}, where the cell says “{one_line(there, 80)}”"
        remedy = (
            "Nothing to do, if the learner is excused" if is_excused else "Empty the cell there if a mark should go in"
        )
        filling.leave(why, SubmissionProblem(row.file, reason, remedy, "graded"))
    elif worth == total and not marks.awaiting:
        _write(filling, export, places, column, round(marks.automatic + marks.written, 2))
    elif worth == marks.automatic_maximum:
        _write(filling, export, places, column, marks.automatic)
    elif worth == total:
        reason = f"its mark is not in {name}: {', '.join(marks.awaiting)} awaits marking by a person"
        problem = SubmissionProblem(row.file, reason, "Mark the written work first", "graded")
        filling.leave(f"with {', '.join(marks.awaiting)} not marked yet", problem)
    else:
        by_rule, whole = number(marks.automatic_maximum), number(total)
        reason = f"its mark is not in {name}, where the assignment is worth {_shown(worth)} points"
        remedy = f"Make it worth {by_rule} points (by rule alone) or {whole} (with the written work), and export again"
        why = f"the assignment is worth {_shown(worth)} points there, not {by_rule} or {whole}"
        filling.leave(why, SubmissionProblem(row.file, reason, remedy, "graded"))


def _is_mark(text: str) -> bool:
    """Return whether a cell may be written over: it is empty or holds a mark in numbers."""
    return text in EMPTY or POINTS.fullmatch(text.removeprefix("-")) is not None


def _write(filling: Filling, export: Export, places: Sequence[int], column: int, mark: float) -> None:
    for place in places:
        export.table.put(place, column, number(mark))
    filling.filled += 1


def _shown(worth: float | None) -> str:
    return "an unknown number of" if worth is None else number(worth)


def _worth(export: Export, place: int, column: int) -> float | None:
    """Return how many points an assignment has on the platform: in Moodle's worksheet the next column says it."""
    table = export.table
    if export.platform == "moodle":
        return _points(table.value(place, column + 1))
    first = (row for row in range(1, len(table.rows)) if table.value(row, 0).casefold().startswith(POINTS_POSSIBLE))
    return next((_points(table.value(row, column)) for row in first), None)


def _points(text: str) -> float | None:
    return float(text.replace(",", ".")) if POINTS.fullmatch(text) else None
