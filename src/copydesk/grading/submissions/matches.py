"""Reads ``matches.csv``: whose each submission is where names alone do not tell, in the instructor's own words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from copydesk.grading.files.csv_files import LONGEST_CELL, read_csv
from copydesk.grading.files.limits import LIMITS, suffix_of
from copydesk.grading.files.problems import GradingError, SubmissionProblem
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.submissions.list_columns import KINDS
from copydesk.grading.submissions.names import as_printed, letters
from copydesk.grading.submissions.record import BY_HAND
from copydesk.grading.submissions.roster import PRINTED, Match, nobody

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from copydesk.grading.files.csv_files import CsvText
    from copydesk.grading.submissions.record import Row
    from copydesk.grading.submissions.roster import Roster

SUBMISSION = frozenset({"submission", "handin", "called", "file"}) | KINDS["alias"]
LEARNER = frozenset({"learner", "student", "whose"}) | KINDS["id"] | KINDS["name"] | KINDS["email"] | KINDS["either"]
MOST_FILES = 10
NOTICE = "whose it is was said by hand"


@dataclass(frozen=True, slots=True)
class Matches:
    """Whose each submission is, by what problems.csv calls it or by its file; a group's has several learners.

    ``written`` has each submission as the instructor wrote it. ``unclear`` are the files of those names that fit
    several submissions: two people may have chosen one alias, so such a line is nobody's.
    """

    name: str
    learners: dict[str, tuple[str, ...]]
    written: dict[str, str] = field(default_factory=dict)
    unclear: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, called: str, file: str) -> tuple[str, ...]:
        """Return the learners that a submission was given to by hand; none for most."""
        name = self._line_of(called, file)
        return () if name in self.unclear else self.learners.get(name, ())

    def _line_of(self, called: str, file: str) -> str:
        """Return the line that a submission was named in; empty where there is none."""
        return next((name for name in _names(called, file) if name in self.learners), "")

    def checked(self, rows: Iterable[Row]) -> Matches:
        """Return the matches without those that fit several submissions of a lesson by a word anybody may choose."""
        named: defaultdict[tuple[str, str], dict[tuple[object, ...], str]] = defaultdict(dict)
        for row in rows:
            line = "" if row.sender else self._line_of(row.called, row.file)
            if line and line not in _file_names(row.file):
                named[line, row.lesson][row.content] = row.file
        unclear: defaultdict[str, list[str]] = defaultdict(list)
        for (line, _), files in named.items():
            unclear[line] += files.values() if len(files) > 1 else ()
        return replace(self, unclear={line: tuple(sorted(files)) for line, files in unclear.items() if files})

    def match(self, called: str, file: str, roster: Roster) -> Match | None:
        """Return whose submission it is by hand, as the roster knows them; None where that was left open."""
        asked = self.of(called, file)
        keys = [roster.look_up(each) for each in asked]
        found = tuple(key for key in keys if key)
        if len(found) < len(asked):
            missing = next(name for name, key in zip(asked, keys, strict=True) if not key)
            return nobody(f"{self.name} says “{one_line(missing, PRINTED)}”, whom the roster has not or has twice")
        if len(found) > 1:
            return Match("", BY_HAND, is_sure=True, members=found)
        return Match(found[0], BY_HAND, is_sure=True) if found else None

    def problems(self, rows: Iterable[Row]) -> list[SubmissionProblem]:
        """Return a row for each line that no submission fits, or more than one."""
        used = {name for row in rows for name in _names(row.called, row.file)}
        unused = [self._unused(name) for name in self.learners if name not in used]
        return [*self._unclear_lines(), *unused]

    def problems_with_files(self, files: Iterable[str]) -> list[SubmissionProblem]:
        """Return a row for each line that names a file which is not there, or that fits more than one submission."""
        there = {name for file in files for name in _file_names(file)}
        named = [name for name in self.learners if suffix_of(name) in LIMITS]
        return [*self._unclear_lines(), *(self._unused(name) for name in named if name not in there)]

    def _unclear_lines(self) -> list[SubmissionProblem]:
        return [self._several(name, files) for name, files in self.unclear.items()]

    def _unused(self, name: str) -> SubmissionProblem:
        reason = f"“{self._as_written(name)}” is not what any submission is called"
        remedy = "Write the submission as problems.csv calls it, between the quotation marks, or its file"
        return SubmissionProblem(self.name, reason, remedy, "not applied")

    def _several(self, name: str, files: tuple[str, ...]) -> SubmissionProblem:
        reason = f"“{self._as_written(name)}” is what {len(files)} submissions are called, which may be two people's"
        shown = ", ".join(f"“{one_line(file, LONGEST_CELL)}”" for file in files[:MOST_FILES])
        more = f" and {len(files) - MOST_FILES} more" if len(files) > MOST_FILES else ""
        remedy = f"Write a line for each, with its file in place of the name: {shown}{more}"
        return SubmissionProblem(self.name, reason, remedy, "not applied")

    def _as_written(self, name: str) -> str:
        return one_line(self.written.get(name, name), PRINTED)


def _names(called: str, file: str) -> list[str]:
    """Return all that a submission may be called in the file, the surest first; an alias is never a file's name."""
    names = [] if suffix_of(as_printed(called)) in LIMITS else [called, one_line(called, PRINTED)]
    return [*_file_names(file), *map(as_printed, names)]


def _file_names(file: str) -> list[str]:
    return [as_printed(file), as_printed(one_line(file, LONGEST_CELL))]


def read_matches(path: Path) -> Matches:
    """Return whose each submission is, from a table with a column ``submission`` and a column ``learner``.

    Raises:
        GradingError: it cannot be read or lacks a column.
    """
    table = read_csv(path)
    heads = [letters(head) for head in table.heads]
    submissions = [column for column, head in enumerate(heads) if head in SUBMISSION]
    learners = [column for column, head in enumerate(heads) if head in LEARNER and column not in submissions]
    if not submissions or not learners:
        msg = f"{path} needs a column 'submission', as problems.csv calls it, and a column 'learner', with id or name"
        raise GradingError(msg)
    _require_whole_rows(table, len(heads))
    found: defaultdict[str, list[str]] = defaultdict(list)
    written: dict[str, str] = {}
    for row in range(1, len(table.rows)):
        submission = next((value for column in submissions if (value := table.value(row, column))), "")
        learner = next((value for column in learners if (value := table.value(row, column))), "")
        if submission and learner:
            found[as_printed(submission)].append(learner)
            written.setdefault(as_printed(submission), submission)
    return Matches(path.name, {name: tuple(dict.fromkeys(each)) for name, each in found.items()}, written)


def _require_whole_rows(table: CsvText, columns: int) -> None:
    """Raise ``GradingError`` where a row has more cells than there are heads: a comma in a name made two of one."""
    for row in range(1, len(table.rows)):
        if table.length(row) > columns:
            shown = one_line(table.value(row, 0), PRINTED)
            msg = f"{table.name}: row {row + 1} (“{shown}”) has more cells than there are headings. If a name has a "
            msg += 'comma in it, put quotation marks around it: "Müller, Jörg"'
            raise GradingError(msg)
