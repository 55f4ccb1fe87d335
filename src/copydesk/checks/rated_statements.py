"""Counts the statements that learners rate: most must be supported, or the course teaches distrust."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from copydesk.answers.baseline import STATEMENT
from copydesk.kinds.choice.model import ChoiceKey, ChoiceTask
from copydesk.kinds.sort.model import SortKey, SortTask
from copydesk.kinds.verdict.model import SUPPORTS, VerdictKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.course.bank import Entry

LEAST_SHARE, MOST_SHARE = 0.60, 0.75
SIGNIFICANT = 0.05
ENOUGH = 40
"""From so many statements on the share itself must lie in the range; with fewer, it must be able to."""

FORM_SUPPORTED, FORM_NOT = 12, 8
RATINGS = frozenset({*SUPPORTS, "not-supported"})
ACCEPTING = frozenset({"supported", "qualified"})

Fault = tuple[str, str]


class Rated(NamedTuple):
    """A statement that is rated in a task, and whether it is supported (with a qualification or without)."""

    lesson: str
    task: str
    is_supported: bool


def rated(lesson: str, entries: Iterable[Entry]) -> Iterator[Rated]:
    """Yield the statements of verdicts, of sorts into verdicts, and of choices between verdicts."""
    for entry in entries:
        for verdict in _verdicts(entry):
            yield Rated(lesson, entry.task.id, verdict in ACCEPTING)


def _verdicts(entry: Entry) -> Iterator[str]:
    task, key = entry.task, entry.key
    if isinstance(key, VerdictKey):
        yield next(name for name in SUPPORTS if key.support[name].weight == 1)
    elif isinstance(task, SortTask) and isinstance(key, SortKey):
        if RATINGS.issuperset(each.id for each in task.classes):
            yield from (max(item.weights, key=item.weights.__getitem__) for item in key.items.values())
    elif (
        isinstance(task, ChoiceTask)
        and isinstance(key, ChoiceKey)
        and not task.multiple
        and RATINGS.issuperset(option.id for option in task.options)
    ):
        yield next(name for name, option in key.options.items() if option.weight == 1)


def share_faults(statements: list[Rated]) -> Iterator[Fault]:
    """Yield a share of supported statements that is not 60 to 75%; few statements are held to a binomial test."""
    if not statements:
        return
    supported, total = sum(each.is_supported for each in statements), len(statements)
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


def form_faults(statements: Iterable[Rated]) -> Iterator[tuple[str, Fault]]:
    """Yield, with its lesson, each baseline form that has not exactly 12 supported statements and 8 others."""
    forms: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    for each in statements:
        if match := STATEMENT.fullmatch(each.task):
            forms[each.lesson, match[1]].append(each.is_supported)
    for (lesson, form), supported in forms.items():
        counts = sum(supported), len(supported) - sum(supported)
        if counts != (FORM_SUPPORTED, FORM_NOT):
            yield (
                lesson,
                (
                    f"form {form} has {counts[0]} supported statements and {counts[1]} others",
                    f"Make them {FORM_SUPPORTED} and {FORM_NOT}.",
                ),
            )
