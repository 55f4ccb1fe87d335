"""Makes text from outside fit to be shown: visible control characters, one line, file names."""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
CONTROL_PICTURES = 0x2400
DELETE = 0x7F

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters except tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that change the direction of text
    "\u00ad\u200b\u2060\ufeff"  # invisible, and so able to hide a difference
    "\ud800-\udfff]"  # halves of characters (surrogates), which no file can hold
)


CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def terminal_text(text: str) -> str:
    """Return a text that can't give a terminal orders: control characters except tab and line feed are shown."""
    return CONTROLS.sub(_picture, text)


def visible_text(text: str) -> str:
    """Return a text in which no character is invisible, changes the direction of others or cannot be stored."""
    if text.isprintable():  # none of those characters is printable; most texts need only this check
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return UNSEEN.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    """Return the text shown in place of a character."""
    code = ord(match.group())
    if code < ord(" "):
        return chr(CONTROL_PICTURES + code)
    if code == DELETE:
        return "\N{SYMBOL FOR DELETE}"
    is_half = 0xD800 <= code <= 0xDFFF  # noqa: PLR2004  (halves of characters)
    return REPLACEMENT if is_half else f"[U+{code:04X}]"


def one_line(text: str, limit: int = 300) -> str:
    """Return a text as one line of at most ``limit`` characters, with line feeds and tabs made visible."""
    line = visible_text(text[: limit + 1]).replace("\n", "\N{SYMBOL FOR LINE FEED}")
    line = line.replace("\t", "\N{SYMBOL FOR HORIZONTAL TABULATION}")
    return line if len(line) <= limit else line[: limit - 1] + "\N{HORIZONTAL ELLIPSIS}"


def file_part(text: str, limit: int = 40, *, otherwise: str = "learner") -> str:
    """Return the letters and digits of a text, with hyphens between, as part of a file name for any system.

    A text without any becomes the word in ``otherwise``.
    """
    folded = unicodedata.normalize("NFC", text.casefold())
    letters = ""
    for char in folded:
        is_letter = char.isalnum() or unicodedata.category(char).startswith("M")
        letters += char if is_letter else " "
    return "-".join(letters.split())[:limit].strip("-") or otherwise
