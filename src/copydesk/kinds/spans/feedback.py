"""Lays the words that a learner marked beside those of the key, as the feedback page shows them."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.parts import joined
from copydesk.kinds.spans.model import find_quote
from copydesk.kinds.spans.scoring import words_of
from copydesk.kinds.standings import TEMPTING, Standing, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from markupsafe import Markup

    from copydesk.kinds.parts import Parts
    from copydesk.kinds.spans.model import KeySpan, SpansKey, SpansResponse, SpansTask
    from copydesk.model.score import Score

Mark = tuple[int, int, int]
"""A label by its number, and start and end (code points) of the words that carry it."""


FOUND = MARKED, PARTLY, UNMARKED, UNKNOWN = "marked", "partly", "unmarked", ""
"""How much of some words a learner marked; unknown where there is no answer."""


class Label(NamedTuple):
    """A label with its number, by which the style sheet knows it."""

    number: int
    text: str
    note: str


class Piece(NamedTuple):
    """Words that carry the same labels, and those of the labels that end with them."""

    text: str
    labels: tuple[int, ...]
    ending: tuple[int, ...]


class ComparedPassage(NamedTuple):
    """A passage with the learner's marks and the reference's; ``is_clean`` if the learner says there are none."""

    id: str
    note: str
    text: str
    labels: tuple[Label, ...]
    mine: tuple[Mark, ...]
    reference: tuple[Mark, ...]
    is_clean: bool

    def pieces(self, marks: Iterable[Mark]) -> list[Piece]:
        """Return the passage cut where marks begin and end."""
        return segments(self.text, marks)


class Reason(NamedTuple):
    """Words of the key with their reason, and how much of them was ``found``."""

    quote: str
    passage: str
    standing: Standing
    found: str
    why: str


class OtherMark(NamedTuple):
    """Words that the learner marked and the key does not have."""

    quote: str
    passage: str


class KeyWords(NamedTuple):
    """A span of the key: where it stands, its words as bits (``spans.scoring``), and its reason if it is *found*."""

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
        self.numbers = {label.id: number for number, label in enumerate(task.labels)}
        self.labels = tuple(Label(number, label.text, label.note) for number, label in enumerate(task.labels))
        self.spans: list[list[KeyWords]] = [[] for _ in task.labels]
        self.in_passage: dict[tuple[int, str], list[KeyWords]] = {}
        marks: dict[str, list[Mark]] = {name: [] for name in self.texts}
        for number, label in enumerate(task.labels):
            for entry in key.labels[label.id]:
                span = self._key_words(entry)
                self.spans[number].append(span)
                self.in_passage.setdefault((number, entry.passage), []).append(span)
                if entry.weight:
                    marks[entry.passage].append((number, span.start, span.end))
        self.marks = {name: merged(each) for name, each in marks.items()}

    def _key_words(self, entry: KeySpan) -> KeyWords:
        start, end = find_quote(self.texts, entry)
        stands = standing(entry.weight) if entry.weight else TEMPTING
        reasons = {found: Reason(entry.quote, entry.passage, stands, found, entry.why) for found in FOUND}
        return KeyWords(start, end, self.words.in_span(entry.passage, start, end), reasons)

    def marks_of(self, response: SpansResponse | None) -> dict[str, tuple[Mark, ...]]:
        """Return what a learner marked in each passage."""
        marks: dict[str, list[Mark]] = {name: [] for name in self.texts}
        for span in response.spans if response else ():
            position = span["selector"][0]
            mark = self.numbers[span["label"]], position["start"], position["end"]
            marks[span["passage"]].append(mark)
        return {name: merged(each) for name, each in marks.items()}


_reference_of = cache(Reference)


def feedback_view(task: SpansTask, key: SpansKey, response: SpansResponse | None, _: Score, parts: Parts) -> Markup:
    """Return every passage with both markings, and every span of the key with its reason."""
    reference = _reference_of(task, key)
    mine = reference.marks_of(response)
    clean = response.clean if response else ()
    passages = []
    for passage in task.passages:
        name = passage.id
        marks = mine[name], reference.marks[name]
        shown = ComparedPassage(name, passage.note, passage.text, reference.labels, *marks, is_clean=name in clean)
        passages.append(shown)
    reasons = _reasons(parts, reference, mine, is_answered=response is not None)
    return parts.around("spans.view", reference.labels, parts.each("spans.passage", passages), reasons)


def _reasons(parts: Parts, reference: Reference, mine: Mapping[str, Sequence[Mark]], *, is_answered: bool) -> Markup:
    """Return for each label the spans of the key, and the marks of the learner that none of them touches."""
    marked = [0 for _ in reference.labels]
    others: list[list[OtherMark]] = [[] for _ in reference.labels]
    for name, marks in mine.items():
        for number, start, end in marks:
            marked[number] |= reference.words.in_span(name, start, end)
            near = reference.in_passage.get((number, name), ())
            if not any(span.start < end and span.end > start for span in near):
                others[number].append(OtherMark(reference.texts[name][start:end], name))
    groups = []
    for label, words, rest in zip(reference.labels, marked, others, strict=True):
        spans = reference.spans[label.number]
        reasons = [span.reasons[_found(span.words, words) if is_answered else UNKNOWN] for span in spans]
        cards = parts.each("spans.reason", reasons) if reasons else parts.one("spans.unused")
        groups.append(parts.around("spans.reasons", label, joined([cards, parts.each("spans.other", rest)])))
    return joined(groups)


def _found(words: int, marked: int) -> str:
    """Return how much of some words is marked."""
    if words & marked == words:
        return MARKED
    return PARTLY if words & marked else UNMARKED


def segments(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """Cut a text where marks begin and end: pieces with the numbers of their labels, and those that end there."""
    opening: dict[int, set[int]] = {}
    closing: dict[int, set[int]] = {}
    for label, start, end in merged(marks):
        opening.setdefault(start, set()).add(label)
        closing.setdefault(min(end, len(text)), set()).add(label)
    pieces = []
    labels: set[int] = set()
    for start, end in pairwise(sorted({0, len(text), *opening, *closing})):
        labels = (labels - closing.get(start, set())) | opening.get(start, set())
        ending = labels & closing.get(end, set())
        pieces.append(Piece(text[start:end], tuple(sorted(labels)), tuple(sorted(ending))))
    return pieces


def merged(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return the marks with those of one label that overlap made into one: a bound on what they cost."""
    found: list[Mark] = []
    for label, start, end in sorted(marks):
        if found and found[-1][0] == label and start <= found[-1][2]:
            found[-1] = (label, found[-1][1], max(end, found[-1][2]))
        else:
            found.append((label, start, end))
    return tuple(found)
