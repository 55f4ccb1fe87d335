"""What the checks of the course ask of a kind: its texts, the items it asks, and the ratings in its key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from copydesk.kinds.verdict.model import SUPPORTS
from copydesk.model.task import TaskBase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from copydesk.model.score import Score

T = TypeVar("T", bound=TaskBase)
K = TypeVar("K")

LEAST_WORDS = 5
"""Shorter options (names, labels, numbers) may stand in two questions."""

RATINGS = frozenset({*SUPPORTS, "not-supported"})
"""Ids of what a statement can be rated as; as options they stand in a fixed order, and their place tells nothing."""

Fault = tuple[str, str]
"""What is wrong, and what to do."""


class Passage(NamedTuple):
    """Words that a task says stand in a source, or at a place of the article."""

    name: str
    text: str
    source: str | None
    start: int | None


class KeyPlace(NamedTuple):
    """Where the key stands among options, of how many, and whether it is the longest of them."""

    place: int
    options: int
    is_longest: bool


class AskedItem(NamedTuple):
    """Something asked: what is asked about it and the words, both folded; and the words as they stand."""

    question: str
    folded: str
    words: str


def nothing(*_: object) -> tuple[()]:
    """Return nothing: the kind has no such thing."""
    return ()


def no_place(*_: object) -> None:
    """Return that a key has no place among options."""


def never(_task: object) -> bool:
    """Return false."""
    return False


@dataclass(frozen=True, kw_only=True)
class Checks(Generic[T, K]):
    """What the checks ask of a kind; by default it has nothing for them."""

    texts: Callable[[T], Iterable[str]] = nothing
    """The texts of what a learner chooses, sorts, orders or links."""

    faults: Callable[[T], Iterable[Fault]] = nothing
    """What is wrong with a task, by rules that only its kind has."""

    key_faults: Callable[[Score], Iterable[Fault]] = nothing
    """What is wrong with a key, seen in the score of its reference response."""

    asked: Callable[[T], Iterable[AskedItem]] = nothing
    """The items that a task asks."""

    ratings: Callable[[T, K], Iterable[str]] = nothing
    """The verdicts that a key gives to statements."""

    passages: Callable[[T], Iterable[Passage]] = nothing
    """The words that a task takes from the article or a source."""

    key_place: Callable[[T, K], KeyPlace | None] = no_place
    """Where the key stands among options of which one is picked."""

    is_one_pick: Callable[[T], bool] = never
    """Whether a task takes one pick, so that any pick earns all where it happens to be the key."""


def folded(text: str) -> str:
    """Return a text in small letters without punctuation; a quotation counts with its marks left out."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def joined(texts: Iterable[str]) -> str:
    """Return texts as one, in an order that does not depend on theirs."""
    return "; ".join(sorted(folded(text) for text in texts))


def is_long(text: str) -> bool:
    """Return whether a text has enough words to be an item of its own."""
    return len(folded(text).split()) >= LEAST_WORDS


def asked_as_a_whole(task: TaskBase, texts: Iterable[str] = ()) -> AskedItem:
    """Return a prompt as an item, together with what it is about: its passage, or else its options."""
    about = folded(task.context) or joined(texts)
    return AskedItem(folded(task.prompt), about, task.prompt)
