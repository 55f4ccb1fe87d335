"""The mark of the course of each learner, from all submissions, decisions by hand and the class file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.results.lesson_marks import person_of
from copydesk.grading.scores.course_mark import (
    CourseLesson,
    Grade,
    course_mark,
    grade_by_parts,
    grade_by_points,
    has_points,
    is_awaited,
)
from copydesk.grading.scores.lesson_mark import lesson_mark, maxima_of
from copydesk.grading.submissions.person_tables import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from copydesk.course.bank import Bank
    from copydesk.grading.class_file.model import ClassFile
    from copydesk.grading.results.lesson_marks import LessonMarks
    from copydesk.grading.scores.course_mark import CourseMark
    from copydesk.grading.scores.lesson_mark import LessonMark
    from copydesk.grading.submissions.learners import Learner
    from copydesk.grading.submissions.record import GradedSubmission
    from copydesk.grading.submissions.roster_status import Matching


class Participant(NamedTuple):
    """One learner of the course: a key, who it is, the entry on the roster (None without one), and a name to show."""

    key: tuple[str, str]
    person: Person
    learner: Learner | None
    name: str


class CourseRow(NamedTuple):
    """A participant with the mark of the course."""

    participant: Participant
    mark: CourseMark


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """What the mark of the course is computed by.

    ``as_of`` is the time up to which nothing submitted counts as 0; ``practice`` has the practice tasks of each lesson,
    by which taking part is measured.
    """

    file: ClassFile
    marks: LessonMarks
    as_of: datetime | None
    practice: Mapping[str, frozenset[str]]

    def has_points(self, lesson: str) -> bool:
        """Return whether there is anything to earn in a lesson."""
        bank = self.marks.versions.now[lesson]
        return has_points(maxima_of(bank), self._practice_count(bank), self.file.components(lesson))

    def _practice_count(self, bank: Bank) -> int:
        """Return how many practice tasks a lesson has; a form of statements counts as one of them."""
        has_form = len(bank.tasks) > len(bank.entries_without_baseline)
        return len(self.practice.get(bank.lesson, ())) + has_form

    def is_due(self, person: Person, lesson: str) -> bool:
        """Return whether a lesson was due for a person by the time up to which the class file counts."""
        deadline = self.marks.deadlines.deadline(person, lesson)
        return deadline is not None and self.as_of is not None and deadline.due <= self.as_of


class CourseMarks:
    """The mark of the course of each learner: all on the roster, or without one all who submitted.

    A submission counts only for a learner whose it surely is. One that may be a learner's keeps the lesson open, and is
    never a 0.
    """

    def __init__(self, plan: CoursePlan, counted: Iterable[GradedSubmission], matching: Matching | None) -> None:
        """Take the submissions that count; ``matching`` says whose they are, if there is a roster."""
        self._plan, self._matching = plan, matching
        self.lessons_with_points = frozenset(filter(plan.has_points, plan.file.lessons))
        self._submissions: dict[tuple[tuple[str, str], str], GradedSubmission] = {}
        self._unclear: set[tuple[tuple[str, str], str]] = set()
        if matching is None:
            self._participants = self._all_who_submitted(counted)
        else:
            for submission in counted:
                self._note_learners(submission, matching)
            self._participants = list(self._all_on_roster(matching))

    def _note_learners(self, submission: GradedSubmission, matching: Matching) -> None:
        """Note whose a submission is, and whose it may be; a learner has at most one for a lesson."""
        match, lesson = submission.match, submission.lesson
        if match is None:
            return
        keys = []
        if match.is_sure:
            keys = [learner.key for learner in matching.learners(submission)]
        for key in keys:
            self._submissions[_roster_key(key), lesson] = submission
        for key in {match.key, *match.members}.difference(keys, {""}):
            self._unclear.add((_roster_key(key), lesson))

    def _all_on_roster(self, matching: Matching) -> Iterator[Participant]:
        """Yield the learners who should submit, in the order of the roster, and others on a list who did."""
        submitted = {key for key, _ in self._submissions}
        has_names = any(not learner.is_hidden for learner in matching.roster.expected)
        for learner in matching.roster.learners.values():
            key = _roster_key(learner.key)
            if learner.is_hidden and has_names:  # someone on the roster, no one knows who
                continue
            if learner.is_expected or key in submitted:
                name = learner.name or learner.id or learner.email or learner.key
                yield Participant(key, Person((learner.key,)), learner, name)

    def _all_who_submitted(self, submissions: Iterable[GradedSubmission]) -> list[Participant]:
        """Return everyone who submitted, in the order of their names, and note whose each submission is."""
        theirs: defaultdict[tuple[str, str], list[GradedSubmission]] = defaultdict(list)
        for submission in submissions:
            key = submission.identity[:2]
            theirs[key].append(submission)
            self._submissions[key, submission.lesson] = submission
        participants = []
        for key, group in theirs.items():
            names = frozenset[str]().union(*(_own_names(submission) for submission in group))
            shown = min(submission.learner for submission in group)
            participants.append(Participant(key, Person(names=names), None, shown))
        return sorted(participants, key=lambda participant: (participant.name.casefold(), participant.key))

    def rows(self) -> Iterator[CourseRow]:
        """Yield each learner with the mark of the course."""
        file = self._plan.file
        for participant in self._participants:
            entries = [self._entry(participant, lesson) for lesson in file.lessons]
            mark = course_mark(entries, drop_lowest=file.drop_lowest, out_of=file.total.out_of)
            yield CourseRow(participant, mark)

    def submission_of(self, participant: Participant, lesson: str) -> GradedSubmission | None:
        """Return the submission that surely is a learner's and counts for a lesson."""
        return self._submissions.get((participant.key, lesson))

    def _entry(self, participant: Participant, lesson: str) -> CourseLesson:
        """Return what a lesson is in the mark of a learner."""
        plan = self._plan
        weight = plan.file.lessons[lesson].weight
        by_hand = plan.marks.without_points(participant.person, lesson)
        manual = by_hand.manual
        if manual and manual.decision == "excused":
            return CourseLesson(lesson=lesson, weight=weight, state="excused", mark=by_hand)
        if lesson not in self.lessons_with_points:
            return CourseLesson(lesson=lesson, weight=weight, state="no points", mark=by_hand)
        if manual and manual.points is not None:
            is_nil = manual.decision == "nil"
            grade = Grade(0) if is_nil else grade_by_points(manual.points, by_hand.maximum)
            return _graded(lesson, weight, by_hand, grade)
        submission = self.submission_of(participant, lesson)
        if submission and not manual:
            return self._submitted(submission, weight)
        return self._not_submitted(participant, lesson, by_hand)

    def _submitted(self, submission: GradedSubmission, weight: float) -> CourseLesson:
        """Return a lesson for which a learner submitted something, and on which nothing was decided by hand."""
        lesson, marks = submission.lesson, self._plan.marks
        components = self._plan.file.components(lesson)
        mark = lesson_mark(submission, marks.versions.bank_of(submission), marks.deadlines, None)
        if is_awaited(mark, components):
            late = submission.late_seconds
            return CourseLesson(lesson=lesson, weight=weight, state="awaiting", mark=mark, late_seconds=late)
        if components and mark.marks:
            grade = grade_by_parts(mark.marks, submission, components, marks.deadlines)
        else:
            grade = grade_by_points(mark.mark or 0, mark.maximum)
        return _graded(lesson, weight, mark, grade, late_seconds=submission.late_seconds)

    def _not_submitted(self, participant: Participant, lesson: str, mark: LessonMark) -> CourseLesson:
        """Return a lesson for which nothing counts that a learner submitted."""
        weight = self._plan.file.lessons[lesson].weight
        file = self._matching.unreadable_file(participant.person.keys[0], lesson) if self._matching else ""
        if (participant.key, lesson) in self._unclear and not mark.manual:
            return CourseLesson(lesson=lesson, weight=weight, state="unclear", mark=mark)
        if self._hides_name(participant, lesson) and not mark.manual:
            return CourseLesson(lesson=lesson, weight=weight, state="hidden", mark=mark)
        if file and not mark.manual:
            return CourseLesson(lesson=lesson, weight=weight, state="unreadable", mark=mark, file=file)
        if self._plan.is_due(self._with_group(participant), lesson):
            return CourseLesson(lesson=lesson, weight=weight, state="missing", mark=mark, percent=0)
        return CourseLesson(lesson=lesson, weight=weight, state="not due", mark=mark)

    def _hides_name(self, participant: Participant, lesson: str) -> bool:
        """Return whether a submission may be a learner's because a platform hides whose those for a lesson are."""
        if participant.learner is None or self._matching is None or participant.learner.is_hidden:
            return False
        return self._matching.hides_names(lesson)

    def _with_group(self, participant: Participant) -> Person:
        """Return a learner with the members of their groups, who have more time if any of them has."""
        if participant.learner is None or self._matching is None:
            return participant.person
        keys = {participant.learner.key}
        for group in participant.learner.groups:
            keys |= self._matching.roster.groups.get(group, frozenset())
        return Person(tuple(sorted(keys)))


def _graded(lesson: str, weight: float, mark: LessonMark, grade: Grade, *, late_seconds: int = 0) -> CourseLesson:
    """Return a lesson with a mark; one in which nothing was to earn counts for nothing."""
    if grade.percent is None:
        return CourseLesson(lesson=lesson, weight=weight, state="no points", mark=mark)
    return CourseLesson(
        lesson=lesson,
        weight=weight,
        state="marked",
        mark=mark,
        percent=grade.percent,
        parts=grade.parts,
        late=grade.late,
        late_seconds=late_seconds,
    )


def _roster_key(key: str) -> tuple[str, str]:
    return "roster", key


def _own_names(submission: GradedSubmission) -> frozenset[str]:
    """Return the names of who submitted, except those of single members, for whom a decision is theirs alone."""
    kind, name, _ = submission.identity
    if kind == "matches" and "; " in name:
        return Person.called([submission.learner]).names
    return person_of(submission, None).names
