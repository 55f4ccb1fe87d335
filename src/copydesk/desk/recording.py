"""Reads what code gives to a value task: numbers, texts, and tables of several shapes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from copydesk.kinds.value.model import TableField
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.value.model import ValueTask


class RecordingError(ValueError):
    """A value does not fit its field; the message asks what to look at."""


def from_figure(task: ValueTask, figure: Any) -> dict[str, str]:  # noqa: ANN401  (a figure or its axes)
    """Return the title and the axis labels of a figure, as far as a task has fields for them."""
    axes = figure.axes[0] if hasattr(figure, "axes") and isinstance(figure.axes, list) else figure
    titles = [title for place in ("left", "center", "right") if (title := axes.get_title(loc=place))]
    seen = {"title": " ".join(titles), "x_label": axes.get_xlabel(), "y_label": axes.get_ylabel()}
    fields = {field.id for field in task.fields}
    return {name: text for name, text in seen.items() if name in fields and text}


def read_value(task: ValueTask, name: str, value: Any) -> float | str | dict[str, float]:  # noqa: ANN401
    """Return a value in the form in which a value task stores it.

    Raises:
        RecordingError: the task has no such field, or the value is of another kind than the field takes.
    """
    fields = {field.id: field for field in task.fields}
    if name not in fields:
        known = ", ".join(fields)
        raise RecordingError(t("record.unknown", task=task.id, field=name, fields=known))
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
    """Return a number for each row from a dictionary, a pandas Series, or a table of two columns."""
    if hasattr(value, "columns") and len(value.columns) == 2:  # noqa: PLR2004  (row names and numbers)
        first, second = value.columns
        value = value.set_index(first)[second]
    elif hasattr(value, "columns") and len(value.columns) == 1:
        value = value[value.columns[0]]
    if not isinstance(value, Mapping) and hasattr(value, "to_dict"):
        value = value.to_dict()
    if not isinstance(value, Mapping):
        raise RecordingError(_wrong_kind(task, field.label, "table", value))
    numbers = {str(row): _number(cell) for row, cell in value.items()}
    if set(numbers) != set(field.rows) or any(number is None for number in numbers.values()):
        found = ", ".join(numbers) or "nothing"
        rows = ", ".join(field.rows)
        raise RecordingError(t("record.rows", task=task.id, field=field.label, rows=rows, found=found))
    return {row: number for row in field.rows if (number := numbers[row]) is not None}


def _number(value: Any) -> float | None:  # noqa: ANN401
    """Return a finite number, or None."""
    if isinstance(value, bool | str) or not hasattr(value, "__float__"):
        return None
    number = float(value)
    return number if math.isfinite(number) else None


def _wrong_kind(task: ValueTask, label: str, wanted: str, value: Any) -> str:  # noqa: ANN401
    return t("record.kind", task=task.id, field=label, wanted=t(f"kind.{wanted}"), found=type(value).__name__)
