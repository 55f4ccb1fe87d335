"""Puts a learner's marked words beside those of the key, as the feedback page shows them."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.credit_labels import TEMPTING, CreditLabel, credit_label
from copydesk.kinds.parts import join_parts
from copydesk.kinds.spans.model import find_quote
from copydesk.kinds.spans.scoring import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from markupsafe import Markup

    from copydesk.kinds.parts import Parts
    from copydesk.kinds.spans.model import KeySpan, SpansKey, SpansResponse, SpansTask
    from copydesk.model.score import Score

Mark = tuple[int, int, int]
"""A label by its number, and the start and end (code points) of the words that carry it."""


MARKED, PARTLY, UNMARKED, UNKNOWN = "marked", "partly", "unmarked", ""
MARKED_PARTS = (MARKED, PARTLY, UNMARKED, UNKNOWN)
"""How much of some words a learner may have marked; unknown if there is no answer."""


class Label(NamedTuple):
    """A label with its number, by which the style sheet knows it."""

    number: int
    text: str
    note: str


class Piece(NamedTuple):
    """Words that carry the same labels, and which of those labels end with them."""

    text: str
    labels: tuple[int, ...]
    ending: tuple[int, ...]


class ComparedPassage(NamedTuple):
    """A passage with the learner's marks and the reference's; ``is_clean`` if the learner found nothing to mark."""

    id: str
    note: str
    text: str
    labels: tuple[Label, ...]
    mine: tuple[Mark, ...]
    reference: tuple[Mark, ...]
    is_clean: bool

    def pieces(self, marks: Iterable[Mark]) -> list[Piece]:
        """Return the passage split where marks begin and end."""
        return segments(self.text, marks)


class Reason(NamedTuple):
    """Words of the key with their reason; ``found`` is how much of them the learner marked."""

    quote: str
    passage: str
    standing: CreditLabel
    found: str
    why: str


class OtherMark(NamedTuple):
    """Words that the learner marked but the key does not have."""

    quote: str
    passage: str


class KeyWords(NamedTuple):
    """A span of the key: where it is, its words as bits (``spans.scoring``), a reason for each marked part."""

    start: int
    end: int
    words: int
    reasons: dict[str, Reason]


class Reference:
    """A task and its key, prepared for any number of answers."""

    def __init__(self, task: SpansTask, key: SpansKey) -> None:
        """Find the words of the key in the passages."""
        self.words = words_of(task)
        self.texts = self.words.texts
        self.numbers: dict[str, int] = {}
        labels = []
        self.spans: list[list[KeyWords]] = []
        self.spans_by_passage: dict[tuple[int, str], list[KeyWords]] = {}
        marks = self._no_marks()
        for number, label in enumerate(task.labels):
            self.numbers[label.id] = number
            labels.append(Label(number, label.text, label.note))
            self.spans.append([])
            for entry in key.labels[label.id]:
                span = self._key_words(entry)
                self.spans[number].append(span)
                self.spans_by_passage.setdefault((number, entry.passage), []).append(span)
                if entry.weight:
                    marks[entry.passage].append((number, span.start, span.end))
        self.labels = tuple(labels)
        self.marks = _merge_by_passage(marks)

    def _no_marks(self) -> dict[str, list[Mark]]:
        """Return an empty list of marks for each passage."""
        return {name: [] for name in self.texts}

    def _key_words(self, entry: KeySpan) -> KeyWords:
        start, end = find_quote(self.texts, entry)
        label = credit_label(entry.weight) if entry.weight else TEMPTING
        reasons = {}
        for part in MARKED_PARTS:
            reasons[part] = Reason(entry.quote, entry.passage, label, part, entry.why)
        return KeyWords(start, end, self.words.span_words(entry.passage, start, end), reasons)

    def marks_of(self, response: SpansResponse | None) -> dict[str, tuple[Mark, ...]]:
        """Return the learner's marks in each passage."""
        marks = self._no_marks()
        for span in response.spans if response else ():
            position = span["selector"][0]
            mark = self.numbers[span["label"]], position["start"], position["end"]
            marks[span["passage"]].append(mark)
        return _merge_by_passage(marks)


def _merge_by_passage(marks: Mapping[str, Iterable[Mark]]) -> dict[str, tuple[Mark, ...]]:
    """Return the marks of each passage with those that overlap merged."""
    return {name: merge_marks(passage_marks) for name, passage_marks in marks.items()}


_prepared_reference = cache(Reference)


def feedback_view(task: SpansTask, key: SpansKey, response: SpansResponse | None, _: Score, parts: Parts) -> Markup:
    """Return every passage with both markings, and every span of the key with its reason."""
    reference = _prepared_reference(task, key)
    learner_marks = reference.marks_of(response)
    clean = response.clean if response else ()
    passages = []
    for passage in task.passages:
        compared = ComparedPassage(
            id=passage.id,
            note=passage.note,
            text=passage.text,
            labels=reference.labels,
            mine=learner_marks[passage.id],
            reference=reference.marks[passage.id],
            is_clean=passage.id in clean,
        )
        passages.append(compared)
    reasons = _reasons(parts, reference, learner_marks, is_answered=response is not None)
    return parts.render_around("spans.view", reference.labels, parts.render_each("spans.passage", passages), reasons)


def _reasons(parts: Parts, reference: Reference, marks: Mapping[str, Sequence[Mark]], *, is_answered: bool) -> Markup:
    """Return, for each label, the spans of the key and the learner's marks that touch none of them."""
    marked_words = _marked_words(reference, marks)
    other_marks = _other_marks(reference, marks)
    groups = []
    for label in reference.labels:
        number = label.number
        reasons = []
        for span in reference.spans[number]:
            part = _marked_part(span.words, marked_words[number]) if is_answered else UNKNOWN
            reasons.append(span.reasons[part])
        cards = parts.render_each("spans.reason", reasons) if reasons else parts.render("spans.unused")
        others = parts.render_each("spans.other", other_marks[number])
        groups.append(parts.render_around("spans.reasons", label, join_parts([cards, others])))
    return join_parts(groups)


def _marked_words(reference: Reference, marks: Mapping[str, Sequence[Mark]]) -> list[int]:
    """Return the words that the learner marked with each label, as bits."""
    words = [0] * len(reference.labels)
    for passage, passage_marks in marks.items():
        for number, start, end in passage_marks:
            words[number] |= reference.words.span_words(passage, start, end)
    return words


def _other_marks(reference: Reference, marks: Mapping[str, Sequence[Mark]]) -> list[list[OtherMark]]:
    """Return the learner's marks for each label that touch no span of the key."""
    others: list[list[OtherMark]] = [[] for _ in reference.labels]
    for passage, passage_marks in marks.items():
        for number, start, end in passage_marks:
            if not _touches_key(reference.spans_by_passage.get((number, passage), ()), start, end):
                others[number].append(OtherMark(reference.texts[passage][start:end], passage))
    return others


def _touches_key(spans: Iterable[KeyWords], start: int, end: int) -> bool:
    """Return whether a mark has characters in common with a span of the key."""
    return any(span.start < end and span.end > start for span in spans)


def _marked_part(words: int, marked: int) -> str:
    """Return whether all, some or none of the words are marked."""
    if words & marked == words:
        return MARKED
    return PARTLY if words & marked else UNMARKED


def segments(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """Return a text split where marks begin and end: pieces with their labels, by number, and those that end there."""
    opening: dict[int, set[int]] = {}
    closing: dict[int, set[int]] = {}
    for label, start, end in merge_marks(marks):
        opening.setdefault(start, set()).add(label)
        closing.setdefault(min(end, len(text)), set()).add(label)
    pieces = []
    labels: set[int] = set()
    for start, end in pairwise(sorted({0, len(text), *opening, *closing})):
        labels = (labels - closing.get(start, set())) | opening.get(start, set())
        ending = labels & closing.get(end, set())
        pieces.append(Piece(text[start:end], tuple(sorted(labels)), tuple(sorted(ending))))
    return pieces


def merge_marks(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return the marks, with overlapping ones of the same label merged, which limits their cost."""
    merged: list[Mark] = []
    for mark in sorted(marks):
        label, start, end = mark
        if merged and merged[-1][0] == label and start <= merged[-1][2]:
            _, first, last = merged[-1]
            merged[-1] = (label, first, max(end, last))
        else:
            merged.append(mark)
    return tuple(merged)
