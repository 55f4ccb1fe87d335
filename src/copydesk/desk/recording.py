"""Reads what code passes to a value task: numbers, texts, and tables of several shapes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from copydesk.kinds.value.model import TableField
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.value.model import ValueTask

TITLE_PLACES = ("left", "center", "right")
"""Where matplotlib can put a title, from left to right."""


class RecordingError(ValueError):
    """A value does not fit its field; the message says what to look at."""


def figure_texts(task: ValueTask, figure: Any) -> dict[str, str]:  # noqa: ANN401  (a figure or its axes)
    """Return the title and axis labels of a figure, if a task has fields for them."""
    axes = figure
    if hasattr(figure, "axes") and isinstance(figure.axes, list):
        axes = figure.axes[0]
    texts = {"title": _title(axes), "x_label": axes.get_xlabel(), "y_label": axes.get_ylabel()}
    fields = {field.id for field in task.fields}
    return {name: text for name, text in texts.items() if name in fields and text}


def _title(axes: Any) -> str:  # noqa: ANN401  (matplotlib's axes)
    """Return the title of a plot; if it has several, those of all places."""
    titles = []
    for place in TITLE_PLACES:
        title = axes.get_title(loc=place)
        if title:
            titles.append(title)
    return " ".join(titles)


def read_values(task: ValueTask, values: Mapping[str, Any], figure: Any = None) -> dict[str, Any]:  # noqa: ANN401
    """Return the values of fields as a value task stores them; a figure supplies its texts too.

    A value that is missing, ``None`` or ``...``, is left out.

    Raises:
        RecordingError: the task has no such field, or a value is of the wrong kind for its field.
    """
    if not is_missing(figure):
        values = {**figure_texts(task, figure), **values}
    stored = {}
    for name, value in values.items():
        if not is_missing(value):
            stored[name] = read_value(task, name, value)
    return stored


def is_missing(value: Any) -> bool:  # noqa: ANN401
    """Return whether code leaves a value open, with ``None`` or three dots."""
    return value is None or value is ...


def read_value(task: ValueTask, name: str, value: Any) -> float | str | dict[str, float]:  # noqa: ANN401
    """Return a value as a value task stores it.

    Raises:
        RecordingError: the task has no such field, or the value is of the wrong kind for it.
    """
    fields = {field.id: field for field in task.fields}
    if name not in fields:
        names = ", ".join(fields)
        raise RecordingError(t("record.unknown", task=task.id, field=name, fields=names))
    field = fields[name]
    if isinstance(field, TableField):
        return _read_table(task, field, value)
    if field.type == "number":
        number = _number(value)
        if number is not None:
            return number
    elif isinstance(value, str):
        return value
    elif field.type == "date" and hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    raise RecordingError(_wrong_kind(task, field.label, field.type, value))


def _read_table(task: ValueTask, field: TableField, value: Any) -> dict[str, float]:  # noqa: ANN401
    """Return a number for each row from a dictionary, a pandas Series, or a table of one or two columns."""
    cells = _cells(value)
    if cells is None:
        raise RecordingError(_wrong_kind(task, field.label, "table", value))
    numbers: dict[str, float | None] = {}
    for name, cell in cells.items():
        numbers[str(name)] = _number(cell)
    values = {}
    for row in field.rows:
        number = numbers.get(row)
        if number is not None:
            values[row] = number
    if set(numbers) != set(field.rows) or len(values) < len(field.rows):
        names = ", ".join(numbers) or t("record.no_rows")
        rows = ", ".join(field.rows)
        raise RecordingError(t("record.rows", task=task.id, field=field.label, rows=rows, found=names))
    return values


def _cells(value: Any) -> Mapping[Any, Any] | None:  # noqa: ANN401
    """Return the cells of a table by row name; None if the value is not a table."""
    if hasattr(value, "columns") and len(value.columns) == 2:  # noqa: PLR2004  (row names and numbers)
        names, numbers = value.columns
        value = value.set_index(names)[numbers]
    elif hasattr(value, "columns") and len(value.columns) == 1:
        value = value[value.columns[0]]
    if not isinstance(value, Mapping) and hasattr(value, "to_dict"):
        value = value.to_dict()
    return value if isinstance(value, Mapping) else None


def _number(value: Any) -> float | None:  # noqa: ANN401
    """Return a finite number, or None."""
    if isinstance(value, bool | str) or not hasattr(value, "__float__"):
        return None
    number = float(value)
    return number if math.isfinite(number) else None


def _wrong_kind(task: ValueTask, label: str, wanted: str, value: Any) -> str:  # noqa: ANN401
    """Return the message for a value of the wrong kind for its field."""
    return t("record.kind", task=task.id, field=label, wanted=t(f"kind.{wanted}"), found=type(value).__name__)
