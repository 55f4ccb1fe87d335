"""Cuts a text into words, the same for marking, keys and scores."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from operator import itemgetter

WORD = re.compile(r"[^\W_]+(?:['\u2019.,\-][^\W_]+)*")
ARTICLES = frozenset({"a", "an", "the"})
REMEMBERED_PASSAGES = 4096


def tokenize(text: str) -> list[tuple[int, int]]:
    """Return the start and end (code points, end exclusive) of each word of a text.

    A word is a run of letters and digits; an apostrophe, full stop, comma or hyphen between two of
    them belongs to it (``town's``, ``a.m``, ``43,500``, ``half-built``).
    """
    return [match.span() for match in WORD.finditer(text)]


def count_words(text: str) -> int:
    """Return the number of words in a text."""
    return len(tokenize(text))


@lru_cache(maxsize=REMEMBERED_PASSAGES)
def _passage_words(passage: str) -> tuple[tuple[int, int], ...]:
    """Return the words of a passage; a course has a few hundred, and a class marks spans in them again and again."""
    return tuple(tokenize(passage))


def span_word_indices(text: str, start: int, end: int) -> range:
    """Return the indices of the words that a span touches, leaving out articles at its edges."""
    words = _passage_words(text)
    first = bisect_right(words, start, key=itemgetter(1))
    last = bisect_left(words, end, key=itemgetter(0)) - 1

    def is_article(index: int) -> bool:
        word_start, word_end = words[index]
        return text[word_start:word_end].casefold() in ARTICLES

    while first <= last and is_article(first):
        first += 1
    while first <= last and is_article(last):
        last -= 1
    return range(first, last + 1)
