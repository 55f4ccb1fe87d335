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
    "part",
    "learners",
    "supported",
    "hits",
    "unsupported",
    "false_alarms",
    "hit_rate",
    "false_alarm_rate",
    "d_prime",
    "c",
)
"""The columns of the table."""

LEAST_OF_FORM = 0.75
"""How much of a baseline form has to be answered for it to count."""

BeforeAfter = dict[str, tuple[int, Acceptance]]
"""For *before* and *after*: how many learners, and what they accepted."""


def compare_forms(opening: Layout, closing: Layout, pairs: Iterable[tuple[bytes, bytes]]) -> BeforeAfter:
    """Return before and after: how many learners, and what they accepted.

    Counted are those who answered at least three quarters of a form both times; answers left open are left out.
    """
    opening_counts, closing_counts = [], []
    for first, last in sorted(pairs):
        opening_counts.append(first)
        closing_counts.append(last)
    before, after = _accepted(opening, opening_counts), _accepted(closing, closing_counts)
    counted = (before[:, 0] > 0) & (after[:, 0] > 0)
    learners = int(counted.sum())
    return {
        "before": (learners, _acceptance(before[counted])),
        "after": (learners, _acceptance(after[counted])),
    }


def _acceptance(numbers: np.ndarray) -> Acceptance:
    """Return the acceptance of all learners together, from the numbers that ``_accepted`` has of each."""
    return Acceptance(*map(int, numbers[:, 1:].sum(axis=0)))


def _accepted(layout: Layout, packed: Sequence[bytes]) -> np.ndarray:
    """Return for each learner whether enough of a form is answered, and then the numbers of an ``Acceptance``."""
    rows = np.frombuffer(b"".join(packed), dtype=np.dtype(layout.fields()))
    total = np.zeros((len(rows), 5), dtype=np.int64)
    for names in statements(entry.task for entry in layout.bank.tasks).values():
        columns, accepting_picks, supported = [], [], []
        for name in names:
            accepting_pick, is_supported = _statement(layout.bank, name)
            columns.append(rows[f"{name}.picks"][:, 0])
            accepting_picks.append(accepting_pick)
            supported.append(is_supported)
        picks, true = np.stack(columns, axis=1), np.array(supported)
        accepted, answered = picks == accepting_picks, picks > 0
        is_enough = answered.mean(axis=1) >= LEAST_OF_FORM
        groups = (answered & true, accepted & true, answered & ~true, accepted & ~true)
        line = np.stack([is_enough, *(group.sum(axis=1) for group in groups)], axis=1)
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


def line_of(part: str, learners: int, acceptance: Acceptance) -> dict[str, Any]:
    """Return the line on a class before or after: its acceptance, with d' and c, where there are enough learners."""
    line: dict[str, Any] = dict.fromkeys(HEADS)
    line |= {"part": part, "learners": learners}
    if learners >= LEAST_IN_CLASS:
        d_prime, c = acceptance.measures
        line |= acceptance._asdict()
        line["hit_rate"] = round(acceptance.hits / acceptance.supported, 4)
        line["false_alarm_rate"] = round(acceptance.false_alarms / acceptance.unsupported, 4)
        line |= {"d_prime": round(d_prime, 4), "c": round(c, 4)}
    return line
