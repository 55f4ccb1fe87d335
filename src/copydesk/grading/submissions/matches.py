"""Reads ``matches.csv``: whose each submission is where names alone do not tell, in the instructor's own words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from copydesk.grading.files.csv_files import LONGEST_CELL, read_csv
from copydesk.grading.files.limits import LIMITS, suffix_of
from copydesk.grading.files.problems import GradingError, SubmissionProblem
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.submissions.list_columns import HEADS
from copydesk.grading.submissions.names import letters_and_digits, strip_quotes
from copydesk.grading.submissions.record import BY_HAND
from copydesk.grading.submissions.roster import PRINTED, Match, no_match
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from copydesk.grading.files.csv_files import CsvTable
    from copydesk.grading.submissions.record import GradedSubmission
    from copydesk.grading.submissions.roster import Roster

SUBMISSION_HEADS = frozenset({"submission", "handin", "called", "file"}) | HEADS["alias"]
NAME_HEADS = HEADS["name"] | HEADS["either"]
LEARNER_HEADS = frozenset({"learner", "student", "whose"}) | HEADS["id"] | HEADS["email"] | NAME_HEADS
MOST_FILES = 10
NOTICE = "whose it is was said by hand"
"""A note in the gradebook that a later run looks for."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Whose each submission is, by what problems.csv calls it or by its file; a group's has several learners.

    ``learners`` has the learners of each line by the name of its submission, ``written`` that name as the instructor
    wrote it. ``unclear`` are the files of those names that fit several submissions: two people may have chosen one
    alias, so such a line is no one's.
    """

    name: str
    learners: dict[str, tuple[str, ...]]
    written: dict[str, str] = field(default_factory=dict)
    unclear: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def learners_of(self, label: str, file: str) -> tuple[str, ...]:
        """Return the learners that a submission was assigned to by hand; none for most."""
        line = self._line(label, file)
        return () if line in self.unclear else self.learners.get(line, ())

    def _line(self, label: str, file: str) -> str:
        """Return the line that names a submission; empty if there is none."""
        for name in _names(label, file):
            if name in self.learners:
                return name
        return ""

    def find_unclear_lines(self, rows: Iterable[GradedSubmission]) -> Matches:
        """Return the matches without those that fit several submissions of a lesson by a word anyone may choose."""
        contents: defaultdict[tuple[str, str], dict[tuple[object, ...], str]] = defaultdict(dict)
        for row in rows:
            line = "" if row.sender else self._line(row.label, row.file)
            if line and line not in _file_names(row.file):
                contents[line, row.lesson][row.content] = row.file
        unclear: defaultdict[str, list[str]] = defaultdict(list)
        for (line, _), files in contents.items():
            if len(files) > 1:
                unclear[line] += files.values()
        return replace(self, unclear={line: tuple(sorted(files)) for line, files in unclear.items()})

    def match(self, label: str, file: str, roster: Roster, *, lesson: str) -> Match | None:
        """Return the match that the instructor wrote down, with learners of the roster; None where there is none."""
        keys = []
        for name in self.learners_of(label, file):
            key = roster.look_up(name, lesson)
            if not key:
                return no_match(t("matches.not_on_roster", table=self.name, name=one_line(name, PRINTED)))
            keys.append(key)
        if len(keys) > 1:
            return Match("", BY_HAND, is_sure=True, members=tuple(keys))
        return Match(keys[0], BY_HAND, is_sure=True) if keys else None

    def problems(self, rows: Iterable[GradedSubmission]) -> list[SubmissionProblem]:
        """Return a row for each line that no submission fits, or more than one."""
        names: set[str] = set()
        for row in rows:
            names.update(_names(row.label, row.file))
        return [*self._unclear_lines(), *self._unused_lines(self.learners, names)]

    def problems_with_files(self, files: Iterable[str]) -> list[SubmissionProblem]:
        """Return a row for each line that names a missing file, or that fits more than one submission."""
        names: set[str] = set()
        for file in files:
            names.update(_file_names(file))
        lines = [line for line in self.learners if suffix_of(line) in LIMITS]
        return [*self._unclear_lines(), *self._unused_lines(lines, names)]

    def _unused_lines(self, lines: Iterable[str], names: set[str]) -> Iterator[SubmissionProblem]:
        """Yield a row for each of some lines that is not among the ``names`` of submissions."""
        for line in lines:
            if line not in names:
                reason = t("matches.no_submission", name=self._as_written(line))
                yield SubmissionProblem(self.name, reason, t("matches.no_submission.remedy"), "not applied")

    def _unclear_lines(self) -> Iterator[SubmissionProblem]:
        """Yield a row for each line that fits several submissions."""
        for line, files in self.unclear.items():
            reason = t("matches.several", name=self._as_written(line), number=len(files))
            yield SubmissionProblem(self.name, reason, _remedy_for_several(files), "not applied")

    def _as_written(self, line: str) -> str:
        return one_line(self.written.get(line, line), PRINTED)


def _remedy_for_several(files: tuple[str, ...]) -> str:
    shown = ", ".join(f"“{one_line(file, LONGEST_CELL)}”" for file in files[:MOST_FILES])
    if len(files) > MOST_FILES:
        return t("matches.several.remedy_for_many", files=shown, number=len(files) - MOST_FILES)
    return t("matches.several.remedy", files=shown)


def _names(label: str, file: str) -> list[str]:
    """Return the names that a submission may have in the file, surest first; an alias is never a file's name."""
    names = _file_names(file)
    if suffix_of(strip_quotes(label)) not in LIMITS:
        names += [strip_quotes(label), strip_quotes(one_line(label, PRINTED))]
    return names


def _file_names(file: str) -> list[str]:
    return [strip_quotes(file), strip_quotes(one_line(file, LONGEST_CELL))]


def read_matches(path: Path) -> Matches:
    """Return the learners of submissions, from a table with the columns ``submission`` and ``learner``.

    Raises:
        GradingError: it cannot be read or lacks a column.
    """
    table = read_csv(path)
    heads = list(map(letters_and_digits, table.heads))
    submission_columns = _columns_with(SUBMISSION_HEADS, heads)
    learner_columns = _columns_with(LEARNER_HEADS - SUBMISSION_HEADS, heads)
    if not submission_columns or not learner_columns:
        raise GradingError(t("matches.no_column", path=path))
    _require_whole_rows(table, len(heads))
    learners: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    written: dict[str, str] = {}
    for row in range(1, len(table.rows)):
        submissions = table.filled_values(row, submission_columns)
        names = table.filled_values(row, learner_columns)
        if not submissions or not names:
            continue
        line = strip_quotes(submissions[0])
        written.setdefault(line, submissions[0])
        if names[0] not in learners[line]:
            learners[line] += (names[0],)
    return Matches(path.name, dict(learners), written)


def _columns_with(wanted: frozenset[str], heads: list[str]) -> list[int]:
    return [column for column, head in enumerate(heads) if head in wanted]


def _require_whole_rows(table: CsvTable, columns: int) -> None:
    """Raise ``GradingError`` if a row has more cells than there are heads: a comma in a name split it in two."""
    for row in range(1, len(table.rows)):
        if table.length(row) > columns:
            name = one_line(table.value(row, 0), PRINTED)
            raise GradingError(t("matches.too_many_cells", table=table.name, row=row + 1, name=name))
