"""Reads the file that Canvas or Moodle exported, and finds the column of a lesson in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.problems import WrongPlaceError
from copydesk.grading.files.result_names import import_name
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.submissions.learners import POINTS_POSSIBLE, LearnerList, read_learners
from copydesk.grading.submissions.list_columns import GRADE_HEADS
from copydesk.grading.submissions.names import letters_and_digits
from copydesk.grading.submissions.participants import maximum_columns
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.files.csv_files import CsvTable

CANVAS_NUMBER = re.compile(r"\s*\([0-9]+\)\s*$")
POINTS = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
EMPTY = frozenset({"", "-", "\N{EN DASH}"})
MOST_HEADS = 3
"""How many likely headings are named."""


@dataclass(frozen=True, slots=True)
class Export:
    """A platform's export, read as a table and as a list of learners."""

    platform: str
    learners: LearnerList

    @property
    def lesson(self) -> str:
        """Return the lesson for whose assignment it is a worksheet; empty if that was not said."""
        return self.learners.lesson

    @property
    def numbering(self) -> str:
        """Return the key of its rows and numbers in a learner's entry."""
        return self.learners.numbering

    @property
    def import_name(self) -> str:
        """Return what the file with its marks is called."""
        return import_name(self.platform, self.lesson)

    def takes(self, lesson: str) -> bool:
        """Return whether the marks of a lesson go into it."""
        return self.lesson in {"", lesson}

    @property
    def table(self) -> CsvTable:
        """Return the export as a table into which marks are put."""
        return self.learners.table

    @property
    def shown_name(self) -> str:
        """Return the name of the file as it appears in a sentence."""
        return one_line(self.table.name, 80)


def read_export(path: Path, platform: str, *, lesson: str = "") -> Export:
    """Return an export of ``canvas`` or ``moodle``; ``lesson`` is the one that a worksheet is for, if that was said.

    Raises:
        GradingError: it cannot be read or is not such an export.
    """
    return Export(platform, read_learners(path, platform, lesson=lesson))


class NoColumn(NamedTuple):
    """Why a lesson's marks go into no column, and the remedy."""

    reason: str
    remedy: str


def find_columns(
    export: Export, lessons: Sequence[str], banks: Mapping[str, Bank], options: Sequence[str]
) -> tuple[dict[str, int], dict[str, NoColumn]]:
    """Return the column of each lesson, and why the others have none; ``options`` name columns, as for ``--column``."""
    is_only = len(lessons) == 1
    columns: dict[str, int] = {}
    missing: dict[str, NoColumn] = {}
    for lesson in lessons:
        head = _named_head(options, lesson, banks, is_only=is_only)
        places = _lesson_columns(export, banks[lesson], head, is_only=is_only)
        if len(places) == 1:
            columns[lesson] = places[0]
        elif export.platform == "moodle" and not (head or is_only):
            missing[lesson] = _several_lessons(export, lesson)
        else:
            missing[lesson] = _no_column(export, lesson, head, options, is_several=bool(places))
    uses = Counter(columns.values())
    for lesson in lessons:
        if lesson in columns and uses[columns[lesson]] > 1:
            missing[lesson] = _shared_column(export, lesson, columns.pop(lesson))
    return columns, missing


def _named_head(options: Sequence[str], lesson: str, lessons: Collection[str], *, is_only: bool) -> str:
    """Return the head named for a lesson, or nothing; one without a lesson is for the only lesson."""
    for option in options:
        name, equals, head = option.partition("=")
        if equals and name.strip() == lesson:
            return head.strip()
    if not is_only:
        return ""
    for option in options:
        name, equals, _ = option.partition("=")
        if not equals or name.strip() not in lessons:
            return option.strip()
    return ""


def _lesson_columns(export: Export, bank: Bank, named_head: str, *, is_only: bool) -> list[int]:
    """Return the columns that may be a lesson's: the one named, or those whose head is its slug or title."""
    named = named_columns(export, named_head) if named_head else []
    if named or (named_head and not export.lesson):  # the column may be another export's
        return named
    if export.platform == "moodle":
        return grade_columns(export) if is_only else []  # a grading worksheet is for one assignment
    names = set(map(letters_and_digits, bank.names()))
    return [column for column, head in enumerate(export.table.heads) if _letters_without_number(head) in names]


def named_columns(export: Export, named_head: str) -> list[int]:
    """Return the columns whose head was named: exactly, or else by its letters, with or without the number."""
    exact, similar = [], []
    for column, head in enumerate(export.table.heads):
        if head == named_head:
            exact.append(column)
        if letters_and_digits(named_head) in {letters_and_digits(head), _letters_without_number(head)}:
            similar.append(column)
    return exact or similar


def grade_columns(export: Export) -> list[int]:
    """Return the column of grades in Moodle's worksheet, by its name or else by its place."""
    named = [column for column, head in enumerate(export.table.heads) if letters_and_digits(head) in GRADE_HEADS]
    if len(named) == 1:
        return named
    before = _column_before_maximum(export.table)
    return [] if before is None else [before]


def _column_before_maximum(table: CsvTable) -> int | None:
    """Return the column before the maximum grade, which holds the grade in every language."""
    for column in maximum_columns(table):
        if _may_hold_grades(table, column - 1):
            return column - 1
    return None


def _may_hold_grades(table: CsvTable, column: int) -> bool:
    """Return whether each cell of a column is empty or a number."""
    for row in range(1, len(table.rows)):
        value = table.value(row, column)
        if value not in EMPTY and not POINTS.fullmatch(value):
            return False
    return True


def require_columns(options: Sequence[str], exports: Sequence[Export], lessons: Iterable[str]) -> None:
    """Raise ``WrongPlaceError`` if a column is named for a lesson that does not exist, or there is no export."""
    if options and not exports:
        raise WrongPlaceError(t("platform_grades.no_export"))
    names = list(lessons)
    heads: set[str] = set()
    for export in exports:
        heads.update(export.table.heads)
    for option in options:
        lesson, equals, _ = option.partition("=")
        if equals and lesson.strip() not in names and option.strip() not in heads:
            raise _no_such_lesson(lesson.strip(), names, option=f"--column {option!r}")


def require_worksheet_lessons(worksheets: Mapping[str, Path], lessons: Iterable[str]) -> None:
    """Raise ``WrongPlaceError`` if one of Moodle's worksheets is for a lesson that does not exist, or for any lesson.

    One for any lesson can only be alone: beside others it would not be clear whose numbers hold.
    """
    names = list(lessons)
    for lesson, path in worksheets.items():
        if not lesson and len(worksheets) > 1:
            raise WrongPlaceError(t("platform_grades.unnamed_worksheet", path=path))
        if lesson and lesson not in names:
            raise _no_such_lesson(lesson, names, option=f"--moodle '{lesson}={path}'")


def _no_such_lesson(lesson: str, names: Sequence[str], *, option: str) -> WrongPlaceError:
    near = get_close_matches(lesson, names, n=1)
    if near:
        hint = t("platform_grades.near_lesson", lesson=near[0])
    else:
        hint = t("platform_grades.all_lessons", lessons=", ".join(names))
    return WrongPlaceError(t("platform_grades.no_such_lesson", option=option, lesson=repr(lesson), hint=hint))


def _shared_column(export: Export, lesson: str, column: int) -> NoColumn:
    """Return that a column is another lesson's too: the marks of one would replace those of the other."""
    reason = t("platform_grades.shared_column", lesson=lesson, head=one_line(export.table.heads[column], 60))
    return NoColumn(reason, t("platform_grades.shared_column.remedy"))


def _several_lessons(export: Export, lesson: str) -> NoColumn:
    """Return that a worksheet is for one assignment, and how to say which."""
    remedy = t("platform_grades.several_lessons.remedy", lesson=lesson, export=export.shown_name)
    return NoColumn(t("platform_grades.several_lessons", lesson=lesson), remedy)


def _no_column(export: Export, lesson: str, named_head: str, options: Sequence[str], *, is_several: bool) -> NoColumn:
    """Return why a lesson's marks go into no column, and the remedy, with likely headings."""
    prefix = f'--column "{lesson}='
    if named_head:
        return NoColumn(*_no_named_column(export, lesson, named_head, prefix, is_several=is_several))
    for option in options:
        if "=" not in option:
            head = option.strip()
            reason = t("platform_grades.no_lesson_named", head=one_line(head, 60), lesson=lesson)
            likely = _likely_options(export, head, prefix)
            return NoColumn(reason, t("platform_grades.no_lesson_named.remedy", options=likely))
    key = "several_columns" if is_several else "no_column"
    reason = t(f"platform_grades.unnamed.{key}", lesson=lesson)
    return NoColumn(reason, t("platform_grades.unnamed_remedy", prefix=prefix))


def _no_named_column(export: Export, lesson: str, named_head: str, prefix: str, *, is_several: bool) -> tuple[str, str]:
    """Return why a heading that was named is not in the export, and the remedy."""
    head, likely = one_line(named_head, 60), _likely_options(export, named_head, prefix)
    if is_several:
        reason = t("platform_grades.fits_several", head=head, lesson=lesson)
        return reason, t("platform_grades.fits_several.remedy", options=likely)
    if _longer_heads(export, named_head):
        reason = t("platform_grades.part_of_heading", head=head, lesson=lesson)
        return reason, t("platform_grades.part_of_heading.remedy", options=likely)
    reason = t("platform_grades.no_heading", head=head, lesson=lesson)
    return reason, t("platform_grades.no_heading.remedy", export=export.shown_name, options=likely)


def _longer_heads(export: Export, named_head: str) -> list[str]:
    """Return the headings that contain the one that was named."""
    part = letters_and_digits(named_head)
    return [head for head in export.table.heads if part and part in letters_and_digits(head)]


def _likely_options(export: Export, named_head: str, prefix: str) -> str:
    """Return likely options, one for each heading close to the one that was named."""
    heads = list(filter(None, export.table.heads))
    by_spelling = {CANVAS_NUMBER.sub("", head).casefold(): head for head in heads}
    by_spelling |= zip(map(str.casefold, heads), heads, strict=True)
    near = get_close_matches(named_head.casefold(), by_spelling, n=2 * MOST_HEADS, cutoff=0.5)
    likely = dict.fromkeys([*_longer_heads(export, named_head), *map(by_spelling.__getitem__, near)])
    options = [f'{prefix}{one_line(head, 80)}"' for head in list(likely)[:MOST_HEADS]]
    return t("feedback.or").join(options) or t("platform_grades.no_likely_option", prefix=prefix)


def _letters_without_number(head: str) -> str:
    """Return the letters of a column's head without the number that Canvas appends to it."""
    return letters_and_digits(CANVAS_NUMBER.sub("", head))


def assignment_points(export: Export, row: int, column: int) -> float | None:
    """Return how many points an assignment has on the platform; in Moodle's worksheet the next column says so."""
    if export.platform == "moodle":
        return _parsed_points(export.table.value(row, column + 1))
    for first_row in range(1, len(export.table.rows)):
        if export.table.value(first_row, 0).casefold().startswith(POINTS_POSSIBLE):
            return _parsed_points(export.table.value(first_row, column))
    return None


def _parsed_points(text: str) -> float | None:
    return float(text.replace(",", ".")) if POINTS.fullmatch(text) else None
