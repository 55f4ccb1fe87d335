"""Makes text from outside fit to be shown: visible control characters, one line, file names."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
CONTROL_PICTURES = 0x2400
DELETE = 0x7F

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of text
    "\u00ad\u200b\u2060\ufeff"  # nothing to see, and so able to hide a difference
    "\ud800-\udfff]"  # halves of characters, which no file can hold
)


def visible(text: str) -> str:
    """Return a text in which no character is invisible, turns the direction of others or cannot be stored."""
    if text.isprintable():  # which none of those characters is; most texts need no more than this look
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return UNSEEN.sub(lambda match: _picture(ord(match.group())), text)


def _picture(code: int) -> str:
    if code < ord(" "):
        return chr(CONTROL_PICTURES + code)
    if code == DELETE:
        return "\N{SYMBOL FOR DELETE}"
    return REPLACEMENT if 0xD800 <= code <= 0xDFFF else f"[U+{code:04X}]"  # noqa: PLR2004  (halves of characters)


def one_line(text: str, limit: int = 300) -> str:
    """Return a text as one line of at most ``limit`` characters, with line feeds and tabs made visible."""
    line = visible(text[: limit + 1]).replace("\n", "\N{SYMBOL FOR LINE FEED}")
    line = line.replace("\t", "\N{SYMBOL FOR HORIZONTAL TABULATION}")
    return line if len(line) <= limit else line[: limit - 1] + "\N{HORIZONTAL ELLIPSIS}"


def listed(names: Sequence[str]) -> str:
    """Return some names as a person lists them: ``T1, T2 and T3``."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def file_part(text: str, limit: int = 40) -> str:
    """Return the letters and digits of a text, with hyphens between, as part of a file name for any system."""
    folded = unicodedata.normalize("NFC", text.casefold())
    kept = "".join(char if char.isalnum() or unicodedata.category(char).startswith("M") else " " for char in folded)
    return "-".join(kept.split())[:limit].strip("-") or "learner"
