"""The mark of the course: what each lesson counts in per cent, which are dropped, and their weighted mean.

Every figure is worked out, exactly, from the printed figures that it depends on, and rounded once, half up, to two
decimals: a reader with a calculator gets the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from copydesk.grading.class_file.deadlines import Deadlines
    from copydesk.grading.class_file.model import Components
    from copydesk.grading.scores.lesson_mark import LessonMark, Marks
    from copydesk.grading.submissions.record import GradedSubmission

State = Literal["marked", "missing", "not due", "awaiting", "unclear", "hidden", "unreadable", "excused", "no points"]
"""What a lesson is to the mark of the course.

It counts if it is *marked*, or *missing*: nothing was submitted by the time that the class file counts up to. It will
count once it is due, marked, or it is clear whose submission there is; *hidden* is one whose learners a platform hides.
*Excused* and *no points* never count.
"""

OPEN_STATES: tuple[State, ...] = ("unclear", "unreadable", "awaiting", "hidden", "not due")
"""The states in which a lesson doesn't count yet, what an instructor has to look at first."""

PartName = Literal["automatic", "written", "taking_part"]


class Part(NamedTuple):
    """A part of a lesson's mark: in per cent of what it may bring, and its weight in the class file."""

    name: PartName
    percent: float
    weight: float


class LateCost(NamedTuple):
    """What lateness takes off: the mark before, and what is taken off it, both in per cent of the whole."""

    before: float
    off: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLesson:
    """One lesson of a learner in the mark of the course.

    ``percent`` is its mark, None if it doesn't count (yet). ``parts`` are there if the class file gives them weights;
    then ``late`` says what lateness takes off. ``mark`` is the mark of the lesson in points; ``late_seconds`` how late
    the submission is. ``file`` is the one that can't be read, if that is why the lesson doesn't count.
    """

    lesson: str
    weight: float
    state: State
    mark: LessonMark
    percent: float | None = None
    parts: tuple[Part, ...] = ()
    late: LateCost | None = None
    late_seconds: int = 0
    file: str = ""

    @property
    def is_counted(self) -> bool:
        """Return whether the lesson counts so far, unless it is dropped."""
        return self.percent is not None and self.weight > 0

    @property
    def is_open(self) -> bool:
        """Return whether the lesson will count, but doesn't yet."""
        return self.weight > 0 and self.state in OPEN_STATES

    @property
    def may_be_dropped(self) -> bool:
        """Return whether the lesson may be dropped: any that counts, but not one set to nil by hand."""
        is_nil = self.mark.manual is not None and self.mark.manual.decision == "nil"
        return self.is_counted and not is_nil


@dataclass(frozen=True, slots=True)
class CourseMark:
    """The mark of a learner for the course so far: in per cent, and the same out of ``out_of`` points.

    Both are None as long as no lesson counts. ``dropped`` are the lessons that are left out as the lowest.
    """

    lessons: tuple[CourseLesson, ...]
    dropped: frozenset[str]
    percent: float | None
    points: float | None
    out_of: float

    @property
    def counted(self) -> list[CourseLesson]:
        """Return the lessons in the mark."""
        return [entry for entry in self.lessons if entry.is_counted and entry.lesson not in self.dropped]

    @property
    def open(self) -> list[CourseLesson]:
        """Return the lessons that will count, but don't yet."""
        return [entry for entry in self.lessons if entry.is_open]

    @property
    def is_complete(self) -> bool:
        """Return whether every lesson that will ever count does so."""
        return self.percent is not None and not self.open

    @property
    def waits_for(self) -> State | None:
        """Return what the mark waits for: of several causes, the one to look at first; None if it is complete."""
        states = {entry.state for entry in self.open}
        return next((state for state in OPEN_STATES if state in states), None)


def course_mark(lessons: Iterable[CourseLesson], *, drop_lowest: int, out_of: float) -> CourseMark:
    """Return the mark of the course: the weighted mean of the lessons that count and are not dropped."""
    entries = tuple(lessons)
    counted = [entry for entry in entries if entry.is_counted]
    dropped = lowest(counted, drop_lowest)
    rest = [entry for entry in counted if entry.lesson not in dropped]
    if not rest:
        return CourseMark(entries, dropped, None, None, out_of)
    percent = _rounded(_mean(rest))
    return CourseMark(entries, dropped, percent, _rounded(_exact(percent) * _exact(out_of) / 100), out_of)


def lowest(counted: Sequence[CourseLesson], most: int) -> frozenset[str]:
    """Return which lessons to drop, ``most`` of them: the choice that gives the learner the best mean.

    With equal weights these are the lowest marks; a low mark of little weight may stay where a better one of more
    weight costs more. One lesson always stays. A nil isn't dropped, and then no lesson is whose loss would cost the
    learner something.

    Source: Dinkelbach, W. (1967), On nonlinear fractional programming, Management Science 13(7), 492-498: a choice with
    the best weighted mean is one that drops the lowest of ``weight * (mark - mean)``, for its own mean.
    """
    candidates = [entry for entry in counted if entry.may_be_dropped]
    count = min(most, len(candidates), len(counted) - 1)
    dropped: frozenset[str] = frozenset()
    while count > 0:
        mean = _mean(entry for entry in counted if entry.lesson not in dropped)
        better = _farthest_below(candidates, mean, count)
        if better == dropped:
            break
        is_same_mean = _mean(entry for entry in counted if entry.lesson not in better) == mean
        dropped = better
        if is_same_mean:
            break
    return dropped


def _farthest_below(candidates: Iterable[CourseLesson], mean: Fraction, count: int) -> frozenset[str]:
    """Return the lessons that pull a mean down the most; of equal ones those with the lower mark, then less weight."""

    def order(entry: CourseLesson) -> tuple[Fraction, float, float, str]:
        return _pull(entry, mean), entry.percent or 0, entry.weight, entry.lesson

    below = [entry for entry in candidates if _pull(entry, mean) <= 0]
    return frozenset(entry.lesson for entry in sorted(below, key=order)[:count])


def _pull(entry: CourseLesson, mean: Fraction) -> Fraction:
    return _exact(entry.weight) * (_exact(entry.percent or 0) - mean)


def _mean(counted: Iterable[CourseLesson]) -> Fraction:
    """Return the weighted mean of some lessons in per cent."""
    return _weighted_mean((entry.percent or 0, entry.weight) for entry in counted)


def _weighted_mean(values: Iterable[tuple[float, float]]) -> Fraction:
    total, weights = Fraction(), Fraction()
    for value, weight in values:
        total += _exact(value) * _exact(weight)
        weights += _exact(weight)
    return total / weights


def has_points(maxima: Marks, practice_count: int, components: Components | None) -> bool:
    """Return whether there is anything to earn in a lesson whose points are out of these ``maxima``."""
    if components is None:
        return maxima.total_maximum > 0
    return bool(_parts(maxima, (0, practice_count), components))


def is_awaited(mark: LessonMark, components: Components | None) -> bool:
    """Return whether the mark of a lesson waits for marks by a person that count."""
    is_asked = components is None or components.written > 0
    return is_asked and mark.marks is not None and bool(mark.marks.awaiting)


class Grade(NamedTuple):
    """A lesson's mark in per cent, None if there is nothing to earn, and how it came about."""

    percent: float | None
    parts: tuple[Part, ...] = ()
    late: LateCost | None = None


def grade_by_points(points: float, maximum: float) -> Grade:
    """Return a mark in points as one in per cent."""
    return Grade(_rounded(100 * _exact(points) / _exact(maximum)) if maximum else None)


def grade_by_parts(marks: Marks, submission: GradedSubmission, components: Components, deadlines: Deadlines) -> Grade:
    """Return the weighted mean of the parts that a lesson has, less what lateness takes off the whole."""
    parts = tuple(_parts(marks, submission.taking_part, components))
    if not parts:
        return Grade(None)
    before = _rounded(_weighted_mean((part.percent, part.weight) for part in parts))
    late = LateCost(before, deadlines.deduction(submission.late_seconds, before, 100))
    percent = _rounded(_exact(before) - _exact(late.off))
    return Grade(percent, parts, late if submission.late_seconds else None)


def _parts(marks: Marks, taking_part: tuple[int, int], components: Components) -> list[Part]:
    """Return the parts that a lesson has and that count."""
    done, asked = taking_part
    earned: tuple[tuple[PartName, float, float, float], ...] = (
        ("automatic", marks.automatic, marks.automatic_maximum, components.automatic),
        ("written", marks.written, marks.written_maximum, components.written),
        ("taking_part", done, asked, components.taking_part),
    )
    parts = []
    for name, points, maximum, weight in earned:
        if maximum > 0 and weight > 0:
            percent = _rounded(100 * _exact(points) / _exact(maximum))
            parts.append(Part(name, percent, weight))
    return parts


def products(lessons: Collection[CourseLesson]) -> list[float]:
    """Return the mark of each lesson times its weight, as the calculation on a learner's page shows it."""
    return [float(_exact(entry.percent or 0) * _exact(entry.weight)) for entry in lessons]


def total_of(values: Iterable[float]) -> float:
    """Return the sum of printed figures."""
    return math.fsum(values)


def _exact(value: float) -> Fraction:
    """Return a number as people wrote it: 0.1 is a tenth."""
    return Fraction(str(value))


def _rounded(value: Fraction) -> float:
    """Return a number rounded half up to two decimals, as with a calculator."""
    return math.floor(value * 100 + Fraction(1, 2)) / 100
