"""Scores marked words: soft F1 over words for each label, corrected for chance (grading.md 2).

A word takes one label on the page, though the key may give it weight in two. So the ceiling of a label counts a word
only where it weighs most; where it weighs the same in two labels, it counts for the one that the learner chose.

Words are numbered through the passages of a task, and several of them are an integer with a bit set for each.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import groupby
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.bits import bits, numbers
from copydesk.kinds.chance import above_chance
from copydesk.kinds.spans.model import KeySpan, MarkedSpan, SpansKey, SpansResponse, SpansTask, find_quote, marked
from copydesk.model.score import Feedback
from copydesk.model.tokens import tokenize, tokens_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


ROUNDING = 1e-9
REMEMBERED_SPANS = 50_000
REMEMBERED_CEILINGS = 4096


class Weights:
    """How much each word weighs for one label, 0 to 1."""

    def __init__(self, weights: Sequence[float]) -> None:
        """Work out what every score needs: the total, and the words that have each weight."""
        self.weights = tuple(weights)
        self.total = fsum(weights)
        having = {each: bits(word for word, own in enumerate(weights) if own == each) for each in set(weights)}
        self.levels = [(weight, words) for weight, words in sorted(having.items()) if weight]

    def __getitem__(self, word: int) -> float:
        """Return the weight of a word."""
        return self.weights[word]


def soft_f1(marks: int, weights: Weights) -> float:
    """Return F of marked words against weights: P = sum(h w)/sum(h), R = sum(h w)/sum(w), F = 2PR/(P+R)."""
    hit = fsum([weight * (marks & words).bit_count() for weight, words in weights.levels])
    return 2 * hit / (marks.bit_count() + weights.total) if hit else 0.0


def chance_f1(marked: int, weights: Weights) -> float:
    """Return F0, the F of a reader who marks as many words at random: 2 w q / (w + q)."""
    mean, share = weights.total / len(weights.weights), marked / len(weights.weights)
    return 2 * mean * share / (mean + share) if mean + share else 0.0


def best_marking(words: int, weights: Weights) -> int:
    """Return those of the words that reach the largest F: in order of falling weight, up to the best cut."""
    falling = sorted(numbers(words), key=lambda word: (-weights[word], word))
    best, cut, hit, total = 0.0, 0, 0.0, weights.total
    for count, word in enumerate(falling, start=1):
        hit += weights[word]  # finds the cut; what it is worth is for ``soft_f1``
        if (f1 := 2 * hit / (count + total) if hit else 0.0) > best:
            best, cut = f1, count
    return bits(falling[:cut])


def panel_weights(readers: Sequence[int], count: int) -> Weights:
    """Return for each word the share of readers who marked it."""
    return Weights([sum(reader >> word & 1 for reader in readers) / len(readers) for word in range(count)])


def panel_ceiling(readers: Sequence[int], count: int) -> float:
    """Return the mean F of each reader against the others."""
    scores = [
        soft_f1(reader, panel_weights([*readers[:place], *readers[place + 1 :]], count))
        for place, reader in enumerate(readers)
    ]
    return fsum(scores) / len(scores)


def label_share(marks: int, weights: Weights, ceiling: float) -> float | None:
    """Return the share earned for one label, or None where the label cannot be graded (ceiling <= chance).

    With nothing to mark, leaving all unmarked earns 1 and any mark 0.
    """
    if not weights.total:
        return 0.0 if marks else 1.0
    chance = chance_f1(marks.bit_count(), weights)
    return above_chance(soft_f1(marks, weights), chance, ceiling) if ceiling > chance else None


class Marking(NamedTuple):
    """What a response says: the words that it gives to each label, and what in it does not fit the task."""

    marks: dict[str, int]
    faults: list[str]


class PassageWords:
    """The words of a task's passages, numbered through in order."""

    def __init__(self, task: SpansTask) -> None:
        """Number the words."""
        self.task = task.id
        self.texts = {passage.id: passage.text for passage in task.passages}
        self.labels = [label.id for label in task.labels]
        self.first: dict[str, int] = {}
        self.places: list[tuple[str, int, int]] = []
        for passage in task.passages:
            self.first[passage.id] = len(self.places)
            self.places += [(passage.id, start, end) for start, end in tokenize(passage.text)]
        self.count = len(self.places)
        self._last: tuple[SpansResponse, Marking] | None = None

    def in_span(self, passage: str, start: int, end: int) -> int:
        """Return the words that a span touches, without articles at its edges."""
        return _touched(self, passage, start, end)

    def in_quotes(self, spans: Iterable[KeySpan]) -> int:
        """Return the words of all quoted spans."""
        found = 0
        for span in spans:
            found |= self.in_span(span.passage, *find_quote(self.texts, span))
        return found

    def read(self, response: SpansResponse) -> Marking:
        """Return what a response says; it is asked for several times in a row, and remembered for that."""
        last = self._last
        if last is None or last[0] is not response:
            last = self._last = response, self._read(response)
        return last[1]

    def _read(self, response: SpansResponse) -> Marking:
        texts, marks = self.texts, dict.fromkeys(self.labels, 0)
        absent = (name for name in response.clean if name not in texts)
        faults = [f"The passage {name!r} does not belong to task {self.task}." for name in absent]
        for span in response.spans:
            passage, label, (position, quote) = span["passage"], span["label"], span["selector"]
            start, end = position["start"], position["end"]
            if label not in marks:
                faults.append(f"The label {label!r} does not belong to task {self.task}.")
            if passage not in texts:
                faults.append(f"The passage {passage!r} does not belong to task {self.task}.")
            elif texts[passage][start:end] != quote["exact"]:
                faults.append(f"The words marked at {start} to {end} of {passage} do not stand there.")
            elif label in marks:
                marks[label] |= _touched(self, passage, start, end)
        return Marking(marks, faults)

    def runs(self, words: int) -> Iterator[tuple[str, int, int]]:
        """Yield passage, start and end of each run of neighbouring words."""
        ordered = enumerate(numbers(words))
        for _, run in groupby(ordered, key=lambda pair: (self.places[pair[1]][0], pair[1] - pair[0])):
            places = [self.places[number] for _, number in run]
            yield places[0][0], places[0][1], places[-1][2]


words_of = cache(PassageWords)


@lru_cache(maxsize=REMEMBERED_SPANS)
def _touched(words: PassageWords, passage: str, start: int, end: int) -> int:
    """Return the words of a span; a class marks the same spans again and again."""
    return bits(words.first[passage] + index for index in tokens_in(words.texts[passage], start, end))


def is_answered(response: SpansResponse) -> bool:
    """Return whether anything is marked or said to be clean."""
    return bool(response.spans or response.clean)


def completeness(task: SpansTask, response: SpansResponse | None) -> tuple[int, int]:
    """Return how many passages are marked or said to be clean, of how many."""
    if response is None:
        return 0, len(task.passages)
    touched = {span["passage"] for span in response.spans} | set(response.clean)
    return sum(passage.id in touched for passage in task.passages), len(task.passages)


def validation_errors(task: SpansTask, response: SpansResponse) -> list[str]:
    """Return what does not fit: unknown passages or labels, offsets outside, words that stand elsewhere."""
    return words_of(task).read(response).faults


def score(task: SpansTask, key: SpansKey, response: SpansResponse) -> tuple[float, list[Feedback]]:
    """Return the mean share over the labels that can be graded, and the share of each label."""
    words = words_of(task)
    marks = words.read(response).marks
    weights = key_weights_of(words, key)
    shares = {
        label: label_share(marks[label], own, weights.ceiling(label, marks)) for label, own in weights.weights.items()
    }
    graded = [share for share in shares.values() if share is not None]
    return (fsum(graded) / len(graded) if graded else 0.0), [Feedback(label, share) for label, share in shares.items()]


class KeyWeights:
    """A key in numbers: ``weights`` for each label, and how much a marking can reach at most."""

    def __init__(self, words: PassageWords, key: SpansKey) -> None:
        """Weigh every word for every label."""
        self.words = words
        self.weights = {label: _weights(words, key, label) for label in words.labels}
        self._contested = {label: self._contested_of(label) for label in words.labels}
        self._for_all = {label: self._ceiling_for_all(label, key) for label in words.labels}
        self._ceilings: dict[tuple[str, tuple[int, ...]], float] = {}

    def _ceiling_for_all(self, label: str, key: SpansKey) -> float | None:
        """Return the largest F that any learner can reach for a label; None where that depends on the marks.

        It is 0 where the key asks for everything: such a label is graded for nobody.
        """
        if readers := key.panel.get(label):
            return panel_ceiling([self.words.in_quotes(reader) for reader in readers], self.words.count)
        if self._asks_for_everything(label):
            return 0.0
        if self._contested[label]:
            return None
        return soft_f1(self.best(label, dict.fromkeys(self.words.labels, 0)), self.weights[label])

    def _asks_for_everything(self, label: str) -> bool:
        """Return whether no marking reaches a larger F than that of all passages whole, which needs no reading."""
        whole, own = 0, self.weights[label]
        for name, text in self.words.texts.items():
            whole |= self.words.in_span(name, 0, len(text))
        return soft_f1(best_marking(whole, own), own) <= soft_f1(whole, own) + ROUNDING

    def _contested_of(self, label: str) -> int:
        """Return the words that weigh the same in a label and in another: the learner decides where they count."""
        others = [own for name, own in self.weights.items() if name != label]
        return bits(
            word
            for word, mine in enumerate(self.weights[label].weights)
            if mine and any(mine == each[word] for each in others)
        )

    def ceiling(self, label: str, marks: Mapping[str, int]) -> float:
        """Return the largest F that a label can reach for a learner who gave these ``marks`` to all labels."""
        ceiling = self._for_all[label]
        if ceiling is not None:
            return ceiling
        given = label, tuple(own & self._contested[label] for own in marks.values())
        ceiling = self._ceilings.get(given)
        if ceiling is None:
            if len(self._ceilings) >= REMEMBERED_CEILINGS:
                self._ceilings.clear()
            ceiling = self._ceilings[given] = soft_f1(self.best(label, marks), self.weights[label])
        return ceiling

    def best(self, label: str, marks: Mapping[str, int]) -> int:
        """Return the words that reach the largest F of a label."""
        return best_marking(self._wanted(label, marks), self.weights[label])

    def _wanted(self, label: str, marks: Mapping[str, int]) -> int:
        """Return the words that a label can ask for when each word takes one label.

        They weigh more in it than in any other label, or as much as in one to which the learner did not give them.
        """
        others = [(own, marks[name]) for name, own in self.weights.items() if name != label]

        def weighs_most(word: int, mine: float) -> bool:
            return mine > 0 and all(
                mine > theirs[word] or (mine == theirs[word] and not given >> word & 1) for theirs, given in others
            )

        found = bits(word for word, mine in enumerate(self.weights[label].weights) if weighs_most(word, mine))
        return bits(word for run in self.words.runs(found) for word in numbers(self.words.in_span(*run)))


key_weights_of = cache(KeyWeights)


def _weights(words: PassageWords, key: SpansKey, label: str) -> Weights:
    if readers := key.panel.get(label):
        return panel_weights([words.in_quotes(reader) for reader in readers], words.count)
    weights = [0.0] * words.count
    for span in key.labels[label]:
        for word in numbers(words.in_quotes([span])):
            weights[word] = max(weights[word], span.weight)
    return Weights(weights)


def reference_response(task: SpansTask, key: SpansKey) -> SpansResponse:
    """Return the marking of the largest F for every label, one label a word; passages without any mark are clean."""
    words = words_of(task)
    marks = dict.fromkeys(words.labels, 0)
    for label in words.labels:
        marks[label] = key_weights_of(words, key).best(label, marks)
    spans = [
        marked(name, label, words.texts[name], start, end)
        for label, found in marks.items()
        for name, start, end in words.runs(found)
    ]
    touched = {span["passage"] for span in spans}
    return SpansResponse(spans=tuple(spans), clean=tuple(name for name in words.texts if name not in touched))


def guessing_strategies(task: SpansTask) -> Iterator[tuple[str, SpansResponse]]:
    """Yield answers that need no reading: all words with one label or every label, nothing, the first words."""
    texts = {passage.id: passage.text for passage in task.passages}

    def mark(label: str, first: int, last: int | None) -> list[MarkedSpan]:
        words = {name: tokenize(text)[first:last] for name, text in texts.items()}
        return [marked(name, label, texts[name], found[0][0], found[-1][1]) for name, found in words.items()]

    every: list[MarkedSpan] = []
    for label in task.labels:
        yield f"all words {label.id}", SpansResponse(spans=tuple(mark(label.id, 0, None)))
        yield f"the first three words {label.id}", SpansResponse(spans=tuple(mark(label.id, 0, 3)))
        every += mark(label.id, 0, None)
    yield "all words, every label", SpansResponse(spans=tuple(every))
    yield "nothing to mark anywhere", SpansResponse(spans=(), clean=tuple(texts))
