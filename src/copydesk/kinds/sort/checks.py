"""What the checks look at in a sort."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from copydesk.kinds.checking import RATINGS, AskedItem, Checks, fold, fold_all, is_long
from copydesk.model.task import ids_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.checking import Fault
    from copydesk.kinds.sort.model import SortKey, SortTask


SURFACE_SHARE = 3
"""One item in this many contradicts its surface word."""


def texts(task: SortTask) -> list[str]:
    """Return the items."""
    return [item.text for item in task.items]


def asked_items(task: SortTask) -> Iterator[AskedItem]:
    """Yield each long item with the classes."""
    question = fold_all(entry.text for entry in task.classes)
    for item in task.items:
        if is_long(item.text):
            yield AskedItem(question, fold(item.text), item.text)


def ratings(task: SortTask, key: SortKey) -> Iterator[str]:
    """Yield the verdict on each item, if the classes are verdicts."""
    if RATINGS.issuperset(ids_of(task.classes)):
        for item in key.items.values():
            yield max(item.weights, key=item.weights.__getitem__)


def reading_faults(task: SortTask, key: SortKey, _matter: str) -> Iterator[Fault]:
    """Yield a sort in which fewer than a third of the items contradict a striking word of theirs."""
    least = ceil(len(task.items) / SURFACE_SHARE)
    count = len([item for item in key.items.values() if item.surface])
    if count < least:
        yield (
            f"{count} of {len(task.items)} items contradict their surface word; {least} or more should",
            "Write items whose striking word points to a wrong class, and name that class with surface.",
        )


CHECKS: Checks[SortTask, SortKey] = Checks(
    texts=texts,
    asked_items=asked_items,
    ratings=ratings,
    reading_faults=reading_faults,
)
