"""Holds options against the rules for good items: nothing but reading may lead to the key."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING

from copydesk.kinds.arrows.model import ArrowsTask
from copydesk.kinds.choice.model import ChoiceKey, ChoiceTask
from copydesk.kinds.order.model import OrderTask
from copydesk.kinds.sort.model import SortTask
from copydesk.kinds.verdict.model import SUPPORTS
from copydesk.model.task import TO_BE_WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.course.bank import Entry

SIGNIFICANT = 0.05
TOO_LIKE = 0.9
SCALE = frozenset({*SUPPORTS, "not-supported"})
"""Ids of options that stand in a fixed order, as a scale does; neither place nor length tells anything there."""

OF_THE_ABOVE = re.compile(
    r"\bof the (?:above|below)\b"
    r"|^(?:all|none|any|both|neither) of (?:these|those|them|the (?:others?|options|answers))\b"
    r"|^(?:both )?\(?[a-f]\)? (?:and|or) \(?[a-f]\)?$",
    flags=re.IGNORECASE,
)
CLOSING = " \n”’\"')*_"  # noqa: RUF001  (a closing mark)

Fault = tuple[str, str]


def item_faults(entry: Entry) -> Iterator[Fault]:
    """Yield what is wrong with the stem and the options of one task, without looking at others."""
    task = entry.task
    if missing := entry.unwritten():
        yield f"{missing} of its texts are still “{TO_BE_WRITTEN}”", "Write them; a learner reads every explanation."
    if isinstance(task, ChoiceTask):
        if not task.prompt.rstrip(CLOSING).endswith("?"):
            yield "the stem does not end in a question", "Ask a question in the last sentence of the prompt."
        for option in task.options:
            if OF_THE_ABOVE.search(option.text.strip(" .")):
                yield f"the option “{option.text}” speaks of other options", "Write an option that stands for itself."
    texts = parts(entry)
    for first, second in combinations(texts, 2):
        if folded(first) == folded(second):
            yield f"“{first}” repeats “{second}”", "Take one of them out."
        elif isinstance(task, ChoiceTask) and _is_nearly(first, second):
            yield f"“{first}” is nearly “{second}”", "Make them differ in more than a word."


def parts(entry: Entry) -> list[str]:
    """Return the texts of what a learner chooses, sorts, orders or links in a task."""
    task = entry.task
    if isinstance(task, ChoiceTask):
        return [option.text for option in task.options]
    if isinstance(task, SortTask | OrderTask):
        return [item.text for item in task.items]
    return [node.text for node in task.nodes] if isinstance(task, ArrowsTask) else []


def folded(text: str) -> str:
    """Return a text in small letters without punctuation; a quotation counts with its marks left out."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _is_nearly(first: str, second: str) -> bool:
    """Return whether two options are almost the same; where they differ in a number they are not."""
    one, other = folded(first), folded(second)
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    matcher = SequenceMatcher(None, one, other)
    return matcher.quick_ratio() > TOO_LIKE and matcher.ratio() > TOO_LIKE


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
        task, key = entry.task, entry.key
        if not isinstance(task, ChoiceTask) or not isinstance(key, ChoiceKey) or task.multiple:
            continue
        right = [place for place, option in enumerate(task.options) if key.options[option.id].weight == 1]
        if len(right) > 1 or SCALE.issuperset(option.id for option in task.options):
            continue
        lengths = [len(option.text) for option in task.options]
        longest = max(lengths)
        yield Keyed(lesson, right[0], len(lengths), lengths[right[0]] == longest and lengths.count(longest) == 1)


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
