"""What the checks look at in a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.checking import AskedItem, Checks, Stance, fold, missed_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.checking import Fault
    from copydesk.kinds.verdict.model import VerdictKey, VerdictTask


def asked_items(task: VerdictTask) -> Iterator[AskedItem]:
    """Yield the claim."""
    yield AskedItem("verdict", fold(task.claim), task.claim)


def ratings(_task: VerdictTask, key: VerdictKey) -> Iterator[str]:
    """Yield the support of weight 1."""
    yield key.reference_support


def reading_faults(_task: VerdictTask, key: VerdictKey, matter: str) -> Iterator[Fault]:
    """Yield the words that the key calls missed though they are on no card."""
    judged = [*key.support.values(), *key.qualifications.values()]
    yield from missed_faults([each.missed for each in judged if each.missed], matter)


def stances(key: VerdictKey) -> Iterator[Stance]:
    """Yield the supports and limits that doubt, and those that find nothing wrong."""
    for each in (*key.support.values(), *key.qualifications.values()):
        if each.stance:
            yield Stance(each.stance, each.weight == 1)


def is_one_pick(_task: VerdictTask) -> bool:
    """Return true: one support is picked."""
    return True


CHECKS: Checks[VerdictTask, VerdictKey] = Checks(
    asked_items=asked_items,
    ratings=ratings,
    reading_faults=reading_faults,
    stances=stances,
    is_one_pick=is_one_pick,
)
