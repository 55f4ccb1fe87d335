"""What learning platforms have in common: a question with a stem, its kind, and what is shown after answering."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations, product
from math import factorial, prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ORDERS = 24
"""How many orders a question lists as right at most; with more open pairs it takes the reference order alone."""


@dataclass(frozen=True)
class Option:
    """One answer to choose: its HTML, its weight from 0 to 1, and the explanation."""

    id: str
    text: str
    weight: float
    why: str


@dataclass(frozen=True)
class Choice:
    """Options of which one is chosen, or several."""

    options: tuple[Option, ...]
    multiple: bool = False
    shuffle: bool = True

    def fractions(self) -> list[float]:
        """Return what choosing each option earns of the whole.

        Of one option that is its weight. Of several a right one earns its part of all right ones and a wrong one
        costs its part of all wrong ones, as in the course; options that one can defend neither earn nor cost.
        """
        weights = [option.weight for option in self.options]
        if not self.multiple:
            return weights
        right, wrong = weights.count(1), weights.count(0)
        return [1 / right if weight == 1 else -1 / wrong if weight == 0 else 0.0 for weight in weights]


@dataclass(frozen=True)
class Item:
    """One thing to be matched: its HTML and the weight of each answer that earns something."""

    id: str
    text: str
    weights: dict[str, float]

    @property
    def answer(self) -> str:
        """The answer of the reference reading."""
        return max(self.weights, key=self.weights.__getitem__)


@dataclass(frozen=True)
class Match:
    """Items, and the answers (id and plain text) that each of them gets one of."""

    items: tuple[Item, ...]
    answers: dict[str, str]

    def unused(self) -> list[str]:
        """Return the answers that belong to no item, in order; they are offered all the same."""
        used = {item.answer for item in self.items}
        return [text for name, text in self.answers.items() if name not in used]


@dataclass(frozen=True)
class Order:
    """Steps (id and HTML), and their groups from first to last; the order within a group is open."""

    steps: dict[str, str]
    ranks: tuple[tuple[str, ...], ...]

    def orders(self) -> Iterator[tuple[str, ...]]:
        """Yield every order that is right; only the reference order where these are too many."""
        if prod(factorial(len(group)) for group in self.ranks) > MOST_ORDERS:
            yield tuple(name for group in self.ranks for name in group)
            return
        for groups in product(*(permutations(group) for group in self.ranks)):
            yield tuple(name for group in groups for name in group)

    def places(self) -> Match:
        """Return the same as a matching question: steps that share a place are matched with the same number."""
        answers = {str(place): str(place) for place in range(1, len(self.ranks) + 1)}
        place_of = {name: str(place) for place, group in enumerate(self.ranks, start=1) for name in group}
        return Match(tuple(Item(name, text, {place_of[name]: 1.0}) for name, text in self.steps.items()), answers)


@dataclass(frozen=True)
class Number:
    """A number, and how far from it still counts."""

    value: float
    tolerance: float


@dataclass(frozen=True)
class Words:
    """A short text that must be written exactly so, but for capital letters."""

    answer: str


@dataclass(frozen=True)
class Essay:
    """A text that a person marks; ``for_marker`` is HTML that learners do not see."""

    for_marker: str = ""


Body = Choice | Match | Order | Number | Words | Essay


@dataclass(frozen=True)
class Question:
    """One question of a platform, made from a task or a part of it.

    ``stem``, ``after`` (shown once it is answered) and ``hints`` are HTML. ``not_held`` says what of the task no
    platform keeps.
    """

    id: str
    task: str
    title: str
    stem: str
    body: Body
    after: str
    points: float = 1.0
    hints: tuple[str, ...] = ()
    not_held: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """A task that no platform can hold, or that is not finished, and why."""

    task: str
    title: str
    reason: str
    is_unwritten: bool = False
