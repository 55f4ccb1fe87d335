"""Writes the marks of learners whose names Canvas hides, by the numbers that Canvas itself uses for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.grading.files.csv_files import csv_text, safe_cell
from copydesk.grading.results.exports import assignment_points, find_columns
from copydesk.grading.results.platform_grades import NotFilled, mark_out_of
from copydesk.text import t
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from copydesk.course.bank import Bank
    from copydesk.grading.results.exports import Export
    from copydesk.grading.results.lesson_marks import LessonMarks
    from copydesk.grading.scores.lesson_mark import LessonMark
    from copydesk.grading.submissions.record import GradedSubmission

HEADS = ("lesson", "anonymous id", "upload", "file", "mark", "out of", "notes")


def anonymous_submissions(counted: Iterable[GradedSubmission]) -> list[GradedSubmission]:
    """Return the submissions whose learners Canvas hides, by lesson and then by anonymous id."""
    anonymous = [submission for submission in counted if _anonymous_id(submission)]
    return sorted(anonymous, key=lambda submission: (submission.lesson, _anonymous_id(submission), submission.file))


def anonymous_table(submissions: Iterable[GradedSubmission], marks: LessonMarks, points: Mapping[str, float]) -> str:
    """Return the table of anonymous marks; ``points`` say what a lesson's assignment is worth in Canvas, if known.

    Where it isn't known, the mark is out of all points of the lesson, those by rule and those that a person gives.
    """
    lines: list[Sequence[str]] = [HEADS]
    for submission in submissions:
        mark = marks.of_submission(submission, None)
        lines.append([*_first_cells(submission), *_mark_cells(submission, mark, points.get(submission.lesson))])
    return csv_text(lines)


def canvas_points(
    export: Export, lessons: Sequence[str], banks: Mapping[str, Bank], options: Sequence[str]
) -> Iterator[tuple[str, float]]:
    """Yield what each lesson's assignment is worth by Canvas's export, as far as it says so."""
    columns, _ = find_columns(export, lessons, banks, options)
    for lesson, column in columns.items():
        points = assignment_points(export, 0, column)
        if points is not None:
            yield lesson, points


def _anonymous_id(submission: GradedSubmission) -> str:
    return submission.sender.anonymous_id if submission.sender else ""


def _first_cells(submission: GradedSubmission) -> list[str]:
    """Return the cells that say which submission it is."""
    upload = submission.sender.part.rpartition("_")[2] if submission.sender else ""
    return [submission.lesson, _anonymous_id(submission), upload, safe_cell(submission.file)]


def _mark_cells(submission: GradedSubmission, mark: LessonMark, maximum: float | None) -> list[str]:
    """Return the mark, what it is out of, and notes; no mark if Canvas's assignment is worth something else."""
    notes = list(submission.notices)
    if mark.deduction:
        notes.append(t("anonymous_marks.deduction", points=number(mark.deduction)))
    if maximum is None:
        maximum = mark.maximum
    filling, shown_mark = mark_out_of(maximum, mark, "Canvas"), ""
    if not isinstance(filling, NotFilled):
        shown_mark = number(filling)
    else:
        notes += [filling.reason, filling.remedy]
        if mark.marks:
            by_rule, out_of = number(mark.marks.automatic), number(mark.marks.automatic_maximum)
            notes.append(t("anonymous_marks.by_rule", points=by_rule, maximum=out_of))
    return [shown_mark, number(maximum), safe_cell("; ".join(notes))]
