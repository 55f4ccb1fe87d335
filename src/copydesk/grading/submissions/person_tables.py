"""Reads an instructor's own tables with a learner in each line, such as extensions, comments and marks by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from copydesk.course.documents import ContentError, Problem
from copydesk.grading.files.csv_files import read_csv
from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.submissions.list_columns import HEADS
from copydesk.grading.submissions.names import letters_and_digits, normalize
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from copydesk.grading.files.csv_files import CsvTable
    from copydesk.grading.submissions.roster import Roster

LEARNER_HEADS = (
    frozenset({"learner", "student", "whose"}) | HEADS["id"] | HEADS["email"] | HEADS["name"] | HEADS["either"]
)
PRINTED = 80
LineFault = tuple[str, Mapping[str, str]]
"""What is wrong with a line: the key of a text, and the values for it and its remedy."""


class Person(NamedTuple):
    """Who a submission is from, or who is on the roster: the keys of learners there, and all sure names."""

    keys: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()

    @classmethod
    def called(cls, names: Iterable[str], keys: Iterable[str] = ()) -> Person:
        """Return a person by names, which are compared in one spelling."""
        return cls(tuple(keys), frozenset(normalize(name) for name in names if name))


class PersonLine(NamedTuple):
    """A line of a table: its number as people count, the learner as written and on the roster, the lesson, the cells.

    ``key`` is empty for a learner on no list, ``lesson`` if the line is about every lesson.
    """

    number: int
    learner: str
    key: str
    lesson: str
    cells: Mapping[str, str]

    def is_for(self, person: Person, lesson: str) -> bool:
        """Return whether the line is about a person and a lesson."""
        if self.lesson not in {"", lesson}:
            return False
        return self.key in person.keys if self.key else normalize(self.learner) in person.names

    @property
    def label(self) -> str:
        """Return what the line is called in a message."""
        return one_line(f"{self.learner}, {self.lesson}" if self.lesson else self.learner, PRINTED)


class PersonTable(NamedTuple):
    """The lines of an instructor's table, and its name."""

    name: str
    lines: tuple[PersonLine, ...]

    def lines_for(self, person: Person, lesson: str) -> list[PersonLine]:
        """Return the lines about a person and a lesson, in the order of the table."""
        return [line for line in self.lines if line.is_for(person, lesson)]

    def problems(self, people: Collection[tuple[Person, str]]) -> list[SubmissionProblem]:
        """Return a row for each line about a learner who is on no list and submitted nothing.

        ``people`` are those who submitted, with the lesson.
        """
        rows = []
        for line in self.lines:
            if line.key or any(line.is_for(person, lesson) for person, lesson in people):
                continue
            reason = t("person_tables.no_one", line=line.number, learner=one_line(line.learner, PRINTED))
            rows.append(SubmissionProblem(self.name, reason, t("person_tables.no_one.remedy"), "not applied"))
        return rows


def read_person_table(
    path: Path, *, columns: Collection[str], needed: Collection[str], lessons: Collection[str], roster: Roster | None
) -> PersonTable:
    """Return the lines of a table with the columns ``learner``, ``lesson`` and these ``columns``.

    ``needed`` are those of them that have to be there; ``lessons`` are those of the course. A line without a learner is
    passed over.

    Raises:
        GradingError: the table cannot be read.
        ContentError: a column is missing, a lesson does not exist, or a name fits several learners on the roster.
    """
    table = read_csv(path)
    heads = _heads(table, columns)
    missing = [name for name in ("learner", *needed) if name not in heads]
    if missing:
        fault = t("person_tables.no_column", columns=", ".join(missing))
        remedy = t("person_tables.no_column.remedy", columns=", ".join(["learner", "lesson", *columns]))
        raise ContentError([Problem(path.name, 1, "", fault, remedy)])
    lines: list[PersonLine] = []
    problems: list[Problem] = []
    for row in range(1, len(table.rows)):
        line = _line(table, row, heads, roster)
        if line is None:
            continue
        lines.append(line)
        problems += _faults(path.name, line, lessons, roster)
    if problems:
        raise ContentError(problems)
    return PersonTable(path.name, tuple(lines))


def require_right_lines(table: PersonTable, faults: Callable[[PersonLine], Iterable[LineFault]]) -> None:
    """Raise ``ContentError`` with the line and remedy of each fault that ``faults`` finds in a table."""
    problems = []
    for line in table.lines:
        for key, values in faults(line):
            remedy = t(f"{key}.remedy", **values)
            problems.append(Problem(table.name, line.number, line.label, t(key, **values), remedy))
    if problems:
        raise ContentError(problems)


def _heads(table: CsvTable, columns: Collection[str]) -> dict[str, int]:
    """Return where each column is; the learner may be called by any word for an id, an e-mail or a name."""
    wanted = {letters_and_digits(name): name for name in ("learner", "lesson", *columns)}
    heads: dict[str, int] = {}
    for column, head in enumerate(table.heads):
        letters = letters_and_digits(head)
        if letters in wanted:
            heads.setdefault(wanted[letters], column)
        elif letters in LEARNER_HEADS:
            heads.setdefault("learner", column)
    return heads


def _line(table: CsvTable, row: int, heads: Mapping[str, int], roster: Roster | None) -> PersonLine | None:
    """Return the line in a row; None if it names no learner."""
    cells = {name: table.value(row, column) for name, column in heads.items()}
    learner = cells.pop("learner")
    if not learner:
        return None
    key = roster.look_up(learner) if roster else None
    return PersonLine(row + table.first, learner, key or "", cells.pop("lesson", ""), cells)


def _faults(file: str, line: PersonLine, lessons: Collection[str], roster: Roster | None) -> Iterator[Problem]:
    """Yield what is wrong with the lesson or the learner of a line."""
    name = one_line(line.learner, PRINTED)
    if line.lesson and line.lesson not in lessons:
        fault = t("person_tables.no_lesson", lesson=repr(one_line(line.lesson, PRINTED)))
        remedy = t("class_file.no_such_lesson.remedy", lessons=", ".join(sorted(lessons)))
        yield Problem(file, line.number, name, fault, remedy)
    if roster and not line.key and roster.is_shared_name(line.learner):
        fault = t("person_tables.several", learner=repr(name))
        yield Problem(file, line.number, name, fault, t("person_tables.several.remedy"))
