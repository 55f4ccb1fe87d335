"""The mark of each learner for each lesson, from the submission, the late rule and the instructor's decisions."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

from copydesk.grading.files.problems import problem
from copydesk.grading.scores.lesson_mark import LessonMark, lesson_mark
from copydesk.grading.submissions.person_tables import Person
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.grading.class_file.deadlines import Deadlines
    from copydesk.grading.files.problems import SubmissionProblem
    from copydesk.grading.scores.manual_marks import ManualMark, ManualMarks
    from copydesk.grading.scores.versions import Versions
    from copydesk.grading.submissions.learners import Learner
    from copydesk.grading.submissions.record import GradedSubmission


@dataclass(frozen=True, slots=True)
class LessonMarks:
    """What each learner gets for each lesson."""

    versions: Versions
    deadlines: Deadlines
    manual_marks: ManualMarks | None = None

    def of_submission(self, submission: GradedSubmission, learner: Learner | None) -> LessonMark:
        """Return the mark of a submission for one of its learners; None is one on no list."""
        manual = self._manual(person_of(submission, learner), submission.lesson) if self.manual_marks else None
        return lesson_mark(submission, self.versions.bank_of(submission), self.deadlines, manual)

    def without_submission(self, learner: Learner, lesson: str) -> LessonMark:
        """Return the mark of a learner on the roster who submitted nothing for a lesson."""
        return self.without_points(Person((learner.key,)), lesson)

    def without_points(self, person: Person, lesson: str) -> LessonMark:
        """Return the mark of a lesson from a decision by hand alone, out of today's maximum."""
        entries = self.versions.now[lesson].entries_without_baseline
        maximum = fsum(entry.task.points for entry in entries)
        return LessonMark(None, maximum, manual=self._manual(person, lesson))

    @property
    def lessons_by_hand(self) -> list[str]:
        """Return the lessons with a decision about a learner on the roster, who may have submitted nothing."""
        lines = self.manual_marks.table.lines if self.manual_marks else ()
        return sorted({line.lesson for line in lines if line.key})

    def paper_beside_files(self, counted: Iterable[GradedSubmission]) -> Iterator[SubmissionProblem]:
        """Yield a row for each learner whose work was on paper, and who submitted a file, too."""
        for submission in counted if self.manual_marks else ():
            manual = self._manual(person_of(submission, None), submission.lesson)
            if manual and manual.decision == "paper":
                points = number(manual.points or 0)
                yield problem(submission.file, "lesson_marks.paper_and_file", outcome="graded", points=points)

    def _manual(self, person: Person, lesson: str) -> ManualMark | None:
        return self.manual_marks.find(person, lesson) if self.manual_marks else None


def person_of(submission: GradedSubmission, learner: Learner | None) -> Person:
    """Return who one of the learners of a submission is, as the instructor's tables may name them."""
    if learner is not None:
        return Person((learner.key,))
    names = [submission.learner, submission.label, submission.name_in_submission]
    if submission.identity[0] == "matches":
        names += submission.identity[1].split("; ")
    match = submission.match
    keys = match.keys if match and match.is_sure else ()
    return Person.called(names, keys)
