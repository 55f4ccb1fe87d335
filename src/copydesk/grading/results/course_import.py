"""Fills the mark of the course into the file that a platform exported, for learners whose mark is complete."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from copydesk.grading.files.problems import SubmissionProblem, problem
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.results.exports import assignment_points, grade_columns, named_columns
from copydesk.grading.results.platform_grades import Cause, ImportReport, fill_numbers
from copydesk.text import t
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.grading.results.course_marks import CourseRow
    from copydesk.grading.results.exports import Export
    from copydesk.grading.submissions.learners import Learner

COURSE = "course"
"""The name, among the lessons, of Moodle's worksheet for the mark of the course."""


def fill_course_marks(export: Export, head: str, rows: Sequence[CourseRow], *, out_of: float) -> ImportReport:
    """Put the marks of the course into the column called ``head``, and return how many, and why others are left out.

    A mark goes in if it is complete. Without a ``head`` it is the column of grades. If the column isn't worth
    ``out_of`` points, none goes in: nothing is scaled.
    """
    numbers: dict[str, float] = {}
    learners: dict[str, Learner] = {}
    for row in rows:
        learner = row.participant.learner
        if learner and row.mark.is_complete and row.mark.points is not None:
            numbers[learner.key], learners[learner.key] = row.mark.points, learner
    columns = named_columns(export, head) if head else grade_columns(export)
    fault = _column_fault(export, head, columns) or _worth_fault(export, columns[0], out_of)
    if fault:
        report = ImportReport(export.import_name, problems=[fault])
        _leave(report, Cause(fault.reason, fault.reason), count=len(numbers))
    else:
        report = fill_numbers(export, columns[0], numbers, learners, out_of=out_of)
    incomplete = t("course_import.incomplete")
    _leave(report, Cause(incomplete, incomplete, is_settled=True), count=len(rows) - len(numbers))
    return report


def _leave(report: ImportReport, cause: Cause, *, count: int) -> None:
    if count:
        report.leave(cause, count=count)


def _column_fault(export: Export, head: str, columns: Sequence[int]) -> SubmissionProblem | None:
    """Return the row for a column that is missing or there several times; None if it is found."""
    if len(columns) == 1:
        return None
    heads = [one_line(name, 80) for name in export.table.heads if name]
    near = get_close_matches(head, heads, cutoff=0.5)
    likely = ", ".join(map(repr, near)) or t("course_import.no_likely_heading")
    key = "course_import.several_columns" if columns else "course_import.no_column"
    if not head:
        key = "course_import.no_grades"
    values = {"head": repr(one_line(head, 60)), "export": export.shown_name, "likely": likely}
    return problem(export.table.name, key, outcome="not filled in", **values)


def _worth_fault(export: Export, column: int, out_of: float) -> SubmissionProblem | None:
    """Return the row for a column that isn't worth what the mark of the course is out of; None if it is."""
    rows = [row for row in range(1, len(export.table.rows)) if export.table.filled_count(row)]
    worth = assignment_points(export, rows[0], column) if rows else None
    if worth == out_of:
        return None
    points = t("platform_grades.unknown_points") if worth is None else number(worth)
    values = {"export": export.shown_name, "points": points, "out_of": number(out_of)}
    return problem(export.table.name, "course_import.other_worth", outcome="not filled in", **values)
