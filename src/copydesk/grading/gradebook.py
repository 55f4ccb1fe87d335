"""Writes the tables for the instructor: ``gradebook.csv`` and ``problems.csv``, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copydesk.grading.display import cell, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from copydesk.grading.problems import HandInProblem
    from copydesk.model.bank import Bank

BOM = "\ufeff"
"""Without it, Excel reads UTF-8 as something else."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the gradebook keeps of one hand-in: light enough for a hundred thousand.

    ``points`` has an entry for each task of the bank in its order: None while it awaits marking. ``statements`` says
    how many of the statements of a baseline form are answered, for example ``20 of 20 (A)``. ``kept`` is what the class
    report counts (``items.Layout``).
    """

    learner: str
    lesson: str
    file: str
    moment: datetime
    digest: str
    points: tuple[float | None, ...]
    unanswered: tuple[str, ...]
    notices: tuple[str, ...]
    problems: tuple[HandInProblem, ...]
    statements: str = ""
    kept: bytes = b""


def gradebook(rows: Iterable[Row], banks: Mapping[str, Bank]) -> str:
    """Return the gradebook: a row for each learner and lesson, a column for each task.

    The heads say what a task is worth, ``T1 (of 8)``; with several lessons also the lesson. A written
    task that awaits marking is an empty cell. A baseline is never a mark: it has one column for all its statements,
    which says how many are answered.
    """
    ordered = sorted(rows, key=lambda row: (row.lesson, row.learner.casefold(), row.learner, row.file))
    lessons = sorted({row.lesson for row in ordered})
    tasks = [
        (lesson, entry.task.id) for lesson in lessons for entry in banks[lesson].tasks if entry.task.group != "baseline"
    ]
    heads = [
        (f"{lesson} " if len(lessons) > 1 else "") + f"{name} (of {number(banks[lesson][name].task.points)})"
        for lesson, name in tasks
    ]
    table = [["learner", "lesson", "file", "handed in (UTC)", *heads, *TOTALS]]
    table += [_cells(row, banks[row.lesson], tasks) for row in ordered]
    return _csv(table)


TOTALS = (
    "automatic points",
    "automatic maximum",
    "written maximum",
    "awaiting marking",
    "not answered",
    "statements answered",
    "notes",
)


def _cells(row: Row, bank: Bank, tasks: Sequence[tuple[str, str]]) -> list[str]:
    own = {
        (bank.lesson, entry.task.id): "" if points is None else number(points)
        for entry, points in zip(bank.tasks, row.points, strict=True)
    }
    scored = list(zip(bank.tasks, row.points, strict=True))
    automatic = [(entry.task.points, points or 0) for entry, points in scored if entry.task.kind != "written"]
    written = [(entry.task, points) for entry, points in scored if entry.task.kind == "written"]
    return [
        cell(row.learner),
        row.lesson,
        cell(row.file),
        f"{row.moment:%Y-%m-%d %H:%M:%S}",
        *(own.get(task, "") for task in tasks),
        number(round(sum(points for _, points in automatic), 2)),
        number(sum(maximum for maximum, _ in automatic)),
        number(sum(task.points for task, _ in written)),
        " ".join(task.id for task, points in written if points is None),
        " ".join(row.unanswered),
        row.statements,
        cell("; ".join(row.notices)),
    ]


def problem_table(problems: Iterable[HandInProblem]) -> str:
    """Return the table of problems: file, reason, remedy, and what became of the file."""
    table = [["file", "reason", "remedy", "outcome"]]
    table += [[cell(entry.file), cell(entry.reason), cell(entry.remedy), entry.outcome] for entry in sorted(problems)]
    return _csv(table)


def _csv(table: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(table)
    return BOM + text.getvalue()
