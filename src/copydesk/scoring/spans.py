"""Scores marked words: soft F1 over words for each label, corrected for chance (grading.md 2).

A word takes one label on the page, though the key may give it weight in two. So the ceiling of a label counts a word
only where it weighs most; where it weighs the same in two labels, it counts for the one that the learner chose.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from math import fsum
from typing import TYPE_CHECKING

from copydesk.model.score import Feedback
from copydesk.model.spans import (
    KeySpan,
    MarkedSpan,
    PositionSelector,
    QuoteSelector,
    SpansKey,
    SpansResponse,
    SpansTask,
    find_quote,
)
from copydesk.model.tokens import tokenize, tokens_in
from copydesk.scoring.chance import above_chance
from copydesk.scoring.once import once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet


REMEMBERED_SPANS = 50_000


@once
def _total(weights: Sequence[float]) -> float:
    """Return the sum of the weights of all words."""
    return sum(weights)


def soft_f1(marks: AbstractSet[int], weights: Sequence[float]) -> float:
    """Return F of marks against weights: P = sum(h w)/sum(h), R = sum(h w)/sum(w), F = 2PR/(P+R).

    ``marks`` are token indices, ``weights`` one number (0 to 1) per token. The order of the marks says nothing.
    """
    hit, total = fsum([weights[index] for index in marks]), _total(weights)
    return 2 * hit / (len(marks) + total) if hit else 0.0


def chance_f1(marked: int, weights: Sequence[float]) -> float:
    """Return F0, the F of a reader who marks as many tokens at random: 2 w q / (w + q)."""
    mean, share = _total(weights) / len(weights), marked / len(weights)
    return 2 * mean * share / (mean + share) if mean + share else 0.0


def best_marking(words: AbstractSet[int], weights: Sequence[float]) -> set[int]:
    """Return those of the words that reach the largest F: in order of falling weight, up to the best cut."""
    falling = sorted(words, key=lambda word: (-weights[word], word))
    best, cut, hit, total = 0.0, 0, 0.0, sum(weights)
    for count, word in enumerate(falling, start=1):
        hit += weights[word]
        if (f1 := 2 * hit / (count + total) if hit else 0.0) > best:
            best, cut = f1, count
    return set(falling[:cut])


def panel_weights(readers: Sequence[set[int]], tokens: int) -> list[float]:
    """Return for each token the share of readers who marked it."""
    return [sum(index in reader for reader in readers) / len(readers) for index in range(tokens)]


def panel_ceiling(readers: Sequence[set[int]], tokens: int) -> float:
    """Return the mean F of each reader against the others."""
    scores = [
        soft_f1(reader, panel_weights([*readers[:place], *readers[place + 1 :]], tokens))
        for place, reader in enumerate(readers)
    ]
    return sum(scores) / len(scores)


def label_share(marks: set[int], weights: Sequence[float], ceiling: float) -> float | None:
    """Return the share earned for one label, or None where the label cannot be graded (ceiling <= chance).

    With nothing to mark, leaving all unmarked earns 1 and any mark 0.
    """
    if not _total(weights):
        return 0.0 if marks else 1.0
    chance = chance_f1(len(marks), weights)
    return above_chance(soft_f1(marks, weights), chance, ceiling) if ceiling > chance else None


class Words:
    """The words of a task's passages, numbered through in order."""

    def __init__(self, task: SpansTask) -> None:
        """Number the words."""
        self.texts = {passage.id: passage.text for passage in task.passages}
        self.first: dict[str, int] = {}
        self.places: list[tuple[str, int, int]] = []
        for passage in task.passages:
            self.first[passage.id] = len(self.places)
            self.places += [(passage.id, start, end) for start, end in tokenize(passage.text)]
        self.count = len(self.places)

    def in_span(self, passage: str, start: int, end: int) -> frozenset[int]:
        """Return the numbers of the words that a span touches, without articles at its edges."""
        return _touched(self, passage, start, end)

    def in_quotes(self, spans: Iterable[KeySpan]) -> set[int]:
        """Return the numbers of the words of all quoted spans."""
        return {word for span in spans for word in self.in_span(span.passage, *find_quote(self.texts, span))}

    def marked(self, task: SpansTask, response: SpansResponse) -> dict[str, set[int]]:
        """Return the numbers of the words that a response gives to each label."""
        marked: dict[str, set[int]] = {label.id: set() for label in task.labels}
        for span in response.spans:
            place = span.selector[0]
            marked[span.label] |= self.in_span(span.passage, place.start, place.end)
        return marked

    def runs(self, numbers: AbstractSet[int]) -> Iterator[tuple[str, int, int]]:
        """Yield passage, start and end of each run of neighbouring words."""
        ordered = enumerate(sorted(numbers))
        for _, run in groupby(ordered, key=lambda pair: (self.places[pair[1]][0], pair[1] - pair[0])):
            places = [self.places[number] for _, number in run]
            yield places[0][0], places[0][1], places[-1][2]


words_of = once(Words)


@lru_cache(maxsize=REMEMBERED_SPANS)
def _touched(words: Words, passage: str, start: int, end: int) -> frozenset[int]:
    """Return the words of a span; a class marks the same spans again and again."""
    return frozenset(words.first[passage] + index for index in tokens_in(words.texts[passage], start, end))


def is_answered(task: SpansTask, response: SpansResponse) -> bool:  # noqa: ARG001  (same signature for all kinds)
    """Return whether anything is marked or said to be clean."""
    return bool(response.spans or response.clean)


def state(task: SpansTask, response: SpansResponse | None) -> tuple[int, int]:
    """Return how many passages are marked or said to be clean, of how many."""
    if response is None:
        return 0, len(task.passages)
    return len({span.passage for span in response.spans} | set(response.clean)), len(task.passages)


def faults(task: SpansTask, response: SpansResponse) -> Iterator[str]:
    """Yield what does not fit: unknown passages or labels, offsets outside, words that stand elsewhere."""
    texts = {passage.id: passage.text for passage in task.passages}
    labels = {label.id for label in task.labels}
    for name in response.clean:
        if name not in texts:
            yield f"The passage {name!r} does not belong to task {task.id}."
    for span in response.spans:
        position, quote = span.selector
        if span.label not in labels:
            yield f"The label {span.label!r} does not belong to task {task.id}."
        if span.passage not in texts:
            yield f"The passage {span.passage!r} does not belong to task {task.id}."
        elif texts[span.passage][position.start : position.end] != quote.exact:
            yield f"The words marked at {position.start} to {position.end} of {span.passage} do not stand there."


def credit(task: SpansTask, key: SpansKey, response: SpansResponse) -> tuple[float, list[Feedback]]:
    """Return the mean share over the labels that can be graded, and the share of each label."""
    words = words_of(task)
    marks = words.marked(task, response)
    weights = {label.id: weights_of(words, key, label.id) for label in task.labels}
    shares, feedback = [], []
    for label, own in weights.items():
        contested = _contested(words, key, label)
        if label in key.panel or not any(marks[other] & contested for other in weights if contested and other != label):
            ceiling = _usual_ceiling(words, key, label)
        else:
            ceiling = soft_f1(best_marking(wanted(words, label, weights, marks), own), own)
        share = label_share(marks[label], own, ceiling)
        feedback.append(Feedback(part=label, credit=share))
        if share is not None:
            shares.append(share)
    return (sum(shares) / len(shares) if shares else 0.0), feedback


@once
def weights_of(words: Words, key: SpansKey, label: str) -> list[float]:
    """Return the weight of every word for a label."""
    if readers := key.panel.get(label):
        return panel_weights([words.in_quotes(reader) for reader in readers], words.count)
    weights = [0.0] * words.count
    for span in key.labels[label]:
        for word in words.in_quotes([span]):
            weights[word] = max(weights[word], span.weight)
    return weights


@once
def _contested(words: Words, key: SpansKey, label: str) -> frozenset[int]:
    """Return the words that weigh the same in a label and in another: the learner decides where they count."""
    weights = weights_of(words, key, label)
    others = [weights_of(words, key, name) for name in key.labels.keys() - {label}]
    return frozenset(word for word, mine in enumerate(weights) if mine and any(mine == each[word] for each in others))


@once
def _usual_ceiling(words: Words, key: SpansKey, label: str) -> float:
    """Return the ceiling of a label for a learner who gave no contested word to another label."""
    if readers := key.panel.get(label):
        return panel_ceiling([words.in_quotes(reader) for reader in readers], words.count)
    weights = {name: weights_of(words, key, name) for name in key.labels}
    wanting = wanted(words, label, weights, dict.fromkeys(weights, frozenset()))
    return soft_f1(best_marking(wanting, weights[label]), weights[label])


def wanted(
    words: Words, label: str, weights: Mapping[str, Sequence[float]], marks: Mapping[str, AbstractSet[int]]
) -> set[int]:
    """Return the words that a label can ask for when each word takes one label.

    They weigh more in it than in any other label, or as much as in one to which the learner did not give them.
    ``weights`` and ``marks`` are those of every label.
    """
    others = [(weights[other], marks[other]) for other in weights if other != label]

    def weighs_most(word: int) -> bool:
        mine = weights[label][word]
        return mine > 0 and all(
            mine > theirs[word] or (mine == theirs[word] and word not in given) for theirs, given in others
        )

    found = {word for word in range(words.count) if weighs_most(word)}
    return {word for run in words.runs(found) for word in words.in_span(*run)}


def best(task: SpansTask, key: SpansKey) -> SpansResponse:
    """Return the marking of the largest F for every label, one label a word; passages without any mark are clean."""
    words = words_of(task)
    weights = {label.id: weights_of(words, key, label.id) for label in task.labels}
    marks: dict[str, set[int]] = {label: set() for label in weights}
    for label, own in weights.items():
        marks[label] = best_marking(wanted(words, label, weights, marks), own)
    spans = [_mark(words.texts, label, *run) for label, numbers in marks.items() for run in words.runs(numbers)]
    marked = {span.passage for span in spans}
    return SpansResponse(spans=tuple(spans), clean=tuple(name for name in words.texts if name not in marked))


def _mark(texts: Mapping[str, str], label: str, passage: str, start: int, end: int) -> MarkedSpan:
    selector = (PositionSelector(start=start, end=end), QuoteSelector(exact=texts[passage][start:end]))
    return MarkedSpan(passage=passage, label=label, selector=selector)


def careless(task: SpansTask) -> Iterator[tuple[str, SpansResponse]]:
    """Yield answers that need no reading: all words with one label or every label, nothing, the first words."""
    texts = {passage.id: passage.text for passage in task.passages}

    def mark(label: str, first: int, last: int | None) -> list[MarkedSpan]:
        words = {name: tokenize(text)[first:last] for name, text in texts.items()}
        return [_mark(texts, label, name, found[0][0], found[-1][1]) for name, found in words.items()]

    every: list[MarkedSpan] = []
    for label in task.labels:
        yield f"all words {label.id}", SpansResponse(spans=tuple(mark(label.id, 0, None)))
        yield f"the first three words {label.id}", SpansResponse(spans=tuple(mark(label.id, 0, 3)))
        every += mark(label.id, 0, None)
    yield "all words, every label", SpansResponse(spans=tuple(every))
    yield "nothing to mark anywhere", SpansResponse(spans=(), clean=tuple(texts))
