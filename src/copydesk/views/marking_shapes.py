"""The shapes of what the marking desk shows; ``schemas/views-1.schema.json`` is made from them, too."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict  # pydantic needs this one before Python 3.12


class ExemplarView(TypedDict):
    """An example of a level, and why it is one."""

    text: str
    why: str


class LevelView(TypedDict):
    """A level of a criterion with the exemplars that were given it."""

    level: int
    name: str
    text: str
    summary: str
    exemplars: list[ExemplarView]


class CommentView(TypedDict):
    """A comment that the marker may tick."""

    text: str
    ticked: bool


class FactView(TypedDict):
    """A fact that the marker may tick; one that is a fault must not be in the text."""

    id: str
    text: str
    isFault: bool
    ticked: bool


class PhaseView(TypedDict):
    """What one phase of a session shows; fields of other phases are empty."""

    heading: str
    go: str
    text: str
    asked: str
    before: str
    notes: list[str]
    levels: list[LevelView]
    comments: list[CommentView]
    facts: list[FactView]


class MarkingView(PhaseView):
    """All that the marking desk shows."""

    revision: int
    language: str
    phase: Literal["mark", "break", "end"]
    place: str
    done: int
    total: int
    progress: str
    said: str
    problem: str
    canUndo: bool
    labels: dict[str, str]
