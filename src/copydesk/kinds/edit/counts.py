"""Counts which slips a class found, how often it changed each word, and what it wrote that the key does not list."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from copydesk.kinds.bits import bits
from copydesk.kinds.counting import (
    OPEN,
    WHOLE,
    AnswerLayout,
    ChoiceCounts,
    ClassAnswers,
    Counts,
    EncodedAnswer,
    Item,
    MarkedWord,
    Wording,
)
from copydesk.kinds.edit.alignment import REMEMBERED_TEXTS, STRUCK, align, changes, folded_words, words_of
from copydesk.kinds.edit.comparison import CREDIT, compare, passage_keys
from copydesk.kinds.edit.model import MOST_FAULTS
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.edit.model import EditKey, EditResponse, EditTask
    from copydesk.model.score import Score

CHANGED = "changed"
LONGEST_WORDING = 200
"""A longer wording is not a repair of a few words."""


def answer_layout(task: EditTask) -> AnswerLayout:
    """Return a credit for each fault that a key may have, and a mark for each word."""
    return AnswerLayout(credits=MOST_FAULTS, marks=sum(len(words_of(passage.text)) for passage in task.passages))


def encode_answer(task: EditTask, response: EditResponse, score: Score) -> EncodedAnswer:
    """Return the credit of each fault, and the words that were changed."""
    credits_ = [round(WHOLE * (part.credit or 0)) for part in score.feedback]
    credits_ += [OPEN] * (MOST_FAULTS - len(credits_))
    marks: list[int] = []
    first = 0
    for passage in task.passages:
        if passage.id in response.texts:
            marks += [first + number for number in _changed_words(passage.text, response.texts[passage.id])]
        first += len(folded_words(passage.text))
    return EncodedAnswer([], credits_, bits(marks))


@lru_cache(maxsize=REMEMBERED_TEXTS)
def _changed_words(text: str, own_text: str) -> frozenset[int]:
    """Return the words that are gone, and each word followed by an insertion; the first also if preceded by one."""
    words, own = folded_words(text), folded_words(own_text)
    partners = align(words, own)
    changed = {number for number, partner in enumerate(partners) if partner == STRUCK}
    for change in changes(partners, len(own)):
        if not change.struck:
            changed.add(max(0, change.struck.start - 1))
    return frozenset(changed) if words else frozenset()


def items(task: EditTask, key: EditKey, answers: ClassAnswers) -> Iterator[Item]:
    """Yield every fault."""
    for place, fault in enumerate(key.faults):
        yield Item(f"{task.id}.{fault.id}", fault.quote, answers.credits(place), by_degree=True)


def choice_counts(_task: EditTask, key: EditKey, answers: ClassAnswers) -> Iterator[ChoiceCounts]:
    """Yield how many repaired, found and left each fault."""
    choices = [(name, t(f"report.edit.{name}")) for name in CREDIT]
    for place, fault in enumerate(key.faults):
        credits_ = answers.credits(place)
        counts = [int((credits_ == credit).sum()) for credit in CREDIT.values()]
        yield ChoiceCounts(fault.id, choices, list(CREDIT.values()), counts)


def part_texts(_task: EditTask, key: EditKey) -> Iterator[tuple[str, str]]:
    """Yield the quote of each fault, which learners do not know by its id."""
    for fault in key.faults:
        yield fault.id, t("feedback.quote", words=fault.quote)


def marked_words(task: EditTask, key: EditKey, answers: ClassAnswers) -> Iterator[MarkedWord]:
    """Yield each word of each passage with how often it was changed; those of a fault weigh 1."""
    counts = answers.mark_counts()
    keys = passage_keys(task, key)
    first_words = accumulate((len(passage.words) for passage in keys), initial=0)
    for passage, first in zip(keys, first_words, strict=False):
        for number, word in enumerate(passage.words):
            yield MarkedWord(
                passage=passage.id,
                label=CHANGED,
                label_text=t("report.edit.changed"),
                place=number + 1,
                text=f"{word.text} ",
                times=counts[first + number],
                weight=float(number in passage.fault_at),
            )


def wordings(task: EditTask, key: EditKey, response: EditResponse) -> Iterator[Wording]:
    """Yield what a learner made of each fault found, if the key does not list it."""
    for passage in compare(task, key, response):
        for result in passage.faults:
            if result.wording is not None and len(result.wording) <= LONGEST_WORDING:
                fault = result.place.fault
                yield Wording(fault.id, fault.quote, result.wording, " ".join(folded_words(result.wording)))


def wrong_answers(task: EditTask, key: EditKey, response: EditResponse, _score: Score) -> Iterator[str]:
    """Yield what was made of each fault found, if the key does not list it."""
    for wording in wordings(task, key, response):
        yield f"{wording.part} {wording.folded}"


COUNTS: Counts[EditTask, EditKey, EditResponse] = Counts(
    answer_layout=answer_layout,
    encode_answer=encode_answer,
    items=items,
    choice_counts=choice_counts,
    part_texts=part_texts,
    marked_words=marked_words,
    wordings=wordings,
    wrong_answers=wrong_answers,
)
