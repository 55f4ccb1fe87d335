"""The fields that every task has, whatever its kind, and the rules for models of tasks and keys."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, Protocol, Self

from pydantic import Field, model_validator

from copydesk.model.base import Frozen, Identifier, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Group = Literal["warm-up", "worked", "practice", "quiz", "note", "exercise", "baseline"]
UNASKED: frozenset[Group] = frozenset({"worked", "note"})
"""Groups of tasks that no one has to do: the first is shown with its key, the second is for the learner's own notes."""

TO_BE_WRITTEN = "TO BE WRITTEN"
"""Marks where an author still has something to write; the checks of the course report it."""

Bloom = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]


def is_unwritten(text: str) -> bool:
    """Return whether a text has still to be written: whether it contains the mark, even broken across lines."""
    return TO_BE_WRITTEN in " ".join(text.split())


class TaskBase(Frozen):
    """The public part of a task: all that a learner may see before answering.

    A task of the group ``worked`` is shown with its key, so there is nothing to do in it. One of the group
    ``note`` is a place for the learner's own notes: it has no key, and no one reads or counts it.
    ``prompt`` is the question, ``context`` the words of the article or card that it is about.
    ``points`` is 0 for practice. ``cards`` names the evidence cards shown with the task.
    ``reasons`` are "because ..." chips: a practice task that has them can be checked once one is
    picked, or once the learner has written a reason of at least five words. ``hints`` are shown one by one
    when the learner asks; those shown are counted. A task of the group *baseline* is asked twice, in
    the first lesson and in the last, and never has points.
    """

    id: Identifier
    group: Group = "exercise"
    title: Text
    prompt: Text
    context: str = ""
    concept: str = ""
    bloom: Bloom | None = None
    cards: tuple[Identifier, ...] = ()
    confidence: bool = False
    reasons: tuple[Text, ...] = ()
    hints: tuple[Text, ...] = ()
    points: float = Field(default=0, ge=0, le=100)

    @property
    def is_asked(self) -> bool:
        """Whether there is something to do in the task; worked examples and notes are optional."""
        return self.group not in UNASKED

    @model_validator(mode="after")
    def _baseline_has_no_points(self) -> Self:
        if self.group == "baseline" and self.points:
            msg = f"the baseline task {self.id!r} has {self.points:g} points; a baseline is never a mark, write 0"
            raise ValueError(msg)
        return self

    def __hash__(self) -> int:
        """Return a hash that equal tasks share and others hardly ever do; every answer asks for it."""
        return hash((self.id, self.prompt))


class KeyBase(Frozen):
    """The other part of a task: what its answers are worth, and why.

    ``replies`` answer the reasons of the task, in the same order; there are none if it has no reasons.
    """

    replies: tuple[Text, ...] = ()

    def __hash__(self) -> int:
        """Return the same hash for all keys of a kind: mappings have none, and a key is always next to its task."""
        return hash(type(self))


class HasId(Protocol):
    """A thing with an id."""

    @property
    def id(self) -> str:
        """Return the id."""


class HasWeight(Protocol):
    """A thing with a weight, 0 to 1."""

    @property
    def weight(self) -> float:
        """Return the weight."""


def ids_of(things: Iterable[HasId]) -> list[str]:
    """Return the ids of things, in order."""
    return [thing.id for thing in things]


def require_unique_ids(noun: str, names: Sequence[str]) -> None:
    """Raise ``ValueError`` naming the first id that appears twice."""
    for name, count in Counter(names).items():
        if count > 1:
            msg = f"the {noun} id {name!r} stands {count} times; give each {noun} an id of its own"
            raise ValueError(msg)


def require_same_ids(noun: str, expected: Sequence[str], entries: Iterable[str]) -> None:
    """Raise ``ValueError`` naming an id that task and key do not share."""
    names = set(entries)
    for name in expected:
        if name not in names:
            msg = f"the key has no entry for {noun} {name!r}; add one with its reason"
            raise ValueError(msg)
    extra = sorted(names - set(expected))
    if extra:
        msg = f"the key has an entry for {noun} {extra[0]!r}, which the task does not have; remove or rename it"
        raise ValueError(msg)


def require_reference(noun: str, entries: Iterable[HasWeight]) -> None:
    """Raise ``ValueError`` if no entry of a key has weight 1."""
    for entry in entries:
        if entry.weight == 1:
            return
    msg = f"no {noun} has weight 1; give the reference reading weight 1"
    raise ValueError(msg)
