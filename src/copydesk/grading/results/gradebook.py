"""Writes the instructor's tables: gradebook, submissions, roster report, problems; safe to open in a spreadsheet."""

from __future__ import annotations

from itertools import chain
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.csv_files import csv_text
from copydesk.grading.files.safe_text import cell
from copydesk.grading.scores.versions import UNKNOWN
from copydesk.kinds.scoring import is_marked_by_person
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from copydesk.course.bank import Bank
    from copydesk.grading.files.problems import SubmissionProblem
    from copydesk.grading.scores.versions import Versions
    from copydesk.grading.submissions.learners import Learner
    from copydesk.grading.submissions.record import Identity, Row
    from copydesk.grading.submissions.roster import Match
    from copydesk.grading.submissions.roster_status import Matching
    from copydesk.grading.submissions.selection import Selection


def gradebook(
    rows: Iterable[Row], versions: Versions, counts: Mapping[Identity, int], matching: Matching | None = None
) -> str:
    """Return the gradebook: a row for each learner and lesson, a column for each task.

    The heads say what a task is worth, ``T1 (of 8)``; with several lessons also the lesson. A task that only older
    versions ask, or for other points, has a column of its own behind the others of its lesson. A written
    task that awaits marking is an empty cell. A baseline is never a mark: it has one column for all its statements,
    which says how many are answered. ``counts`` says how many submissions there were. With a roster there are columns
    for the learner's id, name and e-mail, and a row for each learner who submitted nothing.
    """
    ordered = sorted(rows, key=lambda row: (row.lesson, row.learner.casefold(), row.learner, row.file))
    lessons = sorted({row.lesson for row in ordered})
    older = [version.bank for version, _ in versions.used(ordered)]
    banks = [bank for name in lessons for bank in (versions.now[name], *older) if bank.lesson == name]
    tasks = list(dict.fromkeys(task for bank in banks for task in columns(bank)))
    heads = [(f"{lesson} " if len(lessons) > 1 else "") + f"{task} (of {number(of)})" for lesson, task, of in tasks]
    listed = ["id", "name", "e-mail", "matched by"] if matching else []
    first = ["learner", *listed, "lesson", "file", "submitted (UTC)", "submissions", *heads, *TOTALS]
    handed_in = (
        _cells(row, versions.of(row), tasks, counts[row.who], matching, learner)
        for row in ordered
        for learner in _whose(row, matching)
    )
    empty = [""] * (len(heads) + len(TOTALS) - 1)
    missing: list[list[str]] = []
    for lesson in lessons if matching else ():
        for learner in matching.without(lesson) if matching else ():
            why = cell(matching.why_missing(learner)) if matching else ""
            missing.append(["", *_listed(learner), "", lesson, "", "", "0", *empty, why])
    return csv_text(chain([first], handed_in, missing))


Column = tuple[str, str, float]
"""A lesson, a task, and the points that it is worth."""


def columns(bank: Bank) -> list[Column]:
    """Return what a bank has columns for: its tasks, without the statements of a baseline."""
    tasks = [entry.task for entry in bank.tasks if entry.task.group != "baseline"]
    return [(bank.lesson, task.id, task.points) for task in tasks]


def _whose(row: Row, matching: Matching | None) -> Sequence[Learner | None]:
    """Return the learners for whom a submission has a line: None stands for one who is on no list."""
    return (matching.learners(row) if matching else []) or [None]


def _listed(learner: Learner | None) -> list[str]:
    return [cell(learner.id), cell(learner.name), cell(learner.email)] if learner else ["", "", ""]


TOTALS = (
    "automatic points",
    "automatic maximum",
    "written points",
    "written maximum",
    "awaiting marking",
    "not answered",
    "statements answered",
    "notes",
)


def _cells(
    row: Row, bank: Bank, tasks: Sequence[Column], count: int, matching: Matching | None, learner: Learner | None
) -> list[str]:
    own = {
        (bank.lesson, entry.task.id, entry.task.points): "" if points is None else number(points)
        for entry, points in zip(bank.tasks, row.points, strict=True)
    }
    marks = marks_of(row, bank)
    match = matching.of(row) if matching else None
    listed = [*_listed(learner), _how(match)] if matching else []
    return [
        cell(row.learner),
        *listed,
        row.lesson,
        cell(row.file),
        f"{row.moment:%Y-%m-%d %H:%M:%S}",
        str(count),
        *(own.get(task, "") for task in tasks),
        number(marks.automatic),
        number(marks.automatic_maximum),
        "" if marks.awaiting else number(marks.written),
        number(marks.written_maximum),
        " ".join(marks.awaiting),
        " ".join(row.unanswered),
        row.statements,
        cell("; ".join(row.notices)),
    ]


def _how(match: Match | None) -> str:
    return "" if match is None else match.how if match.is_sure else f"{match.how} (a guess)"


class Marks(NamedTuple):
    """The points of a submission in sum: by rule, and by hand with the tasks that still await it."""

    automatic: float
    automatic_maximum: float
    written: float
    written_maximum: float
    awaiting: tuple[str, ...]


def marks_of(row: Row, bank: Bank) -> Marks:
    """Return the points of a submission in sum."""
    scored = list(zip(bank.tasks, row.points, strict=True))
    automatic = [(entry.task.points, points or 0) for entry, points in scored if not is_marked_by_person(entry.task)]
    written = [(entry.task, points) for entry, points in scored if is_marked_by_person(entry.task)]
    return Marks(
        round(fsum(points for _, points in automatic), 2),
        fsum(maximum for maximum, _ in automatic),
        round(fsum(points or 0 for _, points in written), 2),
        fsum(task.points for task, _ in written),
        tuple(task.id for task, points in written if points is None),
    )


def submission_table(selection: Selection, versions: Versions, *, has_due: bool) -> str:
    """Return the table of all submissions, several of one learner one under the other, and which of them counts.

    One that completes another counts for the tasks that are named. What was never submitted says so.
    """
    counted = selection.counted
    ordered = sorted(
        selection.rows, key=lambda row: (row.lesson, counted[row.who].learner.casefold(), row.who, row.moment, row.file)
    )
    first = ["learner", "lesson", "file", "submitted (UTC)", "in time", "counts", "version of the tasks", "state"]
    lines = (
        [
            cell(row.called),
            row.lesson,
            cell(row.file),
            f"{row.moment:%Y-%m-%d %H:%M:%S}",
            ("late" if row.is_late else "yes") if has_due else "",
            _counts(row, selection),
            UNKNOWN if UNKNOWN in row.notices else versions.notice_of(row) or "the one of now",
            "submitted" if row.is_submitted else "saved, never submitted",
        ]
        for row in ordered
    )
    return csv_text(chain([first], lines))


def _counts(row: Row, selection: Selection) -> str:
    """Return whether a submission counts, or for which tasks."""
    if row is selection.counted[row.who]:
        return "yes"
    tasks = selection.taken.get(row.place, ())
    return f"for {' '.join(tasks)}" if tasks else "no"


def roster_table(matching: Matching) -> str:
    """Return the report on the roster: each learner, how the submissions were matched, sure or a guess."""
    table = [["id", "name", "called", "matched by", "certainty"]]
    for learner in matching.roster.learners.values():
        calls = matching.calls(learner)
        if not calls and not learner.is_expected:
            continue
        table += [
            [cell(learner.id), cell(learner.name), cell(called), match.how, "sure" if match.is_sure else "guess"]
            for called, match in calls
        ]
        if not calls:
            why = "unreadable" if matching.unreadable.get(learner.key) else "nothing submitted"
            table.append([cell(learner.id), cell(learner.name), "", "", why])
    table += [["", "", cell(called), "", "not on the roster"] for called in matching.strangers]
    return csv_text(table)


def problem_table(problems: Iterable[SubmissionProblem]) -> str:
    """Return the table of problems: file, reason, remedy, and what became of it; what was not graded comes first."""
    table = [["file", "reason", "remedy", "outcome"]]
    ordered = sorted(problems, key=lambda entry: (entry.outcome != "not graded", entry))
    table += [[cell(entry.file), cell(entry.reason), cell(entry.remedy), entry.outcome] for entry in ordered]
    return csv_text(table)
