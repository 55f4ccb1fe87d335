"""What the course checks look at in a kind: its texts, the items it asks, and the ratings in its key."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from copydesk.kinds.verdict.model import SUPPORTS
from copydesk.model.task import TaskBase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from copydesk.model.score import Score

T = TypeVar("T", bound=TaskBase)
K = TypeVar("K")

LEAST_WORDS = 5
"""Shorter options (names, labels, numbers) may appear in two questions."""

RATINGS = frozenset({*SUPPORTS, "not-supported"})
"""Ids of the ratings of a statement; as options they are in a fixed order, so their place tells nothing."""

Fault = tuple[str, str]
"""A fault and its remedy."""


class Passage(NamedTuple):
    """Words that a task says are in a source, or at a place in the article."""

    name: str
    text: str
    source: str | None
    start: int | None


class Stance(NamedTuple):
    """An option that doubts (*doubt*) or finds nothing wrong (*fine*), and whether it is the right one."""

    name: str
    is_right: bool


class KeyPosition(NamedTuple):
    """The place of the key among options, their number, and whether the key is the longest."""

    place: int
    options: int
    is_longest: bool


@dataclass(frozen=True)
class AskedItem:
    """An item of a task: the question and the words it is about, both folded for comparing items.

    ``words`` are the unfolded words; items that differ only in these are equal.
    """

    question: str
    plain_words: str
    words: str = field(compare=False)


def no_entries(*_: object) -> tuple[()]:
    """Return nothing: the kind has no such thing."""
    return ()


def no_key_position(*_: object) -> None:
    """Return None: the key has no place among options."""


def is_never(_task: object) -> bool:
    """Return false."""
    return False


@dataclass(frozen=True, kw_only=True)
class Checks(Generic[T, K]):
    """What the checks look at in a kind; by default there is nothing."""

    texts: Callable[[T], Iterable[str]] = no_entries
    """The texts that a learner chooses, sorts, orders or links."""

    faults: Callable[[T], Iterable[Fault]] = no_entries
    """The faults of a task, by rules that only its kind has."""

    key_faults: Callable[[Score], Iterable[Fault]] = no_entries
    """The faults of a key that show in the score of its reference response."""

    asked_items: Callable[[T], Iterable[AskedItem]] = no_entries
    """The items that a task asks."""

    ratings: Callable[[T, K], Iterable[str]] = no_entries
    """The verdicts that a key gives to statements."""

    passages: Callable[[T], Iterable[Passage]] = no_entries
    """The words that a task takes from the article or a source."""

    key_position: Callable[[T, K], KeyPosition | None] = no_key_position
    """The position of the key among options of which one is picked."""

    reading_faults: Callable[[T, K, str], Iterable[Fault]] = no_entries
    """The faults that let a task be answered without what it shows; the text is its passage and cards."""

    stances: Callable[[K], Iterable[Stance]] = no_entries
    """The options that doubt, and those that find nothing wrong."""

    is_one_pick: Callable[[T], bool] = is_never
    """Whether a task takes one pick, so that any pick earns everything if it happens to be the key."""


def fold(text: str) -> str:
    """Return a text in lower case without punctuation or quotation marks, for comparing."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def missed_faults(missed: Iterable[str], matter: str) -> Iterable[Fault]:
    """Yield each word that a key calls missed though the task does not show it."""
    shown = f" {fold(matter)} "
    for words in missed:
        if f" {fold(words)} " not in shown:
            yield f"the missed “{words}” is nowhere in what the task shows", "Quote the word as it is there."


def fold_all(texts: Iterable[str]) -> str:
    """Return several texts, each folded, as one text; their order does not matter."""
    return "; ".join(sorted(map(fold, texts)))


def is_long(text: str) -> bool:
    """Return whether a text has enough words to be its own item."""
    return len(fold(text).split()) >= LEAST_WORDS


def prompt_item(task: TaskBase, texts: Iterable[str] = ()) -> AskedItem:
    """Return a prompt as an item, with its subject: its passage, or else its options."""
    subject = fold(task.context) or fold_all(texts)
    return AskedItem(fold(task.prompt), subject, task.prompt)
