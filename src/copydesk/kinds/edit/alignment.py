"""Aligns a learner's text with the original, word by word; the changes follow from the two texts alone."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

WORD = re.compile(r"\S+")
SHAPES = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u0060\u00b4\u02bc\u2039\u203a", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
)
"""Forms of quotation marks, apostrophes and dashes; all of one kind count as the same."""

STRUCK = -1
REMEMBERED_TEXTS = 4096


class Word(NamedTuple):
    """A word with its punctuation: as written, as compared, and its position (code points, end exclusive)."""

    text: str
    folded: str
    start: int
    end: int


class Change(NamedTuple):
    """A place where the texts differ: the words struck there, and those inserted; either may be empty."""

    struck: range
    inserted: range


def fold(text: str) -> str:
    """Return a text as compared: lower case, one form for quotation marks and one for dashes, NFC."""
    folded = unicodedata.normalize("NFC", text).translate(SHAPES).casefold()
    return unicodedata.normalize("NFC", folded)


@lru_cache(maxsize=REMEMBERED_TEXTS)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text, split at white space."""
    matches = zip(WORD.finditer(text), folded_words(text), strict=True)
    return tuple(Word(match[0], folded, *match.span()) for match, folded in matches)


@lru_cache(maxsize=REMEMBERED_TEXTS)
def folded_words(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared."""
    return tuple(fold(text).split())


def align(original: Sequence[str], own: Sequence[str]) -> list[int]:
    """Return each original word's partner among the learner's words, or ``STRUCK``.

    The partners are a longest common subsequence. Words that both texts begin or end with are partners. Between them,
    if there is a choice, the earliest pair is taken, and a word of the original is skipped before one of the
    learner's.
    """
    partners = [STRUCK] * len(original)
    first = 0
    while first < min(len(original), len(own)) and original[first] == own[first]:
        partners[first] = first
        first += 1
    last, own_last = len(original), len(own)
    while min(last, own_last) > first and original[last - 1] == own[own_last - 1]:
        last, own_last = last - 1, own_last - 1
        partners[last] = own_last
    for place, own_place in _pairs(original[first:last], own[first:own_last]):
        partners[first + place] = first + own_place
    return partners


def _pairs(original: Sequence[str], own: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of a longest common subsequence, each as the positions of its words."""
    rows = _rows(original, own)
    pairs = []
    place, own_place = 0, 0
    while place < len(original) and own_place < len(own):
        if original[place] == own[own_place]:
            pairs.append((place, own_place))
            place, own_place = place + 1, own_place + 1
        elif rows[len(own) - own_place] >> (len(original) - place - 1) & 1:
            place += 1
        else:
            own_place += 1
    return pairs


def _rows(original: Sequence[str], own: Sequence[str]) -> list[int]:
    """Return the table of lengths by bits (Hyyrö 2004), from the ends of both texts, a row per word of the learner's.

    Bit *k* of a row is 0 if the last *k* + 1 words of the original have a longer subsequence in common with that row's
    words than the last *k* have.
    """
    places: dict[str, int] = {}
    for place, word in enumerate(reversed(original)):
        places[word] = places.get(word, 0) | 1 << place
    every = (1 << len(original)) - 1
    rows = [every]
    for word in reversed(own):
        row = rows[-1]
        hits = row & places.get(word, 0)
        rows.append((row + hits | row - hits) & every)
    return rows


def changes(partners: Sequence[int], own_count: int) -> list[Change]:
    """Return the places where the texts differ, in order."""
    found = []
    place, own_place = 0, 0
    for end, partner in [*enumerate(partners), (len(partners), own_count)]:
        if partner == STRUCK:
            continue
        if end > place or partner > own_place:
            found.append(Change(range(place, end), range(own_place, partner)))
        place, own_place = end + 1, partner + 1
    return found
