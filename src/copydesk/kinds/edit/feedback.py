"""Shows before and after on a feedback page, with an editor's marks, each fault, and the needless changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.edit.comparison import compare
from copydesk.kinds.edit.scoring import repaired_texts
from copydesk.kinds.parts import join_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from copydesk.kinds.edit.alignment import Change, Word
    from copydesk.kinds.edit.comparison import ComparedPassage, FaultResult
    from copydesk.kinds.edit.model import EditKey, EditResponse, EditTask
    from copydesk.kinds.parts import Parts
    from copydesk.model.score import Score


class Piece(NamedTuple):
    """Words that stayed, were struck or were put in: *kept*, *struck* or *inserted*."""

    text: str
    mark: str


class MendedPassage(NamedTuple):
    """A passage with the learner's marks, and with those of the reference."""

    id: str
    note: str
    mine: tuple[Piece, ...]
    reference: tuple[Piece, ...]
    is_untouched: bool


class MendedFault(NamedTuple):
    """A fault: its words, what the learner made of them if not an accepted repair, the reference, and why."""

    quote: str
    passage: str
    outcome: str
    mine: str | None
    repairs: tuple[str, ...]
    why: str


class NeedlessChange(NamedTuple):
    """Words that were right and are gone, and words that were put in needlessly; either may be empty."""

    passage: str
    struck: str
    inserted: str


class Kept(NamedTuple):
    """A stretch that must be kept, and whether the learner touched it."""

    quote: str
    passage: str
    is_touched: bool
    why: str


def feedback_view(task: EditTask, key: EditKey, response: EditResponse | None, _: Score, parts: Parts) -> Markup:
    """Return every passage before and after, every fault with its reason, and the needless changes."""
    compared = compare(task, key, response)
    best = repaired_texts(task, key, {})
    passages, faults, needless, kept = [], [], [], []
    for passage, found in zip(task.passages, compared, strict=True):
        mended = MendedPassage(
            id=passage.id,
            note=passage.note,
            mine=tuple(pieces(found.key.words, found.own, found.changes)),
            reference=tuple(_reference_pieces(found, best.get(passage.id))),
            is_untouched=not found.changes,
        )
        passages.append(parts.render_uncached("edit.passage", mended))
        faults += [parts.render_uncached("edit.fault", _mended_fault(result)) for result in found.faults]
        needless += [parts.render_uncached("edit.needless", change) for change in _needless(found)]
        for place in found.key.keeps:
            keep = Kept(place.keep.quote, passage.id, place in found.touched, place.keep.why)
            kept.append(parts.render("edit.kept", keep))
    more = parts.render_around("edit.more", None, join_parts(needless)) if needless else join_parts([])
    rest = parts.render_around("edit.rest", None, join_parts(kept)) if kept else join_parts([])
    return parts.render_around("edit.view", None, join_parts(passages), join_parts(faults), more, rest)


def pieces(words: Sequence[Word], own: Sequence[Word], changes: Sequence[Change]) -> Iterator[Piece]:
    """Yield a passage split where marks begin and end; what stayed is as the learner wrote it."""
    own_place = 0
    for change in changes:
        if change.inserted.start > own_place:
            yield Piece(_joined(own, range(own_place, change.inserted.start)), "kept")
        if change.struck:
            yield Piece(_joined(words, change.struck), "struck")
        if change.inserted:
            yield Piece(_joined(own, change.inserted), "inserted")
        own_place = change.inserted.stop
    if own_place < len(own):
        yield Piece(_joined(own, range(own_place, len(own))), "kept")


def _joined(words: Sequence[Word], places: range) -> str:
    return " ".join(words[place].text for place in places)


def _reference_pieces(found: ComparedPassage, best: str | None) -> Iterator[Piece]:
    """Yield the passage as the reference leaves it: the words of each fault struck, its first repair put in."""
    words, place = found.key.words, 0
    if best is None:
        yield Piece(_joined(words, range(len(words))), "kept")
        return
    for fault in sorted(found.key.faults, key=lambda each: each.quote.start):
        if fault.quote.start > place:
            yield Piece(_joined(words, range(place, fault.quote.start)), "kept")
        yield Piece(_joined(words, fault.quote), "struck")
        repair = f"{fault.before}{fault.fault.repairs[0]}{fault.after}".strip()
        if repair:
            yield Piece(repair, "inserted")
        place = fault.quote.stop
    if place < len(words):
        yield Piece(_joined(words, range(place, len(words))), "kept")


def _mended_fault(result: FaultResult) -> MendedFault:
    fault = result.place.fault
    return MendedFault(
        quote=fault.quote,
        passage=fault.passage,
        outcome=result.outcome,
        mine=result.wording,
        repairs=fault.repairs,
        why=fault.why,
    )


def _needless(found: ComparedPassage) -> Iterator[NeedlessChange]:
    for change in found.needless_changes:
        struck, inserted = _joined(found.key.words, change.struck), _joined(found.own, change.inserted)
        yield NeedlessChange(found.key.id, struck, inserted)
