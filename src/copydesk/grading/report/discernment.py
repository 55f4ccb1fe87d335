"""Compares what a class accepted before and after the course, on the two forms of the baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from copydesk.answers.baseline import is_statement, statements
from copydesk.measures import LEAST_IN_CLASS, Acceptance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from copydesk.course.bank import Bank
    from copydesk.grading.report.counts import Layout

HEADS = (
    *("part", "learners", "supported", "hits", "unsupported", "false_alarms"),
    *("hit_rate", "false_alarm_rate", "d_prime", "c"),
)
"""The columns of the table."""

LEAST_OF_FORM = 0.75
"""How much of a baseline form has to be answered for it to count."""

Comparison = dict[str, tuple[int, Acceptance]]
"""For *before* and *after*: how many learners, and what they accepted."""


def compare(opening: Layout, closing: Layout, pairs: Iterable[tuple[bytes, bytes]]) -> Comparison:
    """Return before and after: how many learners, and what they accepted.

    Counted are those who answered at least three quarters of a form both times; answers left open are left out.
    """
    both = sorted(pairs)
    found = [_accepted(layout, [pair[side] for pair in both]) for side, layout in enumerate((opening, closing))]
    counted = (found[0][:, 0] > 0) & (found[1][:, 0] > 0)
    return {
        part: (int(counted.sum()), Acceptance(*map(int, each[counted, 1:].sum(axis=0))))
        for part, each in zip(("before", "after"), found, strict=True)
    }


def _accepted(layout: Layout, kept: Sequence[bytes]) -> np.ndarray:
    """Return for each learner whether enough of a form is answered, and then the numbers of an ``Acceptance``."""
    rows = np.frombuffer(b"".join(kept), dtype=np.dtype(layout.fields()))
    total = np.zeros((len(rows), 5), dtype=np.int64)
    for names in statements(entry.task for entry in layout.bank.tasks).values():
        keys = [_statement(layout.bank, name) for name in names]
        picks = np.stack([rows[f"{name}.picks"][:, 0] for name in names], axis=1)
        accepted, given = picks == [place for place, _ in keys], picks > 0
        true = np.array([is_true for _, is_true in keys])
        is_enough = given.mean(axis=1) >= LEAST_OF_FORM
        parts = [given & true, accepted & true, given & ~true, accepted & ~true]
        line = np.stack([is_enough, *(part.sum(axis=1) for part in parts)], axis=1)
        total += line * (is_enough & (total[:, 0] == 0))[:, None]
    return total


def _statement(bank: Bank, name: str) -> tuple[int, bool]:
    """Return which pick accepts a statement, and whether the statement is supported."""
    entry: Any = bank[name]
    place = [option.id for option in entry.task.options].index("supported") + 1
    return place, entry.key.options["supported"].weight == 1


def has_form(bank: Bank) -> bool:
    """Return whether a lesson asks the baseline."""
    return any(is_statement(entry.task) for entry in bank.tasks)


def line_of(part: str, learners: int, found: Acceptance) -> dict[str, Any]:
    """Return what a class accepted, with d' and c where there are enough learners."""
    line: dict[str, Any] = dict.fromkeys(HEADS)
    line |= {"part": part, "learners": learners}
    if learners >= LEAST_IN_CLASS:
        d_prime, c = found.measures
        line |= found._asdict()
        line |= {"hit_rate": round(found.hits / found.supported, 4)}
        line |= {"false_alarm_rate": round(found.false_alarms / found.unsupported, 4)}
        line |= {"d_prime": round(d_prime, 4), "c": round(c, 4)}
    return line
