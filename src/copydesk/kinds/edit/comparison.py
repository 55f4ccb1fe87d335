"""Compares a learner's text with a key: which faults are repaired, which are found, and what was changed needlessly."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from copydesk.kinds.edit.alignment import REMEMBERED_TEXTS, STRUCK, Change, align, changes, folded_words, words_of
from copydesk.kinds.edit.model import find_words, touched_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from copydesk.kinds.edit.alignment import Word
    from copydesk.kinds.edit.model import EditKey, EditResponse, EditTask, KeepStretch, KeyFault

Wordings = dict[int, set[tuple[str, ...]]]
Outcome = Literal["repaired", "found", "left"]
CREDIT: dict[Outcome, float] = {"repaired": 1.0, "found": 0.5, "left": 0.0}


class FaultPlace(NamedTuple):
    """A fault by words: those of its quote and its spot, its accepted repairs, and what else its words contain.

    ``repairs`` has them by how many words they have; so has ``wordings``, which the quote itself is one of.
    ``before`` and ``after`` are what its first and last words have beyond the quote, such as a full stop.
    """

    fault: KeyFault
    quote: range
    spot: range
    repairs: Wordings
    wordings: Wordings
    before: str
    after: str


class KeepPlace(NamedTuple):
    """A stretch that must not be touched, by words."""

    keep: KeepStretch
    words: range


class PassageKey(NamedTuple):
    """A passage with what the key says of it; ``fault_at`` has the fault whose quote each word is in."""

    id: str
    text: str
    words: tuple[Word, ...]
    faults: tuple[FaultPlace, ...]
    keeps: tuple[KeepPlace, ...]
    fault_at: dict[int, FaultPlace]


class FaultResult(NamedTuple):
    """What became of a fault; ``wording`` is the learner's if the key does not list it, empty if it is struck."""

    place: FaultPlace
    outcome: Outcome
    wording: str | None


class ComparedPassage(NamedTuple):
    """A passage and the learner's version: the changes, the faults, and the needless changes.

    ``needless`` counts original words that were right and are gone, and words inserted that were not in a fault.
    """

    key: PassageKey
    text: str
    partners: list[int]
    changes: list[Change]
    faults: list[FaultResult]
    needless: int
    needless_changes: list[Change]
    touched: list[KeepPlace]

    @property
    def own(self) -> tuple[Word, ...]:
        """Return the words of the learner's version."""
        return words_of(self.text)


@cache
def passage_keys(task: EditTask, key: EditKey) -> tuple[PassageKey, ...]:
    """Return what a key says of each passage."""
    texts = {passage.id: passage.text for passage in task.passages}
    found = []
    for name, text in texts.items():
        faults = tuple(_fault_place(texts, fault) for fault in key.faults if fault.passage == name)
        keeps = tuple(KeepPlace(keep, range(*find_words(texts, keep))) for keep in key.keep if keep.passage == name)
        fault_at = {}
        for place in faults:
            fault_at.update(dict.fromkeys(place.quote, place))
        found.append(PassageKey(name, text, words_of(text), faults, keeps, fault_at))
    return tuple(found)


def _fault_place(texts: dict[str, str], fault: KeyFault) -> FaultPlace:
    text = texts[fault.passage]
    first, last = find_words(texts, fault)
    start = text.find(fault.quote)
    spot = fault.spot or fault.quote
    spot_start = start + fault.quote.find(spot)
    words = words_of(text)
    before, after = text[words[first].start : start], text[start + len(fault.quote) : words[last - 1].end]
    repairs = {folded_words(f"{before}{repair}{after}") for repair in fault.repairs}
    wordings = repairs | {folded_words(text)[first:last]}
    spot_words = range(*touched_words(text, spot_start, spot_start + len(spot)))
    return FaultPlace(fault, range(first, last), spot_words, _by_length(repairs), _by_length(wordings), before, after)


def _by_length(wordings: Iterable[tuple[str, ...]]) -> Wordings:
    lengths: Wordings = {}
    for wording in wordings:
        lengths.setdefault(len(wording), set()).add(wording)
    return lengths


def words_outside(keys: Sequence[PassageKey]) -> int:
    """Return how many words of some passages are not in any fault's quote; at least 1."""
    quoted = sum(len(passage.fault_at) for passage in keys)
    return max(1, sum(len(passage.words) for passage in keys) - quoted)


def compare(task: EditTask, key: EditKey, response: EditResponse | None) -> list[ComparedPassage]:
    """Return each passage with the learner's version."""
    texts = response.texts if response else {}
    return [
        _compare_passage(task, key, place, texts.get(passage.id, passage.text))
        for place, passage in enumerate(passage_keys(task, key))
    ]


@lru_cache(maxsize=REMEMBERED_TEXTS)
def _compare_passage(task: EditTask, key: EditKey, place: int, text: str) -> ComparedPassage:
    """Return a passage with the learner's version; scores, counts and feedback all ask for it."""
    passage, own = passage_keys(task, key)[place], folded_words(text)
    partners = align(folded_words(passage.text), own)
    faults, settled = [], []
    for fault in passage.faults:
        stretch = _stretch(passage, partners, fault, len(own))
        result = _fault_result(passage, fault, partners, text, stretch)
        faults.append(result)
        if result.outcome == "repaired":
            settled.append(stretch)
    found = changes(partners, len(own))
    needless, needless_changes = 0, []
    for change in found:
        count = 0 if _is_within(change, settled) else _needless_words(passage, change)
        needless += count
        if count:
            needless_changes.append(change)
    touched = []
    for keep in passage.keeps:
        is_settled = any(_is_inside(keep.words, stretch.struck) for stretch in settled)
        if not is_settled and _is_touched(partners, keep.words):
            touched.append(keep)
    return ComparedPassage(passage, text, partners, found, faults, needless, needless_changes, touched)


def _stretch(passage: PassageKey, partners: Sequence[int], place: FaultPlace, own_count: int) -> Change:
    """Return the words of both texts between the last partners before a fault's quote and the first after it.

    Words of other faults do not count: what became of them is not known here.
    """
    before, after = place.quote.start - 1, place.quote.stop
    while before >= 0 and (partners[before] == STRUCK or before in passage.fault_at):
        before -= 1
    while after < len(partners) and (partners[after] == STRUCK or after in passage.fault_at):
        after += 1
    own_start = partners[before] + 1 if before >= 0 else 0
    own_stop = partners[after] if after < len(partners) else own_count
    return Change(range(before + 1, after), range(own_start, own_stop))


def _fault_result(
    passage: PassageKey, place: FaultPlace, partners: Sequence[int], text: str, stretch: Change
) -> FaultResult:
    own_words = folded_words(text)[stretch.inserted.start : stretch.inserted.stop]
    if _is_repaired(passage, place, stretch.struck, own_words):
        return FaultResult(place, "repaired", None)
    if not _is_touched(partners, place.spot):
        return FaultResult(place, "left", None)
    return FaultResult(place, "found", _wording(place, text, stretch))


def _is_repaired(passage: PassageKey, place: FaultPlace, struck: range, own: tuple[str, ...]) -> bool:
    """Return whether the learner's words are the original's with the fault repaired.

    Another fault among these words may or may not be repaired too.
    """
    ends, number = {0}, struck.start
    while number < struck.stop and ends:
        other = passage.fault_at.get(number)
        if other is None:
            folded = folded_words(passage.text)[number]
            ends = {end + 1 for end in ends if end < len(own) and own[end] == folded}
            number += 1
        else:
            ends = set(_ends(own, ends, other.repairs if other is place else other.wordings))
            number = other.quote.stop
    return len(own) in ends


def _ends(own: tuple[str, ...], starts: set[int], accepted: Wordings) -> Iterator[int]:
    """Yield the end of each accepted wording that begins at one of the starts."""
    for start in starts:
        for length, wordings in accepted.items():
            if own[start : start + length] in wordings:
                yield start + length


def _wording(place: FaultPlace, text: str, stretch: Change) -> str | None:
    """Return the learner's wording of a quote; None if words beside it were changed too."""
    if stretch.struck != place.quote:
        return None
    wording = " ".join(text.split()[stretch.inserted.start : stretch.inserted.stop])
    if place.after:
        wording = wording.removesuffix(place.after)
    return wording.removeprefix(place.before)


def _is_touched(partners: Sequence[int], words: range) -> bool:
    """Return whether a word of a stretch is gone, or something was inserted between two of its words."""
    own = [partners[number] for number in words]
    return STRUCK in own or own[-1] - own[0] != len(own) - 1


def _is_within(change: Change, stretches: Sequence[Change]) -> bool:
    """Return whether a change is part of one of the stretches."""
    return any(
        _is_inside(change.struck, stretch.struck) and _is_inside(change.inserted, stretch.inserted)
        for stretch in stretches
    )


def _is_inside(inner: range, outer: range) -> bool:
    """Return whether a range of words is within another, even if it is empty."""
    return outer.start <= inner.start and inner.stop <= outer.stop


def _needless_words(passage: PassageKey, change: Change) -> int:
    """Return how many words of a change were needless: those struck or inserted outside quotes."""
    outside = len([number for number in change.struck if number not in passage.fault_at])
    return outside if _is_at_fault(passage, change) else outside + len(change.inserted)


def _is_at_fault(passage: PassageKey, change: Change) -> bool:
    """Return whether a change strikes a word of a quote, or inserts something between two of its words."""
    if change.struck:
        return any(number in passage.fault_at for number in change.struck)
    here, before = change.struck.start, change.struck.start - 1
    return here in passage.fault_at and passage.fault_at.get(before) is passage.fault_at[here]
