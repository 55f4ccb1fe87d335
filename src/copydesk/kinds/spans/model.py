"""Spans: mark words of given passages and label them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Annotated, Literal, NotRequired, Self

from pydantic import ConfigDict, Field, model_validator, with_config
from typing_extensions import TypedDict  # pydantic needs this one before Python 3.12

from copydesk.model.base import Frozen, Identifier, Offset, Text, Weight
from copydesk.model.task import KeyBase, TaskBase, ids_of, require_same_ids, require_unique_ids

if TYPE_CHECKING:
    from collections.abc import Iterator


class Passage(Frozen):
    """A text to mark: a sentence of the article (``start`` is its offset there) or a short quotation."""

    id: Identifier
    text: str = Field(min_length=1, max_length=4000)
    start: Offset | None = None
    source: Identifier | None = None
    note: str = ""


class Label(Frozen):
    """What a marked word can be; ``key`` is the keyboard letter that sets it."""

    id: Identifier
    text: Text
    key: str = Field(pattern=r"^[a-z]$")
    note: str = ""


class SpansTask(TaskBase):
    """Passages whose words are marked with labels."""

    kind: Literal["spans"] = "spans"
    passages: tuple[Passage, ...] = Field(min_length=1, max_length=40)
    labels: tuple[Label, ...] = Field(min_length=1, max_length=6)

    @model_validator(mode="after")
    def _ids_are_distinct(self) -> Self:
        require_unique_ids("passage", ids_of(self.passages))
        require_unique_ids("label", ids_of(self.labels))
        require_unique_ids("keyboard key", [label.key for label in self.labels])
        return self


class KeySpan(Frozen):
    """Words that carry a label: quoted exactly; ``occurrence`` counts from 1 if they appear twice."""

    passage: Identifier
    quote: str = Field(min_length=1)
    occurrence: int = Field(default=1, ge=1)
    weight: Weight = 1.0
    why: Text


class SpansKey(KeyBase):
    """The spans of each label; a label with an empty list has nothing to mark.

    Instead of weights, ``panel`` has the spans of at least three readers for each label.
    """

    kind: Literal["spans"] = "spans"
    labels: dict[Identifier, tuple[KeySpan, ...]]
    panel: dict[Identifier, tuple[tuple[KeySpan, ...], ...]] = Field(default_factory=dict)

    def fits(self, task: SpansTask) -> None:
        """Raise ``ValueError`` when a label is unknown or a quotation is not in its passage."""
        require_same_ids("label", ids_of(task.labels), self.labels)
        for label, readers in self.panel.items():
            if label not in self.labels:
                msg = f"the panel names the label {label!r}, which the task does not have"
                raise ValueError(msg)
            if len(readers) < 3:  # noqa: PLR2004  (grading.md 1: a panel is at least three readers)
                msg = f"the panel for {label!r} has {len(readers)} readers; a panel needs at least 3"
                raise ValueError(msg)
        texts = {passage.id: passage.text for passage in task.passages}
        for span in self._all_spans():
            find_quote(texts, span)

    def _all_spans(self) -> Iterator[KeySpan]:
        """Yield the spans of all labels, then those of all readers."""
        for spans in self.labels.values():
            yield from spans
        for readers in self.panel.values():
            yield from chain.from_iterable(readers)


def find_quote(texts: dict[str, str], span: KeySpan) -> tuple[int, int]:
    """Return the start and end (code points, end exclusive) of a quotation in its passage.

    Raises:
        ValueError: the passage is unknown, or the words do not occur often enough.
    """
    if span.passage not in texts:
        msg = f"the span {span.quote!r} names the passage {span.passage!r}, which the task does not have"
        raise ValueError(msg)
    start = -1
    for _ in range(span.occurrence):
        start = texts[span.passage].find(span.quote, start + 1)
        if start < 0:
            msg = (
                f"the words {span.quote!r} do not stand {span.occurrence} time(s) in passage {span.passage!r}; "
                "copy them from the passage letter by letter"
            )
            raise ValueError(msg)
    return start, start + len(span.quote)


# A submission has many marks. As mappings they cost a third of what they would as models.
STRICT = ConfigDict(extra="forbid")


@with_config(STRICT)
class PositionSelector(TypedDict):
    """W3C Web Annotation TextPositionSelector: code points, end exclusive, within the passage."""

    type: NotRequired[Literal["TextPositionSelector"]]
    start: Offset
    end: Offset


@with_config(STRICT)
class QuoteSelector(TypedDict):
    """W3C Web Annotation TextQuoteSelector: the words themselves."""

    type: NotRequired[Literal["TextQuoteSelector"]]
    exact: Annotated[str, Field(min_length=1, max_length=4000)]


@with_config(STRICT)
class MarkedSpan(TypedDict):
    """Words that the learner marked, as position and quotation."""

    passage: Identifier
    label: Identifier
    selector: tuple[PositionSelector, QuoteSelector]


def mark_span(passage: str, label: str, text: str, start: int, end: int) -> MarkedSpan:
    """Return a mark on the words from ``start`` to ``end`` (code points, end exclusive) of a passage's text."""
    position = PositionSelector(type="TextPositionSelector", start=start, end=end)
    quote = QuoteSelector(type="TextQuoteSelector", exact=text[start:end])
    return MarkedSpan(passage=passage, label=label, selector=(position, quote))


class SpansResponse(Frozen):
    """All marked spans; ``clean`` names the passages that the learner says have nothing to mark."""

    kind: Literal["spans"] = "spans"
    spans: tuple[MarkedSpan, ...] = Field(max_length=2000, fail_fast=True)
    clean: tuple[Identifier, ...] = Field(default=(), max_length=40)
