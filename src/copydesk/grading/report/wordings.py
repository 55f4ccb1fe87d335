"""Counts wordings that several learners gave and no key lists, so that an instructor can accept one."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.kinds.counting import Wording

HEADS = ("lesson", "task", "part", "about", "wording", "count")
LEAST_TIMES = 2
"""A wording that only one learner gave is not shown: it would be theirs alone."""


class FrequentWording(NamedTuple):
    """A wording of some words, as most wrote it, and how many gave it."""

    task: str
    part: str
    about: str
    text: str
    times: int


def encode(wordings: Iterable[tuple[str, Wording]]) -> bytes:
    """Return wordings as bytes, each with the name of its task; no bytes if there are none."""
    rows = [[task, *wording] for task, wording in wordings]
    return json.dumps(rows, separators=(",", ":")).encode() if rows else b""


def frequent_wordings(encoded: Iterable[bytes]) -> Iterator[FrequentWording]:
    """Yield the wordings that at least two learners gave, the most frequent first within each part."""
    spellings: defaultdict[tuple[str, str, str], defaultdict[str, Counter[str]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    for part_of_all in encoded:
        for task, part, about, text, folded in json.loads(part_of_all) if part_of_all else ():
            spellings[task, part, about][folded][text] += 1
    for task, part, about in sorted(spellings):
        found = []
        for counts in spellings[task, part, about].values():
            text = min(counts, key=lambda spelling: (-counts[spelling], spelling))
            found.append(FrequentWording(task, part, about, text, counts.total()))
        found.sort(key=lambda wording: (-wording.times, wording.text))
        yield from (wording for wording in found if wording.times >= LEAST_TIMES)
