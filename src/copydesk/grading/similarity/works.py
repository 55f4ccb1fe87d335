"""Submissions with the people behind them, and what several of them have in common."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from copydesk.grading.submissions.record import GradedSubmission

T = TypeVar("T")
Person = tuple[str, ...]
"""The key of the learner on the roster, or else the name in the submission."""


@dataclass(frozen=True, eq=False, slots=True)
class Work:
    """A submission and whose it is."""

    person: Person
    submission: GradedSubmission

    @property
    def rank(self) -> tuple[Person, str, str]:
        """Return the sort key of works: by person, then by lesson, then by file."""
        return self.person, self.submission.lesson, self.submission.file


@dataclass(frozen=True, slots=True)
class Finding:
    """What the works of several people have in common.

    ``reason`` says it in a sentence's end, for ``problems.csv``. ``shared``, ``observed``, ``expected``, ``measure``
    and ``chance`` are cells of ``similar.csv``: what is shared, how much, how much of it is expected, by which measure,
    and how many such pairs a class of this size is expected to have.
    """

    works: tuple[Work, ...]
    reason: str
    shared: str
    observed: str
    measure: str
    expected: str = ""
    chance: str = ""


def works_of(submissions: Iterable[GradedSubmission]) -> list[Work]:
    """Return the works in an order that depends on their content alone."""
    works = [Work(_person(submission), submission) for submission in submissions]
    return sorted(works, key=lambda work: work.rank)


def _person(submission: GradedSubmission) -> Person:
    match = submission.match
    return (match.key,) if match and match.key else submission.identity[:2]


def one_for_each(works: Iterable[Work]) -> list[Work]:
    """Return the work of each person in each lesson that would count; a file from several people counts once.

    The works come in the order of ``rank``, and stay in it.
    """
    best = []
    for _, own in groupby(works, key=lambda work: (work.person, work.submission.lesson)):
        best.append(max(own, key=lambda work: work.submission.rank))
    seen: set[tuple[str, str]] = set()
    kept = []
    for work in best:
        place = work.submission.file, work.submission.lesson
        if place not in seen:
            seen.add(place)
            kept.append(work)
    return kept


def different_people(works: Sequence[Work]) -> tuple[Work, ...]:
    """Return one work for each person; a file from several people, such as a team's, counts once."""
    if len(works) == 1:
        return (works[0],)
    by_person: dict[Person, Work] = {}
    for work in works:
        by_person.setdefault(work.person, work)
    by_file: dict[str, Work] = {}
    for work in by_person.values():
        by_file.setdefault(work.submission.file, work)
    return tuple(by_file.values())


class Groups(Generic[T]):
    """Things linked in pairs, as groups of all that hang together."""

    def __init__(self) -> None:
        """Begin without any link."""
        self._heads: dict[T, T] = {}

    def head(self, thing: T) -> T:
        """Return the thing that speaks for the group of this one."""
        while (above := self._heads.setdefault(thing, thing)) != thing:
            self._heads[thing] = self._heads[above]
            thing = above
        return thing

    def link(self, first: T, second: T) -> None:
        """Put two things, and all that hang on them, into one group."""
        self._heads[self.head(second)] = self.head(first)

    def members(self) -> Iterator[list[T]]:
        """Yield the members of each group."""
        groups: defaultdict[T, list[T]] = defaultdict(list)
        for thing in list(self._heads):
            groups[self.head(thing)].append(thing)
        yield from groups.values()
