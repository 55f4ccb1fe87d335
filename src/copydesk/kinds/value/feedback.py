"""Shows every field on a feedback page with its value, its reference and its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.credit_labels import CreditLabel
from copydesk.kinds.parts import join_parts
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
    from copydesk.kinds.value.model import FieldKey, ValueField
    from copydesk.model.score import Score


MAX_LEARNER_ROWS = 100


class ValueReference(NamedTuple):
    """A number or date in the key, and a number's tolerance."""

    value: str
    tolerance: str = ""

    @property
    def text(self) -> str:
        """The reference in words."""
        if not self.tolerance:
            return self.value
        return t("feedback.number.around", value=self.value, tolerance=self.tolerance)


class TextReference(NamedTuple):
    """The words that a text must have, and an example."""

    min_words: int
    mentions: tuple[tuple[str, ...], ...]
    example: str

    @property
    def text(self) -> str:
        """The reference in words."""
        return t("feedback.text.example", asked=self._requirement(), example=self.example)

    def _requirement(self) -> str:
        """Return the least number of words, and those that must be among them."""
        least = t("feedback.text.one") if self.min_words == 1 else t("feedback.text.words", least=self.min_words)
        if not self.mentions:
            return least
        groups = [_alternatives_text(words) for words in self.mentions]
        return t("feedback.text.with", asked=least, groups=t("feedback.text.and").join(groups))


def _alternatives_text(words: Sequence[str]) -> str:
    """Return words, any one of which is enough."""
    return t("feedback.text.one_of", words=", ".join(words)) if len(words) > 1 else words[0]


class ValueRow(NamedTuple):
    """A row of a table, with the learner's number and the reference's."""

    name: str
    mine: str | None
    reference: str | None
    is_right: bool


class ValueColumns(NamedTuple):
    """The column headings of a table."""

    row_label: str
    value_label: str


class FieldFrame(NamedTuple):
    """The frame of the learner's value: the field, the credit for it, the reference and the reason."""

    label: str
    credit: CreditLabel | None
    reference: ValueReference | TextReference
    why: str


class TableFrame(NamedTuple):
    """The frame of the rows of a table: the field, the credit for it, its column headings and the reason."""

    label: str
    credit: CreditLabel | None
    columns: ValueColumns
    why: str


def feedback_view(task: ValueTask, key: ValueKey, response: ValueResponse | None, score: Score, parts: Parts) -> Markup:
    """Return every field with its value, its reference and its reason."""
    values = response.values if response else {}
    shares = {entry.part: entry.credit for entry in score.feedback}
    fields = []
    for field in task.fields:
        value = values.get(field.id)
        fields.append(_field(field, key.fields[field.id], value, _credit(shares.get(field.id)), parts))
    return parts.render_around("value.view", None, join_parts(fields))


def _field(field: ValueField, key: FieldKey, value: object, credit: CreditLabel | None, parts: Parts) -> Markup:
    """Return one field."""
    if isinstance(field, TableField) and isinstance(key, TableKey):
        return _table(field, key, value, credit, parts)
    reference = _reference(key, getattr(field, "unit", ""))
    frame = FieldFrame(field.label, credit, reference, key.why)
    return parts.render_around("value.field", frame, _learner_value(value, parts))


def _learner_value(value: object, parts: Parts) -> Markup:
    """Return the learner's value of a field."""
    if isinstance(value, float | int):
        return parts.render("value.mine", number(value))
    return parts.render_uncached("value.mine", value) if value else parts.render("value.empty")


def _credit(share: float | None) -> CreditLabel | None:
    """Return the standing of a field by its share of the points; None if it has no share of its own."""
    if share is None:
        return None
    if share == 1:
        return CreditLabel("reference", "feedback.value.full")
    if share == 0:
        return CreditLabel("neither", "feedback.value.none")
    return CreditLabel("defensible", "feedback.value.part", (("share", number(round(100 * share))),))


def _table(field: TableField, key: TableKey, value: object, credit: CreditLabel | None, parts: Parts) -> Markup:
    """Return the rows of the task, then those that only the learner has, whose names are the learner's own words."""
    numbers: dict[str, float] = value if isinstance(value, dict) else {}
    task_rows = [_row(name, key, numbers) for name in field.rows]
    rows = [parts.render_each("value.row", task_rows)]
    other_names = sorted(set(numbers) - set(field.rows))[:MAX_LEARNER_ROWS]
    rows += [parts.render_uncached("value.row", _row(name, key, numbers)) for name in other_names]
    frame = TableFrame(field.label, credit, ValueColumns(field.row_label, field.value_label), key.why)
    return parts.render_around("value.table", frame, join_parts(rows))


def _row(name: str, key: TableKey, numbers: dict[str, float]) -> ValueRow:
    """Return a row of a table with the learner's number and that of the key."""
    learner_number = number(numbers[name]) if name in numbers else None
    if name not in key.values:
        return ValueRow(name, learner_number, None, is_right=False)
    is_right = name in numbers and is_within(numbers[name], key.values[name], key.tolerance)
    return ValueRow(name, learner_number, number(key.values[name]), is_right)


def _reference(key: FieldKey, unit: str) -> ValueReference | TextReference:
    """Return the reference of a field that is not a table."""
    if isinstance(key, NumberKey):
        tolerance = number(key.tolerance) if key.tolerance else ""
        return ValueReference(f"{number(key.value)} {unit}".strip(), tolerance)
    if isinstance(key, TextKey):
        return TextReference(key.min_words, key.mentions, key.example)
    return ValueReference(key.value if isinstance(key, DateKey) else "")
