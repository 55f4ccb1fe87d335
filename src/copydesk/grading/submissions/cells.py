"""Reads a table by its rows and columns, as lists of the values of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from copydesk.grading.files.csv_files import CsvTable


def row_values(table: CsvTable, row: int) -> list[str]:
    """Return the values of all cells of a row."""
    return [table.value(row, column) for column in range(len(table.rows[row]))]


def column_values(table: CsvTable, column: int, rows: Iterable[int]) -> list[str]:
    """Return the values that a column has in some rows, empty ones too."""
    return [table.value(row, column) for row in rows]


def filled_values(table: CsvTable, row: int, columns: Iterable[int]) -> list[str]:
    """Return the values that a row has in some columns, without empty ones."""
    values = []
    for column in columns:
        value = table.value(row, column)
        if value:
            values.append(value)
    return values
