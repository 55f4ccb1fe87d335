"""Scores mended passages: what was repaired, less what was changed needlessly."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from copydesk.kinds.edit.alignment import folded_words, words_of
from copydesk.kinds.edit.comparison import CREDIT, compare, passage_keys, words_outside
from copydesk.kinds.edit.model import EditKey, EditResponse, EditTask
from copydesk.model.score import Feedback
from copydesk.model.task import ids_of
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NEEDLESS_COST, KEEP_COST = 0.6, 0.1
"""The cost of changing half or more of the words that were right, and of touching a stretch that must be kept."""

UNTOUCHED = "untouched"
"""The name of the answer in which nothing is changed."""

MOST_TIMES, MOST_MORE = 3, 50
"""A text may have this many times the words of its passage, plus this many more."""


def is_answered(response: EditResponse) -> bool:
    """Return whether any passage was changed."""
    return bool(response.texts)


def completeness(task: EditTask, response: EditResponse | None) -> tuple[int, int]:
    """Return whether a passage was changed, as 0 or 1 of 1: how much there is to mend is for the learner to find."""
    changed = response.texts.keys() & set(ids_of(task.passages)) if response else ()
    return min(1, len(changed)), 1


def most_words(passage: str) -> int:
    """Return how many words a learner's text of a passage may have."""
    return MOST_TIMES * len(folded_words(passage)) + MOST_MORE


def validation_errors(task: EditTask, response: EditResponse) -> Iterator[str]:
    """Yield the errors: unknown passages, and texts far longer than their passages."""
    passages = {passage.id: passage.text for passage in task.passages}
    for name, text in response.texts.items():
        if name not in passages:
            yield t("scoring.unknown_passage", name=name, task=task.id)
            continue
        count, most = len(folded_words(text)), most_words(passages[name])
        if count > most:
            yield t("scoring.edit_too_long", name=name, task=task.id, count=count, most=most)


def score(task: EditTask, key: EditKey, response: EditResponse) -> tuple[float, list[Feedback]]:
    """Return the share earned, and the credit and reason of each fault.

    A repaired fault earns its weight, one that is found half of it. From this share of all weights, 0.6 is subtracted
    if half or more of the words outside the faults were changed, in proportion below that, and 0.1 for each stretch
    that must be kept and was touched (``book/how-scoring-works.md``).
    """
    compared = compare(task, key, response)
    credit_of: dict[str, float] = {}
    needless = 0
    for passage in compared:
        needless += passage.needless
        for result in passage.faults:
            credit_of[result.place.fault.id] = CREDIT[result.outcome]
    feedback, earned = [], []
    for fault in key.faults:
        credit = credit_of[fault.id]
        earned.append(fault.weight * credit)
        feedback.append(Feedback(fault.id, credit, fault.why))
    gain = fsum(earned) / fsum(fault.weight for fault in key.faults)
    touched = sum(len(passage.touched) for passage in compared)
    changed = min(1.0, 2 * needless / words_outside(passage_keys(task, key)))
    return max(0.0, fsum((gain, -NEEDLESS_COST * changed, -KEEP_COST * touched))), feedback


def repaired_texts(task: EditTask, key: EditKey, choice: Mapping[str, int]) -> dict[str, str]:
    """Return each passage that has faults, with every fault repaired.

    ``choice`` has the number of the repair for a fault; without one, it is the first.
    """
    texts = {}
    for passage in task.passages:
        text = passage.text
        faults = [fault for fault in key.faults if fault.passage == passage.id]
        for fault in sorted(faults, key=lambda each: -passage.text.find(each.quote)):
            start = passage.text.find(fault.quote)
            repair = fault.repairs[choice.get(fault.id, 0)]
            text = text[:start] + repair + text[start + len(fault.quote) :]
        if faults:
            texts[passage.id] = " ".join(text.split())
    return texts


def reference_response(task: EditTask, key: EditKey) -> EditResponse:
    """Return the passages with the first repair of every fault."""
    return EditResponse(texts=repaired_texts(task, key, {}))


def guessing_strategies(task: EditTask) -> Iterator[tuple[str, EditResponse]]:
    """Yield answers that need no reading: nothing changed, every word struck, every word replaced."""
    yield UNTOUCHED, EditResponse(texts={each.id: each.text for each in task.passages})
    yield "every word struck", EditResponse(texts=dict.fromkeys(ids_of(task.passages), ""))
    yield "every word replaced", EditResponse(texts={each.id: replaced(each.text) for each in task.passages})


def replaced(text: str) -> str:
    """Return a text with as many words, all of them different."""
    words = words_of(text)
    other = "x" * (1 + max(len(word.folded) for word in words)) if words else "x"
    return " ".join([other] * len(words))
