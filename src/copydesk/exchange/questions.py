"""A question in the form all learning platforms share: a stem, a body for its kind, and an explanation."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, permutations, product
from math import factorial, prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ORDERS = 24
"""The most orders that a question lists as right; with more, it lists the reference order alone."""


@dataclass(frozen=True)
class Option:
    """One answer to choose: its HTML, its weight from 0 to 1, and the explanation."""

    id: str
    text: str
    weight: float
    why: str


@dataclass(frozen=True)
class Choice:
    """Options of which one or several are chosen."""

    options: tuple[Option, ...]
    multiple: bool = False
    shuffle: bool = True

    def fractions(self) -> list[float]:
        """Return the share of the whole that each option earns when chosen.

        For a single choice, that is its weight. For several, each right option earns 1 / right and each wrong one
        costs 1 / wrong, as in the course; defensible options neither earn nor cost.
        """
        weights = [option.weight for option in self.options]
        if not self.multiple:
            return weights
        fractions = []
        for weight in weights:
            if weight == 1:
                fractions.append(1 / weights.count(1))
            elif weight == 0:
                fractions.append(-1 / weights.count(0))
            else:
                fractions.append(0.0)
        return fractions

    def has_defensible_option(self) -> bool:
        """Return whether any option earns part of the whole."""
        return any(0 < option.weight < 1 for option in self.options)


@dataclass(frozen=True)
class Item:
    """One thing to be matched: its HTML and the weight of each answer that earns anything."""

    id: str
    text: str
    weights: dict[str, float]

    @property
    def answer(self) -> str:
        """The answer of the reference reading."""
        return max(self.weights, key=self.weights.__getitem__)


@dataclass(frozen=True)
class Match:
    """Items and their answers (id and plain text): each item is matched with one answer."""

    items: tuple[Item, ...]
    answers: dict[str, str]

    def unused(self) -> list[str]:
        """Return the answers that belong to no item, in order; they are offered all the same."""
        rest = dict(self.answers)
        for item in self.items:
            rest.pop(item.answer, None)
        return list(rest.values())


@dataclass(frozen=True)
class Order:
    """Steps (id and HTML), and their groups from first to last; the order within a group is open."""

    steps: dict[str, str]
    ranks: tuple[tuple[str, ...], ...]

    def has_open_places(self) -> bool:
        """Return whether some steps share a place."""
        return any(len(group) > 1 for group in self.ranks)

    def orders(self) -> Iterator[tuple[str, ...]]:
        """Yield every order that is right; only the reference order if there are too many."""
        if prod(factorial(len(group)) for group in self.ranks) > MOST_ORDERS:
            yield tuple(chain.from_iterable(self.ranks))
            return
        for groups in product(*map(permutations, self.ranks)):
            yield tuple(chain.from_iterable(groups))

    def places(self) -> Match:
        """Return the same as a matching question: steps that share a place are matched with the same number."""
        place_of = {}
        for place, group in enumerate(self.ranks, start=1):
            place_of.update(dict.fromkeys(group, str(place)))
        items = []
        for name, text in self.steps.items():
            items.append(Item(name, text, {place_of[name]: 1.0}))
        numbers = [str(place) for place in range(1, len(self.ranks) + 1)]
        return Match(tuple(items), dict(zip(numbers, numbers, strict=True)))


@dataclass(frozen=True)
class Number:
    """A number, and how far off an answer may be."""

    value: float
    tolerance: float


@dataclass(frozen=True)
class Words:
    """A short text that must match exactly, apart from capital letters."""

    answer: str


@dataclass(frozen=True)
class Essay:
    """A text that a person marks; ``for_marker`` is HTML that learners do not see."""

    for_marker: str = ""


Body = Choice | Match | Order | Number | Words | Essay


@dataclass(frozen=True)
class Question:
    """One question for a platform, made from a task or part of one.

    ``stem``, ``after`` (shown once it is answered) and ``hints`` are HTML. ``losses`` names the parts of
    the task that no platform keeps.
    """

    id: str
    task: str
    title: str
    stem: str
    body: Body
    after: str
    points: float = 1.0
    hints: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()


@dataclass(frozen=True)
class OmittedTask:
    """A task that no platform can hold, or that is not finished, with the reason."""

    task: str
    title: str
    reason: str
    is_unwritten: bool = False
