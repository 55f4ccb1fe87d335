"""Writes what a run with a class file says of the course: its gradebook, the learners' pages, marks for a platform."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from copydesk.grading.feedback.archive import pack_pages
from copydesk.grading.feedback.course_page import CourseFrame, course_page
from copydesk.grading.files.result_names import COURSE_GRADEBOOK, COURSE_PAGES, COURSE_ZIP
from copydesk.grading.files.safe_text import file_part
from copydesk.grading.files.writing import make_folder, write
from copydesk.grading.results.course_gradebook import complete_line, course_table, waiting_line
from copydesk.grading.results.course_import import COURSE, fill_course_marks
from copydesk.grading.results.course_marks import CourseMarks, CoursePlan
from copydesk.grading.results.lesson_marks import person_of
from copydesk.grading.run.own_results import require_own_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from copydesk.grading.class_file.reading import ClassSettings
    from copydesk.grading.files.problems import SubmissionProblem
    from copydesk.grading.results.course_marks import Participant
    from copydesk.grading.results.exports import Export
    from copydesk.grading.results.lesson_marks import LessonMarks
    from copydesk.grading.results.platform_grades import ImportReport
    from copydesk.grading.results.summary import GradingReport
    from copydesk.grading.run.rules import Rules
    from copydesk.grading.scores.comments import Comment
    from copydesk.grading.submissions.record import GradedSubmission
    from copydesk.grading.submissions.roster_status import Matching


class CourseFiles:
    """The mark of the course of each learner, and the files that have it."""

    def __init__(
        self,
        out: Path,
        course: ClassSettings,
        rules: Rules,
        marks: LessonMarks,
        *,
        counted: Iterable[GradedSubmission],
        matching: Matching | None,
    ) -> None:
        """Take the class file, the submissions that count, and whose they are, if there is a roster."""
        self._out, self._file, self._rules = out, course.file, rules
        plan = CoursePlan(course.file, marks, course.as_of, rules.practice)
        self._marks = CourseMarks(plan, counted, matching)
        self._rows = list(self._marks.rows())
        self._has_roster = matching is not None
        self._imports: list[ImportReport] = []

    @property
    def problems(self) -> list[SubmissionProblem]:
        """Return why marks of the course did not go into an export."""
        problems: list[SubmissionProblem] = []
        for report in self._imports:
            problems += report.problems
        return problems

    def fill(self, export: Export) -> None:
        """Put the marks of the course into a platform's export, if that is where the class file wants them."""
        total = self._file.total
        head = total.column if export.platform == "canvas" else ""
        if head or export.lesson == COURSE:
            self._imports.append(fill_course_marks(export, head, self._rows, out_of=total.out_of))

    def write(self, report: GradingReport) -> GradingReport:
        """Write the gradebook of the course, and return the report with where it is and what marks wait for."""
        path = self._out / COURSE_GRADEBOOK
        write(path, course_table(self._rows, self._file, self._marks.lessons_with_points, has_roster=self._has_roster))
        complete, waits = complete_line(self._rows, path), waiting_line(self._rows)
        return replace(report, course=complete, course_waits=waits, course_imports=tuple(self._imports))

    def page_names(self) -> set[str]:
        """Return the names of the learners' pages, below the folder of the results."""
        return {f"{COURSE_PAGES}/{page_name(row.participant)}" for row in self._rows}

    def write_pages(self) -> None:
        """Write the page of each learner, and all of them in one zip file."""
        make_folder(self._out / COURSE_PAGES)
        now = self._rules.versions.now
        titles = {lesson: now[lesson].title for lesson in self._file.lessons}
        frame = CourseFrame(self._file.name, titles, self._rules.deadlines, self._file.drop_lowest)
        paths = {}
        for row in self._rows:
            name = page_name(row.participant)
            path = self._out / COURSE_PAGES / name
            comments = {lesson: self._comments(row.participant, lesson) for lesson in titles}
            require_own_page(path)
            write(path, course_page(row.mark, row.participant.name, frame, comments))
            paths[name] = path
        pack_pages(self._out / COURSE_ZIP, paths)

    def _comments(self, participant: Participant, lesson: str) -> Sequence[Comment]:
        """Return the comments for a learner: those under their name, and those under the name of their submission."""
        if self._rules.comments is None:
            return ()
        submission = self._marks.submission_of(participant, lesson)
        person = participant.person
        if participant.learner and submission:
            person = person._replace(names=person_of(submission, None).names)
        return self._rules.comments.find(person, lesson)


def page_name(participant: Participant) -> str:
    """Return the file name of a learner's page: readable, safe on any system, and different for each learner."""
    short = hashlib.sha256("\0".join(participant.key).encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{file_part(participant.name)}-{short}.html"
