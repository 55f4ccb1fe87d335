"""The file that says who marks which text: the texts of a lesson, shared out among several markers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from copydesk.grading.files.safe_text import file_part
from copydesk.model.base import Frozen, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

SHARES_SCHEMA: Literal["copydesk/shares/1"] = "copydesk/shares/1"


class Share(Frozen):
    """Who marks one text: its first reader and, for a text of the sample, its second reader.

    The last name of each is the reader now; those before it handed the text on. A text without a second reader is
    marked once.
    """

    text: str
    first: Annotated[tuple[Text, ...], Field(min_length=1)]
    second: tuple[Text, ...] = ()

    def is_read_by(self, marker: str) -> bool:
        """Return whether a marker is one of the readers now."""
        return find_name(marker, self.first[-1:] + self.second[-1:]) is not None


class SharesFile(Frozen):
    """The shares of a lesson by task, in the order of the ids of the texts.

    New texts are shared out among ``markers``; ``sample`` is the share of the texts that two of them mark.
    """

    schema_: Literal["copydesk/shares/1"] = Field(alias="schema")
    lesson: str
    markers: Annotated[tuple[Text, ...], Field(min_length=1)]
    sample: Annotated[float, Field(ge=0, le=1)]
    tasks: dict[str, tuple[Share, ...]]

    @property
    def names(self) -> list[str]:
        """Return all markers who get new texts or have, or had, any; each once."""
        names = list(self.markers)
        for shares in self.tasks.values():
            for share in shares:
                names += [*share.first, *share.second]
        return distinct_names(names)

    def name_of(self, marker: str) -> str | None:
        """Return the name of a marker as it is written here; None if there is no such marker."""
        return find_name(marker, self.names)


def distinct_names(names: Iterable[str]) -> list[str]:
    """Return names without those that would share a file of marks with an earlier one."""
    by_file: dict[str, str] = {}
    for name in names:
        by_file.setdefault(file_part(name), name)
    return list(by_file.values())


def find_name(marker: str, names: Iterable[str]) -> str | None:
    """Return which of some names is a marker's, however it is typed: the one with the same file of marks."""
    part = file_part(marker)
    return next((name for name in names if file_part(name) == part), None)
