"""How a course is cited, from its ``CITATION.cff``: authors, title, version, date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from copydesk.course.documents import read_document, validate_document
from copydesk.model.base import Text

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.course_file import CourseFacts

CITATION_FILE = "CITATION.cff"


class _Part(BaseModel):
    """A part of the file; the format has more fields than are used here."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class Author(_Part):
    """A person, or a group with one name."""

    name: Text | None = None
    given_names: Text | None = Field(default=None, alias="given-names")
    family_names: Text | None = Field(default=None, alias="family-names")

    @property
    def kind(self) -> Literal["Organization", "Person"]:
        """What schema.org calls such an author."""
        return "Organization" if self.name else "Person"

    @property
    def full_name(self) -> str:
        """The name as it is said."""
        return self.name or " ".join(filter(None, (self.given_names, self.family_names)))


class Citation(_Part):
    """What a reader needs to cite the course. See https://github.com/citation-file-format."""

    title: Text
    authors: Annotated[tuple[Author, ...], Field(min_length=1)]
    version: Text
    released: date = Field(alias="date-released")
    abstract: Text | None = None
    keywords: tuple[Text, ...] = ()

    @property
    def author_names(self) -> list[str]:
        """The names of the authors, in the order of the file."""
        return [author.full_name for author in self.authors]


def read_citation(root: Path) -> Citation:
    """Return how the course at ``root`` is cited, from its file.

    Raises:
        ContentError: the file is missing, or lacks something; each problem has its line and remedy.
    """
    citation: Citation = validate_document(read_document(root / CITATION_FILE, CITATION_FILE), Citation)
    return citation


def citation_from_facts(facts: CourseFacts) -> Citation:
    """Return how a course without a file of its own for it is cited: by its facts, and the day of its verdicts."""
    authors = tuple(Author(name=name) for name in facts.authors)
    return Citation.model_construct(title=facts.title, authors=authors, version=facts.version, released=facts.as_of)


__all__ = ["CITATION_FILE", "Author", "Citation", "citation_from_facts", "read_citation"]
