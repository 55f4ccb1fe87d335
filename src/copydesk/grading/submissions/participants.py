"""Finds the numbers by which a platform's list knows its participants, and the maximum grade beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from copydesk.grading.submissions.list_columns import all_fit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.grading.files.csv_files import CsvTable

NUMBERED = re.compile(r"(?P<word>[^0-9]*[^0-9\s])\s*(?P<number>[0-9]+)")
"""A participant as Moodle numbers them in any language: ``Participant 340``, ``Teilnehmer/in340``."""

ONLY_NUMBER = re.compile(r"(?P<word>)(?P<number>[0-9]+)")
WORKSHEET_MAXIMUM = re.compile(r"[0-9]+[.,][0-9]{2,5}")


def find_numbering(table: CsvTable) -> tuple[int, re.Pattern[str] | None]:
    """Return the column of the participants' numbers and how they are written; the first column is tried first."""
    if len(table.rows) <= 1:
        return 0, NUMBERED
    rows = _rows_with_cells(table)
    for column in range(len(table.rows[0])):
        values = table.column_values(column, rows)
        if column and len(set(values)) < len(values):
            continue
        if all_fit(table, column, NUMBERED) and _has_one_word(table, column):
            return column, NUMBERED
        if column == 0 and all_fit(table, column, ONLY_NUMBER):
            return column, ONLY_NUMBER
    return 0, None


def _has_one_word(table: CsvTable, column: int) -> bool:
    """Return whether all cells of a column are the same word with a number."""
    words = set()
    for value in table.column(column):
        participant = NUMBERED.fullmatch(value)
        if participant:
            words.add(participant["word"])
    return len(words) == 1


def _rows_with_cells(table: CsvTable) -> list[int]:
    """Return the rows below the heads that contain anything, even only spaces."""
    return [row for row in range(1, len(table.rows)) if any(table.rows[row])]


def has_maximum(table: CsvTable) -> bool:
    """Return whether a column repeats one number, like the maximum grade in a Moodle worksheet."""
    return any(maximum_columns(table))


def maximum_columns(table: CsvTable) -> Iterator[int]:
    """Yield the columns that may hold the maximum grade: one number for everyone, with a fraction as Moodle writes."""
    rows = _rows_with_cells(table)
    for column in range(2, len(table.heads)):
        values = set(table.column_values(column, rows))
        if len(values) == 1 and WORKSHEET_MAXIMUM.fullmatch(min(values)):
            yield column
