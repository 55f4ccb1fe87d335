"""The frozen base model, and the field types from which every other model is built."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

if TYPE_CHECKING:
    from collections.abc import Iterable


class Frozen(BaseModel):
    """An immutable record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text that says something: not empty, not only spaces."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
"""A short stable name: letters, digits, ``_``, ``.`` and ``-``."""

SLUG = r"[0-9]{2}-[a-z0-9-]{1,40}|[a-z][a-z0-9-]{0,40}"
Slug = Annotated[str, StringConstraints(pattern=rf"^({SLUG})$")]
"""The name of a lesson: two digits and words, all joined by ``-``; words alone if it is outside the course.

A lesson without a number has no exercise, and no lesson comes before or after it.
"""


def is_numbered(slug: str) -> bool:
    """Return whether a lesson has a number, which is its place in the course."""
    return slug[:1].isdigit()


def short_name(slug: str) -> str:
    """Return the short name of a lesson: its number or, if it has none, its name, such as ``First steps``."""
    return slug[:2] if is_numbered(slug) else slug.replace("-", " ").capitalize()


def is_removed(slug: str, lessons: Iterable[str]) -> bool:
    """Return whether a lesson was taken out of a course: it has a number that none of the course's lessons has.

    A name with the number of another lesson is a slip.
    """
    return is_numbered(slug) and short_name(slug) not in map(short_name, lessons)


Weight = Annotated[float, Field(ge=0.0, le=1.0)]
"""How good a reading is: 1 the reference reading, 0.5 defensible, 0 neither."""

Offset = Annotated[int, Field(ge=0, le=10_000_000)]
"""A position in a text, in code points from 0."""


def utc_text(moment: datetime) -> str:
    """Return a time as ``2026-11-22T09:58:12.345Z``: UTC, milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Moment = Annotated[AwareDatetime, PlainSerializer(utc_text, when_used="json")]
"""A time with its zone; always UTC with milliseconds in JSON."""
