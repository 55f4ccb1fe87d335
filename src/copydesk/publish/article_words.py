"""Finds the article's words in other texts: runs of words that also follow one another in the article."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORD = re.compile(r"[^\W_]+")
"""A hyphen or an apostrophe parts words here, so however words are counted, no run is longer than counted here."""
LEAST = 5
"""A run of this many words is taken from the article; a shorter one could be anyone's."""
LONGEST = 7
"""The longest run that a public book may have."""
MOST_LETTERS_A_WORD = 15
"""Words are shorter on average in any language that parts them by spaces."""
LABEL_WORDS = 3
"""A piece of this many words may stand between words of a run: the number of a sentence, the name of a label."""
LABELS = 3
"""How many such pieces may follow one another."""

REMEMBERED = 65536
NONCE_BYTES = 4
LENGTH_BITS = 13
"""How many bits of a sealed place say how long it is; the others say where it begins. The same in ``article.js``."""


class Word(NamedTuple):
    """A word of a text in pieces: in lower case, the number of its piece, and its place there."""

    text: str
    piece: int
    start: int
    end: int


@dataclass(frozen=True)
class Run:
    """Words of a text that also follow one another in the article, from the word with the number ``first``."""

    words: tuple[Word, ...]
    first: int

    @property
    def numbers(self) -> range:
        """The numbers of the words in the article."""
        return range(self.first, self.first + len(self.words))


@dataclass(frozen=True)
class Article:
    """The article, ready to be found in other texts."""

    text: str

    @property
    def has_words(self) -> bool:
        """Whether spaces part its words; in a script without them, runs of words can't be counted."""
        letters = sum(map(str.isalpha, self.text))
        return letters <= MOST_LETTERS_A_WORD * len(self.words)

    @cached_property
    def words(self) -> list[Word]:
        """Each word of the article with its place, offsets in code points."""
        return words_of([self.text])

    @cached_property
    def _starts(self) -> dict[tuple[str, str], list[int]]:
        """The numbers of the words at which each pair of words begins."""
        starts: dict[tuple[str, str], list[int]] = {}
        for number in range(len(self.words) - 1):
            pair = (self.words[number].text, self.words[number + 1].text)
            starts.setdefault(pair, []).append(number)
        return starts

    def runs(self, pieces: Sequence[str], least: int = LEAST) -> Iterator[Run]:
        """Yield the longest runs of at least ``least`` words that a text shares with the article.

        The pieces of the text follow one another on a page. A short piece that isn't of the article, such as a label,
        does not end a run.
        """
        words = words_of(pieces)
        heads = _heads(words)
        at = 0
        while at < len(words) - 1:
            run: list[int] = []
            first = 0
            for start in self._starts.get((words[at].text, words[at + 1].text), ()):
                places = self._extended(words, heads, at, start)
                if len(places) > len(run):
                    run, first = places, start
            if len(run) < least:
                at += 1
                continue
            yield Run(tuple(words[place] for place in run), first)
            at = run[-1] + 1

    def _extended(self, words: list[Word], heads: list[int], at: int, start: int) -> list[int]:
        """Return the places of the words of a text that follow the article from a start, over labels."""
        places = [at]
        number = start + 1
        while number < len(self.words):
            place = self._next_place(words, heads, places[-1], self.words[number].text)
            if place is None:
                break
            places.append(place)
            number += 1
        return places

    def _next_place(self, words: list[Word], heads: list[int], last: int, wanted: str) -> int | None:
        """Return where a word stands behind another in a text: at once, or after a few labels."""
        place = last + 1
        for _ in range(LABELS + 1):
            if place >= len(words):
                return None
            if words[place].text == wanted:
                return place
            following = heads[place]
            if words[place].piece == words[last].piece or following - place > LABEL_WORDS:
                return None
            place = following
        return None

    def question(self, about: str) -> str:
        """Return the name for a question about a text and this article."""
        return f"{about} {self._digest.hex()}"

    @cached_property
    def _digest(self) -> bytes:
        return hashlib.sha256(self.text.encode()).digest()

    def fingerprint(self) -> str:
        """Return the length and a 32-bit hash (FNV-1a over code points), by which the browser knows the right file."""
        value = 2166136261
        for sign in self.text:
            value = (value ^ ord(sign)) * 16777619 % 2**32
        return f"{len(self.text)}-{value:08x}"

    def sealed_place(self, start: int, end: int) -> str:
        """Return a place in the article as letters that mean nothing to anyone who does not have the article.

        The key is a hash of the whole article; ``_static/article.js`` opens the seal with the learner's own file.
        """
        key = self._digest
        nonce = hashlib.sha256(key + f"{start}-{end}".encode()).digest()[:NONCE_BYTES]
        mask = int.from_bytes(hashlib.sha256(key + nonce).digest()[:4])
        if end - start >= 2**LENGTH_BITS or start >= 2 ** (32 - LENGTH_BITS):
            message = f"the article is too long for the public edition: {start}-{end}"
            raise ValueError(message)
        return f"{nonce.hex()}{(start << LENGTH_BITS | end - start) ^ mask:08x}"


def words_of(pieces: Sequence[str]) -> list[Word]:
    """Return the words of a text in lower case, each with its piece and its place there."""
    words: list[Word] = []
    for number, piece in enumerate(pieces):
        for text, start, end in _words(piece):
            words.append(Word(text, number, start, end))
    return words


@lru_cache(maxsize=REMEMBERED)
def _words(piece: str) -> list[tuple[str, int, int]]:
    """Return the words of a piece; a page is read in several ways."""
    return [(match[0].casefold(), match.start(), match.end()) for match in WORD.finditer(piece)]


def _heads(words: list[Word]) -> list[int]:
    """Return for each word where the next piece begins."""
    heads = [0] * len(words)
    following = len(words)
    for place in range(len(words) - 1, -1, -1):
        heads[place] = following
        if place and words[place - 1].piece != words[place].piece:
            following = place
    return heads
