"""The description that travels in a course that was packed as one file: what it is, and what belongs to it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from copydesk.course.course_file import Rights
from copydesk.model.base import Frozen, Identifier, Text

MANIFEST_FILE = "copydesk-course.json"

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""The SHA-256 of a file."""


class CourseManifest(Frozen):
    """The description of a packed course: its facts, the version that packed it, its keys, and each of its files.

    ``keys`` says whether the keys of graded tasks are in it. ``files`` has the SHA-256 of each file by its path.
    """

    schema_: Literal["copydesk/course/1"] = Field(default="copydesk/course/1", alias="schema")
    id: Identifier
    title: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    authors: tuple[Text, ...]
    version: Text
    licence: str | None = None
    rights: Rights
    made_with: str = Field(pattern=r"^[0-9A-Za-z.+!-]{1,40}$")
    keys: bool
    files: dict[str, Digest]


__all__ = ["MANIFEST_FILE", "CourseManifest", "Digest"]
