"""Finds written texts with the same passages by winnowing, whatever capitals, marks and single words were changed.

Source: S. Schleimer, D. S. Wilkerson, A. Aiken, Winnowing: Local Algorithms for Document Fingerprinting, Proceedings of
SIGMOD 2003, pages 76 to 85. Words take the place of their letters.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict, deque
from itertools import chain, combinations
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

from copydesk.grading.similarity.works import Finding, Work
from copydesk.kinds.written.model import WrittenResponse
from copydesk.model.tokens import WORD
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from copydesk.grading.report.counts import Layout
    from copydesk.grading.scores.assessment import Assessment

LEAST_WORDS = 20
"""A shorter text may well be the same by chance."""

GRAM = 5
"""So many words in a row have one fingerprint; nothing shorter is ever found."""

GUARANTEE = 8
"""So many shared words in a row are always found."""

WINDOW = GUARANTEE - GRAM + 1

LEAST_SHARED, LEAST_SHARE = 25, 0.25
"""How many words must be shared, and which part of the shorter text, unless so many are shared in a row."""

LEAST_PRINTS = 4
"""Fewer fingerprints than that cannot cover so many words."""

COMMON_SHARE, COMMON_COUNT = 0.02, 5
"""What more than this share of the texts have, and more than this number of them, does not count."""

MOST_PAIRED = 20
"""Texts are paired by passages that no more than this number of them have, so that the cost stays linear."""

QUOTED = re.compile(r"[\"“„«][^\"“”„«»]{1,600}[\"“”»]")
DIGEST_BYTES, COUNT_BYTES = 8, 2
HEAD_BYTES = DIGEST_BYTES + COUNT_BYTES
FINGERPRINT = np.dtype([("hash", "<u4"), ("place", "<u2")])
"""The hash of some words in a row, and the number of the first."""

LAST_PLACE = 65_535


def text_fingerprints(assessment: Assessment) -> tuple[tuple[str, bytes], ...]:
    """Return the fingerprints of each written text that is long enough, with its task.

    They are a hash of the whole text, the number of its words, and the hashes chosen among its passages, all from
    its words alone, without punctuation, case and quotations.
    """
    prints = []
    for result in assessment.results:
        response = result.answer.response if result.answer else None
        if isinstance(response, WrittenResponse):
            whole = WORD.findall(response.text.casefold())
            if len(whole) >= LEAST_WORDS:
                prints.append((result.task.id, _fingerprints(whole, response.text)))
    return tuple(prints)


def _fingerprints(whole: Sequence[str], text: str) -> bytes:
    words = own_words(text)
    hashes = gram_hashes(words)
    chosen = [(hashes[place], place) for place in winnow(hashes) if place <= LAST_PLACE]
    digest = hashlib.sha256(" ".join(whole).encode()).digest()[:DIGEST_BYTES]
    count = min(len(words), LAST_PLACE).to_bytes(COUNT_BYTES, "little")
    return digest + count + np.array(chosen, FINGERPRINT).tobytes()


def own_words(text: str) -> list[str]:
    """Return the words of a text outside quotation marks."""
    return WORD.findall(QUOTED.sub(" ", text).casefold())


def gram_hashes(words: Sequence[str]) -> list[int]:
    """Return the hash of each run of ``GRAM`` words."""
    return [crc32(" ".join(words[start : start + GRAM]).encode()) for start in range(len(words) - GRAM + 1)]


def winnow(hashes: Sequence[int]) -> list[int]:
    """Return the places of the smallest hash in each window, the last of equal ones; each place once, in order."""
    chosen: list[int] = []
    rising: deque[int] = deque()
    for place, value in enumerate(hashes):
        while rising and hashes[rising[-1]] >= value:
            rising.pop()
        rising.append(place)
        if rising[0] <= place - WINDOW:
            rising.popleft()
        is_window = place >= WINDOW - 1 or place == len(hashes) - 1
        if is_window and (not chosen or chosen[-1] != rising[0]):
            chosen.append(rising[0])
    return chosen


class Text(NamedTuple):
    """A text: whose it is, and its fingerprints as they are kept."""

    work: Work
    data: bytes

    @property
    def digest(self) -> bytes:
        """Return the hash of the whole text."""
        return self.data[:DIGEST_BYTES]

    @property
    def words(self) -> int:
        """Return the number of words outside quotation marks."""
        return int.from_bytes(self.data[DIGEST_BYTES:HEAD_BYTES], "little")

    @property
    def passages(self) -> np.ndarray:
        """Return the fingerprints of its passages, in order."""
        return np.frombuffer(self.data, FINGERPRINT, offset=HEAD_BYTES)

    def places(self) -> dict[int, int]:
        """Return the first place of each hash, in order."""
        places: dict[int, int] = {}
        for value, place in self.passages.tolist():
            places.setdefault(value, place)
        return places


class Overlap(NamedTuple):
    """How many words two texts share, as far as fingerprints tell, and the longest run of them."""

    words: int
    run: int


def same_texts(works: Sequence[Work], layouts: Mapping[str, Layout]) -> Iterator[Finding]:
    """Yield the groups with the same text, and the pairs with long passages in common."""
    by_task: defaultdict[tuple[str, str], list[Text]] = defaultdict(list)
    for work in works:
        for task, data in work.submission.texts:
            by_task[work.submission.lesson, task].append(Text(work, data))
    if not by_task:
        return
    given = given_hashes(layouts)
    for (_, task), texts in sorted(by_task.items()):
        yield from _identical(task, texts)
        yield from _overlapping(task, texts, given)


def given_hashes(layouts: Mapping[str, Layout]) -> np.ndarray:
    """Return the hashes of all passages that the tasks themselves show: anyone may quote them."""
    hashes: set[int] = set()
    for layout in layouts.values():
        for entry in layout.bank.versions():
            for text in _texts_in(entry.task.model_dump(mode="json")):
                hashes.update(gram_hashes(own_words(text)))
                hashes.update(gram_hashes(WORD.findall(text.casefold())))
    return np.array(sorted(hashes), "<u4")


def _texts_in(value: object) -> Iterator[str]:
    """Yield every text in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(_texts_in, value.values()))
    elif isinstance(value, list):
        yield from chain.from_iterable(map(_texts_in, value))


def _identical(task: str, texts: Iterable[Text]) -> Iterator[Finding]:
    by_digest: defaultdict[bytes, list[Text]] = defaultdict(list)
    for text in texts:
        by_digest[text.digest].append(text)
    for same in by_digest.values():
        if len(same) > 1:
            reason = t("similar.text", task=task)
            works = tuple(text.work for text in same)
            yield Finding(works, reason, reason, t("similar.all_words"), t("similar.by_texts"))


def _overlapping(task: str, texts: Sequence[Text], given: np.ndarray) -> Iterator[Finding]:
    most = max(COMMON_COUNT, int(COMMON_SHARE * len(texts)))
    values, counts = np.unique(np.concatenate([text.passages["hash"] for text in texts]), return_counts=True)
    is_rare = (counts > 1) & (counts <= most)
    rare = frozenset(np.setdiff1d(values[is_rare], given).tolist())
    del values, counts
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for value in rare.intersection(text.passages["hash"].tolist()):
            holders[value].append(number)
    pairs: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        if len(numbers) <= MOST_PAIRED:
            pairs.update(combinations(numbers, 2))
    for first, second in sorted(pair for pair, count in pairs.items() if count >= LEAST_PRINTS):
        if texts[first].digest != texts[second].digest:
            yield from _alike(task, texts[first], texts[second], rare)


def _alike(task: str, first: Text, second: Text, rare: Container[int]) -> Iterator[Finding]:
    """Yield what two different texts share, if it is enough."""
    overlap = overlap_of(first.places(), second.places(), rare)
    shorter = min(first.words, second.words)
    is_large = overlap.words >= max(LEAST_SHARED, LEAST_SHARE * shorter)
    if is_large or overlap.run >= LEAST_SHARED:
        numbers = {"words": overlap.words, "total": shorter, "run": overlap.run}
        reason = t("similar.passages", task=task, **numbers)
        shared, observed = t("similar.passages_in", task=task), t("similar.words", **numbers)
        yield Finding((first.work, second.work), reason, shared, observed, t("similar.by_texts"))


def overlap_of(first: Mapping[int, int], second: Mapping[int, int], rare: Container[int]) -> Overlap:
    """Return how many words two texts share, by the places of the hashes of each.

    Where two neighbouring hashes are equally far apart in both texts, what is between them is taken as shared.
    """
    words, longest, start, end = 0, 0, 0, 0
    last: tuple[int, int] | None = None
    for value, place in first.items():
        other = second.get(value)
        if other is None or value not in rare:
            last = None
            continue
        if last is None or place - last[0] != other - last[1]:
            start = max(place, end)
            end = start
        words += place + GRAM - end
        end = place + GRAM
        longest = max(longest, end - start)
        last = place, other
    return Overlap(words, longest)
