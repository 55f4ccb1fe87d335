"""Takes a built file apart into the texts in it, so that words can be found in them and cut: pages, data, pictures."""

from __future__ import annotations

import base64
import html
import json
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.release.leaks import without_escapes

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = re.compile(
    r"(?P<script><script\b[^>]*>.*?</script>)|(?P<style><style\b[^>]*>.*?</style>|<!--.*?-->)|(?P<tag><[^>]*>)|(?P<text>[^<]+)",
    re.DOTALL | re.IGNORECASE,
)
DATA = re.compile(r"(<script\b[^>]*application/json[^>]*>)(.*)(</script>)", re.DOTALL | re.IGNORECASE)
ATTRIBUTE = re.compile(r"(?<=\s)(?!(?:xlink:)?href=|src=|srcset=)([\w:-]+)=(?:\"([^\"]*)\"|'([^']*)')")
"""An attribute with a text; the address of a page elsewhere is none, even if it has the title in it."""
PICTURE = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
BETWEEN = (
    re.compile(r"<details\b.*?</details>", re.DOTALL | re.IGNORECASE),
    re.compile(r"<(small|summary|button|legend)\b.*?</\1>", re.DOTALL | re.IGNORECASE),
)
"""What may be left out where a page is read: folds, and labels."""
UNREAD = frozenset({"key", "texts"})
"""Fields of data that are not read with what is beside them: explanations, and texts of the browser."""
MARKUP = frozenset({".html", ".svg", ".xml"})
JSON = frozenset({".json", ".ipynb"})

Text = list[str]
"""A text in pieces that follow one another where it is read."""


class NamedText(NamedTuple):
    """A text in data, the name of its field, and whether it is read with what is beside it."""

    text: str
    field: str
    is_read: bool


def texts_of(raw: str, suffix: str) -> Iterator[Text]:
    """Yield the texts in a file: each is a list of pieces that are read one after the other."""
    for picture in PICTURE.findall(raw):
        yield from texts_of(base64.b64decode(picture).decode(errors="replace"), ".svg")
    raw = PICTURE.sub("", raw)
    if suffix in MARKUP:
        yield from texts_of_markup(raw)
        return
    if suffix in JSON:
        try:
            yield from texts_of_data(json.loads(raw))
        except ValueError:
            yield [raw]
        return
    plain = html.unescape(without_escapes(raw))
    yield [plain]
    yield [re.sub(r"<[^<>]*>", " ", plain)]


def texts_of_markup(raw: str) -> Iterator[Text]:
    """Yield the texts of a page: each way of reading it, then attributes, data, other scripts and comments."""
    pieces = list(PIECE.finditer(raw))
    read = [html.unescape(piece["text"] or "") for piece in pieces]
    for reading in readings_of_markup(raw, pieces):
        yield [text if number in reading else "" for number, text in enumerate(read)]
    for piece in pieces:
        if piece["tag"]:
            for match in ATTRIBUTE.finditer(piece[0]):
                yield [html.unescape(match[2] or match[3] or "")]
        elif piece["script"]:
            data = DATA.fullmatch(piece[0])
            yield from texts_of_data(json.loads(data[2])) if data else [[without_escapes(piece[0])]]
        elif piece["style"]:
            yield [piece[0]]


def readings_of_markup(raw: str, pieces: list[re.Match[str]]) -> list[set[int]]:
    """Return the ways of reading a page, each with the numbers of its pieces: whole; without folds; or labels; or both.

    On paper there are no explanations, so what is before and after them touches.
    """
    places = [piece.start() for piece in pieces]
    without: list[set[int]] = []
    for pattern in BETWEEN:
        left: set[int] = set()
        for match in pattern.finditer(raw):
            left.update(range(bisect_left(places, match.start()), bisect_left(places, match.end())))
        without.append(left)
    whole = set(range(len(pieces)))
    folds, labels = without
    return [whole, whole - folds, whole - labels, whole - folds - labels]


def texts_of_data(data: Any) -> Iterator[Text]:  # noqa: ANN401  (plain JSON)
    """Yield the texts in data, in each way of reading it; then each text alone, and without markup."""
    named = list(strings(data))
    for reading in readings_of_data(named):
        yield [text.text if number in reading else "" for number, text in enumerate(named)]
    for text in named:
        yield [text.text]
        if "<" in text.text:
            yield from texts_of_markup(text.text)


def readings_of_data(named: list[NamedText]) -> list[set[int]]:
    """Return the ways of reading data: all that is no explanation, then the fields of each name, explanations apart."""
    readings: dict[str, set[int]] = {"": set()}
    for number, text in enumerate(named):
        if text.is_read:
            readings[""].add(number)
        readings.setdefault(f"{text.field} {text.is_read}", set()).add(number)
    return [numbers for numbers in readings.values() if len(numbers) > 1]


def strings(data: Any, name: str = "", *, is_read: bool = True) -> Iterator[NamedText]:  # noqa: ANN401  (plain JSON)
    """Yield all texts in data, in order."""
    if isinstance(data, dict):
        for field, part in data.items():
            yield from strings(part, field, is_read=is_read and field not in UNREAD)
    elif isinstance(data, list):
        for part in data:
            yield from strings(part, name, is_read=is_read)
    elif isinstance(data, str):
        yield NamedText(data, name, is_read)
