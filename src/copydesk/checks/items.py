"""Checks options against the rules for good items: nothing but reading may lead to the key."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING

from copydesk.kinds.checking import fold
from copydesk.kinds.table import kind_of
from copydesk.model.task import TO_BE_WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.course.bank import Entry
    from copydesk.kinds.checking import Fault

SIGNIFICANT = 0.05


def item_faults(entry: Entry) -> Iterator[Fault]:
    """Yield the faults in the stem and the options of one task, without looking at others."""
    task, checks = entry.task, kind_of(entry.task.kind).checks
    missing = entry.count_unwritten()
    if missing:
        yield f"{missing} of its texts are still “{TO_BE_WRITTEN}”", "Write them; a learner reads every explanation."
    yield from checks.faults(task)
    for first, second in combinations(checks.texts(task), 2):
        if fold(first) == fold(second):
            yield f"“{first}” repeats “{second}”", "Take one of them out."


@dataclass(frozen=True)
class KeyedChoice:
    """A single-option choice with one key: its place, among how many, and whether it is the longest."""

    lesson: str
    place: int
    options: int
    is_longest: bool


def find_keyed_choices(lesson: str, entries: Iterable[Entry]) -> Iterator[KeyedChoice]:
    """Yield every single-option choice that has one key and is not a scale."""
    for entry in entries:
        if entry.key is None:
            continue
        key = kind_of(entry.task.kind).checks.key_position(entry.task, entry.key)
        if key is not None:
            yield KeyedChoice(lesson, key.place, key.options, key.is_longest)


def balance_faults(choices: list[KeyedChoice]) -> Iterator[Fault]:
    """Yield places that have the key more or less often than chance, and keys that are too often the longest.

    Both are binomial tests at 5% over the course: two-sided for each place, among items with equally many options,
    and one-sided for length, with the mean chance of the items.
    """
    if choices:
        yield from _place_faults(choices)
        yield from _length_faults(choices)


def _place_faults(choices: list[KeyedChoice]) -> Iterator[Fault]:
    """Yield places that have the key more or less often than chance."""
    from scipy.stats import binomtest  # noqa: PLC0415  (heavy, and only this check needs it)

    by_options: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for choice in choices:
        by_options[choice.options][choice.place] += 1
    for options, places in sorted(by_options.items()):
        total = places.total()
        for place in range(options):
            if binomtest(places[place], total, 1 / options).pvalue < SIGNIFICANT:
                letter = place_letter(place)
                yield (
                    f"place {letter} holds the key in {places[place]} of {total} items with {options} options",
                    "Move keys, so that every place holds it about as often.",
                )


def _length_faults(choices: list[KeyedChoice]) -> Iterator[Fault]:
    """Yield a fault if the key is the longest option more often than by chance."""
    from scipy.stats import binomtest  # noqa: PLC0415  (heavy, and only this check needs it)

    total = len(choices)
    longest = sum(choice.is_longest for choice in choices)
    if binomtest(longest, total, chance_of_longest(choices), alternative="greater").pvalue < SIGNIFICANT:
        yield (
            f"the key is the longest option in {longest} of {total} items",
            "Shorten keys, or give another option its reason too.",
        )


def chance_of_longest(choices: list[KeyedChoice]) -> float:
    """Return the share of choices whose key would be the longest option if length told nothing."""
    return fsum(1 / choice.options for choice in choices) / len(choices)


def place_letter(place: int) -> str:
    """Return the letter of a place: a, b, c ..."""
    return "abcdefghijklmnopqrstuvwxyz"[place % 26]
