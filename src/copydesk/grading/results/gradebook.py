"""Writes the instructor's tables: gradebook, submissions, roster report, problems; safe to open in a spreadsheet."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from copydesk.grading.files.csv_files import csv_bytes, csv_text, safe_cell
from copydesk.grading.results.score_changes import ROSTER_HEADS, GradebookRow, TaskScore
from copydesk.grading.scores.lesson_mark import marks_of
from copydesk.grading.scores.versions import UNKNOWN_VERSION
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from copydesk.course.bank import Bank
    from copydesk.grading.files.problems import SubmissionProblem
    from copydesk.grading.results.lesson_marks import LessonMarks
    from copydesk.grading.scores.lesson_mark import LessonMark, Marks
    from copydesk.grading.scores.versions import Versions
    from copydesk.grading.submissions.learners import Learner
    from copydesk.grading.submissions.record import GradedSubmission, Identity
    from copydesk.grading.submissions.roster import Match
    from copydesk.grading.submissions.roster_status import Matching
    from copydesk.grading.submissions.selection import Selection

Column = tuple[str, str, float]
"""A lesson, a task, and the points that it is worth."""

MARK_HEADS = ("raw", "deduction", "mark", "out of", "by hand")
"""The columns of the mark of a lesson: points, what lateness takes off, what is left, the maximum, a decision."""

TOTAL_HEADS = (
    "automatic points",
    "automatic maximum",
    "written points",
    "written maximum",
    "awaiting marking",
    "not answered",
    "statements answered",
    *MARK_HEADS,
    "notes",
)
SUBMISSION_HEADS = (
    "learner",
    "lesson",
    "file",
    "submitted (UTC)",
    "in time",
    "counts",
    "version of the tasks",
    "state",
)


class Gradebook:
    """The gradebook of a run: a row for each learner and lesson, a column for each task.

    The heads say what a task is worth, ``T1 (of 8)``, and the lesson if there are several. A task that only older
    versions ask, or for other points, has its own column after the others of its lesson. A written
    task awaiting marking is an empty cell. A baseline is never a mark: it has one column for all its statements,
    which says how many are answered. ``counts`` says how many submissions there were. With a roster there are columns
    for the learner's id, name and e-mail, and a row for each learner who submitted nothing.
    """

    def __init__(
        self,
        submissions: Iterable[GradedSubmission],
        marks: LessonMarks,
        counts: Mapping[Identity, int],
        matching: Matching | None = None,
    ) -> None:
        """Put the submissions that count into the order of the table; no cell is made until it is asked for."""
        self._submissions = sorted(submissions, key=_order)
        self._marks, self._versions, self._counts, self._matching = marks, marks.versions, counts, matching
        submitted = {submission.lesson for submission in self._submissions}
        self._lessons = sorted(submitted.union(marks.lessons_by_hand))
        self._columns = self._all_columns()
        self._places = {column: place for place, column in enumerate(self._columns)}

    def _all_columns(self) -> list[Column]:
        """Return the columns of all tasks, lesson by lesson: today's, then those that only older versions have."""
        older = [version.bank for version, _ in self._versions.used_versions(self._submissions)]
        all_columns: dict[Column, None] = {}
        for lesson in self._lessons:
            for bank in (self._versions.now[lesson], *older):
                if bank.lesson == lesson:
                    all_columns |= dict.fromkeys(columns(bank))
        return list(all_columns)

    def content(self) -> bytes:
        """Return the table as a CSV file."""
        return csv_bytes(chain([self._heads()], self._lines(), self._lines_without_submission()))

    def rows(self) -> Iterator[GradebookRow]:
        """Yield each row for a submission, as ``read_gradebook`` finds it in the file."""
        for submission in self._submissions:
            scores = self._scores(submission)
            for learner in self._learners(submission):
                yield GradebookRow(
                    lesson=submission.lesson,
                    learner=safe_cell(submission.learner).strip(),
                    listed=self._stored_roster_cells(learner),
                    file=safe_cell(submission.file).strip(),
                    moment=_moment(submission),
                    notes=_notes(submission).strip(),
                    scores=scores,
                )

    def _scores(self, submission: GradedSubmission) -> dict[str, TaskScore]:
        """Return the scores of a submission by task; one awaiting marking is out of the maximum of its first column.

        That is how the file has it, where nothing else tells which of two columns an empty cell means.
        """
        bank = self._versions.bank_of(submission)
        points, awaiting = _points(submission, bank), marks_of(submission, bank).awaiting
        scores: dict[str, TaskScore] = {}
        for column in self._columns:
            lesson, task, maximum = column
            if lesson != submission.lesson:
                continue
            earned = points.get(column)
            if earned is not None:
                scores[task] = TaskScore(_as_written(earned), _as_written(maximum))
            elif task in awaiting and task not in scores:
                scores[task] = TaskScore(None, _as_written(maximum))
        return scores

    def _heads(self) -> list[str]:
        roster_heads = [*ROSTER_HEADS, "matched by"] if self._matching else []
        first = ["learner", *roster_heads, "lesson", "file", "submitted (UTC)", "submissions"]
        return [*first, *map(self._head, self._columns), *TOTAL_HEADS]

    def _head(self, column: Column) -> str:
        """Return the head of a task's column, with the lesson if there are several."""
        lesson, task, maximum = column
        head = f"{task} (of {number(maximum)})"
        return f"{lesson} {head}" if len(self._lessons) > 1 else head

    def _lines(self) -> Iterator[list[str]]:
        for submission in self._submissions:
            for learner in self._learners(submission):
                yield self._cells(submission, learner)

    def _lines_without_submission(self) -> Iterator[list[str]]:
        """Yield a line for each learner who submitted nothing for a lesson."""
        if self._matching is None:
            return
        empty = [""] * (len(self._columns) + len(TOTAL_HEADS) - len(MARK_HEADS) - 1)
        for lesson in self._lessons:
            for learner in self._matching.learners_without_submission(lesson):
                mark = self._marks.without_submission(learner, lesson)
                why = "" if mark.manual else safe_cell(self._matching.why_missing(learner, lesson))
                yield ["", *_roster_cells(learner), "", lesson, "", "", "0", *empty, *_mark_cells(mark), why]

    def _learners(self, submission: GradedSubmission) -> Sequence[Learner | None]:
        """Return the learners for whom a submission has a line; None stands for one on no list."""
        learners = self._matching.learners(submission) if self._matching else []
        return learners or [None]

    def _stored_roster_cells(self, learner: Learner | None) -> tuple[str, ...]:
        """Return a learner's roster cells as they will be read back from the file: without spaces at the ends."""
        return tuple(text.strip() for text in _roster_cells(learner)) if self._matching else ()

    def _cells(self, submission: GradedSubmission, learner: Learner | None) -> list[str]:
        """Return the line of a submission and one of its learners."""
        bank = self._versions.bank_of(submission)
        points = _points(submission, bank)
        cells = [safe_cell(submission.learner)]
        if self._matching:
            cells += [*_roster_cells(learner), _matched_by(self._matching.match_for(submission))]
        cells += [
            submission.lesson,
            safe_cell(submission.file),
            _moment(submission),
            str(self._counts[submission.identity]),
        ]
        scores = [""] * len(self._columns)
        for column, earned in points.items():
            if earned is not None and column in self._places:  # a baseline's statements have none
                scores[self._places[column]] = number(earned)
        mark = self._marks.of_submission(submission, learner)
        return [
            *cells,
            *scores,
            *_total_cells(submission, marks_of(submission, bank)),
            *_mark_cells(mark),
            _notes(submission),
        ]


def _order(submission: GradedSubmission) -> tuple[str, str, str, str]:
    """Return the sort key of a submission in the gradebook."""
    return submission.lesson, submission.learner.casefold(), submission.learner, submission.file


def columns(bank: Bank) -> list[Column]:
    """Return the columns of a bank: one for each of its tasks, without the statements of a baseline."""
    return [(bank.lesson, entry.task.id, entry.task.points) for entry in bank.entries_without_baseline]


def _points(submission: GradedSubmission, bank: Bank) -> dict[Column, float | None]:
    """Return the points that a submission earned, by column; None if there is no score yet."""
    earned: dict[Column, float | None] = {}
    for entry, points in zip(bank.tasks, submission.points, strict=True):
        earned[bank.lesson, entry.task.id, entry.task.points] = points
    return earned


def _as_written(value: float) -> float:
    """Return a number as the table has it: with as many digits as ``number`` writes."""
    return float(number(value))


def _roster_cells(learner: Learner | None) -> list[str]:
    """Return the cells with a learner's id, name and e-mail on the roster."""
    return [safe_cell(learner.id), safe_cell(learner.name), safe_cell(learner.email)] if learner else ["", "", ""]


def _total_cells(submission: GradedSubmission, marks: Marks) -> list[str]:
    """Return the cells of a line after its tasks: sums, and what is open."""
    return [
        number(marks.automatic),
        number(marks.automatic_maximum),
        "" if marks.awaiting else number(marks.written),
        number(marks.written_maximum),
        " ".join(marks.awaiting),
        " ".join(submission.unanswered),
        submission.statements,
    ]


def _mark_cells(mark: LessonMark) -> list[str]:
    """Return the cells with the mark of a lesson: before and after what lateness takes off, and what was by hand."""
    is_raw = mark.raw is not None and mark.manual is None
    return [
        "" if mark.raw is None else number(mark.raw),
        number(mark.deduction) if is_raw else "",
        "" if mark.mark is None else number(mark.mark),
        number(mark.maximum),
        safe_cell(mark.manual.shown) if mark.manual else "",
    ]


def _moment(submission: GradedSubmission) -> str:
    return f"{submission.moment:%Y-%m-%d %H:%M:%S}"


def _notes(submission: GradedSubmission) -> str:
    return safe_cell("; ".join(submission.notices))


def _matched_by(match: Match | None) -> str:
    if match is None:
        return ""
    return match.how if match.is_sure else f"{match.how} (a guess)"


def submission_table(selection: Selection, versions: Versions, *, has_due: bool) -> bytes:
    """Return the table of all submissions, those of one learner together, and which of them counts.

    One that completes another counts for the tasks named. One that was never submitted says so.
    """

    def order(submission: GradedSubmission) -> tuple[object, ...]:
        counted = selection.counted[submission.identity]
        first = submission.lesson, counted.learner.casefold(), submission.identity
        return *first, submission.moment, submission.file

    lines = (
        [
            safe_cell(submission.label),
            submission.lesson,
            safe_cell(submission.file),
            _moment(submission),
            ("late" if submission.is_late else "yes") if has_due else "",
            _counts_for(submission, selection),
            _version_of(submission, versions),
            "submitted" if submission.is_submitted else "saved, never submitted",
        ]
        for submission in sorted(selection.rows, key=order)
    )
    return csv_bytes(chain([SUBMISSION_HEADS], lines))


def _version_of(submission: GradedSubmission, versions: Versions) -> str:
    """Return the version of the tasks by which a submission was graded."""
    if UNKNOWN_VERSION in submission.notices:
        return UNKNOWN_VERSION
    return versions.notice_of(submission) or "the one of now"


def _counts_for(submission: GradedSubmission, selection: Selection) -> str:
    """Return whether a submission counts, or for which tasks."""
    if submission is selection.counted[submission.identity]:
        return "yes"
    tasks = selection.tasks_taken.get(submission.place, ())
    return f"for {' '.join(tasks)}" if tasks else "no"


def roster_table(matching: Matching) -> str:
    """Return the report on the roster: each learner, and how the submissions were matched, surely or by guess."""
    table = [["id", "name", "called", "matched by", "certainty"]]
    for learner in matching.roster.learners.values():
        calls = matching.aliases_of(learner)
        for called, match in calls:
            certainty = "sure" if match.is_sure else "guess"
            table.append([safe_cell(learner.id), safe_cell(learner.name), safe_cell(called), match.how, certainty])
        if not calls and learner.is_expected:
            table.append([safe_cell(learner.id), safe_cell(learner.name), "", "", _why_no_match(matching, learner)])
    for called in matching.strangers:
        line = ["", "", safe_cell(called), "", "not on the roster"]
        table.append(line)
    return csv_text(table)


def _why_no_match(matching: Matching, learner: Learner) -> str:
    """Return why a learner on the roster has no submission."""
    if matching.unreadable.get(learner.key):
        return "unreadable"
    if matching.hides_names() and not learner.is_hidden:
        return "not known, names are hidden"
    return "nothing submitted"


def problem_table(problems: Iterable[SubmissionProblem]) -> bytes:
    """Return the table of problems: file, reason, remedy, and what became of it; what was not graded comes first."""
    lines = (
        [safe_cell(problem.file), safe_cell(problem.reason), safe_cell(problem.remedy), problem.outcome]
        for problem in sorted(problems, key=_problem_order)
    )
    return csv_bytes(chain([["file", "reason", "remedy", "outcome"]], lines))


def _problem_order(problem: SubmissionProblem) -> tuple[bool, SubmissionProblem]:
    return problem.outcome != "not graded", problem
