"""Fills marks into the file that Canvas or Moodle exported, so that the platform can import it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.results.exports import EMPTY, POINTS, assignment_points, find_columns
from copydesk.grading.scores.lesson_mark import maxima_of
from copydesk.text import t
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from copydesk.grading.files.csv_files import CsvTable
    from copydesk.grading.results.exports import Export
    from copydesk.grading.results.lesson_marks import LessonMarks
    from copydesk.grading.scores.lesson_mark import LessonMark
    from copydesk.grading.submissions.learners import Learner
    from copydesk.grading.submissions.record import GradedSubmission
    from copydesk.grading.submissions.roster_status import Matching

EXCUSED = "EX"
EACH_IMPORT = "import-*.csv"
MOST_CAUSES = 5
"""How many causes a line has; the rest is one number."""


class Cause(NamedTuple):
    """Why marks do not go in: in a few words after their number, and where it is the only cause."""

    counted: str
    alone: str
    is_settled: bool = False
    """Whether nothing has to be changed for it, as for someone excused, or another step of the summary is about it."""


def _plain_cause(text: str, *, is_settled: bool = False) -> Cause:
    return Cause(text, text, is_settled)


def _cause_with(text: str, *, is_settled: bool = False) -> Cause:
    """Return a cause that reads *4 with no row in it*."""
    return Cause(t("platform_grades.with", cause=text), text, is_settled)


class NotFilled(NamedTuple):
    """Why one number does not go in, with the reason and remedy for its row in problems.csv."""

    cause: Cause
    reason: str
    remedy: str


Value = Callable[[float | None], float | str | NotFilled]
"""A number or word for a cell, or why there is none, by the points that the platform gives; None if unknown."""


@dataclass(slots=True)
class ImportReport:
    """How many marks went into an export, and how many did not, by cause; ``name`` is the file for the platform."""

    name: str
    filled: int = 0
    left: Counter[Cause] = field(default_factory=Counter)
    problems: list[SubmissionProblem] = field(default_factory=list)

    @property
    def to_change(self) -> int:
        """Return how many marks need a change on the platform or in a list to go in."""
        return int(sum(count for cause, count in self.left.items() if not cause.is_settled))

    def leave(self, cause: Cause, problem: SubmissionProblem | None = None, *, count: int = 1) -> None:
        """Count marks that do not go in."""
        self.left[cause] += count
        if problem:
            self.problems.append(problem)

    def line(self, out: Path, problems: Path) -> str:
        """Return, for a terminal, how many marks are in the file and why the others are not."""
        path, causes = out / self.name, self._causes()
        if not self.filled:
            causes = causes or t("platform_grades.nothing_submitted")
            return t("platform_grades.none_filled", path=path, causes=causes, problems=problems)
        filled = t("platform_grades.filled", count=self.filled, path=path)
        if not self.left:
            return filled
        left = self.left.total()
        return t("platform_grades.left", filled=filled, count=left, causes=causes, problems=problems)

    def _causes(self) -> str:
        """Return all causes, each with the number of its marks if there are several."""
        if len(self.left) == 1:
            (cause,) = self.left
            return cause.alone
        counts = {cause.counted: count for cause, count in sorted(self.left.items())}
        if len(counts) > MOST_CAUSES:
            shown = dict(Counter(counts).most_common(MOST_CAUSES - 1))
            others = self.left.total() - int(sum(shown.values()))
            counts = shown | {t("platform_grades.other_causes"): others}
        texts = [t("platform_grades.cause", count=count, cause=cause) for cause, count in counts.items()]
        return ", ".join(texts)


def combined(reports: Sequence[ImportReport]) -> list[ImportReport]:
    """Return one report on all files, with a pattern for their names; none if there are none."""
    if len(reports) < 2:  # noqa: PLR2004  (nothing to put together)
        return list(reports)
    left: Counter[Cause] = Counter()
    for report in reports:
        left += report.left
    return [ImportReport(EACH_IMPORT, int(sum(report.filled for report in reports)), left)]


def fill_marks(
    export: Export,
    counted: Iterable[GradedSubmission],
    marks: LessonMarks,
    matching: Matching,
    options: Sequence[str],
    *,
    elsewhere: Collection[str] = (),
) -> ImportReport:
    """Put marks into an export, and return how many, with a row for each that could not be put in.

    ``options`` name a lesson's column where its head does not: ``02-NAME=Week 2 (4711)``, or the
    head alone if there is one lesson. A mark goes in only if the learner is sure; a group's goes to all its
    members. Learners for whom the instructor decided by hand have what was decided, with or without a submission.
    Others without a submission, other cells, and anything not a number, such as EX, stay as they are.
    A worksheet that is for one lesson gets the marks for it alone. No column is missed for a lesson with an export of
    its own (``elsewhere``), or in which there is nothing to earn.
    """
    submissions = sorted((row for row in counted if export.takes(row.lesson)), key=_order)
    lessons = dict.fromkeys([submission.lesson for submission in submissions])
    lessons |= dict.fromkeys(filter(export.takes, marks.lessons_by_hand))
    columns, missing = find_columns(export, sorted(lessons), marks.versions.now, options)
    for lesson in _lessons_without_need(export, missing, marks, options, elsewhere):
        del missing[lesson]
    report = ImportReport(export.import_name)
    for column in missing.values():
        report.problems.append(SubmissionProblem(export.table.name, *column, "not filled in"))
    for submission in submissions:
        if submission.lesson in columns:
            _fill_submission(report, export, submission, marks, matching, columns[submission.lesson])
        elif submission.lesson in missing:
            count = max(1, len(matching.learners(submission)))
            report.leave(_plain_cause(missing[submission.lesson].reason), count=count)
    for lesson, place in columns.items():
        _fill_without_submission(report, export, marks, matching, lesson, place)
    return report


def _lessons_without_need(
    export: Export, missing: Iterable[str], marks: LessonMarks, options: Sequence[str], elsewhere: Collection[str]
) -> list[str]:
    """Return the lessons whose column no one misses: there's another export for them, or nothing to earn in them.

    If a column was named for one, it is missed.
    """
    named = {export.lesson, *(option.partition("=")[0].strip() for option in options)}
    needless = []
    for lesson in missing:
        has_points = maxima_of(marks.versions.now[lesson]).total_maximum > 0
        if lesson not in named and (lesson in elsewhere or not has_points):
            needless.append(lesson)
    return needless


def _fill_without_submission(
    report: ImportReport, export: Export, marks: LessonMarks, matching: Matching, lesson: str, column: int
) -> None:
    """Put in what was decided by hand for learners who submitted nothing for a lesson."""
    for learner in matching.learners_without_submission(lesson):
        mark = marks.without_submission(learner, lesson)
        if mark.manual:
            value = _mark_value(mark, export)
            _fill_cells(report, export, learner, column, file=export.table.name, value=value)


def fill_numbers(
    export: Export, column: int, numbers: Mapping[str, float], learners: Mapping[str, Learner], *, out_of: float
) -> ImportReport:
    """Put numbers into a column of an export, by the learner's key, and return how many.

    They are out of ``out_of`` points: if the platform's column is worth anything else, none of them goes in.
    """
    report = ImportReport(export.import_name)
    for key, points in sorted(numbers.items()):
        _fill_cells(report, export, learners[key], column, file=export.table.name, value=_number_value(points, out_of))
    return report


def _number_value(points: float, out_of: float) -> Value:
    """Return a number that goes in if the platform's column is worth ``out_of`` points."""

    def value(maximum: float | None) -> float | NotFilled:
        if maximum == out_of:
            return points
        worth = _points_text(maximum)
        reason = t("platform_grades.other_worth", points=worth, maximum=number(out_of))
        return NotFilled(_plain_cause(reason), reason, t("platform_grades.other_worth.remedy", maximum=number(out_of)))

    return value


def _order(submission: GradedSubmission) -> tuple[str, str]:
    return submission.lesson, submission.file


def _fill_submission(
    report: ImportReport,
    export: Export,
    submission: GradedSubmission,
    marks: LessonMarks,
    matching: Matching,
    column: int,
) -> None:
    """Put in the mark of one submission, for each learner it belongs to."""
    match = matching.match_for(submission)
    if not match or not match.is_sure:
        is_anonymous = submission.sender is not None and submission.sender.anonymous_id
        cause = "platform_grades.anonymous" if is_anonymous else "platform_grades.no_learner"
        report.leave(_cause_with(t(cause), is_settled=True))  # the learner is a step of its own
        return
    for learner in matching.learners(submission):
        value = _mark_value(marks.of_submission(submission, learner), export)
        _fill_cells(report, export, learner, column, file=submission.file, value=value)


def _mark_value(mark: LessonMark, export: Export) -> Value:
    """Return what goes into a learner's cell: Canvas has a word for those who are excused."""

    def value(maximum: float | None) -> float | str | NotFilled:
        if mark.manual and mark.manual.decision == "excused" and export.platform == "canvas":
            return EXCUSED
        return mark_out_of(maximum, mark, export.shown_name)

    return value


def mark_out_of(maximum: float | None, mark: LessonMark, export_name: str) -> float | NotFilled:
    """Return a mark out of what its assignment is worth on the platform, or why there is none."""
    if mark.manual or mark.marks is None:
        return _manual_out_of(maximum, mark, export_name)
    marks = mark.marks
    if maximum == marks.total_maximum and mark.mark is not None:
        return mark.mark
    if maximum == marks.automatic_maximum and mark.automatic_mark is not None:
        return mark.automatic_mark
    if maximum == marks.total_maximum:
        tasks = ", ".join(marks.awaiting)
        reason = t("platform_grades.awaiting", export=export_name, tasks=tasks)
        cause = _cause_with(t("platform_grades.unmarked", tasks=tasks), is_settled=True)
        return NotFilled(cause, reason, t("platform_grades.awaiting.remedy"))
    by_rule, whole = number(marks.automatic_maximum), number(marks.total_maximum)
    points = _points_text(maximum)
    reason = t("platform_grades.other_maximum", export=export_name, points=points)
    remedy = t("platform_grades.other_maximum.remedy", by_rule=by_rule, whole=whole)
    cause = _plain_cause(t("platform_grades.worth", points=points, by_rule=by_rule, whole=whole))
    return NotFilled(cause, reason, remedy)


def _manual_out_of(maximum: float | None, mark: LessonMark, export_name: str) -> float | NotFilled:
    """Return a mark that was decided by hand, or why there is none: it is out of all points of the lesson."""
    shown = mark.manual.shown if mark.manual else ""
    if mark.mark is None:
        reason = t("platform_grades.no_mark_by_hand", export=export_name, decision=one_line(shown, 80))
        cause = _cause_with(t("platform_grades.decided"))
        return NotFilled(cause, reason, t("platform_grades.no_mark_by_hand.remedy"))
    if maximum == mark.maximum or mark.mark == 0:
        return mark.mark
    points = {"points": _points_text(maximum), "maximum": number(mark.maximum)}
    reason = t("platform_grades.hand_out_of", export=export_name, **points)
    return NotFilled(_cause_with(t("platform_grades.decided")), reason, t("platform_grades.hand_out_of.remedy"))


def _points_text(maximum: float | None) -> str:
    return t("platform_grades.unknown_points") if maximum is None else number(maximum)


def _fill_cells(
    report: ImportReport, export: Export, learner: Learner, column: int, *, file: str, value: Value
) -> None:
    """Put a number into all rows of a learner, or note why not; ``file`` is what the row in problems.csv is about."""
    rows = [row for row in learner.rows.get(export.numbering, ()) if column < len(export.table.rows[row])]
    if not rows:
        reason = t(
            "platform_grades.not_in_export", export=export.shown_name, learner=one_line(learner.name or file, 80)
        )
        problem = SubmissionProblem(file, reason, t("platform_grades.not_in_export.remedy"), "graded")
        report.leave(_cause_with(t("platform_grades.no_row")), problem)
        return
    other_text = _other_text(export.table, rows, column)
    filling = _kept_cell(export, other_text) if other_text else value(assignment_points(export, rows[0], column))
    if isinstance(filling, NotFilled):
        problem = SubmissionProblem(file, filling.reason, filling.remedy, "graded")
        report.leave(filling.cause, problem)
        return
    for row in rows:
        export.table.put(row, column, filling if isinstance(filling, str) else number(filling))
    report.filled += 1


def _kept_cell(export: Export, text: str) -> NotFilled:
    """Return that a cell holds something that is not a mark, such as that a learner is excused."""
    reason = t("platform_grades.other_text", export=export.shown_name, text=one_line(text, 80))
    if text.upper() == EXCUSED:
        cause = _plain_cause(t("platform_grades.excused"), is_settled=True)
        return NotFilled(cause, reason, t("platform_grades.excused.remedy"))
    cause = _cause_with(t("platform_grades.text_in_cell", text=one_line(text, 20)))
    return NotFilled(cause, reason, t("platform_grades.text_in_cell.remedy"))


def _other_text(table: CsvTable, rows: Iterable[int], column: int) -> str:
    """Return the text of the first cell that may not be overwritten; empty if all may be."""
    for row in rows:
        text = table.value(row, column)
        if not _is_mark(text):
            return text
    return ""


def _is_mark(text: str) -> bool:
    """Return whether a cell may be overwritten: it is empty or holds a mark in numbers."""
    return text in EMPTY or POINTS.fullmatch(text.removeprefix("-")) is not None
