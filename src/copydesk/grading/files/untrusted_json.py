"""Reads JSON that nobody vouches for: bounded in size, depth and count, and only what the standard allows."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Never

from pydantic_core import from_json

MAX_DEPTH = 201
"""How deep lists and objects may stand in each other: where the quick parser stops. An answer file needs 7."""

USUAL_DEPTH = 12
"""What is no deeper is known not to be too deep without counting bracket by bracket."""

MAX_VALUES = 2_000_000
"""How many commas and opening brackets a file may hold: a bound on memory."""

MAX_DIGITS = 4300
"""Longer integers, which Python does not read, count as infinite, which no field takes."""

NO_BRACKETS = bytes(set(range(256)) - set(b'[]{}"'))
ONE_KIND = bytes.maketrans(b"{}", b"[]")
OPENING = ord("[")
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

SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")


class UnreadableError(ValueError):
    """A file cannot be used; ``remedy`` says what to do."""

    def __init__(self, *, reason: str, remedy: str) -> None:
        """Keep reason and remedy, each a sentence without its full stop."""
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


SEND_AGAIN = "Ask for the file again, as Copy Desk wrote it"


def read_json(data: bytes) -> Any:  # noqa: ANN401  (any JSON value; the caller validates it)
    """Return the value in some bytes; halves of characters (lone surrogates) become U+FFFD.

    Of two equal names in an object the last counts, as in every browser and notebook that reads the same bytes.

    Raises:
        UnreadableError: empty, no text, not JSON, NaN or Infinity, too deep, too much.
    """
    data = _as_utf8(data).removeprefix(BOM)
    if len(data) <= MAX_VALUES:  # so it cannot hold more; what is larger is counted first
        try:
            return from_json(data, allow_inf_nan=False)
        except ValueError:
            pass  # the careful parser says what is wrong, or that nothing is
    return _read_carefully(data)


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


def _read_carefully(data: bytes) -> Any:  # noqa: ANN401  (as above)
    """Return the value in any JSON, or say what is wrong with it."""
    if not data.strip():
        raise UnreadableError(
            reason="the file is empty", remedy="Ask for the file again; the upload may have broken off"
        )
    _require_bounded(data)
    try:
        text = data.decode()
        value = DECODER.decode(text)
    except UnicodeDecodeError as error:
        reason = f"byte {error.start} is not UTF-8 text"
        raise UnreadableError(reason=reason, remedy=SEND_AGAIN) from None
    except json.JSONDecodeError as error:
        _require_nothing_else(text, error)
        reason = f"it is not complete JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        raise UnreadableError(
            reason=reason, remedy="Ask for the file again; it broke off, or somebody changed it"
        ) from None
    return _without_surrogates(value) if SURROGATE_ESCAPE.search(data) else value


def _require_nothing_else(text: str, error: json.JSONDecodeError) -> None:
    """Raise where a file did not break off, but has other text before or behind what Copy Desk wrote."""
    start = text.find("{")
    if start > 0 and text[:start].strip():
        last = text.count("\n", 0, start) + 1
        reason = f"other text stands before the answers, which begin in line {last}"
        raise UnreadableError(reason=reason, remedy=f"{SEND_AGAIN}; or remove what stands before the first {{")
    if start >= 0 and error.msg == "Extra data":
        reason = f"other text stands behind the answers, from line {error.lineno}"
        raise UnreadableError(reason=reason, remedy=f"{SEND_AGAIN}; or remove what stands behind the last }} of them")


def _require_bounded(data: bytes) -> None:
    """Raise before parsing when the depth or the number of values would cost too much."""
    if len(data) > MAX_VALUES and sum(data.count(mark) for mark in (b",", b"[", b"{")) > MAX_VALUES:
        reason = f"it holds more than {MAX_VALUES:,} values"
        raise UnreadableError(reason=reason, remedy="Ask for the answer file alone, which is small")
    if b"\\" in data:
        data = data.replace(rb"\\", b"").replace(rb"\"", b"")
    brackets = data.translate(ONE_KIND, NO_BRACKETS).replace(b'""', b"")
    if b'"' in brackets:  # some strings have brackets in them
        brackets = b"".join(brackets.split(b'"')[::2])
    inner = brackets
    for _ in range(USUAL_DEPTH):  # each time the innermost pairs go
        inner = inner.replace(b"[]", b"")
    depth = 0
    for bracket in brackets if inner else b"":
        depth += 1 if bracket == OPENING else -1
        if depth > MAX_DEPTH:
            raise UnreadableError(reason="its lists and objects stand in each other too deep", remedy=SEND_AGAIN)


def _no_constant(name: str) -> Never:
    reason = f"it holds {name}, which is not a JSON number"
    raise UnreadableError(reason=reason, remedy=SEND_AGAIN)


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= MAX_DIGITS else math.inf


DECODER = json.JSONDecoder(parse_constant=_no_constant, parse_int=_integer)


def _without_surrogates(value: Any) -> Any:  # noqa: ANN401  (any JSON value)
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_without_surrogates(entry) for entry in value]
    if isinstance(value, dict):
        return {_without_surrogates(name): _without_surrogates(entry) for name, entry in value.items()}
    return value
