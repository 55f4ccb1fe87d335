"""Reads JSON that nobody vouches for: bounded in size, depth and count, and only what the standard allows."""

from __future__ import annotations

import json
import re
from typing import Any, Never

from pydantic_core import from_json

MAX_VALUES = 2_000_000
"""How many commas and opening brackets a file may hold: a bound on memory."""

BOM = b"\xef\xbb\xbf"
WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")
UTF32_BE_BOM = b"\0\0\xfe\xff"
WIDE = {
    "x0x0": "utf-16-le",
    "0x0x": "utf-16-be",
    "x000": "utf-32-le",
    "000x": "utf-32-be",
}
"""How a text is written, by which of its first four bytes are empty (``0``)."""

HALF = rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
PAIR = rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
PART = re.compile(rb"(?:[^\\]++|\\[^u]|%b|(?!%b)\\u)++|(?P<half>%b)" % (PAIR, HALF, HALF))
"""A stretch of JSON whose characters are whole, or an escaped half of a character (lone surrogate)."""


class UnreadableError(ValueError):
    """A file cannot be used; ``remedy`` says what to do."""

    def __init__(self, *, reason: str, remedy: str) -> None:
        """Keep reason and remedy, each a sentence without its full stop."""
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


SEND_AGAIN = "Ask for the file again, as Copy Desk wrote it"
TOO_MUCH = {
    "recursion limit": "its lists and objects stand in each other too deep",
    "number out of range": "it holds a number of thousands of digits",
}
"""What the parser says of text that it stops at, and what we say. No program writes integers that long."""


def read_json(data: bytes) -> Any:  # noqa: ANN401  (any JSON value; the caller validates it)
    """Return the value in some bytes; halves of characters (lone surrogates) become U+FFFD.

    Of two equal names in an object the last counts, as in every browser and notebook that reads the same bytes.

    Raises:
        UnreadableError: empty, no text, not JSON, NaN or Infinity, a number of thousands of digits, too deep, too much.
    """
    data = _as_utf8(data).removeprefix(BOM)
    _require_few(data)
    try:
        return from_json(data, allow_inf_nan=False)
    except ValueError:
        data = _in_whole_characters(data)
    try:
        return from_json(data, allow_inf_nan=False)
    except ValueError as error:
        raise _refusal(data, str(error)) from None


def _as_utf8(data: bytes) -> bytes:
    """Return a text that some program saved as UTF-16 or UTF-32, with or without its mark, as UTF-8.

    JSON begins with an ASCII character, so that empty bytes among the first four say which of them it is (RFC 4627, 3).
    """
    start = data[:4]
    if b"\0" not in start and not start.startswith(WIDE_BOMS):
        return data
    if not data.strip(b"\0"):  # what is left of a file after a crash
        return b""
    empty = "".join("0" if byte == 0 else "x" for byte in start)
    code = WIDE.get(empty, "utf-8")
    if start.startswith(WIDE_BOMS) or start == UTF32_BE_BOM:
        code = "utf-32" if empty in {"xx00", "00xx"} else "utf-16"
    try:
        return data.decode(code).encode()
    except UnicodeError:
        raise UnreadableError(reason=f"the text is damaged {code.upper()}", remedy=SEND_AGAIN) from None


def _require_few(data: bytes) -> None:
    """Raise before parsing when the number of values would cost too much."""
    if len(data) <= MAX_VALUES:  # so it cannot hold more
        return
    if sum(data.count(mark) for mark in (b",", b"[", b"{")) > MAX_VALUES:
        reason = f"it holds more than {MAX_VALUES:,} values"
        raise UnreadableError(reason=reason, remedy="Ask for the answer file alone, which is small")


def _in_whole_characters(data: bytes) -> bytes:
    """Return JSON with U+FFFD for each escaped half of a character; all else stays in its place."""
    whole = bytearray(data)
    for part in PART.finditer(data):
        if part["half"]:
            whole[part.start() : part.end()] = rb"\ufffd"
    return bytes(whole)


def _refusal(data: bytes, why: str) -> UnreadableError:
    """Return what to say of text that is no JSON, or too much; ``why`` is the parser's word, which few understand."""
    if not data.strip():
        remedy = "Ask for the file again; the upload may have broken off"
        return UnreadableError(reason="the file is empty", remedy=remedy)
    for start, reason in TOO_MUCH.items():
        if why.startswith(start):
            return UnreadableError(reason=reason, remedy=SEND_AGAIN)
    try:
        return _broken(data.decode(), why)
    except UnicodeDecodeError as error:
        return UnreadableError(reason=f"byte {error.start} is not UTF-8 text", remedy=SEND_AGAIN)


def _broken(text: str, why: str) -> UnreadableError:
    """Return what to say of broken JSON; the standard library stops at the same fault, and has plainer words for it."""
    try:
        json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        if found := _other_text(text, error):
            return found
        why = f"{error.msg} in line {error.lineno}, column {error.colno}"
    except UnreadableError as error:
        return error
    remedy = "Ask for the file again; it broke off, or somebody changed it"
    return UnreadableError(reason=f"it is not complete JSON: {why}", remedy=remedy)


def _other_text(text: str, error: json.JSONDecodeError) -> UnreadableError | None:
    """Return what to say of a file that did not break off, but has other text before or behind the answers."""
    start = text.find("{")
    if start > 0 and text[:start].strip():
        first = text.count("\n", 0, start) + 1
        reason = f"other text stands before the answers, which begin in line {first}"
        return UnreadableError(reason=reason, remedy=f"{SEND_AGAIN}; or remove what stands before the first {{")
    if start >= 0 and error.msg == "Extra data":
        reason = f"other text stands behind the answers, from line {error.lineno}"
        return UnreadableError(reason=reason, remedy=f"{SEND_AGAIN}; or remove what stands behind the last }} of them")
    return None


def _no_constant(name: str) -> Never:
    reason = f"it holds {name}, which is not a JSON number"
    raise UnreadableError(reason=reason, remedy=SEND_AGAIN)
