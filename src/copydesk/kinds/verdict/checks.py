"""What the checks look at in a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.checking import AskedItem, Checks, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.verdict.model import VerdictKey, VerdictTask


def asked_items(task: VerdictTask) -> Iterator[AskedItem]:
    """Yield the claim."""
    yield AskedItem("verdict", fold(task.claim), task.claim)


def ratings(_task: VerdictTask, key: VerdictKey) -> Iterator[str]:
    """Yield the support of weight 1."""
    yield key.reference_support


def is_one_pick(_task: VerdictTask) -> bool:
    """Return true: one support is picked."""
    return True


CHECKS: Checks[VerdictTask, VerdictKey] = Checks(asked_items=asked_items, ratings=ratings, is_one_pick=is_one_pick)
