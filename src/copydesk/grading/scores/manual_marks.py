"""Reads ``manual-marks.csv``: what an instructor decided about one learner's lesson, whatever was submitted."""

from __future__ import annotations

from collections import Counter
from math import fsum
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from copydesk.grading.submissions.person_tables import PersonTable, read_person_table, require_right_lines
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.submissions.person_tables import LineFault, Person, PersonLine
    from copydesk.grading.submissions.roster import Roster

Decision = Literal["excused", "paper", "nil", "mark", "not in group"]
"""What was decided: no mark is asked for, the work was on paper, none of it counts, a mark, or no part in the group."""

DECISIONS: tuple[Decision, ...] = get_args(Decision)
WITH_POINTS = frozenset({"paper", "mark"})


class ManualMark(NamedTuple):
    """A decision on one learner's lesson: its points, if it gives any, and the reason, which the learner reads."""

    decision: Decision
    points: float | None
    reason: str

    @property
    def shown(self) -> str:
        """Return the decision as the tables have it, with its reason."""
        return f"{self.decision}: {self.reason}"


class ManualMarks(NamedTuple):
    """All decisions, as the instructor's table has them."""

    table: PersonTable

    def find(self, person: Person, lesson: str) -> ManualMark | None:
        """Return the decision on a person's lesson; None if there is none."""
        for line in self.table.lines_for(person, lesson):
            return _mark(line)
        return None


def read_manual_marks(path: Path, banks: Mapping[str, Bank], roster: Roster | None) -> ManualMarks:
    """Return the decisions in a table with the columns ``learner``, ``lesson``, ``decision``, ``points``, ``reason``.

    Raises:
        GradingError: the table cannot be read.
        ContentError: a line has no lesson, no such decision, no reason, wrong points, or is there twice.
    """
    table = read_person_table(
        path,
        columns=("decision", "points", "reason", "note"),
        needed=("lesson", "decision", "reason"),
        lessons=banks,
        roster=roster,
    )
    counts = Counter((line.key or line.learner, line.lesson) for line in table.lines)

    def faults(line: PersonLine) -> Iterator[LineFault]:
        bank = banks.get(line.lesson)
        maximum = fsum(entry.task.points for entry in bank.entries_without_baseline) if bank else 0
        for key in _faults(line, maximum, counts[line.key or line.learner, line.lesson]):
            values = {
                "decision": repr(line.cells["decision"]),
                "decisions": ", ".join(DECISIONS),
                "points": repr(line.cells.get("points", "")),
                "maximum": number(maximum),
                "lesson": line.lesson,
            }
            yield key, values

    require_right_lines(table, faults)
    return ManualMarks(table)


def _faults(line: PersonLine, maximum: float, count: int) -> Iterator[str]:
    """Yield the keys of what is wrong with a line, of which there are ``count`` for its learner and lesson."""
    decision, points = line.cells["decision"].casefold(), _points(line)
    if not line.lesson:
        yield "manual_marks.no_lesson"
        return
    if decision not in DECISIONS:
        yield "manual_marks.no_decision"
    elif decision in WITH_POINTS and (points is None or not 0 <= points <= maximum):
        yield "manual_marks.wrong_points"
    elif decision not in WITH_POINTS and line.cells.get("points", ""):
        yield "manual_marks.no_points"
    if not line.cells["reason"]:
        yield "manual_marks.no_reason"
    if count > 1:
        yield "manual_marks.twice"


def _mark(line: PersonLine) -> ManualMark:
    """Return the decision in a line that was found right."""
    decision = next(name for name in DECISIONS if name == line.cells["decision"].casefold())
    points = 0.0 if decision == "nil" else _points(line)
    return ManualMark(decision, points, line.cells["reason"])


def _points(line: PersonLine) -> float | None:
    """Return the points of a line; None if there is no number."""
    try:
        return float(line.cells.get("points", "").replace(",", "."))
    except ValueError:
        return None
