"""Texts of files as they are on the disk: their line ends and their byte order mark come back when they are saved."""

from __future__ import annotations

import codecs
import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterator

AROUND = 2
"""How many unchanged lines are shown on both sides of a change."""


class Row(TypedDict):
    """A line of a comparison: what happens to it, its number, its text."""

    sign: str
    line: int
    text: str


@dataclass(frozen=True)
class SourceText:
    """The content of a file, and its text with line feeds only; a file that is not there has no content."""

    content: bytes | None

    @property
    def text(self) -> str:
        """The text.

        Raises:
            UnicodeDecodeError: it is not UTF-8.
        """
        return _with_line_feeds((self.content or b"").decode("utf-8-sig"))

    @property
    def lenient_text(self) -> str:
        """The text, with a sign in place of what is not UTF-8: for a file that is only compared."""
        return _with_line_feeds((self.content or b"").decode("utf-8-sig", errors="replace"))

    def with_text(self, text: str) -> SourceText:
        """Return the file with another text, and with the line ends and the mark that it has."""
        before = self.content or b""
        if b"\r\n" in before:
            text = text.replace("\n", "\r\n")
        mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
        return SourceText(mark + text.encode())


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def rows(before: str, after: str) -> list[Row]:
    """Return the lines on which two texts differ, with a few around them."""
    old, new = before.splitlines(), after.splitlines()
    return list(_rows(old, new))


def _rows(old: list[str], new: list[str]) -> Iterator[Row]:
    for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND):
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                for number in range(new_start, new_end):
                    yield {"sign": " ", "line": number + 1, "text": new[number]}
                continue
            for number in range(start, end):
                yield {"sign": "-", "line": number + 1, "text": old[number]}
            for number in range(new_start, new_end):
                yield {"sign": "+", "line": number + 1, "text": new[number]}
