"""Counts how a class marked each word, label by label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.counting import ClassAnswers, Counts, Item, MarkedWord, Seen, Shape, part_credits
from copydesk.kinds.spans.scoring import key_weights_of, words_of
from copydesk.model.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.spans.model import SpansKey, SpansResponse, SpansTask
    from copydesk.model.score import Score


def shape(task: SpansTask) -> Shape:
    """Return a credit for each label, and a mark for each word under each label."""
    return Shape(credits=len(task.labels), marks=words_of(task).count * len(task.labels))


def seen(task: SpansTask, response: SpansResponse, score: Score) -> Seen:
    """Return which words were marked, and what each label earned."""
    words, marks = words_of(task), 0
    for place, marked in enumerate(words.read(response).marks.values()):
        marks |= marked << place * words.count
    return Seen([], part_credits(words.labels, score), marks)


def items(task: SpansTask, _key: SpansKey, answers: ClassAnswers) -> Iterator[Item]:
    """Yield every label."""
    for place, label in enumerate(task.labels):
        yield Item(f"{task.id}.{label.id}", label.text, answers.credits(place), by_degree=True)


def marked_words(task: SpansTask, key: SpansKey, answers: ClassAnswers) -> Iterator[MarkedWord]:
    """Yield each word of each passage, label by label."""
    words, counts = words_of(task), answers.mark_counts()
    weights = key_weights_of(words, key).weights
    for passage in task.passages:
        for order, label in enumerate(task.labels):
            for place, text in enumerate(_pieces(passage.text)):
                number = words.first[passage.id] + place
                yield MarkedWord(
                    passage=passage.id,
                    label=label.id,
                    label_text=label.text,
                    place=place + 1,
                    text=text,
                    times=counts[order * words.count + number],
                    weight=weights[label.id][number],
                )


def _pieces(text: str) -> Iterator[str]:
    """Yield each word of a text with what follows it; the first also with what comes before."""
    starts = [start for start, _ in tokenize(text)]
    for place, start in enumerate(starts):
        yield text[start if place else 0 : starts[place + 1] if place + 1 < len(starts) else len(text)]


COUNTS: Counts[SpansTask, SpansKey, SpansResponse] = Counts(shape=shape, seen=seen, items=items, words=marked_words)
