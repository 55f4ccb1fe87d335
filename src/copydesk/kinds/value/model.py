"""Value: numbers, dates, short texts and tables, typed or recorded from code."""

from __future__ import annotations

import math
from decimal import Context, Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from copydesk.model.base import Frozen, Identifier, Text
from copydesk.model.task import KeyBase, TaskBase, ids_of, require_same_ids, require_unique_ids

IsoDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""A date as precise as it is known: ``2024``, ``2024-01`` or ``2024-01-31``."""


EXACT = Context(prec=1000)
"""Subtracts floats as written, without rounding: from 1e308 to 1e-324 is fewer than 700 digits."""


def is_within(number: float, value: float, tolerance: float) -> bool:
    """Return whether a number is no further from a value than the tolerance, all three as written.

    So 26.3 is within 0.1 of 26.2, though the difference of the two floats is above 0.1.
    """
    if number == value or not math.isfinite(number):
        return number == value
    difference = EXACT.subtract(Decimal(repr(number)), Decimal(repr(value)))
    return difference.copy_abs() <= Decimal(repr(tolerance))


class NumberField(Frozen):
    """A number in a stated unit."""

    type: Literal["number"] = "number"
    id: Identifier
    label: Text
    unit: str = ""


class DateField(Frozen):
    """A date to a stated precision."""

    type: Literal["date"] = "date"
    id: Identifier
    label: Text
    precision: Literal["day", "month", "year"] = "day"


class TextField(Frozen):
    """A short text, for example the title of a chart."""

    type: Literal["text"] = "text"
    id: Identifier
    label: Text
    note: str = ""


class TableField(Frozen):
    """A number for each named row; ``chart`` draws the numbers as bars while they are typed.

    ``chart`` names the text fields that hold the chart's title and axis labels.
    """

    type: Literal["table"] = "table"
    id: Identifier
    label: Text
    row_label: Text
    value_label: Text
    rows: tuple[Text, ...] = Field(min_length=1, max_length=60)
    chart: dict[Literal["title", "x_label", "y_label"], Identifier] = Field(default_factory=dict)


ValueField = Annotated[NumberField | DateField | TextField | TableField, Field(discriminator="type")]


class ValueTask(TaskBase):
    """A form of fields, the same one for code and clicks."""

    kind: Literal["value"] = "value"
    fields: tuple[ValueField, ...] = Field(min_length=1, max_length=30)

    @model_validator(mode="after")
    def _ids_are_distinct(self) -> Self:
        require_unique_ids("field", ids_of(self.fields))
        return self


class FieldKeyBase(Frozen):
    """``share`` is the field's part of the points, relative to the other fields."""

    share: float = Field(default=1.0, gt=0)
    why: Text


class NumberKey(FieldKeyBase):
    """The number, and how far off an answer may be, in the field's unit."""

    type: Literal["number"] = "number"
    value: float
    tolerance: float = Field(default=0.0, ge=0)


class DateKey(FieldKeyBase):
    """The date, as precise as the field requires."""

    type: Literal["date"] = "date"
    value: IsoDate


class TextKey(FieldKeyBase):
    """What a rule can tell about a text: enough different words, and one word of each group in ``mentions``."""

    type: Literal["text"] = "text"
    min_words: int = Field(default=1, ge=1)
    mentions: tuple[tuple[Text, ...], ...] = ()
    example: Text


class TableKey(FieldKeyBase):
    """The number of each row, and how far off an answer may be."""

    type: Literal["table"] = "table"
    values: dict[str, float]
    tolerance: float = Field(default=0.0, ge=0)


FieldKey = Annotated[NumberKey | DateKey | TextKey | TableKey, Field(discriminator="type")]


class ValueKey(KeyBase):
    """An entry for every field."""

    kind: Literal["value"] = "value"
    fields: dict[Identifier, FieldKey]

    def fits(self, task: ValueTask) -> None:
        """Raise ``ValueError`` when fields, their types or the rows of a table differ."""
        require_same_ids("field", ids_of(task.fields), self.fields)
        for field in task.fields:
            entry = self.fields[field.id]
            if entry.type != field.type:
                msg = f"field {field.id!r} is a {field.type} in the task and a {entry.type} in the key"
                raise ValueError(msg)
            if isinstance(field, TableField) and isinstance(entry, TableKey):
                require_same_ids(f"row of field {field.id!r}", list(field.rows), entry.values)


class ValueResponse(Frozen):
    """What is in each field: a number, a text (dates in ISO form), or a number for each row."""

    kind: Literal["value"] = "value"
    values: dict[Identifier, float | Annotated[str, Field(max_length=4000)] | dict[str, float]] = Field(max_length=30)
