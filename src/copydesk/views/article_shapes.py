"""The shapes of what views show of the article: its sentences, marks on it, and tasks that mend or judge it."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict  # pydantic needs this one before Python 3.12


class SentenceContent(TypedDict):
    """A sentence of the article; offsets are code points of the article."""

    id: str
    start: int
    end: int
    text: str
    paragraph: int
    kind: Literal["title", "body", "boilerplate"]


class MarkFact(TypedDict):
    """Something that is known about marked words."""

    name: str
    text: str


class Mark(TypedDict):
    """Marked words of the article, and what its note says."""

    id: str
    sentence: str
    start: int
    end: int
    quote: str
    tag: str
    title: str
    facts: list[MarkFact]
    note: str
    sources: list[str]
    group: str


class MarkGroup(TypedDict):
    """Marks of one tag; ``look`` says which of the six looks of a label they have."""

    id: str
    text: str
    sign: str
    look: int


class MarkLayer(TypedDict):
    """A layer of marks, locked until the tasks that ``after`` names are done."""

    id: str
    title: str
    note: str
    groups: list[MarkGroup]
    marks: list[Mark]
    after: list[str]
    hidden_note: str


class SourceContent(TypedDict):
    """What a note says of a source."""

    publisher: str
    title: str
    date: str
    url: str
    read: str
    via: str | None
    note: str | None


class CopySource(TypedDict):
    """An evidence card, as a list of sources names it."""

    id: str
    title: str
    publisher: str
    date: str


class MendedPassage(TypedDict):
    """Words of the article; ``start`` is the code point of the article at which they begin."""

    id: str
    text: str
    start: int


class MendedTask(TypedDict):
    """A task that mends words of the article, without its question; the twin is its second version."""

    id: str
    title: str
    passages: list[MendedPassage]
    cards: list[CopySource]
    version: NotRequired[int]
    twin: NotRequired[MendedTask]


class JudgedTask(TypedDict):
    """A verdict on a claim, without its key; ``sentence`` is the id of the article's sentence, or empty."""

    id: str
    sentence: str
    claim: str
    as_of: str
    qualifications: dict[str, str]
    cards: list[CopySource]
    version: NotRequired[int]
    twin: NotRequired[JudgedTask]
