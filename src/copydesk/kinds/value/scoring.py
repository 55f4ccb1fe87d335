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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from copydesk.kinds.value.model import ValueField

Given = float | str | dict[str, float]
ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", flags=re.ASCII)
MAX_ROWS = 100
DATE_LENGTH = {"year": 4, "month": 7, "day": 10}


def is_answered(response: ValueResponse) -> bool:
    """Return whether any field is filled in."""
    return any(_is_filled(given) for given in response.values.values())


def _is_filled(given: Given | None) -> bool:
    return bool(given.strip()) if isinstance(given, str) else given is not None and given != {}


def completeness(task: ValueTask, response: ValueResponse | None) -> tuple[int, int]:
    """Return how many fields are filled in (a table: all its rows), of how many."""
    values = response.values if response else {}
    return sum(_is_complete(field, values.get(field.id)) for field in task.fields), len(task.fields)


def _is_complete(field: ValueField, given: Given | None) -> bool:
    if isinstance(field, TableField):
        return isinstance(given, dict) and set(field.rows) <= set(given)
    return _is_filled(given)


TAKES: dict[str, tuple[type, str]] = {
    "table": (dict, "a number for each row"),
    "number": (float, "a number"),
    "text": (str, "text"),
    "date": (str, "text"),
}
"""What may stand in a field, by its type."""


def validation_errors(task: ValueTask, response: ValueResponse) -> Iterator[str]:
    """Yield what does not fit: unknown fields, and values of the wrong type."""
    fields = _fields(task)
    for name, given in response.values.items():
        field = fields.get(name)
        if field is None:
            yield f"The field {name!r} does not belong to task {task.id}."
        elif not isinstance(given, TAKES[field.type][0]):
            yield f"The field {field.label!r} of task {task.id} takes {TAKES[field.type][1]}."
        elif field.type == "date" and not _is_date(str(given), field.precision):
            yield f"The field {field.label!r} of task {task.id} takes a date such as 2023-03-19."


def size_error(response: ValueResponse) -> str:
    """Return that a table is out of all proportion: rows too many are scored as wrong, and shown."""
    tables = [value for value in response.values.values() if isinstance(value, dict)]
    return "A table has far too many rows." if any(len(table) > MAX_ROWS for table in tables) else ""


@cache
def _fields(task: ValueTask) -> dict[str, ValueField]:
    """Return the fields by their names."""
    return {field.id: field for field in task.fields}


def _is_date(text: str, precision: str) -> bool:
    """Return whether a text is such a date, or empty."""
    return not text.strip() or (ISO_DATE.fullmatch(text) is not None and len(text) == DATE_LENGTH[precision])


def score(task: ValueTask, key: ValueKey, response: ValueResponse) -> tuple[float, list[Feedback]]:
    """Return the mean credit of the fields, weighted by their shares, and the reason of each field."""
    earned, feedback = [], []
    for field in task.fields:
        entry = key.fields[field.id]
        mine = CREDITS[entry.type](entry, response.values.get(field.id))
        earned.append(entry.share * mine)
        feedback.append(Feedback(field.id, mine, entry.why))
    return fsum(earned) / _shares(key), feedback


def _shares(key: ValueKey) -> float:
    """Return the shares of all fields together."""
    return fsum(entry.share for entry in key.fields.values())


def number_credit(entry: NumberKey, given: Given | None) -> float:
    """Return 1 for a number within the tolerance, else 0."""
    return float(isinstance(given, float) and is_within(given, entry.value, entry.tolerance))


def date_credit(entry: DateKey, given: Given | None) -> float:
    """Return 1 for the date of the key, else 0."""
    return float(given == entry.value)


def text_credit(entry: TextKey, given: Given | None) -> float:
    """Return 1 for enough different words and one word or phrase of each ``mentions`` group, else 0."""
    folded = given.casefold() if isinstance(given, str) else ""
    if not _has_words(folded, entry.min_words):
        return 0.0
    return float(not entry.mentions or all(group.search(folded) for group in _mentions(entry.mentions)))


def _has_words(text: str, least: int) -> bool:
    """Return whether a text has so many different words."""
    if least == 1:
        return WORD.search(text) is not None
    found: set[str] = set()
    for word in WORD.finditer(text):
        found.add(word[0])
        if len(found) >= least:
            return True
    return False


@cache
def _mentions(groups: tuple[tuple[str, ...], ...]) -> list[re.Pattern[str]]:
    """Return what finds a phrase of each group as whole words in a casefolded text."""
    alternatives = ["|".join(re.escape(phrase.casefold()) for phrase in group) for group in groups]
    return [re.compile(rf"(?<![^\W_])(?:{phrases})(?![^\W_])") for phrases in alternatives]


def table_credit(entry: TableKey, given: Given | None) -> float:
    """Return the share of right rows, above the share that the commonest value in every row would earn."""
    if not isinstance(given, dict):
        return 0.0
    rows = len(entry.values.keys() | given.keys())
    right = sum(row in given and is_within(given[row], value, entry.tolerance) for row, value in entry.values.items())
    chance = _commonest(entry)
    return above_chance(right / rows, chance, 1.0) if chance < 1 else float(right == rows)


def _commonest(entry: TableKey) -> float:
    """Return the share of rows that hold the commonest value."""
    return Counter(entry.values.values()).most_common(1)[0][1] / len(entry.values)


CREDITS: dict[str, Callable[[Any, Given | None], float]] = {
    "number": number_credit,
    "date": date_credit,
    "text": text_credit,
    "table": table_credit,
}
"""One line per type of field: the credit (0 to 1) of what stands in it, or of nothing."""


def reference_response(task: ValueTask, key: ValueKey) -> ValueResponse:
    """Return the key's value in every field; in a text field its example."""
    values: dict[str, Given] = {}
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
        values: dict[str, Given] = {}
        for field in task.fields:
            if isinstance(field, TableField):
                values[field.id] = dict.fromkeys(field.rows, number)
            elif isinstance(field, TextField):
                values[field.id] = filler
            elif isinstance(field, DateField):
                values[field.id] = "2023-03-19"[: DATE_LENGTH[field.precision]]
            else:
                values[field.id] = number
        yield f"{number:g} everywhere and filler", ValueResponse(values=values)
