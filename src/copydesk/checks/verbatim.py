"""Finds words of the article or of the dossier that stand in the course's own text without quotation marks."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from copydesk.checks.facts import without_quotations
from copydesk.course.layers import DERIVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.course.seeds import Seeds
    from copydesk.kinds.checking import Fault

RUN = 8
"""So many words in a row are a copy; figures do not count, because a date can be said in one way only."""

WORD = re.compile(r"[^\W\d_]+|\|")
BREAK = " | "
"""Stands where a quotation stood, so that no run reaches over it."""

QUOTED_BLOCK = re.compile(r"^\s*>.*$", flags=re.MULTILINE)

Words = tuple[str, ...]


def runs(texts: Iterable[str]) -> frozenset[Words]:
    """Return every run of eight words in texts, in small letters."""
    found: set[Words] = set()
    for text in texts:
        words = _words(text)
        found.update(words[start : start + RUN] for start in range(len(words) - RUN + 1))
    return frozenset(found)


def sources(seeds: Seeds) -> frozenset[Words]:
    """Return the runs of the article and of what the dossier says; the evidence cards are learner text."""
    own = {card.id for card in seeds.part("cards")} | DERIVED
    entries = (text for name, text in seeds.pin_texts().items() if name not in own)
    return runs([seeds.article, *(line for text in entries for line in text.split("\n"))])


def copied(text: str, known: frozenset[Words]) -> Iterator[Fault]:
    """Yield runs of known words outside quotation marks and quoted blocks, each run once."""
    words = _words(without_quotations(QUOTED_BLOCK.sub(BREAK, text), BREAK))
    hits = [start for start in range(len(words) - RUN + 1) if words[start : start + RUN] in known]
    starts = hits[:1] + [start for before, start in pairwise(hits) if start > before + 1]
    for start in starts:
        run = " ".join(words[start : start + RUN])
        yield f"these words are copied: “{run} …”", "Say it in other words, or quote it in “ and ”."


def _words(text: str) -> Words:
    return tuple(WORD.findall(text.casefold()))
