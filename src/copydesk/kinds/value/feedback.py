"""Shows on a feedback page every field with its value, its reference and its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.parts import joined
from copydesk.kinds.standings import Standing
from copydesk.kinds.value.model import (
    DateKey,
    NumberKey,
    TableField,
    TableKey,
    TextKey,
    ValueKey,
    ValueResponse,
    ValueTask,
    is_within,
)
from copydesk.text import t
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from copydesk.kinds.parts import Parts
    from copydesk.kinds.value.model import FieldKey
    from copydesk.model.score import Score


MAX_LEARNER_ROWS = 100


class ValueReference(NamedTuple):
    """A number or date of the key, and how much more or less than a number counts."""

    value: str
    tolerance: str = ""

    @property
    def text(self) -> str:
        """Return what the reader is told."""
        if not self.tolerance:
            return self.value
        return t("feedback.number.around", value=self.value, tolerance=self.tolerance)


class TextReference(NamedTuple):
    """What is asked of a text, and an example."""

    min_words: int
    mentions: tuple[tuple[str, ...], ...]
    example: str

    @property
    def text(self) -> str:
        """Return what the reader is told."""
        return t("feedback.text.example", asked=self._asked(), example=self.example)

    def _asked(self) -> str:
        asked = t("feedback.text.one") if self.min_words == 1 else t("feedback.text.words", least=self.min_words)
        if not self.mentions:
            return asked
        groups = [_one_of(group) for group in self.mentions]
        return t("feedback.text.with", asked=asked, groups=t("feedback.text.and").join(groups))


def _one_of(words: Sequence[str]) -> str:
    return t("feedback.text.one_of", words=", ".join(words)) if len(words) > 1 else words[0]


class ValueRow(NamedTuple):
    """A row of a table, in the learner's and in the reference."""

    name: str
    mine: str | None
    reference: str | None
    is_right: bool


class ValueColumns(NamedTuple):
    """What the columns of a table are called."""

    row_label: str
    value_label: str


class FieldFrame(NamedTuple):
    """What stands around the learner's value: the field, what was earned for it, the reference and the reason."""

    label: str
    credit: Standing | None
    reference: ValueReference | TextReference
    why: str


class TableFrame(NamedTuple):
    """What stands around the rows of a table."""

    label: str
    credit: Standing | None
    columns: ValueColumns
    why: str


def feedback_view(task: ValueTask, key: ValueKey, response: ValueResponse | None, score: Score, parts: Parts) -> Markup:
    """Return every field with its value, its reference and its reason."""
    values = response.values if response else {}
    credits_ = {entry.part: entry.credit for entry in score.feedback}
    fields = []
    for field in task.fields:
        entry, given, credit = key.fields[field.id], values.get(field.id), _credit(credits_.get(field.id))
        if isinstance(field, TableField) and isinstance(entry, TableKey):
            fields.append(_table(field, entry, given, credit, parts))
        else:
            reference = _reference(entry, getattr(field, "unit", ""))
            frame = FieldFrame(field.label, credit, reference, entry.why)
            fields.append(parts.around("value.field", frame, _mine(given, parts)))
    return parts.around("value.view", None, joined(fields))


def _mine(given: object, parts: Parts) -> Markup:
    """Return what a learner put into a field."""
    if isinstance(given, float | int):
        return parts.one("value.mine", number(given))
    return parts.afresh("value.mine", given) if given else parts.one("value.empty")


def _credit(share: float | None) -> Standing | None:
    if share is None:
        return None
    if share == 1:
        return Standing("reference", "feedback.value.full")
    if share == 0:
        return Standing("neither", "feedback.value.none")
    return Standing("defensible", "feedback.value.part", (("share", number(round(100 * share))),))


def _table(field: TableField, key: TableKey, given: object, credit: Standing | None, parts: Parts) -> Markup:
    """Return the rows of the task, then those that only the learner has, whose names are their own words."""
    mine: dict[str, float] = given if isinstance(given, dict) else {}
    names = sorted(set(mine) - set(field.rows))[:MAX_LEARNER_ROWS]
    rows = [parts.each("value.row", [_row(name, key, mine) for name in field.rows])]
    rows += [parts.afresh("value.row", _row(name, key, mine)) for name in names]
    frame = TableFrame(field.label, credit, ValueColumns(field.row_label, field.value_label), key.why)
    return parts.around("value.table", frame, joined(rows))


def _row(name: str, key: TableKey, given: dict[str, float]) -> ValueRow:
    mine = number(given[name]) if name in given else None
    if name not in key.values:
        return ValueRow(name, mine, None, is_right=False)
    is_right = name in given and is_within(given[name], key.values[name], key.tolerance)
    return ValueRow(name, mine, number(key.values[name]), is_right)


def _reference(key: FieldKey, unit: str) -> ValueReference | TextReference:
    """Return the reference of a field that is no table."""
    if isinstance(key, NumberKey):
        tolerance = number(key.tolerance) if key.tolerance else ""
        return ValueReference(f"{number(key.value)} {unit}".strip(), tolerance)
    if isinstance(key, TextKey):
        return TextReference(key.min_words, key.mentions, key.example)
    return ValueReference(key.value if isinstance(key, DateKey) else "")
