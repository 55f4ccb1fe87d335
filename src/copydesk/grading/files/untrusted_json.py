"""Reads JSON that no one vouches for: bounded in size, depth and count, and only what the standard allows."""

from __future__ import annotations

import json
import re
from typing import Any, Never

from pydantic_core import from_json

from copydesk.text import t

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
"""The encoding of a text, by which of its first four bytes are zero (``0``)."""

HALF = rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
PAIR = rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
PART = re.compile(rb"(?:[^\\]++|\\[^u]|%b|(?!%b)\\u)++|(?P<half>%b)" % (PAIR, HALF, HALF))
"""A stretch of JSON with whole characters, or an escaped half of a character (lone surrogate)."""


class UnreadableError(ValueError):
    """A file cannot be used; ``remedy`` says what to do, by default to ask for the file again."""

    def __init__(self, *, reason: str, remedy: str = "") -> None:
        """Keep the reason and the remedy, each a sentence without its full stop."""
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy or t("untrusted_json.send_again")


TOO_MUCH = {
    "recursion limit": "untrusted_json.too_deep",
    "number out of range": "untrusted_json.long_number",
}
"""What the parser says about text it stops at, and what we say. No program writes integers that long."""


def read_json(data: bytes) -> Any:  # noqa: ANN401  (any JSON value; the caller validates it)
    """Return the value in some bytes; lone surrogates become U+FFFD.

    If an object has two equal names, the last counts, as in every browser and notebook that reads the same bytes.

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
    """Return text that some program saved as UTF-16 or UTF-32, with or without a byte order mark, as UTF-8.

    JSON begins with an ASCII character, so the zero bytes among the first four say which of them it is (RFC 4627, 3).
    """
    start = data[:4]
    if b"\0" not in start and not start.startswith(WIDE_BOMS):
        return data
    if not data.strip(b"\0"):  # what is left of a file after a crash
        return b""
    empty = ""
    for byte in start:
        empty += "x" if byte else "0"
    code = WIDE.get(empty, "utf-8")
    if start.startswith(WIDE_BOMS) or start == UTF32_BE_BOM:
        code = "utf-32" if empty in {"xx00", "00xx"} else "utf-16"
    try:
        return data.decode(code).encode()
    except UnicodeError:
        raise UnreadableError(reason=t("untrusted_json.damaged_text", encoding=code.upper())) from None


def _require_few(data: bytes) -> None:
    """Raise before parsing if there are so many values that they would cost too much."""
    if len(data) <= MAX_VALUES:  # so it cannot hold more
        return
    if data.count(b",") + data.count(b"[") + data.count(b"{") > MAX_VALUES:
        reason = t("untrusted_json.too_many", most=f"{MAX_VALUES:,}")
        raise UnreadableError(reason=reason, remedy=t("untrusted_json.too_many.remedy"))


def _in_whole_characters(data: bytes) -> bytes:
    """Return JSON with U+FFFD for each escaped lone surrogate; everything else keeps its place."""
    whole = bytearray(data)
    for part in PART.finditer(data):
        if part["half"]:
            whole[part.start() : part.end()] = rb"\ufffd"
    return bytes(whole)


def _refusal(data: bytes, why: str) -> UnreadableError:
    """Return the error for text that is not JSON, or too much; ``why`` is the parser's word, which few understand."""
    if not data.strip():
        return UnreadableError(reason=t("untrusted_json.empty"), remedy=t("untrusted_json.empty.remedy"))
    for start, key in TOO_MUCH.items():
        if why.startswith(start):
            return UnreadableError(reason=t(key))
    try:
        return _broken(data.decode(), why)
    except UnicodeDecodeError as error:
        return UnreadableError(reason=t("untrusted_json.not_utf8", byte=error.start))


def _broken(text: str, why: str) -> UnreadableError:
    """Return the error for broken JSON; the standard library stops at the same fault, and says so in plainer words."""
    try:
        json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        other_text = _other_text(text, error)
        if other_text:
            return other_text
        why = t("untrusted_json.broken_at", why=error.msg, line=error.lineno, column=error.colno)
    except UnreadableError as error:
        return error
    return UnreadableError(reason=t("untrusted_json.broken", why=why), remedy=t("untrusted_json.broken.remedy"))


def _other_text(text: str, error: json.JSONDecodeError) -> UnreadableError | None:
    """Return the error for a file that was not cut short, but has other text before or after the answers."""
    start = text.find("{")
    if start > 0 and text[:start].strip():
        first = text.count("\n", 0, start) + 1
        reason = t("untrusted_json.text_before", line=first)
        return UnreadableError(reason=reason, remedy=t("untrusted_json.text_before.remedy"))
    if start >= 0 and error.msg == "Extra data":
        reason = t("untrusted_json.text_behind", line=error.lineno)
        return UnreadableError(reason=reason, remedy=t("untrusted_json.text_behind.remedy"))
    return None


def _refuse_constant(name: str) -> Never:
    raise UnreadableError(reason=t("untrusted_json.no_number", name=name))
