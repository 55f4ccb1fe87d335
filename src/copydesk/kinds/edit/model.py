"""Edit: mend the words of given passages, as an editor does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from copydesk.kinds.edit.alignment import folded_words, words_of
from copydesk.kinds.spans.model import Passage
from copydesk.model.base import Frozen, Identifier, Text
from copydesk.model.task import KeyBase, TaskBase, ids_of, require_unique_ids

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_FAULTS = 20
MOST_CHARACTERS = 40_000
"""The longest text that is read, whatever its passage."""


class EditTask(TaskBase):
    """Passages whose words are to be mended."""

    kind: Literal["edit"] = "edit"
    passages: tuple[Passage, ...] = Field(min_length=1, max_length=40)

    @model_validator(mode="after")
    def _ids_are_distinct(self) -> Self:
        require_unique_ids("passage", ids_of(self.passages))
        return self


class KeyFault(Frozen):
    """A stretch to be mended, and every accepted wording; an empty one if it is to be struck.

    ``quote`` is what the repair is about. Anyone who touches the ``spot`` in it, which is all of it unless
    stated otherwise, has found the fault.
    """

    id: Identifier
    passage: Identifier
    quote: Text
    spot: str = ""
    weight: float = Field(default=1, gt=0, le=1)
    repairs: tuple[str, ...] = Field(min_length=1, max_length=150)
    why: Text


class KeepStretch(Frozen):
    """A stretch that is right as it is, so that touching it costs: a quotation, a name."""

    passage: Identifier
    quote: Text
    why: Text


class EditKey(KeyBase):
    """The faults of the passages, the reference repair of each first, and what must not be touched."""

    kind: Literal["edit"] = "edit"
    faults: tuple[KeyFault, ...] = Field(min_length=1, max_length=MOST_FAULTS)
    keep: tuple[KeepStretch, ...] = Field(default=(), max_length=40)

    def fits(self, task: EditTask) -> None:
        """Raise ``ValueError`` when a quotation is not there exactly once, stretches overlap, or nothing is right."""
        require_unique_ids("fault", ids_of(self.faults))
        texts = {passage.id: passage.text for passage in task.passages}
        for fault in self.faults:
            _require_whole_words(fault, texts)
            find_once(fault.spot or fault.quote, fault.quote, place=f"the quote of fault {fault.id!r}")
            if folded_words(fault.quote) in map(folded_words, fault.repairs):
                msg = f"a repair of fault {fault.id!r} is its quote again; take it away"
                raise ValueError(msg)
        for passage in task.passages:
            faults = [fault for fault in self.faults if fault.passage == passage.id]
            keeps = [keep for keep in self.keep if keep.passage == passage.id]
            _require_apart(passage, [*faults, *keeps])
        outside = sum(len(words_of(text)) for text in texts.values())
        for fault in self.faults:
            first, last = find_words(texts, fault)
            outside -= last - first
        if outside < 1:
            msg = "the faults leave no word of the passages outside them; quote less, or show more of the passage"
            raise ValueError(msg)
        for keep in self.keep:
            find_words(texts, keep)


Stretch = KeyFault | KeepStretch


def _require_whole_words(fault: KeyFault, texts: dict[str, str]) -> None:
    """Raise ``ValueError`` when a fault that may be struck ends within a word: part of it would be left."""
    first, last = find_words(texts, fault)
    words = words_of(texts[fault.passage])[first:last]
    is_whole = words[-1].end - words[0].start == len(fault.quote)
    if not is_whole and any(not repair.strip() for repair in fault.repairs):
        msg = f"fault {fault.id!r} may be struck, but its quote ends within a word; quote whole words"
        raise ValueError(msg)


def _require_apart(passage: Passage, stretches: Iterable[Stretch]) -> None:
    """Raise ``ValueError`` when two stretches of a passage have a word in common."""
    texts = {passage.id: passage.text}
    taken: dict[int, str] = {}
    for stretch in stretches:
        for word in range(*find_words(texts, stretch)):
            if word in taken:
                msg = f"{stretch.quote!r} and {taken[word]!r} share a word in passage {passage.id!r}; keep them apart"
                raise ValueError(msg)
            taken[word] = stretch.quote


def find_once(quote: str, text: str, *, place: str) -> int:
    """Return where a quotation begins in a text.

    Raises:
        ValueError: it is not there, or more than once.
    """
    start = text.find(quote)
    if start < 0 or text.find(quote, start + 1) >= 0:
        msg = f"the words {quote!r} must be found once in {place}; copy them letter by letter, or quote more of it"
        raise ValueError(msg)
    return start


def find_words(texts: dict[str, str], stretch: Stretch) -> tuple[int, int]:
    """Return the first word of its passage that a stretch touches, and the one after the last.

    Raises:
        ValueError: the passage is unknown, or the words are not there exactly once.
    """
    if stretch.passage not in texts:
        msg = f"{stretch.quote!r} names the passage {stretch.passage!r}, which the task does not have"
        raise ValueError(msg)
    text = texts[stretch.passage]
    start = find_once(stretch.quote, text, place=f"passage {stretch.passage!r}")
    return touched_words(text, start, start + len(stretch.quote))


def touched_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the first word that characters of a text touch, and the one after the last."""
    touched = [place for place, word in enumerate(words_of(text)) if word.start < end and word.end > start]
    return touched[0], touched[-1] + 1


class EditResponse(Frozen):
    """Each passage that was changed, as the learner left it; one that is untouched is left out."""

    kind: Literal["edit"] = "edit"
    texts: dict[Identifier, Annotated[str, Field(max_length=MOST_CHARACTERS)]] = Field(max_length=40)
