"""The mark of one lesson: the points of its tasks, what lateness takes off, and what an instructor decided by hand."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.scoring import is_marked_by_person

if TYPE_CHECKING:
    from copydesk.course.bank import Bank
    from copydesk.grading.class_file.deadlines import Deadlines
    from copydesk.grading.scores.manual_marks import ManualMark
    from copydesk.grading.submissions.record import GradedSubmission


class Marks(NamedTuple):
    """The total points of a submission: by rule, and by hand with the tasks still awaiting it."""

    automatic: float
    automatic_maximum: float
    written: float
    written_maximum: float
    awaiting: tuple[str, ...]

    @property
    def total(self) -> float:
        """Return the points by rule and by hand together."""
        return round(self.automatic + self.written, 2)

    @property
    def total_maximum(self) -> float:
        """Return the maximum of the total."""
        return self.automatic_maximum + self.written_maximum


class LessonMark(NamedTuple):
    """What one learner gets for one lesson.

    ``marks`` are the points of the submission, None if there is none. ``deduction`` is what lateness takes off the
    total, ``automatic_deduction`` off the points by rule alone. ``manual`` is the instructor's decision, if there is
    one: it counts whatever was submitted.
    """

    marks: Marks | None
    maximum: float
    deduction: float = 0
    automatic_deduction: float = 0
    manual: ManualMark | None = None

    @property
    def raw(self) -> float | None:
        """Return the points before anything is taken off; None while some await marking, or without a submission."""
        return None if self.marks is None or self.marks.awaiting else self.marks.total

    @property
    def mark(self) -> float | None:
        """Return the points that count; None if there are none (yet)."""
        if self.manual:
            return self.manual.points
        return None if self.raw is None else round(self.raw - self.deduction, 2)

    @property
    def automatic_mark(self) -> float | None:
        """Return the points by rule alone that count; None without a submission."""
        if self.marks is None:
            return None
        return round(self.marks.automatic - self.automatic_deduction, 2)


def marks_of(submission: GradedSubmission, bank: Bank) -> Marks:
    """Return the total points of a submission."""
    automatic: list[float] = []
    automatic_maxima: list[float] = []
    written: list[float] = []
    written_maxima: list[float] = []
    awaiting: list[str] = []
    for entry, points in zip(bank.tasks, submission.points, strict=True):
        if not is_marked_by_person(entry.task):
            automatic.append(points or 0)
            automatic_maxima.append(entry.task.points)
            continue
        written.append(points or 0)
        written_maxima.append(entry.task.points)
        if points is None:
            awaiting.append(entry.task.id)
    return Marks(
        automatic=round(fsum(automatic), 2),
        automatic_maximum=fsum(automatic_maxima),
        written=round(fsum(written), 2),
        written_maximum=fsum(written_maxima),
        awaiting=tuple(awaiting),
    )


def maxima_of(bank: Bank) -> Marks:
    """Return the points of one who has none yet, with the maxima of a bank."""
    automatic: list[float] = []
    written: list[float] = []
    for entry in bank.entries_without_baseline:
        maxima = written if is_marked_by_person(entry.task) else automatic
        maxima.append(entry.task.points)
    return Marks(0, fsum(automatic), 0, fsum(written), ())


def lesson_mark(
    submission: GradedSubmission, bank: Bank, deadlines: Deadlines, manual: ManualMark | None
) -> LessonMark:
    """Return the mark of a submission, graded by ``bank``."""
    marks, late = marks_of(submission, bank), submission.late_seconds
    return LessonMark(
        marks=marks,
        maximum=marks.total_maximum,
        deduction=deadlines.deduction(late, marks.total, marks.total_maximum),
        automatic_deduction=deadlines.deduction(late, marks.automatic, marks.automatic_maximum),
        manual=manual,
    )
