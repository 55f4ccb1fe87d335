"""Writes the gradebook of the course: a row for each learner, a column for each lesson, and the mark of the course."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from copydesk.grading.files.csv_files import csv_text, safe_cell
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.results.score_changes import ROSTER_HEADS
from copydesk.grading.scores.course_mark import OPEN_STATES
from copydesk.text import t
from copydesk.text.lists import name_list
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from copydesk.grading.class_file.model import ClassFile
    from copydesk.grading.results.course_marks import CourseRow, Participant
    from copydesk.grading.scores.course_mark import CourseLesson, CourseMark

LONGEST_FILE = 120
"""How much of a file's name a reason has."""


def course_table(
    rows: Sequence[CourseRow], file: ClassFile, lessons_with_points: Collection[str], *, has_roster: bool
) -> str:
    """Return the table as the text of a CSV file.

    A lesson's column has its mark in per cent, and is empty if it doesn't count for a learner (yet); one in which there
    is nothing to earn says so in its head. Then come the lessons in the mark, those dropped, the mark so far in per
    cent and in points, whether it is complete, and what is missing, with the reason.
    """
    learner_heads = ROSTER_HEADS if has_roster else ("learner",)
    lesson_heads = []
    for lesson, plan in file.lessons.items():
        weight = f"weight {number(plan.weight)}" if lesson in lessons_with_points else "no points"
        lesson_heads.append(f"{lesson} ({weight})")
    mark_heads = (
        "counted",
        "dropped",
        "mark so far in %",
        f"out of {number(file.total.out_of)}",
        "complete",
        "missing",
    )
    lines = [[*learner_heads, *lesson_heads, *mark_heads]]
    lines += [[*_learner_cells(row.participant), *_cells(row.mark)] for row in rows]
    return csv_text(lines)


def _learner_cells(participant: Participant) -> list[str]:
    learner = participant.learner
    if learner is None:
        return [safe_cell(participant.name)]
    return [safe_cell(learner.id), safe_cell(learner.name), safe_cell(learner.email)]


def _cells(mark: CourseMark) -> list[str]:
    """Return the cells of a line after the learner."""
    cells = [_cell(entry.percent) for entry in mark.lessons]
    return [
        *cells,
        " ".join(entry.lesson for entry in mark.counted),
        " ".join(sorted(mark.dropped)),
        _cell(mark.percent),
        _cell(mark.points),
        "yes" if mark.is_complete else "no",
        safe_cell("; ".join(_reasons(mark))),
    ]


def _cell(value: float | None) -> str:
    return "" if value is None else number(value)


def _reasons(mark: CourseMark) -> Iterator[str]:
    """Yield why a lesson doesn't count, or counts as 0."""
    for entry in mark.lessons:
        if entry.state not in {"marked", "no points"}:
            yield t("course_gradebook.reason", lesson=entry.lesson, why=why(entry))


def why(entry: CourseLesson) -> str:
    """Return why a lesson doesn't count (yet), or counts as 0."""
    manual, marks = entry.mark.manual, entry.mark.marks
    if entry.state == "excused" and manual:
        return t("course_gradebook.excused", reason=manual.reason)
    if entry.state in {"missing", "not due"} and manual:
        key = "course_gradebook.left_group" if entry.state == "missing" else "course_gradebook.left_group_open"
        return t(key, reason=manual.reason)
    if entry.state == "awaiting" and marks:
        return t("course_gradebook.awaiting", tasks=name_list(marks.awaiting))
    if entry.state == "unreadable":
        return t("roster_status.unreadable", file=one_line(entry.file, LONGEST_FILE))
    return t(f"course_gradebook.{entry.state.replace(' ', '_')}")


def complete_line(rows: Sequence[CourseRow], path: Path) -> str:
    """Return, for a terminal, where the table is, and for how many learners the mark is complete."""
    complete = sum(row.mark.is_complete for row in rows)
    return t("course_gradebook.summary", path=path, complete=complete, count=len(rows))


def waiting_line(rows: Sequence[CourseRow]) -> str:
    """Return, for a terminal, how many marks are not complete, and what they wait for; empty if all are.

    Each learner is counted once, by what an instructor has to look at first.
    """
    waiting = Counter(row.mark.waits_for for row in rows if not row.mark.is_complete)
    reasons = []
    for state in (*OPEN_STATES, None):
        if waiting[state]:
            key = state.replace(" ", "_") if state else "nothing_counts"
            reasons.append(t(f"course_gradebook.wait.{key}", count=waiting[state]))
    return t("course_gradebook.waiting", count=waiting.total(), reasons="; ".join(reasons)) if reasons else ""
