"""Writes the results of a run: gradebook, tables, imports for platforms, the zip of all pages, the class report."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from copydesk.grading.feedback.archive import pack_pages
from copydesk.grading.files.result_names import (
    ANONYMOUS_MARKS,
    DRAWINGS,
    FEEDBACK,
    FEEDBACK_ZIP,
    GRADEBOOK,
    PACKED,
    PROBLEMS,
    REPORT,
    ROSTER_REPORT,
    SIMILAR,
    SUBMISSIONS,
)
from copydesk.grading.files.writing import remove, write
from copydesk.grading.report.drawings import kept_drawings
from copydesk.grading.report.page import report_files, section_reports
from copydesk.grading.results.anonymous_marks import anonymous_submissions, anonymous_table, canvas_points
from copydesk.grading.results.course_import import COURSE
from copydesk.grading.results.gradebook import Gradebook, problem_table, roster_table, submission_table
from copydesk.grading.results.lesson_marks import LessonMarks, person_of
from copydesk.grading.results.platform_grades import ImportReport, fill_marks
from copydesk.grading.results.summary import GradingReport, WaitingMarks
from copydesk.grading.run.class_people import class_people
from copydesk.grading.run.course_files import CourseFiles
from copydesk.grading.run.one_file import NOT_ON_DESK
from copydesk.grading.run.tally import page_name
from copydesk.grading.similarity.findings import similar_problems, similar_table, similar_work
from copydesk.grading.submissions.roster_status import Matching

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from copydesk.grading.files.problems import SubmissionProblem
    from copydesk.grading.results.exports import Export
    from copydesk.grading.run.options import Options
    from copydesk.grading.run.own_results import OwnResults
    from copydesk.grading.run.rules import Rules
    from copydesk.grading.run.tally import Tally
    from copydesk.grading.submissions.record import GradedSubmission, Identity


class ResultFiles:
    """All results of a run except the pages, which are already written."""

    def __init__(self, out: Path, tally: Tally, rules: Rules, options: Options) -> None:
        """Take the folder of the results, what was submitted, and the rules by which it was graded."""
        self._out, self._tally, self._rules, self._options = out, tally, rules, options
        self._selection, self._counted = tally.selection, tally.selection.counted.values()
        self._matching = Matching(rules.roster, self._selection.rows, rules.download) if rules.roster else None
        self._marks = LessonMarks(rules.versions, rules.deadlines, rules.manual_marks)
        submitted = {submission.lesson for submission in self._counted}
        self._sent_again = 0
        self._lessons = tuple(sorted(submitted.union(self._marks.lessons_by_hand)))

    def write(self, own: OwnResults, exports: Sequence[Export]) -> GradingReport:
        """Write the results and return what was done; marks go into the ``exports`` of platforms."""
        pages = self._page_names()
        problems = self._problems()
        course = self._course_files()
        self._remove_old_pages(own, pages, course)
        imports = self._write_imports(exports, course)
        for entry in imports:
            problems += entry.problems
        anonymous = self._write_anonymous_marks(exports)
        if course:
            problems += course.problems
        similar = similar_work(self._selection.rows, self._rules.layouts)
        problems += similar_problems(similar)
        write(self._out / SIMILAR, similar_table(similar))
        scores = self._write_gradebook()
        self._write_tables(problems)
        if self._options.pages:
            pack_pages(self._out / FEEDBACK_ZIP, self._names_in_zip(pages))
            if course:
                course.write_pages()
        else:
            for name in PACKED.values():
                remove(self._out / name)
        self._write_class_report()
        report = self._report(scores, problems, imports, alike=len(similar))
        report = replace(report, anonymous=anonymous)
        return course.write(report) if course else report

    def _page_names(self) -> dict[Identity, str]:
        """Return the file name of the page of each submission that counts; none if no pages are asked for."""
        if not self._options.pages:
            return {}
        return {identity: page_name(identity) for identity in self._selection.counted}

    def _course_files(self) -> CourseFiles | None:
        """Return the files on the mark of the course, if there is a class file."""
        settings = self._options.course
        if settings is None:
            return None
        return CourseFiles(
            self._out, settings, self._rules, self._marks, counted=self._counted, matching=self._matching
        )

    def _remove_old_pages(self, own: OwnResults, pages: Mapping[Identity, str], course: CourseFiles | None) -> None:
        """Remove the pages of an earlier run that this one does not make."""
        names = {f"{FEEDBACK}/{page}" for page in pages.values()}
        if course and self._options.pages:
            names |= course.page_names()
        for path in own.old_pages(names):
            remove(path)

    def _problems(self) -> list[SubmissionProblem]:
        """Return the rows of ``problems.csv`` except those on imports and on similar work."""
        problems = self._tally.all_problems() + self._rule_problems()
        if self._matching:
            self._matching.note_unreadable(problems, self._rules.versions.now)
            before, problems = problems, list(map(self._matching.sent_again, problems))
            self._sent_again = int(sum(row is not old for row, old in zip(problems, before, strict=True)))
            problems += self._matching.problems(self._counted)
        return problems

    def _rule_problems(self) -> list[SubmissionProblem]:
        """Return the rows on appeals, matches, lists of learners and marks that do not apply."""
        rules, marks = self._rules, self._options.marks
        problems: list[SubmissionProblem] = []
        if rules.appeals:
            problems += rules.appeals.problems(self._counted)
        if rules.matches:
            problems += rules.matches.problems(self._selection.rows)
        if rules.roster:
            problems += rules.roster.problems
        problems += self._marks.paper_beside_files(self._counted)
        problems += self._table_problems()
        if rules.final_marks and marks:
            problems += rules.final_marks.problems(set(self._lessons), marks.name)
        return problems

    def _table_problems(self) -> Iterator[SubmissionProblem]:
        """Yield a row for each line of the instructor's tables about someone on no list who submitted nothing."""
        tables = self._rules.person_tables
        if not tables:
            return
        people = [(person_of(submission, None), submission.lesson) for submission in self._counted]
        for table in tables:
            yield from table.problems(people)

    def _write_imports(self, exports: Sequence[Export], course: CourseFiles | None) -> list[ImportReport]:
        """Write the exports with marks filled in, and return what could and could not be filled in."""
        reports: list[ImportReport] = []
        if self._matching is None:
            return reports
        columns = self._options.columns
        elsewhere = {export.lesson for export in exports if export.lesson}
        for export in exports:
            if export.lesson != COURSE:
                filled = fill_marks(export, self._counted, self._marks, self._matching, columns, elsewhere=elsewhere)
                reports.append(filled)
            if course:
                course.fill(export)
            write(self._out / export.import_name, export.table.text())
        return reports

    def _write_anonymous_marks(self, exports: Iterable[Export]) -> tuple[Path, int] | None:
        """Write the marks of learners whose names Canvas hides, if there are any, and return where, and how many."""
        if not self._rules.download.has_anonymous_ids:
            return None
        points: dict[str, float] = {}
        for export in exports:
            if export.platform == "canvas":
                now = self._rules.versions.now
                points |= canvas_points(export, self._lessons, now, self._options.columns)
        submissions = anonymous_submissions(self._counted)
        path = self._out / ANONYMOUS_MARKS
        write(path, anonymous_table(submissions, self._marks, points))
        return path, len(submissions)

    def _write_gradebook(self) -> Gradebook:
        """Write the gradebook and return it."""
        counts = Counter(submission.identity for submission in self._selection.rows)
        scores = Gradebook(self._counted, self._marks, counts, self._matching)
        write(self._out / GRADEBOOK, scores.content())
        return scores

    def _write_tables(self, problems: Iterable[SubmissionProblem]) -> None:
        """Write the tables of submissions, of problems and, if there is a roster, of its learners."""
        has_due = bool(self._rules.deadlines.due)
        write(self._out / SUBMISSIONS, submission_table(self._selection, self._rules.versions, has_due=has_due))
        write(self._out / PROBLEMS, problem_table(problems))
        if self._matching:
            write(self._out / ROSTER_REPORT, roster_table(self._matching))

    def _names_in_zip(self, pages: Mapping[Identity, str]) -> dict[str, Path]:
        """Return the path of each page, under the names that a platform expects."""
        paths = {}
        for identity, page in pages.items():
            for name in self._names_of_page(self._selection.counted[identity], page):
                paths[name] = self._tally.folder / page
        return paths

    def _names_of_page(self, submission: GradedSubmission, page: str) -> list[str]:
        """Return the names under which a platform takes a page: Moodle has no names for teams, only for their members.

        A number that the worksheet gives to someone else would bring them the page, so that has a name of its own.
        """
        sender, feedback = submission.sender, f"feedback-{submission.lesson}.html"
        if sender is None:
            return [page]
        if sender.platform != "moodle" or self._matching is None:
            return [sender.feedback_name(feedback)]
        numbers = self._matching.moodle_numbers(submission)
        if numbers is None:
            return [page]
        return [sender.feedback_name(feedback, number) for number in numbers]

    def _write_class_report(self) -> None:
        """Write the class report with its tables, and those of single sections."""
        encoded_answers = {submission.identity: submission.encoded_answers for submission in self._counted}
        people = class_people(self._matching, self._selection, self._rules.versions) if self._matching else None
        layouts = self._rules.layouts
        with kept_drawings(self._out / DRAWINGS):
            files = list(report_files(encoded_answers, layouts, people).items())
            files += section_reports(encoded_answers, layouts, people) if people else ()
        for name, text in files:
            write(self._out / name, text)

    def _report(
        self, scores: Gradebook, problems: list[SubmissionProblem], imports: Iterable[ImportReport], *, alike: int
    ) -> GradingReport:
        """Return what was done, except for the number of files, which only the run knows."""
        out, rules, selection = self._out, self._rules, self._selection
        return GradingReport(
            files=0,
            graded=len(self._counted),
            superseded=len(selection.not_counted) - len(selection.tasks_taken),
            joined=len(selection.tasks_taken),
            beside=self._beside_count(problems),
            sent_again=self._sent_again,
            guesses=self._guess_count(),
            not_graded=sum(problem.outcome == "not graded" for problem in problems),
            alike=alike,
            awaiting_marking=self._awaiting().total(),
            missing=self._missing_count(),
            hidden=self._matching.lessons_with_hidden_names(self._lessons) if self._matching else (),
            lessons=self._lessons,
            gradebook=out / GRADEBOOK,
            scores=scores,
            feedback=out / FEEDBACK if self._options.pages else None,
            class_report=out / REPORT,
            problems=out / PROBLEMS,
            problem_rows=len(problems),
            waiting=tuple(self._waiting()),
            to_mark=self._to_mark(),
            not_on_desk=self._not_on_desk().total(),
            older=tuple(rules.versions.used_versions(self._counted)),
            appealed=rules.appeals.reasons(self._counted) if rules.appeals else {},
            imports=tuple(imports),
        )

    def _missing_count(self) -> int:
        """Return how many learners of the roster have neither submission nor decision, lesson by lesson."""
        if self._matching is None:
            return 0
        count = 0
        for lesson in self._lessons:
            for learner in self._matching.learners_without_submission(lesson):
                count += self._marks.without_submission(learner, lesson).manual is None
        return count

    def _beside_count(self, problems: Iterable[SubmissionProblem]) -> int:
        """Return how many notebooks have no answers, but their answer file beside them."""
        superseded = sum(problem.outcome == "superseded" for problem in problems)
        replaced = len(self._selection.not_counted) - len(self._selection.tasks_taken)
        return superseded - replaced - self._sent_again

    def _guess_count(self) -> int:
        """Return of how many submissions that count the learner is a guess, or unknown and not hidden by a platform."""
        count = 0
        for submission in self._counted if self._matching else ():
            is_hidden = submission.sender is not None and submission.sender.is_anonymous
            count += not is_hidden and not (submission.match and submission.match.is_sure)
        return count

    def _waiting(self) -> Iterator[WaitingMarks]:
        """Yield which marks do not count yet, and why."""
        for wait in self._rules.final_marks.waiting if self._rules.final_marks else ():
            yield WaitingMarks(f"{wait.lesson} {wait.task}", wait.why, wait.remedy)

    def _to_mark(self) -> dict[str, int]:
        """Return by lesson how many written answers a person has to mark; not those that are marked and only wait."""
        waits = self._rules.final_marks.waiting if self._rules.final_marks else ()
        waiting_lessons = {wait.lesson for wait in waits}
        not_on_desk, awaiting = self._not_on_desk(), self._awaiting()
        counts = {}
        for lesson in sorted(awaiting):
            count = not_on_desk[lesson] if lesson in waiting_lessons else awaiting[lesson]
            if count:
                counts[lesson] = count
        return counts

    def _awaiting(self) -> Counter[str]:
        """Return by lesson how many written answers have no points yet."""
        counts: Counter[str] = Counter()
        for submission in self._counted:
            counts[submission.lesson] += submission.points.count(None)
        return counts

    def _not_on_desk(self) -> Counter[str]:
        """Return by lesson how many written answers no marker has, though there is a folder of marks."""
        counts: Counter[str] = Counter()
        for submission in self._counted:
            counts[submission.lesson] += sum(NOT_ON_DESK in notice for notice in submission.notices)
        return counts
