"""Counts how a class marked each word, label by label."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from copydesk.kinds.counting import AnswerLayout, ClassAnswers, Counts, EncodedAnswer, Item, MarkedWord, part_credits
from copydesk.kinds.spans.scoring import key_weights_of, words_of
from copydesk.model.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.spans.model import SpansKey, SpansResponse, SpansTask
    from copydesk.model.score import Score


def answer_layout(task: SpansTask) -> AnswerLayout:
    """Return a credit for each label, and a mark for each word under each label."""
    return AnswerLayout(credits=len(task.labels), marks=words_of(task).count * len(task.labels))


def encode_answer(task: SpansTask, response: SpansResponse, score: Score) -> EncodedAnswer:
    """Return the words that were marked, and the credit of each label."""
    words, marks = words_of(task), 0
    for place, marks_of_label in enumerate(words.read(response).marks.values()):
        marks |= marks_of_label << place * words.count
    return EncodedAnswer([], part_credits(words.labels, score), marks)


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
            for place, text in enumerate(_words_with_gaps(passage.text)):
                number = words.first_word[passage.id] + place
                yield MarkedWord(
                    passage=passage.id,
                    label=label.id,
                    label_text=label.text,
                    place=place + 1,
                    text=text,
                    times=counts[order * words.count + number],
                    weight=weights[label.id][number],
                )


def wrong_answers(task: SpansTask, key: SpansKey, response: SpansResponse, _score: Score) -> Iterator[str]:
    """Yield each run of words marked with a label under which the key has none of them."""
    words = words_of(task)
    weights = key_weights_of(words, key).weights
    for label, marks in words.read(response).marks.items():
        wrong = marks
        for _, right in weights[label].levels:
            wrong &= ~right
        for passage, start, end in words.runs(wrong):
            yield f"{label} {passage} {start}-{end}"


def _words_with_gaps(text: str) -> Iterator[str]:
    """Yield each word of a text with what follows it; the first also with what comes before."""
    starts = [start for start, _ in tokenize(text)]
    cuts = [0, *starts[1:], len(text)]
    if starts:
        for start, end in pairwise(cuts):
            yield text[start:end]


COUNTS: Counts[SpansTask, SpansKey, SpansResponse] = Counts(
    answer_layout=answer_layout,
    encode_answer=encode_answer,
    items=items,
    marked_words=marked_words,
    wrong_answers=wrong_answers,
)
