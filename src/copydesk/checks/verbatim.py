"""Finds words of the article or dossier that are in the course's own text without quotation marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from copydesk.checks.extraction import remove_quotations
from copydesk.course.layers import DERIVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.course.seeds import Seeds
    from copydesk.kinds.checking import Fault

RUN = 8
"""How many words in a row make a copy; figures do not count, because there is only one way to state a date."""

WORD = re.compile(r"[^\W\d_]+|\|")
BREAK = " | "
"""Replaces a quotation, so that no run spans it."""

QUOTED_BLOCK = re.compile(r"^\s*>.*$", flags=re.MULTILINE)

Words = tuple[str, ...]


def word_runs(texts: Iterable[str]) -> frozenset[Words]:
    """Return every run of eight words in some texts, in lower case."""
    runs: set[Words] = set()
    for text in texts:
        runs.update(_runs_in_order(_words(text)))
    return frozenset(runs)


def source_runs(seeds: Seeds) -> frozenset[Words]:
    """Return the runs in the article and the dossier; evidence cards are left out, as learner text."""
    left_out = {card.id for card in seeds.part("cards")} | DERIVED
    texts = [seeds.article]
    for name, text in seeds.pin_texts().items():
        if name not in left_out:
            texts += text.split("\n")
    return word_runs(texts)


def copied_runs(text: str, known_runs: frozenset[Words]) -> Iterator[Fault]:
    """Yield known runs outside quotation marks and block quotes, each once."""
    words = _words(remove_quotations(QUOTED_BLOCK.sub(BREAK, text), BREAK))
    is_inside_copy = False
    for run in _runs_in_order(words):
        is_copy = run in known_runs
        if is_copy and not is_inside_copy:
            yield f"these words are copied: “{' '.join(run)} …”", "Say it in other words, or quote it in “ and ”."
        is_inside_copy = is_copy


def _runs_in_order(words: Words) -> Iterator[Words]:
    """Yield the runs of eight words, one starting at each word."""
    for start in range(len(words) - RUN + 1):
        yield words[start : start + RUN]


def _words(text: str) -> Words:
    return tuple(WORD.findall(text.casefold()))
