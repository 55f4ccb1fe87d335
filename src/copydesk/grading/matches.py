"""Reads ``matches.csv``: whose each hand-in is where names alone do not tell, in the instructor's own words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copydesk.grading.csvtext import read_csv
from copydesk.grading.display import one_line
from copydesk.grading.gradebook import BY_HAND
from copydesk.grading.heads import KINDS
from copydesk.grading.limits import LIMITS, suffix_of
from copydesk.grading.names import as_printed, letters
from copydesk.grading.problems import GradingError, HandInProblem
from copydesk.grading.roster import PRINTED, Match, nobody

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from copydesk.grading.gradebook import Row
    from copydesk.grading.roster import Roster

SUBMISSION = frozenset({"submission", "handin", "called", "file"}) | KINDS["alias"]
LEARNER = frozenset({"learner", "student", "whose"}) | KINDS["id"] | KINDS["name"] | KINDS["email"] | KINDS["either"]
LONGEST_CELL = 600
NOTICE = "whose it is was said by hand"


@dataclass(frozen=True, slots=True)
class Matches:
    """Whose each hand-in is, by what problems.csv calls it or by its file; a group's has several learners."""

    name: str
    learners: dict[str, tuple[str, ...]]

    def of(self, called: str, file: str) -> tuple[str, ...]:
        """Return the learners that a hand-in was given to by hand; none for most."""
        for name in _names(called, file):
            if name in self.learners:
                return self.learners[name]
        return ()

    def match(self, called: str, file: str, roster: Roster) -> Match | None:
        """Return whose hand-in it is by hand, as the roster knows them; None where that was left open."""
        asked = self.of(called, file)
        keys = [roster.look_up(each) for each in asked]
        found = tuple(key for key in keys if key)
        if len(found) < len(asked):
            missing = next(name for name, key in zip(asked, keys, strict=True) if not key)
            return nobody(f"{self.name} says “{one_line(missing, PRINTED)}”, whom the roster has not or has twice")
        if len(found) > 1:
            return Match("", BY_HAND, is_sure=True, members=found)
        return Match(found[0], BY_HAND, is_sure=True) if found else None

    def problems(self, rows: Iterable[Row]) -> list[HandInProblem]:
        """Return a row for each line that no hand-in fits."""
        used = {name for row in rows for name in _names(row.called, row.file)}
        return [
            HandInProblem(
                self.name,
                f"“{one_line(name, PRINTED)}” is not what any submission is called",
                "Write the submission as problems.csv calls it, between the quotation marks, or its file",
                "not applied",
            )
            for name in self.learners
            if name not in used
        ]


def _names(called: str, file: str) -> list[str]:
    """Return all that a hand-in may be called in the file, the most certain first; an alias is never a file's name."""
    names = [file, one_line(file, LONGEST_CELL)]
    names += [] if suffix_of(as_printed(called)) in LIMITS else [called, one_line(called, PRINTED)]
    return list(map(as_printed, names))


def read_matches(path: Path) -> Matches:
    """Return whose each hand-in is, from a table with a column ``submission`` and a column ``learner``.

    Raises:
        GradingError: it cannot be read or lacks a column.
    """
    table = read_csv(path)
    heads = [letters(table.value(0, column)) for column in range(len(table.rows[0]))] if table.rows else []
    submissions = [column for column, head in enumerate(heads) if head in SUBMISSION]
    learners = [column for column, head in enumerate(heads) if head in LEARNER and column not in submissions]
    if not submissions or not learners:
        msg = f"{path} needs a column 'submission', as problems.csv calls it, and a column 'learner', with id or name"
        raise GradingError(msg)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in range(1, len(table.rows)):
        submission = next((value for column in submissions if (value := table.value(row, column))), "")
        learner = next((value for column in learners if (value := table.value(row, column))), "")
        if submission and learner:
            found[as_printed(submission)].append(learner)
    return Matches(path.name, {name: tuple(dict.fromkeys(each)) for name, each in found.items()})
