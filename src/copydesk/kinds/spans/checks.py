"""What the checks look at in marking: its passages are where they say, and every label can be graded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.checking import AskedItem, Checks, Passage, fold, fold_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.checking import Fault
    from copydesk.kinds.spans.model import SpansKey, SpansTask
    from copydesk.model.score import Score


def asked_items(task: SpansTask) -> Iterator[AskedItem]:
    """Yield each passage with the labels."""
    question = fold_all(label.text for label in task.labels)
    for passage in task.passages:
        yield AskedItem(question, fold(passage.text), passage.text)


def passages(task: SpansTask) -> Iterator[Passage]:
    """Yield each passage."""
    for passage in task.passages:
        yield Passage(passage.id, passage.text, passage.source, passage.start)


def key_faults(reference: Score) -> Iterator[Fault]:
    """Yield labels for which no answer can be graded."""
    for part in reference.feedback:
        if part.credit is None:
            yield (
                f"the label {part.part!r} earns nothing for anyone",
                "Its best answer is to mark everything, or no word is its own: leave words out, or take it away.",
            )


CHECKS: Checks[SpansTask, SpansKey] = Checks(asked_items=asked_items, passages=passages, key_faults=key_faults)
