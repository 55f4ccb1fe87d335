"""Reads a list of learners, which may be the export of a platform."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from copydesk.grading.files.csv_files import CsvTable, read_csv
from copydesk.grading.files.problems import GradingError, SubmissionProblem
from copydesk.grading.submissions.columns import Columns
from copydesk.grading.submissions.damaged_ids import is_rounded
from copydesk.grading.submissions.id_columns import find_ids, unused_heads
from copydesk.grading.submissions.joined_sections import sections_in_cells
from copydesk.grading.submissions.list_columns import find_columns, has_heads
from copydesk.grading.submissions.list_entries import (
    all_name_letters,
    first_exact_text,
    group_letters,
    group_names,
    read_entry,
    section_names,
    split_cells,
)
from copydesk.grading.submissions.list_faults import rounded_ids_fault, skipped_rows_fault, unknown_ids_fault
from copydesk.grading.submissions.list_form import (
    SkippedRow,
    code_columns,
    cut_title,
    join_split_names,
    require_heads,
    skipped_row,
)
from copydesk.grading.submissions.names import letters_and_digits, normalize, word_orders
from copydesk.grading.submissions.participants import NUMBERED, ONLY_NUMBER, find_numbering, has_maximum
from copydesk.grading.submissions.platforms import group_name, numbering
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CANVAS_HEADS = ({"student", "id", "section"}, {"lastname", "firstname", "id", "section"})
MOODLE_HEADS = ({"identifier", "fullname"}, {"identifier", "grade", "maximumgrade"})
POINTS_POSSIBLE = "points possible"
TEST_STUDENT = "studenttest"
ID_IN_NAME = (
    re.compile(r"(?P<name>.*[^\W\d_].*?)\s*[(\[#]\s*(?P<id>[A-Za-z]{0,3}[0-9]{3,}[A-Za-z]?)\s*[)\]]?"),
    re.compile(r"(?P<id>[0-9]{3,})\s*[-\u2013:,;.]?\s+(?P<name>[^\W\d_].*)"),
)
"""A cell with name and id: ``Lovelace, Ada (12345)``, ``12345 Ada Lovelace``."""

YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Learner:
    """One learner, with everything that the lists say.

    ``ids`` are the ids that people gave (student number, login), ``written_ids`` the same as written in the
    list, ``numbers`` those by which platforms know the learner, ``names`` the letters of the name in any order, and
    ``rows`` where the learner is in a platform's list, both by its ``numbering``. ``groups`` has the letters of the
    groups' names, ``group_names`` and ``sections`` the names as the lists have them. ``is_expected`` says that the
    first list has the learner. ``hidden_in`` is the lesson in whose worksheet it is a participant with no name, or
    empty if the worksheet is for the only lesson; None for a learner with a name.
    """

    key: str
    id: str = ""
    name: str = ""
    email: str = ""
    ids: frozenset[str] = frozenset()
    written_ids: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    aliases: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    group_names: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    numbers: dict[str, str] = field(default_factory=dict)
    rows: dict[str, tuple[int, ...]] = field(default_factory=dict)
    is_expected: bool = True
    hidden_in: str | None = None

    @property
    def is_hidden(self) -> bool:
        """Return whether this is a participant whose name Moodle hides."""
        return self.hidden_in is not None

    def takes_part_in(self, lesson: str) -> bool:
        """Return whether an entry is someone in a lesson: Moodle's number of a participant means no one in another."""
        return self.hidden_in in {None, "", lesson}

    def number(self, platform: str, lesson: str) -> str:
        """Return the number by which a platform knows the learner: on the worksheet for a lesson, or else anywhere."""
        return self.numbers.get(numbering(platform, lesson)) or self.numbers.get(platform, "")

    def may_be(self, other: Learner) -> bool:
        """Return whether two entries may be one learner, judging by names; one without a name may be anyone."""
        return not self.names or not other.names or bool(self.names & other.names)

    def merge(self, other: Learner) -> Learner:
        """Return the learner with what another entry for them adds."""
        rows = dict(self.rows)
        for platform, numbers in other.rows.items():
            rows[platform] = (*rows.get(platform, ()), *numbers)
        return replace(
            self,
            id=self.id or other.id,
            name=self.name or other.name,
            email=self.email or other.email,
            ids=self.ids | other.ids,
            written_ids=tuple(dict.fromkeys(self.written_ids + other.written_ids)),
            names=self.names | other.names,
            emails=self.emails | other.emails,
            aliases=self.aliases | other.aliases,
            groups=self.groups | other.groups,
            group_names=self.group_names | other.group_names,
            sections=self.sections | other.sections,
            numbers={**other.numbers, **self.numbers},
            rows=dict(sorted(rows.items())),
        )


@dataclass(frozen=True, slots=True)
class LearnerList:
    """A list of learners as it was read; ``lesson`` is the one for whose assignment it is a worksheet.

    ``participant_word`` is what Moodle calls a participant in it, ``unused_heads`` the heads of columns that may hold
    the missing ids, and ``skipped_rows`` the rows that are not learners.
    """

    platform: str
    learners: tuple[Learner, ...]
    table: CsvTable
    participant_word: str = ""
    unused_heads: tuple[str, ...] = ()
    skipped_rows: tuple[SkippedRow, ...] = ()
    lesson: str = ""

    @property
    def numbering(self) -> str:
        """Return what the platform's numbers in it belong to."""
        return numbering(self.platform, self.lesson)

    def problems(self) -> list[SubmissionProblem]:
        """Return the faults of the list for the instructor: ids rounded, ids not found, rows skipped."""
        rounded: list[str] = []
        for learner in self.learners:
            rounded += [id_ for id_ in learner.written_ids if is_rounded(id_)]
        faults = (
            rounded_ids_fault(rounded),
            unknown_ids_fault(self.unused_heads),
            skipped_rows_fault(self.skipped_rows),
        )
        return [SubmissionProblem(self.table.name, *fault, "not applied") for fault in faults if fault]


@dataclass(frozen=True, slots=True)
class _Format:
    """The format of a list: whose export it is, what its columns hold, and how it numbers the learners."""

    platform: str
    columns: Columns
    numbering: re.Pattern[str] | None = None
    number_column: int = -1
    id_in_name: re.Pattern[str] | None = None
    lesson: str = ""


def read_learners(path: Path, platform: str = "", *, lesson: str = "") -> LearnerList:
    """Return the learners on a list; ``platform`` is given if it has to be that platform's export.

    ``lesson`` is the one for whose assignment it is Moodle's worksheet, if there are several.

    Raises:
        GradingError: it cannot be read, has no column that names a learner, or gives two learners one id.
    """
    table = read_csv(path)
    table = join_split_names(table if platform else cut_title(table), path)
    form = replace(_format(table, platform), lesson=lesson)
    _require_learners(table, form, path, platform)
    skipped = {} if form.platform else _skipped_rows(table, form.columns)
    learners = _learners(table, form, skipped, path)
    if form.platform == "canvas" or form.columns.numbers("canvas"):
        learners = _with_each_section(learners)
    unused = _unused_heads(table, form, skipped, learners)
    word = _participant_word(table, form)
    if form.platform == "moodle":
        learners = _hidden_learners(learners, lesson)
    return LearnerList(form.platform, tuple(learners), table, word, unused, tuple(skipped.values()), lesson)


def _hidden_learners(learners: list[Learner], lesson: str) -> list[Learner]:
    """Return the learners of a worksheet: participants whose names are hidden, if all have nothing but a number."""
    if any(learner.names or learner.emails or learner.ids for learner in learners):
        return learners
    return [replace(learner, hidden_in=lesson) for learner in learners]


def _with_each_section(learners: list[Learner]) -> list[Learner]:
    """Return the learners of a list of Canvas, which joins all sections of a learner into one cell."""
    cells = frozenset[str]().union(*(learner.sections for learner in learners))
    sections = sections_in_cells(cells)
    separated = []
    for learner in learners:
        own = frozenset[str]().union(*(sections[cell] for cell in learner.sections))
        separated.append(replace(learner, sections=own))
    return separated


def _require_learners(table: CsvTable, form: _Format, path: Path, platform: str) -> None:
    """Raise ``GradingError`` if a list is not the export asked for, or does not tell learners apart."""
    if platform and form.platform != platform:
        needs = t(f"learners.needs.{platform}")
        raise GradingError(t("learners.other_export", path=path, platform=platform.title(), needs=needs))
    if form.platform:
        return
    if not form.columns.identifying:
        raise GradingError(t("learners.no_column", path=path))
    require_heads(table, form.columns, path)


def _skipped_rows(table: CsvTable, columns: Columns) -> dict[int, SkippedRow]:
    """Return the rows of an instructor's own list that are not learners, by number."""
    codes = code_columns(table, columns)
    skipped = {}
    for row in range(1, len(table.rows)):
        no_learner = skipped_row(table, row, columns, codes)
        if no_learner:
            skipped[row] = no_learner
    return skipped


def _learners(table: CsvTable, form: _Format, skipped: dict[int, SkippedRow], path: Path) -> list[Learner]:
    learners: dict[str, Learner] = {}
    for row in range(1, len(table.rows)):
        learner = None if row in skipped else _learner(table, row, form)
        if learner is None:
            continue
        first = learners.get(learner.key)
        if first is None:
            learners[learner.key] = learner
            continue
        if not _is_same(first, learner):
            rows = first.rows["list"][0] + table.first, row + table.first
            raise GradingError(t("learners.twice", path=path, learner=repr(learner.key), first=rows[0], second=rows[1]))
        learners[learner.key] = first.merge(learner)
    return list(learners.values())


def _unused_heads(
    table: CsvTable, form: _Format, skipped: dict[int, SkippedRow], learners: list[Learner]
) -> tuple[str, ...]:
    """Return the heads of columns that may hold the ids, if an instructor's own list has none."""
    if form.platform or any(learner.ids for learner in learners):
        return ()
    rows = [cells for row, cells in enumerate(table.rows) if row not in skipped]
    return tuple(unused_heads(replace(table, rows=rows), form.columns))


def _participant_word(table: CsvTable, form: _Format) -> str:
    """Return the word for a participant in a list where names are hidden: the one before the numbers."""
    if form.numbering is None:
        return ""
    for row in range(1, len(table.rows)):
        participant = form.numbering.fullmatch(table.value(row, form.number_column))
        if participant:
            return letters_and_digits(participant["word"])
    return ""


def _is_same(first: Learner, learner: Learner) -> bool:
    """Return whether two rows of a list are one learner, who may be in two sections."""
    has_id = bool(first.ids or first.emails)
    return has_id and first.may_be(learner)


def _format(table: CsvTable, platform: str) -> _Format:
    heads = table.heads
    columns = find_columns(table)
    if platform != "moodle" and _has_heads_of_export(heads, CANVAS_HEADS):
        return _Format("canvas", columns, ONLY_NUMBER, list(map(letters_and_digits, heads)).index("id"))
    if platform == "canvas":
        return _Format("", columns)
    column, numbering = find_numbering(table)
    is_english = _has_heads_of_export(heads, MOODLE_HEADS)
    is_likely = column == 0 and numbering is NUMBERED and has_maximum(table)
    if numbering and (platform or is_english or is_likely):
        return _Format("moodle", _worksheet_columns(table, columns, column), numbering, column)
    columns = find_ids(table, columns)
    return _Format("", columns, id_in_name=None if columns.numbers("id") else _id_in_name(table, columns))


def _has_heads_of_export(heads: list[str], exports: Iterable[set[str]]) -> bool:
    """Return whether a first row has all heads of one of a platform's exports."""
    return any(has_heads(heads, export) for export in exports)


def _id_in_name(table: CsvTable, columns: Columns) -> re.Pattern[str] | None:
    """Return how names and ids share a cell, if most cells have both, and no two the same id."""
    column = columns.numbers("name")[:1]
    names = table.column(column[0]) if column else []
    for pattern in ID_IN_NAME:
        ids = []
        for name in names:
            match = pattern.fullmatch(name)
            if match:
                ids.append(match["id"])
        are_years = all(map(YEAR.fullmatch, ids))
        if not are_years and len(set(ids)) == len(ids) and 2 * len(ids) > len(names):
            return pattern
    return None


def _worksheet_columns(table: CsvTable, columns: Columns, number_column: int) -> Columns:
    """Return the columns of a worksheet: besides the numbers, the column of names is known by its place."""
    by_kind = {}
    for kind, numbers in columns.by_kind.items():
        by_kind[kind] = sorted(set(numbers) - {number_column})
    beside = number_column + 1
    has_names = bool(by_kind["name"] or by_kind["last"])
    is_free = beside not in Columns(by_kind).all_numbers
    if not has_names and by_kind["email"] and is_free and beside < len(table.rows[0]):
        by_kind["name"] = [beside]
    return Columns(by_kind)


def _learner(table: CsvTable, row: int, form: _Format) -> Learner | None:
    """Return the learner in a row; None for any other row, such as Canvas's points possible."""
    values = {kind: table.filled_values(row, columns) for kind, columns in form.columns.by_kind.items()}
    numbered = table.value(row, form.number_column) if form.numbering else ""
    number = form.numbering.fullmatch(numbered) if form.numbering else None
    name, ids, emails = read_entry(values, numbered, form.id_in_name)
    place = numbering(form.platform, form.lesson)
    numbers = {place: number["number"]} if number else {}
    if values["canvas"]:
        numbers["canvas"] = values["canvas"][0]
    if _is_no_learner(table, row, name, form.platform) or (form.numbering and not number):
        return None
    if not (ids or emails or name or numbers):
        return None
    shown_ids = [numbered] if number else []
    shown_ids += [*ids, *values["canvas"][:1]]
    exact_ids = [value for value in ids if not is_rounded(value)]
    shown_id = shown_ids[0] if shown_ids else ""
    email = emails[0] if emails else ""
    texts = [*shown_ids, *emails, name]
    rows: dict[str, tuple[int, ...]] = {"list": (row,)}
    if form.platform:
        rows[place] = (row,)
    return Learner(
        key=first_exact_text(texts) or f"{texts[0]} (row {row + 1})",
        id=shown_id,
        name=name,
        email=email,
        ids=frozenset(map(normalize, exact_ids)),
        written_ids=tuple(ids),
        names=all_name_letters(name, values),
        emails=frozenset(map(normalize, emails)),
        aliases=frozenset(split_cells(values["alias"])),
        groups=frozenset(group_name(letters, form.lesson) for letters in group_letters(values["group"])),
        group_names=group_names(values["group"]),
        sections=section_names(values["section"]),
        numbers=numbers,
        rows=rows,
    )


def _is_no_learner(table: CsvTable, row: int, name: str, platform: str) -> bool:
    first = table.value(row, 0).casefold()
    is_maximum = first.startswith(POINTS_POSSIBLE) or name.casefold().startswith(POINTS_POSSIBLE)
    return is_maximum or (platform == "canvas" and TEST_STUDENT in word_orders(name))
