"""Scores values: numbers with a tolerance, dates, texts by rule, tables cell by cell (grading.md 5)."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from math import fsum
from typing import TYPE_CHECKING, Any

from copydesk.kinds.chance import above_chance
from copydesk.kinds.value.model import (
    DateField,
    DateKey,
    NumberKey,
    TableField,
    TableKey,
    TextField,
    TextKey,
    ValueKey,
    ValueResponse,
    ValueTask,
    is_within,
)
from copydesk.model.score import Feedback
from copydesk.model.tokens import WORD
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from copydesk.kinds.value.model import ValueField

FieldValue = float | str | dict[str, float]
"""A number, a text (dates in ISO form), or a number for each row of a table."""

ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", flags=re.ASCII)
MAX_ROWS = 100
EXAMPLE_DATE = "2024-01-31"
DATE_LENGTH = {"year": 4, "month": 7, "day": 10}


def is_answered(response: ValueResponse) -> bool:
    """Return whether any field is filled in."""
    return any(map(_is_filled, response.values.values()))


def _is_filled(value: FieldValue | None) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != {}


def completeness(task: ValueTask, response: ValueResponse | None) -> tuple[int, int]:
    """Return how many fields are filled in (a table: all its rows), and how many there are."""
    values = response.values if response else {}
    done = sum(_is_complete(field, values.get(field.id)) for field in task.fields)
    return done, len(task.fields)


def _is_complete(field: ValueField, value: FieldValue | None) -> bool:
    if isinstance(field, TableField):
        return isinstance(value, dict) and set(field.rows) <= set(value)
    return _is_filled(value)


VALUE_TYPES: dict[str, tuple[type, str]] = {
    "table": (dict, "scoring.field_takes_table"),
    "number": (float, "scoring.field_takes_number"),
    "text": (str, "scoring.field_takes_text"),
    "date": (str, "scoring.field_takes_text"),
}
"""The type of value for each type of field, and the text for a value of another type."""


def validation_errors(task: ValueTask, response: ValueResponse) -> Iterator[str]:
    """Yield the errors: unknown fields, and values of the wrong type."""
    fields = _fields_by_id(task)
    for name, value in response.values.items():
        field = fields.get(name)
        if field is None:
            yield t("scoring.unknown_field", name=name, task=task.id)
            continue
        value_type, text_key = VALUE_TYPES[field.type]
        if not isinstance(value, value_type):
            yield t(text_key, field=field.label, task=task.id)
        elif field.type == "date" and not _is_date(str(value), field.precision):
            yield t("scoring.field_takes_date", field=field.label, task=task.id, example=EXAMPLE_DATE)


def size_error(response: ValueResponse) -> str:
    """Return a sentence on a table that is far too long: its surplus rows would be scored as wrong, and shown."""
    for value in response.values.values():
        if isinstance(value, dict) and len(value) > MAX_ROWS:
            return t("scoring.table_too_long")
    return ""


@cache
def _fields_by_id(task: ValueTask) -> dict[str, ValueField]:
    return {field.id: field for field in task.fields}


def _is_date(text: str, precision: str) -> bool:
    """Return whether a text is a date to this precision, or empty."""
    if not text.strip():
        return True
    return ISO_DATE.fullmatch(text) is not None and len(text) == DATE_LENGTH[precision]


def score(task: ValueTask, key: ValueKey, response: ValueResponse) -> tuple[float, list[Feedback]]:
    """Return the mean credit of the fields, weighted by their shares, and the reason for each field."""
    earned, feedback = [], []
    for field in task.fields:
        entry = key.fields[field.id]
        credit = CREDITS[entry.type](entry, response.values.get(field.id))
        earned.append(entry.share * credit)
        feedback.append(Feedback(field.id, credit, entry.why))
    return fsum(earned) / _total_share(key), feedback


@cache
def _total_share(key: ValueKey) -> float:
    """Return the total of all fields' shares."""
    return fsum(entry.share for entry in key.fields.values())


def number_credit(entry: NumberKey, value: FieldValue | None) -> float:
    """Return 1 for a number within the tolerance, else 0."""
    return float(isinstance(value, float) and is_within(value, entry.value, entry.tolerance))


def date_credit(entry: DateKey, value: FieldValue | None) -> float:
    """Return 1 for the date of the key, else 0."""
    return float(value == entry.value)


def text_credit(entry: TextKey, value: FieldValue | None) -> float:
    """Return 1 for enough different words and one word or phrase of each ``mentions`` group, else 0."""
    text = value.casefold() if isinstance(value, str) else ""
    if not _has_words(text, entry.min_words):
        return 0.0
    return float(not entry.mentions or all(pattern.search(text) for pattern in _mention_patterns(entry.mentions)))


def _has_words(text: str, least: int) -> bool:
    """Return whether a text has at least this many different words."""
    if least == 1:
        return WORD.search(text) is not None
    words: set[str] = set()
    for match in WORD.finditer(text):
        words.add(match[0])
        if len(words) >= least:
            return True
    return False


@cache
def _mention_patterns(groups: tuple[tuple[str, ...], ...]) -> list[re.Pattern[str]]:
    """Return, for each group, a pattern that finds one of its phrases as whole words in a casefolded text."""
    patterns = []
    for group in groups:
        phrases = "|".join(re.escape(phrase.casefold()) for phrase in group)
        patterns.append(re.compile(rf"(?<![^\W_])(?:{phrases})(?![^\W_])"))
    return patterns


def table_credit(entry: TableKey, value: FieldValue | None) -> float:
    """Return the share of right rows, above the share that the commonest value in every row would earn."""
    if not isinstance(value, dict):
        return 0.0
    rows = len(entry.values.keys() | value.keys())
    right = 0
    for row, number in entry.values.items():
        if row in value and is_within(value[row], number, entry.tolerance):
            right += 1
    chance = _commonest_share(tuple(entry.values.values()))
    return above_chance(right / rows, chance, 1.0) if chance < 1 else float(right == rows)


@cache
def _commonest_share(values: tuple[float, ...]) -> float:
    """Return the share of rows that hold the commonest value."""
    return Counter(values).most_common(1)[0][1] / len(values)


CREDITS: dict[str, Callable[[Any, FieldValue | None], float]] = {
    "number": number_credit,
    "date": date_credit,
    "text": text_credit,
    "table": table_credit,
}
"""One line per type of field: the credit (0 to 1) of its value, or of an empty field."""


def reference_response(task: ValueTask, key: ValueKey) -> ValueResponse:
    """Return the key's value in every field, or its example in a text field."""
    values: dict[str, FieldValue] = {}
    for field in task.fields:
        entry = key.fields[field.id]
        if isinstance(entry, TableKey):
            values[field.id] = dict(entry.values)
        elif isinstance(entry, TextKey):
            values[field.id] = entry.example
        else:
            values[field.id] = entry.value
    return ValueResponse(values=values)


def guessing_strategies(task: ValueTask) -> Iterator[tuple[str, ValueResponse]]:
    """Yield answers that need no thought: one number everywhere, and filler in every text."""
    filler = "a chart that shows some numbers for the different kinds of things in this task"
    for number in (0.0, 1.0, 2.0, 3.0, 4.0, 5.0):
        values: dict[str, FieldValue] = {}
        for field in task.fields:
            if isinstance(field, TableField):
                values[field.id] = dict.fromkeys(field.rows, number)
            elif isinstance(field, TextField):
                values[field.id] = filler
            elif isinstance(field, DateField):
                values[field.id] = EXAMPLE_DATE[: DATE_LENGTH[field.precision]]
            else:
                values[field.id] = number
        yield f"{number:g} everywhere and filler", ValueResponse(values=values)
