"""What the stubs of all kinds share: a small complete task in which instructions stand where the author writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from copydesk.model.task import TO_BE_WRITTEN
from copydesk.model.tokens import ARTICLES, tokenize
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.model.task import Group

PASSAGE = "passage"
"""The id of the passage in a text without a sentence that fits."""

MOST_CHARACTERS = 1000
"""A longer sentence is no good example."""


class HasPlace(Protocol):
    """A sentence with its id, and its place in the article."""

    @property
    def id(self) -> str:
        """Return the id."""

    @property
    def text(self) -> str:
        """Return the words."""

    @property
    def start(self) -> int:
        """Return where it begins in the article, in code points."""


@dataclass(frozen=True, kw_only=True)
class StubMaterial:
    """What a stub is made of: sentences of the article, ids of evidence cards, and the place it is for.

    ``language`` is the language of the course, for a kind whose stub depends on it; instructions are in the language
    of the interface. A task with ``points`` is for a graded bank.
    """

    sentences: tuple[HasPlace, ...]
    cards: tuple[str, ...] = ("K1",)
    language: str = "en"
    task_id: str = "P1"
    group: Group = "practice"
    points: float = 0

    def passages(self, count: int) -> list[dict[str, Any]]:
        """Return the first sentences of some words as passages; an unwritten one if there are none."""
        passages = [_passage(sentence) for sentence in self._clear_sentences()]
        return passages[:count] or [{"id": PASSAGE, "text": unwritten(t("stub.passage"))}]

    def editable_passage(self) -> tuple[dict[str, Any], str]:
        """Return a passage, and a word that is in it once, with other words beside it."""
        for sentence in self._clear_sentences():
            word = _unique_word(sentence.text)
            if word:
                return _passage(sentence), word
        return {"id": PASSAGE, "text": unwritten(t("stub.passage"))}, TO_BE_WRITTEN.split()[-1]

    def _clear_sentences(self) -> Iterator[HasPlace]:
        """Yield the sentences that have a word and are not far too long."""
        for sentence in self.sentences:
            if tokenize(sentence.text) and len(sentence.text) <= MOST_CHARACTERS:
                yield sentence


def unwritten(instruction: str) -> str:
    """Return an instruction for the author, marked as a text that is still to be written."""
    return f"{TO_BE_WRITTEN}: {instruction}"


def task_head(material: StubMaterial, kind: str) -> dict[str, Any]:
    """Return the fields with which every stub begins; a graded one has points instead of a group."""
    head: dict[str, Any] = {"id": material.task_id, "kind": kind}
    if not material.points:
        head["group"] = material.group
    head["title"] = unwritten(t("stub.title"))
    if material.points:
        head["points"] = material.points
    return head


def first_word(text: str) -> str:
    """Return the first word of a text that counts as one: marking leaves out *a* and *the* at its edges."""
    words = [text[start:end] for start, end in tokenize(text)]
    counted = [word for word in words if word.casefold() not in ARTICLES]
    return (counted or words)[0]


def _passage(sentence: HasPlace) -> dict[str, Any]:
    return {"id": sentence.id, "start": sentence.start, "text": sentence.text}


def _unique_word(text: str) -> str:
    """Return the longest word between spaces that a text has only once, if it has others; otherwise nothing."""
    words = text.split()
    once = [word for word in words if text.count(word) == 1 and tokenize(word)]
    return max(once, key=_plainness) if once and len(words) > 1 else ""


def _plainness(word: str) -> tuple[bool, int]:
    """Return how good an example a word is: one without punctuation before others, a long one before a short one."""
    return word.isalnum(), len(word)
