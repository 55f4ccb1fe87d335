"""Scores marked words: soft F1 over words for each label, corrected for chance (grading.md 2)."""

from __future__ import annotations

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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def soft_f1(marks: set[int], weights: Sequence[float]) -> float:
    """Return F of marks against weights: P = sum(h w)/sum(h), R = sum(h w)/sum(w), F = 2PR/(P+R).

    ``marks`` are token indices, ``weights`` one number (0 to 1) per token.
    """
    hit, total = sum(weights[index] for index in marks), sum(weights)
    return 2 * hit / (len(marks) + total) if hit else 0.0


def chance_f1(marked: int, weights: Sequence[float]) -> float:
    """Return F0, the F of a reader who marks as many tokens at random: 2 w q / (w + q)."""
    mean, share = sum(weights) / len(weights), marked / len(weights)
    return 2 * mean * share / (mean + share) if mean + share else 0.0


def best_f1(weights: Sequence[float]) -> float:
    """Return the largest F that any marking can reach: tokens in order of falling weight, the best cut."""
    best, hit, total = 0.0, 0.0, sum(weights)
    for count, weight in enumerate(sorted(weights, reverse=True), start=1):
        hit += weight
        if hit:
            best = max(best, 2 * hit / (count + total))
    return best


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
    if not any(weights):
        return 0.0 if marks else 1.0
    if not marks:
        return 0.0
    chance = chance_f1(len(marks), weights)
    return above_chance(soft_f1(marks, weights), chance, ceiling) if ceiling > chance else None


class Words:
    """The words of a task's passages, numbered through in order."""

    def __init__(self, task: SpansTask) -> None:
        """Number the words."""
        self.texts = {passage.id: passage.text for passage in task.passages}
        self.first: dict[str, int] = {}
        self.count = 0
        for passage in task.passages:
            self.first[passage.id] = self.count
            self.count += len(tokenize(passage.text))

    def in_span(self, passage: str, start: int, end: int) -> set[int]:
        """Return the numbers of the words that a span touches, without articles at its edges."""
        return {self.first[passage] + index for index in tokens_in(self.texts[passage], start, end)}

    def in_quotes(self, spans: Iterable[KeySpan]) -> set[int]:
        """Return the numbers of the words of all quoted spans."""
        return {word for span in spans for word in self.in_span(span.passage, *find_quote(self.texts, span))}


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
    words = Words(task)
    shares, feedback = [], []
    for label in task.labels:
        marks: set[int] = set()
        for span in response.spans:
            if span.label == label.id:
                marks |= words.in_span(span.passage, span.selector[0].start, span.selector[0].end)
        share = label_share(marks, *weights_of(words, key, label.id))
        feedback.append(Feedback(part=label.id, credit=share))
        if share is not None:
            shares.append(share)
    return (sum(shares) / len(shares) if shares else 0.0), feedback


def weights_of(words: Words, key: SpansKey, label: str) -> tuple[list[float], float]:
    """Return the weight of every word for a label, and the ceiling."""
    if readers := key.panel.get(label):
        marked = [words.in_quotes(reader) for reader in readers]
        return panel_weights(marked, words.count), panel_ceiling(marked, words.count)
    weights = [0.0] * words.count
    for span in key.labels[label]:
        for word in words.in_quotes([span]):
            weights[word] = max(weights[word], span.weight)
    return weights, best_f1(weights)


def best(task: SpansTask, key: SpansKey) -> SpansResponse:
    """Return the marking of the largest F for every label; passages without any mark are clean."""
    words = Words(task)
    spans: list[MarkedSpan] = []
    for label in task.labels:
        weights, _ = weights_of(words, key, label.id)
        levels = sorted({span.weight for span in key.labels[label.id] if span.weight}, reverse=True)
        markings = [[span for span in key.labels[label.id] if span.weight >= level] for level in levels]
        if markings:
            chosen = max(markings, key=lambda marking: soft_f1(words.in_quotes(marking), weights))
            spans += [_mark(words.texts, span, label.id) for span in chosen]
    marked = {span.passage for span in spans}
    return SpansResponse(spans=tuple(spans), clean=tuple(name for name in words.texts if name not in marked))


def _mark(texts: dict[str, str], span: KeySpan, label: str) -> MarkedSpan:
    start, end = find_quote(texts, span)
    selector = (PositionSelector(start=start, end=end), QuoteSelector(exact=texts[span.passage][start:end]))
    return MarkedSpan(passage=span.passage, label=label, selector=selector)


def careless(task: SpansTask) -> Iterator[tuple[str, SpansResponse]]:
    """Yield answers that need no reading: all words with one label or every label, nothing, the first words."""
    texts = {passage.id: passage.text for passage in task.passages}

    def mark(label: str, first: int, last: int | None) -> list[MarkedSpan]:
        spans = []
        for name, text in texts.items():
            words = tokenize(text)[first:last]
            start, end = words[0][0], words[-1][1]
            selector = (PositionSelector(start=start, end=end), QuoteSelector(exact=text[start:end]))
            spans.append(MarkedSpan(passage=name, label=label, selector=selector))
        return spans

    every: list[MarkedSpan] = []
    for label in task.labels:
        yield f"all words {label.id}", SpansResponse(spans=tuple(mark(label.id, 0, None)))
        yield f"the first three words {label.id}", SpansResponse(spans=tuple(mark(label.id, 0, 3)))
        every += mark(label.id, 0, None)
    yield "all words, every label", SpansResponse(spans=tuple(every))
    yield "nothing to mark anywhere", SpansResponse(spans=(), clean=tuple(texts))
