"""When each lesson is due, for whom later, and what lateness costs."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.class_file.model import LateRule
from copydesk.grading.submissions.person_tables import read_person_table, require_right_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import tzinfo
    from pathlib import Path

    from copydesk.grading.submissions.person_tables import LineFault, Person, PersonLine, PersonTable
    from copydesk.grading.submissions.roster import Roster

LONGER = re.compile(r"\+\s*(?P<count>[0-9]{1,4})\s*(?P<unit>minutes?|hours?|days?|weeks?)", re.IGNORECASE)
"""An extension by so much: ``+3 days``."""

HOUR, DAY = 3600, 86_400


class Deadline(NamedTuple):
    """When one learner's submission for a lesson is due, and whether that is an extension."""

    due: datetime
    is_extended: bool = False


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When each lesson is due, the extensions, and the late rule.

    ``due`` is by lesson; ``extensions`` is the instructor's table, and ``zone`` the zone of its times that name none.
    """

    due: Mapping[str, datetime] = field(default_factory=dict)
    rule: LateRule = field(default_factory=LateRule)
    extensions: PersonTable | None = None
    zone: tzinfo | None = None

    def deadline(self, person: Person, lesson: str) -> Deadline | None:
        """Return when a lesson is due for a person; None if it never is. A group has the latest of its members'."""
        due = self.due.get(lesson)
        if due is None:
            return None
        lines = self.extensions.lines_for(person, lesson) if self.extensions else []
        latest = max([due, *(_extended(line, due, self.zone) for line in lines)])
        return Deadline(latest, is_extended=latest > due)

    def late_seconds(self, moment: datetime, deadline: Deadline | None) -> int:
        """Return by how many seconds a submission is late; 0 if it is in time, within the grace, or nothing is due."""
        if deadline is None:
            return 0
        late = moment - deadline.due
        return math.ceil(late.total_seconds()) if late > timedelta(minutes=self.rule.grace_minutes) else 0

    def deduction(self, late_seconds: int, earned: float, maximum: float) -> float:
        """Return the points that lateness takes off what was ``earned`` out of a ``maximum``.

        The rule takes a share of the maximum, and nothing that would bring the mark below the floor.
        """
        share = self.share_off(late_seconds)
        floor = maximum * self.rule.floor / 100
        return round(max(0.0, min(maximum * share / 100, earned - floor)), 2)

    def share_off(self, late_seconds: int) -> float:
        """Return what lateness takes off, in per cent of the maximum, 0 to 100."""
        if not late_seconds:
            return 0
        if self.rule.per_day is not None:
            return min(100.0, self.rule.per_day * math.ceil(late_seconds / DAY))
        share = 0.0
        for step in self.rule.steps:
            if late_seconds > step.after_hours * HOUR:
                share = step.take_off
        return share


def read_extensions(
    path: Path, *, lessons: Collection[str], roster: Roster | None, zone: tzinfo | None, due: Mapping[str, datetime]
) -> PersonTable:
    """Return the extensions: a table with the columns ``learner``, ``lesson``, ``due`` and ``note``.

    ``due`` there is a time, or by how much later it is: ``+3 days``. Only the instructor sees the note.

    Raises:
        GradingError: the table cannot be read.
        ContentError: a line has no time that can be read, or an earlier one than the lesson's.
    """
    table = read_person_table(path, columns=("due", "note"), needed=("due",), lessons=lessons, roster=roster)

    def faults(line: PersonLine) -> Iterator[LineFault]:
        key = _fault(line, zone, due)
        if key:
            yield key, {"time": repr(line.cells["due"]), "lesson": line.lesson}

    require_right_lines(table, faults)
    return table


def _fault(line: PersonLine, zone: tzinfo | None, due: Mapping[str, datetime]) -> str:
    """Return the key of what is wrong with an extension; empty if nothing is."""
    if LONGER.fullmatch(line.cells["due"].strip()):
        return ""
    moment = _moment(line.cells["due"], zone)
    if moment is None:
        return "deadlines.no_time"
    if moment.tzinfo is None:
        return "deadlines.no_zone"
    first = due.get(line.lesson)
    return "deadlines.earlier" if first and moment < first else ""


def _extended(line: PersonLine, due: datetime, zone: tzinfo | None) -> datetime:
    """Return when a lesson is due by a line of the extensions."""
    longer = LONGER.fullmatch(line.cells["due"].strip())
    if longer is None:
        return _moment(line.cells["due"], zone) or due
    unit = longer["unit"].lower().rstrip("s") + "s"
    return due + timedelta(**{unit: int(longer["count"])})


def _moment(text: str, zone: tzinfo | None) -> datetime | None:
    """Return the time in a cell; None if it is not one."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo or zone is None else moment.replace(tzinfo=zone)
