"""Holds options against the rules for good items: nothing but reading may lead to the key."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING

from copydesk.kinds.checking import folded
from copydesk.kinds.table import kind_of
from copydesk.model.task import TO_BE_WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.course.bank import Entry
    from copydesk.kinds.checking import Fault

SIGNIFICANT = 0.05


def item_faults(entry: Entry) -> Iterator[Fault]:
    """Yield what is wrong with the stem and the options of one task, without looking at others."""
    task, checks = entry.task, kind_of(entry.task.kind).checks
    if missing := entry.unwritten():
        yield f"{missing} of its texts are still “{TO_BE_WRITTEN}”", "Write them; a learner reads every explanation."
    yield from checks.faults(task)
    for first, second in combinations(checks.texts(task), 2):
        if folded(first) == folded(second):
            yield f"“{first}” repeats “{second}”", "Take one of them out."


@dataclass(frozen=True)
class Keyed:
    """A choice of one option with one key: where the key stands, of how many, and whether it is the longest."""

    lesson: str
    place: int
    options: int
    is_longest: bool


def keyed(lesson: str, entries: Iterable[Entry]) -> Iterator[Keyed]:
    """Yield every choice of one option that has one key and is no scale."""
    for entry in entries:
        if entry.key is not None:
            found = kind_of(entry.task.kind).checks.key_place(entry.task, entry.key)
            if found:
                yield Keyed(lesson, found.place, found.options, found.is_longest)


def balance_faults(items: list[Keyed]) -> Iterator[Fault]:
    """Yield places that hold the key more or less often than chance, and a key that is too often the longest.

    Both are binomial tests at 5% over the course: two-sided for each place, among items of as many options, and
    one-sided for the length, with the mean chance of the items.
    """
    from scipy.stats import binomtest  # noqa: PLC0415  (heavy, and only this check needs it)

    by_options: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for item in items:
        by_options[item.options][item.place] += 1
    for options, places in sorted(by_options.items()):
        total = places.total()
        for place in range(options):
            if binomtest(places[place], total, 1 / options).pvalue < SIGNIFICANT:
                yield (
                    f"place {letter(place)} holds the key in {places[place]} of {total} items with {options} options",
                    "Move keys, so that every place holds it about as often.",
                )
    longest = sum(item.is_longest for item in items)
    if items and binomtest(longest, len(items), chance_of_longest(items), alternative="greater").pvalue < SIGNIFICANT:
        yield (
            f"the key is the longest option in {longest} of {len(items)} items",
            "Shorten keys, or give another option its reason too.",
        )


def chance_of_longest(items: list[Keyed]) -> float:
    """Return how often the key would be the longest option if length told nothing."""
    return fsum(1 / item.options for item in items) / len(items)


def letter(place: int) -> str:
    """Return the letter of a place: a, b, c ..."""
    return "abcdefghijklmnopqrstuvwxyz"[place % 26]
