"""Scores marked words: soft F1 over words for each label, corrected for chance (grading.md 2).

A word takes one label on the page, though the key may give it weight in two. So a word counts towards the ceiling
only of the label where it weighs most; if it weighs the same in two, it counts for the one the learner chose.

Words are numbered through a task's passages; a set of them is an integer with a bit set for each.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.bits import bit_run, numbers
from copydesk.kinds.spans.model import KeySpan, MarkedSpan, SpansKey, SpansResponse, SpansTask, find_quote, mark_span
from copydesk.kinds.spans.soft_f1 import Weights, best_marking, label_share, panel_ceiling, panel_weights, soft_f1
from copydesk.model.score import Feedback
from copydesk.model.task import ids_of
from copydesk.model.tokens import span_word_indices, tokenize
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


ROUNDING = 1e-9
REMEMBERED_SPANS = 50_000
REMEMBERED_CEILINGS = 4096


class Marking(NamedTuple):
    """A response by words: those with each label, and its validation errors."""

    marks: dict[str, int]
    errors: list[str]


class PassageWords:
    """The words of a task's passages, numbered through in order."""

    def __init__(self, task: SpansTask) -> None:
        """Number the words."""
        self.task = task.id
        self.texts = {passage.id: passage.text for passage in task.passages}
        self.labels = ids_of(task.labels)
        self.first_word: dict[str, int] = {}
        self.places: list[tuple[str, int, int]] = []
        for passage in task.passages:
            self.first_word[passage.id] = len(self.places)
            for start, end in tokenize(passage.text):
                self.places.append((passage.id, start, end))
        self.count = len(self.places)
        self._last: tuple[SpansResponse, Marking] | None = None

    def span_words(self, passage: str, start: int, end: int) -> int:
        """Return the words that a span touches, without articles at its edges."""
        return _span_words(self, passage, start, end)

    def quoted_words(self, spans: Iterable[KeySpan]) -> int:
        """Return the words of all quoted spans."""
        words = 0
        for span in spans:
            start, end = find_quote(self.texts, span)
            words |= self.span_words(span.passage, start, end)
        return words

    def read(self, response: SpansResponse) -> Marking:
        """Return the marking of a response; the last one is cached, since it is read several times in a row."""
        last = self._last
        if last is None or last[0] is not response:
            last = self._last = response, self._read(response)
        return last[1]

    def _read(self, response: SpansResponse) -> Marking:
        texts, marks = self.texts, dict.fromkeys(self.labels, 0)
        errors = list(self._clean_errors(response))
        for span in response.spans:
            passage, label, (position, quote) = span["passage"], span["label"], span["selector"]
            start, end = position["start"], position["end"]
            if label not in marks:
                errors.append(t("scoring.unknown_label", name=label, task=self.task))
            if passage not in texts:
                errors.append(t("scoring.unknown_passage", name=passage, task=self.task))
            elif texts[passage][start:end] != quote["exact"]:
                errors.append(t("scoring.words_not_there", start=start, end=end, passage=passage))
            elif label in marks:
                marks[label] |= _span_words(self, passage, start, end)
        return Marking(marks, errors)

    def _clean_errors(self, response: SpansResponse) -> Iterator[str]:
        """Yield unknown passages that the response says are clean."""
        for name in response.clean:
            if name not in self.texts:
                yield t("scoring.unknown_passage", name=name, task=self.task)

    def runs(self, words: int) -> Iterator[tuple[str, int, int]]:
        """Yield the passage, start and end of each run of adjacent words."""
        run: tuple[str, int, int] | None = None
        last = -1
        for number in numbers(words):
            passage, start, end = self.places[number]
            if run and run[0] == passage and number == last + 1:
                run = passage, run[1], end
            else:
                if run:
                    yield run
                run = passage, start, end
            last = number
        if run:
            yield run


words_of = cache(PassageWords)


@lru_cache(maxsize=REMEMBERED_SPANS)
def _span_words(words: PassageWords, passage: str, start: int, end: int) -> int:
    """Return the words of a span; a class marks the same spans again and again."""
    return bit_run(span_word_indices(words.texts[passage], start, end)) << words.first_word[passage]


def is_answered(response: SpansResponse) -> bool:
    """Return whether anything is marked or declared clean."""
    return bool(response.spans or response.clean)


def completeness(task: SpansTask, response: SpansResponse | None) -> tuple[int, int]:
    """Return how many passages are marked or declared clean, and how many there are."""
    if response is None:
        return 0, len(task.passages)
    done = set(response.clean)
    for span in response.spans:
        done.add(span["passage"])
    return len(done.intersection(ids_of(task.passages))), len(task.passages)


def validation_errors(task: SpansTask, response: SpansResponse) -> list[str]:
    """Return the errors: unknown passages or labels, offsets out of range, words that are elsewhere."""
    return words_of(task).read(response).errors


def score(task: SpansTask, key: SpansKey, response: SpansResponse) -> tuple[float, list[Feedback]]:
    """Return the mean share over the labels that can be graded, and the share of each label."""
    words = words_of(task)
    marks = words.read(response).marks
    key_weights = key_weights_of(words, key)
    shares, feedback = [], []
    for label, weights in key_weights.weights.items():
        share = label_share(marks[label], weights, key_weights.ceiling(label, marks))
        feedback.append(Feedback(label, share))
        if share is not None:
            shares.append(share)
    return (fsum(shares) / len(shares) if shares else 0.0), feedback


class KeyWeights:
    """A key in numbers: ``weights`` for each label, and the most that a marking can reach."""

    def __init__(self, words: PassageWords, key: SpansKey) -> None:
        """Weigh every word for every label."""
        self.words = words
        self.weights = {label: _weights(words, key, label) for label in words.labels}
        self._heaviest = dict(zip(words.labels, _heaviest_words(list(self.weights.values())), strict=True))
        self._shared = {label: self._shared_words(label) for label in words.labels}
        self._fixed_ceilings = {label: self._fixed_ceiling(label, key) for label in words.labels}
        self._ceilings: dict[tuple[str, tuple[int, ...]], float] = {}

    def _shared_words(self, label: str) -> dict[str, int]:
        """Return, for each other label, the words that weigh the same in both: the learner decides where they count."""
        words_of_weight = dict(self.weights[label].levels)
        shared = {}
        for name, other in self.weights.items():
            if name != label:
                shared[name] = 0
                for weight, words in other.levels:
                    shared[name] |= words & words_of_weight.get(weight, 0)
        return shared

    def _fixed_ceiling(self, label: str, key: SpansKey) -> float | None:
        """Return the largest F that any learner can reach for a label; None if it depends on the marks.

        It is 0 if the key asks for everything: such a label is never graded.
        """
        readers = key.panel.get(label)
        if readers:
            return panel_ceiling(list(map(self.words.quoted_words, readers)), self.words.count)
        if self._asks_for_everything(label):
            return 0.0
        if any(self._shared[label].values()):
            return None
        return soft_f1(self.best_words(label, dict.fromkeys(self.words.labels, 0)), self.weights[label])

    def _asks_for_everything(self, label: str) -> bool:
        """Return whether no marking beats the F of marking all passages whole, which needs no reading."""
        every_word, weights = 0, self.weights[label]
        for name, text in self.words.texts.items():
            every_word |= self.words.span_words(name, 0, len(text))
        return soft_f1(best_marking(every_word, weights), weights) <= soft_f1(every_word, weights) + ROUNDING

    def is_ungraded(self, label: str) -> bool:
        """Return whether a label asks for everything."""
        return self._fixed_ceilings[label] == 0

    def ceiling(self, label: str, marks: Mapping[str, int]) -> float:
        """Return the largest F that a label can reach for a learner who marked these words under all labels."""
        ceiling = self._fixed_ceilings[label]
        if ceiling is not None:
            return ceiling
        shared = self._shared[label]
        marks_elsewhere = label, tuple([marks[name] & words for name, words in shared.items()])
        ceiling = self._ceilings.get(marks_elsewhere)
        if ceiling is None:
            if len(self._ceilings) >= REMEMBERED_CEILINGS:
                self._ceilings.clear()
            ceiling = soft_f1(self.best_words(label, marks), self.weights[label])
            self._ceilings[marks_elsewhere] = ceiling
        return ceiling

    def best_words(self, label: str, marks: Mapping[str, int]) -> int:
        """Return the words that reach the largest F for a label."""
        return best_marking(self._possible_words(label, marks), self.weights[label])

    def _possible_words(self, label: str, marks: Mapping[str, int]) -> int:
        """Return the words that a label can ask for when each word takes one label.

        They weigh more in it than in any other label, or as much as in one that the learner did not mark them with.
        """
        heaviest = self._heaviest[label]
        for name, words in self._shared[label].items():
            heaviest &= ~(words & marks[name])
        possible = 0
        for passage, start, end in self.words.runs(heaviest):
            possible |= self.words.span_words(passage, start, end)
        return possible


def _heaviest_words(labels: Sequence[Weights]) -> list[int]:
    """Return, for each label, the words that weigh something in it and no more in any other."""
    heaviest = [0] * len(labels)
    rows = zip(*[weights.weights for weights in labels], strict=True)
    for word, row in enumerate(rows):
        largest = max(row)
        for number, weight in enumerate(row):
            if weight and weight == largest:
                heaviest[number] |= 1 << word
    return heaviest


key_weights_of = cache(KeyWeights)


def _weights(words: PassageWords, key: SpansKey, label: str) -> Weights:
    """Return the weight of each word for a label: the share of its panel, or the largest of the spans over the word."""
    readers = key.panel.get(label)
    if readers:
        return panel_weights(list(map(words.quoted_words, readers)), words.count)
    weights = [0.0] * words.count
    for span in key.labels[label]:
        for word in numbers(words.quoted_words([span])):
            weights[word] = max(weights[word], span.weight)
    return Weights(weights)


def reference_response(task: SpansTask, key: SpansKey) -> SpansResponse:
    """Return the marking with the largest F for every label, one label per word; passages without marks are clean.

    A label that asks for everything, and so is never graded, takes no word from another.
    """
    words = words_of(task)
    key_weights = key_weights_of(words, key)
    marks = dict.fromkeys(words.labels, 0)
    for label in sorted(words.labels, key=key_weights.is_ungraded):
        marks[label] = key_weights.best_words(label, marks)
    spans, clean = [], dict.fromkeys(words.texts)
    for label, marks_of_label in marks.items():
        for passage, start, end in words.runs(marks_of_label):
            spans.append(mark_span(passage, label, words.texts[passage], start, end))
            clean.pop(passage, None)
    return SpansResponse(spans=tuple(spans), clean=tuple(clean))


def guessing_strategies(task: SpansTask) -> Iterator[tuple[str, SpansResponse]]:
    """Yield answers that need no reading: all words with one label or every label, nothing, the first words."""
    all_labels: list[MarkedSpan] = []
    for label in task.labels:
        all_words = list(_first_words(task, label.id))
        three_words = list(_first_words(task, label.id, count=3))
        yield f"all words {label.id}", SpansResponse(spans=tuple(all_words))
        yield f"the first three words {label.id}", SpansResponse(spans=tuple(three_words))
        all_labels += all_words
    yield "all words, every label", SpansResponse(spans=tuple(all_labels))
    yield "nothing to mark anywhere", SpansResponse(spans=(), clean=tuple(ids_of(task.passages)))


def _first_words(task: SpansTask, label: str, count: int | None = None) -> Iterator[MarkedSpan]:
    """Yield a mark on the first words of each passage, or on all of them if no number is given."""
    for passage in task.passages:
        words = tokenize(passage.text)[:count]
        start, end = words[0][0], words[-1][1]
        yield mark_span(passage.id, label, passage.text, start, end)
