"""What a class report counts in a task's answers: each answer in numbers, and the numbers of a whole class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from copydesk.model.task import TaskBase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    import numpy as np

    from copydesk.model.score import Score

T = TypeVar("T", bound=TaskBase)
K = TypeVar("K")
R = TypeVar("R")

WHOLE = 10_000
"""A share is kept in ten-thousandths; larger numbers say why there is none."""

OPEN, AWAITING, UNUSABLE, UNGRADED, NOT_ASKED = 65_535, 65_534, 65_533, 65_532, 65_531


class AnswerLayout(NamedTuple):
    """How many numbers an answer to a task takes: picks (from 1; 0 is none), credits of parts, and yes-or-no marks."""

    picks: int = 0
    credits: int = 0
    marks: int = 0

    @property
    def mark_bytes(self) -> int:
        """Return how many bytes the marks take."""
        return -(-self.marks // 8)


class EncodedAnswer(NamedTuple):
    """An answer in the numbers of its layout; ``marks`` has a bit for each mark that is set."""

    picks: list[int]
    credits: list[int]
    marks: int


EMPTY_ANSWER = EncodedAnswer([], [], 0)


class Item(NamedTuple):
    """The smallest thing with a credit of its own; ``by_degree`` if the credit is more than right or wrong."""

    name: str
    text: str
    credit: np.ndarray
    by_degree: bool


class ChoiceCounts(NamedTuple):
    """An item (or the task itself), the choices it offers, their weights, and how often each was made."""

    item: str
    choices: Sequence[tuple[str, str]]
    weights: Sequence[float]
    counts: Sequence[int]


class MarkedWord(NamedTuple):
    """A word of a passage under one label: how many learners marked it, and its weight in the key."""

    passage: str
    label: str
    label_text: str
    place: int
    text: str
    times: int
    weight: float


class Wording(NamedTuple):
    """What a learner wrote in place of some words, if the key does not list it.

    ``part`` is the part of the task, ``about`` the words; ``folded`` is for comparing wordings.
    """

    part: str
    about: str
    text: str
    folded: str


class ClassAnswers(Protocol):
    """The answers of a class to one task, learner by learner, in the numbers of its layout."""

    def shares(self) -> np.ndarray:
        """Return each learner's share, 0 to 1; missing if there is no score."""

    def credits(self, place: int) -> np.ndarray:
        """Return each learner's credit for a part, 0 to 1; missing if there is none."""

    def pick_weights(self, place: int, weights: Sequence[float]) -> np.ndarray:
        """Return the weight of each learner's pick at a place; missing if nothing was picked."""

    def pick_counts(self, place: int, choices: int) -> Sequence[int]:
        """Return how often each choice was picked at a place."""

    def mark_counts(self) -> Sequence[int]:
        """Return how many learners set each mark."""


def empty_layout(_task: object) -> AnswerLayout:
    """Return the layout of an answer for which only the share is kept."""
    return AnswerLayout()


def encode_nothing(_task: object, _response: object, _score: Score) -> EncodedAnswer:
    """Return an answer without numbers: only the share is kept."""
    return EMPTY_ANSWER


def whole_task(task: TaskBase, _key: object, answers: ClassAnswers) -> Iterator[Item]:
    """Yield the task as its only item."""
    yield Item(task.id, task.title, answers.shares(), by_degree=True)


def no_rows(*_: object) -> tuple[()]:
    """Return nothing: such a task has no row in this table."""
    return ()


@dataclass(frozen=True, kw_only=True)
class Counts(Generic[T, K, R]):
    """What the class report counts for a kind; by default only the share, with the task as one item."""

    answer_layout: Callable[[T], AnswerLayout] = empty_layout
    """How many numbers an answer takes."""

    encode_answer: Callable[[T, R, Score], EncodedAnswer] = encode_nothing
    """An answer in numbers."""

    items: Callable[[T, K, ClassAnswers], Iterable[Item]] = whole_task
    """The parts that have a credit of their own, or else the task."""

    choice_counts: Callable[[T, K, ClassAnswers], Iterable[ChoiceCounts]] = no_rows
    """How often each option, class, place, support or link was chosen."""

    part_texts: Callable[[T, K], Iterable[tuple[str, str]]] = no_rows
    """The texts of the parts whose choices are counted, by their ids."""

    marked_words: Callable[[T, K, ClassAnswers], Iterable[MarkedWord]] = no_rows
    """How often each word was marked."""

    wordings: Callable[[T, K, R], Iterable[Wording]] = no_rows
    """What an answer has that its key does not list, for an instructor to accept if many wrote it."""

    wrong_answers: Callable[[T, K, R, Score], Iterable[str]] = no_rows
    """What of an answer isn't right, part by part; what was left open says nothing and isn't among it."""

    opened_cards: Callable[[R], Iterable[tuple[str, datetime]]] | None = None
    """The evidence cards that an answer says were opened, and when; None if a kind has no closed cards."""

    is_judged: Callable[[R], bool] | None = None
    """Whether an answer judges by evidence cards; None if the kind does not."""


def part_credits(parts: Sequence[str], score: Score) -> list[int]:
    """Return the credit of each part, or that it is not graded or not answered if the score has none."""
    if not score.feedback:
        return [OPEN] * len(parts)
    credits_ = dict.fromkeys(parts, UNGRADED)
    for entry in score.feedback:
        if entry.part in credits_ and entry.credit is not None:
            credits_[entry.part] = round(WHOLE * entry.credit)
    return list(credits_.values())


class HasIdAndText(Protocol):
    """A thing with an id and a text."""

    @property
    def id(self) -> str:
        """Return the id."""

    @property
    def text(self) -> str:
        """Return the text."""


def ids_and_texts(things: Iterable[HasIdAndText]) -> list[tuple[str, str]]:
    """Return the id and text of each thing, in the form choices have."""
    return [(thing.id, thing.text) for thing in things]
