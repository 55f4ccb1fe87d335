"""Decides which submission is late and which of a learner's counts, for grading and for marking alike."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.safe_text import listed, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from copydesk.grading.submissions.record import Identity, Place, Row

TWO_PEOPLE = "unless they are two people's: then give a file with --matches that says whose each file is"
ONLY_ONE = "Nothing to do; if only one of the two is to count, take the other file out and grade again"
SETTLE_COPY = "Nothing to do, unless it should count, too: then give a file with --matches that says whose it is"


def is_late(moment: datetime, due: datetime | None) -> bool:
    """Return whether something was submitted after it was due; where nothing is due, nothing is late."""
    return due is not None and moment > due


@dataclass(slots=True)
class Selection:
    """The submissions of all learners as light rows: which one counts, and which others there are.

    ``taken`` says which tasks another submission gives to the one that counts (``joining.complete``).
    """

    counted: dict[Identity, Row] = field(default_factory=dict)
    passed_over: list[Row] = field(default_factory=list)
    taken: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    _completed: dict[Identity, frozenset[str]] = field(default_factory=dict)

    @property
    def rows(self) -> list[Row]:
        """Return all submissions, those that count first."""
        return [*self.counted.values(), *self.passed_over]

    @property
    def sources(self) -> list[Row]:
        """Return the submissions from which an answer counts: those that count, and those that complete one."""
        return [*self.counted.values(), *(row for row in self.passed_over if row.place in self.taken)]

    def enter(self, row: Row) -> bool:
        """Keep a submission, and return whether it is the one of its learner that counts so far."""
        before = self.counted.get(row.who)
        if before and row.rank <= before.rank:
            self.passed_over.append(row)
            return False
        if before:
            self.passed_over.append(before)
        self.counted[row.who] = row
        return True

    def join(self, row: Row, taken: dict[Place, tuple[str, ...]]) -> None:
        """Put the submission that others completed in the place of the one that counted so far."""
        self.counted[row.who] = row
        self.taken |= taken
        self._completed[row.who] = frozenset(task for tasks in taken.values() for task in tasks)

    def is_from(self, row: Row, task: str) -> bool:
        """Return whether the answer to a task that counts is the one in this submission."""
        if row.place in self.taken:
            return task in self.taken[row.place]
        return row.place == self.counted[row.who].place and task not in self._completed.get(row.who, ())

    def partial(self) -> dict[Identity, list[Row]]:
        """Return, for whom it matters, the submission that counts, then those that answer what it leaves open."""
        found: defaultdict[Identity, list[Row]] = defaultdict(list)
        for row in self.passed_over:
            counted = self.counted[row.who]
            if _may_join(row, counted) and (gap(row, counted) or _is_form_open(row, counted)):
                found[row.who].append(row)
        return {
            who: [self.counted[who], *sorted(rows, key=lambda row: row.rank, reverse=True)]
            for who, rows in found.items()
        }

    def problems(self) -> list[SubmissionProblem]:
        """Return a row for each submission that is not the one that counts."""
        return [self._problem(row, self.counted[row.who]) for row in self.passed_over]

    def _problem(self, row: Row, counted: Row) -> SubmissionProblem:
        if tasks := self.taken.get(row.place):
            return _joined(row, counted, tasks)
        return superseded(row, counted)


def gap(row: Row, counted: Row) -> list[str]:
    """Return the tasks that a submission answers and the one that counts leaves open."""
    if row.version != counted.version:
        return []
    return [task for task in counted.unanswered if task not in row.unanswered]


def _may_join(row: Row, counted: Row) -> bool:
    """Return whether two submissions may count together: both submitted or both saved, of the same tasks, none late."""
    is_late = row.is_late or counted.is_late
    is_vouched_for = row.is_vouched_for == counted.is_vouched_for
    return (
        not is_late and is_vouched_for and row.is_submitted == counted.is_submitted and row.version == counted.version
    )


def _is_form_open(row: Row, counted: Row) -> bool:
    """Return whether the form of statements is not complete, and may be with another submission."""
    done, _, total = counted.statements.partition(" of ")
    return bool(total) and not total.startswith(f"{done} ") and row.statements[:1] not in {"", "0"}


def _joined(row: Row, counted: Row, tasks: Sequence[str]) -> SubmissionProblem:
    instead = one_line(counted.file, 120)
    reason = f"of {one_line(counted.learner, 60)!r} for {row.lesson} two submissions count together: "
    reason += f"{listed(tasks)} from this one, the rest from {instead}"
    return SubmissionProblem(row.file, reason, ONLY_ONE if row.sender else f"Nothing to do, {TWO_PEOPLE}", "graded")


def superseded(row: Row, counted: Row) -> SubmissionProblem:
    """Return the row for a submission that another one of the same learner replaced."""
    instead = one_line(counted.file, 120)
    if row.is_same(counted) and row.is_submitted == counted.is_submitted:
        return SubmissionProblem(
            row.file, f"the same submission as {instead}, which counts", "Nothing to do", "superseded"
        )
    if counted.is_vouched_for and not row.is_vouched_for:
        reason = f"only the file itself says that it is {one_line(counted.learner, 60)!r}'s; what counts is {instead}"
        return SubmissionProblem(row.file, reason, SETTLE_COPY, "superseded")
    reason = f"of {one_line(counted.learner, 60)!r} for {row.lesson} {_which(row, counted)} counts: {instead}"
    remedy = f"Nothing to do, {TWO_PEOPLE}"
    if row.is_submitted != counted.is_submitted:
        when = "later" if row.moment > counted.moment else "before"
        reason += f"; this one was saved {when} and never submitted"
        remedy = "Nothing to do, unless the learner meant this one: then ask them to hand it in"
    elif gap(row, counted):
        remedy = "Ask the learner to submit once more with all answers, or which of the two is to count: then take the "
        remedy += "other file out and grade again. If they are two people's, say so with --matches"
    if tasks := gap(row, counted):
        reason += f"; this one answers {listed(tasks)}, which that one leaves open"
    return SubmissionProblem(row.file, reason, remedy, "superseded")


def _which(row: Row, counted: Row) -> str:
    """Return in a few words why it is the other submission that counts."""
    if counted.is_submitted and not row.is_submitted:
        return "what was submitted"
    if row.is_late:
        return "the earliest" if counted.is_late else "the one in time"
    return "the later submission" if counted.is_submitted else "the file that was saved later"
