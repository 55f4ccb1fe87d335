"""Cuts a text into words, the same for marking, keys and scores."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['\u2019.,\-][^\W_]+)*")
ARTICLES = frozenset({"a", "an", "the"})
REMEMBERED_SPANS = 50_000


def tokenize(text: str) -> list[tuple[int, int]]:
    """Return start and end (code points, end exclusive) of each word of a text.

    A word is a run of letters and digits; an apostrophe, full stop, comma or hyphen between two of
    them belongs to it (``Russia's``, ``U.S``, ``43,500``, ``Russian-occupied``).
    """
    return [match.span() for match in WORD.finditer(text)]


def count_words(text: str) -> int:
    """Return the number of words in a text."""
    return len(tokenize(text))


@lru_cache(maxsize=REMEMBERED_SPANS)
def tokens_in(text: str, start: int, end: int) -> tuple[int, ...]:
    """Return the indices of the words that a span touches, without articles at its edges.

    A class marks the same spans of the same passages again and again.
    """
    words = tokenize(text)
    inside = [index for index, (first, last) in enumerate(words) if first < end and last > start]

    def is_article(index: int) -> bool:
        first, last = words[index]
        return text[first:last].casefold() in ARTICLES

    while inside and is_article(inside[0]):
        inside.pop(0)
    while inside and is_article(inside[-1]):
        inside.pop()
    return tuple(inside)
