"""Counts the statements that learners rate: most must be supported, or the course teaches distrust."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from copydesk.answers.baseline import STATEMENT
from copydesk.kinds.table import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.course.bank import Entry
    from copydesk.kinds.checking import Fault

LEAST_SHARE, MOST_SHARE = 0.60, 0.75
SIGNIFICANT = 0.05
ENOUGH = 40
"""From this many statements on, the share itself must be in the range; with fewer, a share in it must be plausible."""

FORM_SUPPORTED, FORM_NOT = 12, 8
ACCEPTING = frozenset({"supported", "qualified"})


class RatedStatement(NamedTuple):
    """A statement that is rated in a task, and whether it is supported (with a qualification or without)."""

    lesson: str
    task: str
    is_supported: bool


def find_rated_statements(lesson: str, entries: Iterable[Entry]) -> Iterator[RatedStatement]:
    """Yield the statements of verdicts, of sorts into verdicts, and of choices between verdicts."""
    for entry in entries:
        if entry.key is None:
            continue
        ratings = kind_of(entry.task.kind).checks.ratings
        for verdict in ratings(entry.task, entry.key):
            yield RatedStatement(lesson, entry.task.id, verdict in ACCEPTING)


def share_faults(statements: list[RatedStatement]) -> Iterator[Fault]:
    """Yield a share of supported statements that is not 60 to 75%; with few statements, by a binomial test."""
    if not statements:
        return
    supported, total = sum(statement.is_supported for statement in statements), len(statements)
    if total >= ENOUGH:
        is_wrong = not LEAST_SHARE <= supported / total <= MOST_SHARE
    else:
        from scipy.stats import binomtest  # noqa: PLC0415  (heavy, and only this check needs it)

        below = binomtest(supported, total, LEAST_SHARE, alternative="less").pvalue
        above = binomtest(supported, total, MOST_SHARE, alternative="greater").pvalue
        is_wrong = min(below, above) < SIGNIFICANT
    if is_wrong:
        yield (
            f"{supported} of {total} rated statements are supported ({supported / total:.0%})",
            f"Make it {LEAST_SHARE:.0%} to {MOST_SHARE:.0%} over the course.",
        )


def form_faults(statements: Iterable[RatedStatement]) -> Iterator[tuple[str, Fault]]:
    """Yield, with its lesson, each baseline form that does not have exactly 12 supported statements and 8 others."""
    forms: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    for statement in statements:
        match = STATEMENT.fullmatch(statement.task)
        if match:
            forms[statement.lesson, match[1]].append(statement.is_supported)
    for (lesson, form), ratings in forms.items():
        supported = ratings.count(True)
        others = ratings.count(False)
        if (supported, others) != (FORM_SUPPORTED, FORM_NOT):
            fault = f"form {form} has {supported} supported statements and {others} others"
            yield lesson, (fault, f"Make them {FORM_SUPPORTED} and {FORM_NOT}.")
