"""Reads ``seeds/course.yml``, the facts of one course and its article, so that the code need know neither."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from copydesk.course.documents import read_document, validate_document
from copydesk.model.base import Frozen, Identifier, Slug, Text

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.documents import Document

COURSE_FILE = "seeds/course.yml"

Layer = Literal["attributions", "traces", "wordings", "claims", "statements"]
"""The readable layers of the article, in the order in which they are offered."""

Locks = dict[Layer, dict[Slug, tuple[Identifier, ...]]]
"""Layers of the article, each with the tasks that it would give away, by lesson."""

MOST_READINGS = 3
"""The number of markers in the commitment figure."""


class FrameReading(Frozen):
    """The meaning of a marker in the commitment figure: ``who`` names those who are said to act.

    Without ``who``, it is the reading of every wording that no other reading names.
    """

    legend: Text
    who: tuple[str, ...] | None = None


class Rights(Frozen):
    """Who owns the article and why it may be used, in the author's words, and what of it a public site may show.

    ``publish`` is *whole* if the whole article may be published, *quotes* if only short quotations may.
    """

    statement: Text
    publish: Literal["whole", "quotes"] = "quotes"

    @property
    def edition(self) -> Literal["full", "quotes"]:
        """What pages and packages show of the article unless someone asks for more or less."""
        return "full" if self.publish == "whole" else "quotes"


class CourseFacts(Frozen):
    """The facts of one course; ``seeds/course.yml`` explains each.

    Title, authors and version are how it is cited, unless it has a ``CITATION.cff``.
    ``pins`` says whether texts must name the seeds on which their statements rest; those that do are always compared.
    """

    id: Identifier
    title: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "en"
    authors: tuple[Text, ...] = ()
    version: Text = "1"
    as_of: date
    licence: str | None = None
    rights: Rights
    pins: Literal["required", "optional"] = "optional"
    own_article: Slug = "own-article"
    first_look: dict[Slug, tuple[Identifier, ...]] = Field(default_factory=dict, max_length=1)
    most_minutes: dict[Slug, Annotated[int, Field(gt=0)]] = Field(default_factory=dict)
    locks: Locks = Field(default_factory=dict)
    not_established: frozenset[Identifier] = frozenset()
    stretches: dict[Identifier, Text] = Field(default_factory=dict)
    clocks: dict[Text, Annotated[float, Field(ge=-12, le=14)]] = Field(default_factory=dict)
    readings: Annotated[tuple[FrameReading, ...], Field(max_length=MOST_READINGS)] = ()


def read_course_file(root: Path) -> Document:
    """Read the file of facts for the course at ``root``, with its lines.

    Raises:
        ContentError: the file is missing or is not YAML.
    """
    return read_document(root / COURSE_FILE, COURSE_FILE)


def course_facts(document: Document) -> CourseFacts:
    """Return the facts in the file.

    Raises:
        ContentError: a fact is missing, unknown or of the wrong kind; each problem has its line.
    """
    facts: CourseFacts = validate_document(document, CourseFacts)
    return facts


__all__ = [
    "COURSE_FILE",
    "CourseFacts",
    "FrameReading",
    "Layer",
    "Locks",
    "Rights",
    "course_facts",
    "read_course_file",
]
