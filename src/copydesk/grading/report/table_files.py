"""Writes the tables of the class report as CSV files, and gives its page the same values."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from copydesk.grading.files.csv_files import csv_text, safe_cell
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

TOO_FEW = "too few"
"""What a CSV file has in place of a number on fewer than ten submissions; the page says it in its language."""

Line = dict[str, Any]
"""A row of a table; None stands for "too few"."""


def table_frame(heads: Sequence[str], lines: Iterable[Line]) -> pd.DataFrame:
    """Return a table of the report with the values of its CSV file, so that page and file say the same."""
    import pandas as pd  # noqa: PLC0415  (loads only where there is a report)

    columns: dict[str, list[str | float]] = {head: [] for head in heads}
    for line in lines:
        for head, values in columns.items():
            values.append(_value(line[head]))
    return pd.DataFrame(columns)


def _value(value: object) -> str | float:
    """Return the value of a cell; missing (NaN) if it is empty or says "too few"."""
    if value is None or value == "":
        return math.nan
    if isinstance(value, str):
        return safe_cell(value)
    if isinstance(value, bool):
        return value
    written = float(number(float(str(value))))
    return int(written) if written.is_integer() else written


def table_text(heads: Sequence[str], lines: Iterable[Line]) -> str:
    """Return a table of the report as the text of its CSV file."""
    table: list[Sequence[str]] = [heads]
    for line in lines:
        cells = [_cell(line[head]) for head in heads]
        table.append(cells)
    return csv_text(table)


def _cell(value: object) -> str:
    """Return the text of a cell in a CSV file."""
    if value is None:
        return TOO_FEW
    if isinstance(value, str):
        return safe_cell(value)
    if isinstance(value, bool):
        return str(value)
    return number(float(str(value)))
