"""What the checks look at in an edit: its passages are where they say, and its key keeps the three promises.

Leaving all untouched earns nothing, rewriting everything at most 0.40 even if every fault is repaired, and every
accepted repair full points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.checking import AskedItem, Checks, Passage, fold
from copydesk.kinds.edit.alignment import words_of
from copydesk.kinds.edit.model import EditResponse, find_words
from copydesk.kinds.edit.scoring import UNTOUCHED, guessing_strategies, repaired_texts, replaced, score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.checking import Fault
    from copydesk.kinds.edit.model import EditKey, EditTask

MOST_REWRITTEN = 0.40
ROUNDING = 1e-9


def asked_items(task: EditTask) -> Iterator[AskedItem]:
    """Yield each passage with what is asked about it."""
    question = fold(task.prompt)
    for passage in task.passages:
        yield AskedItem(question, fold(passage.text), passage.text)


def passages(task: EditTask) -> Iterator[Passage]:
    """Yield each passage."""
    for passage in task.passages:
        yield Passage(passage.id, passage.text, passage.source, passage.start)


def reading_faults(task: EditTask, key: EditKey, _matter: str) -> Iterator[Fault]:
    """Yield the promises that a key breaks."""
    for name, response in guessing_strategies(task):
        share, _ = score(task, key, response)
        if share > (0 if name == UNTOUCHED else MOST_REWRITTEN + ROUNDING):
            yield f"{name!r} earns {share:.2f}", "Let the quotes of the faults leave more of the passages outside them."
    share, _ = score(task, key, EditResponse(texts=rewritten_texts(task, key)))
    if share > MOST_REWRITTEN + ROUNDING:
        yield f"everything rewritten earns {share:.2f}", "Let the quotes leave more of the passages outside them."
    for fault in key.faults:
        for number, repair in enumerate(fault.repairs):
            share, _ = score(task, key, EditResponse(texts=repaired_texts(task, key, {fault.id: number})))
            if share < 1:
                yield (
                    f"with the accepted repair “{repair}” of fault {fault.id!r} all repairs earn {share:.2f}",
                    "Quote more around the fault, so that the repair is told from the words beside it.",
                )


def rewritten_texts(task: EditTask, key: EditKey) -> dict[str, str]:
    """Return the passages with every fault repaired and every other word replaced."""
    texts = {}
    for passage in task.passages:
        own = {passage.id: passage.text}
        faults = [fault for fault in key.faults if fault.passage == passage.id]
        words = [replaced(word.text) for word in words_of(passage.text)]
        for fault in sorted(faults, key=lambda each: -passage.text.find(each.quote)):
            first, last = find_words(own, fault)
            words[first:last] = [fault.repairs[0]]
        texts[passage.id] = " ".join(words)
    return texts


CHECKS: Checks[EditTask, EditKey] = Checks(asked_items=asked_items, passages=passages, reading_faults=reading_faults)
