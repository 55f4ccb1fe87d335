"""Reads the text of a PDF that a browser has printed, so that what is on paper can be measured too.

It knows what Chromium writes, no more: plain objects, streams that are compressed by deflate, fonts that say which
characters their glyphs are. If the book is printed in another way, ``PdfTextError`` and the tests say so.
"""

from __future__ import annotations

import re
import zlib
from functools import partial

OBJECT = re.compile(rb"(?<!\d)(\d+)\s+0\s+obj\b(.*?)\bendobj", re.DOTALL)
STREAM = re.compile(rb"\bstream\r?\n(.*)\r?\nendstream", re.DOTALL)
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
CONTENTS = re.compile(rb"/Contents\s*(?:(\d+)\s+0\s+R|\[([^\]]*)\])")
RESOURCES = re.compile(rb"/Resources\s+(\d+)\s+0\s+R")
FONT_TABLE = re.compile(rb"/Font\s*<<([^>]*)>>")
ENTRY = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+0\s+R")
REFERENCE = re.compile(rb"(\d+)\s+0\s+R")
UNICODE = re.compile(rb"/ToUnicode\s+(\d+)\s+0\s+R")
SIGN_LINES = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
RANGE_LINES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
PAIR = re.compile(rb"<([\da-fA-F]+)>\s*<([\da-fA-F]+)>")
RANGE = re.compile(rb"<([\da-fA-F]+)>\s*<([\da-fA-F]+)>\s*(?:<([\da-fA-F]+)>|\[([^\]]*)\])")
HEX = re.compile(rb"<([\da-fA-F]*)>")
DRAWING = re.compile(
    rb"\bBT\b|/(?P<font>\S+)\s+[-\d.]+\s+Tf\b|<(?P<glyphs>[\da-fA-F\s]*)>(?=[^<]*?T[jJ]\b)|/(?P<form>\S+)\s+Do\b"
)
SOFT_HYPHEN = re.compile("\u00ad\\s*")

Signs = dict[str, str]
"""The characters of the glyphs of a font, by the hexadecimal digits of a glyph."""


class PdfTextError(ValueError):
    """A PDF has no text that can be read."""


def pdf_text(content: bytes) -> str:
    """Return the text of a PDF in the order in which it is drawn: what a browser draws separately has a space between.

    Raises:
        PdfTextError: the PDF has no text, or is written in a way that this does not read.
    """
    objects = {int(match[1]): match[2] for match in OBJECT.finditer(content)}
    texts: list[str] = []
    for body in objects.values():
        if PAGE.search(body.partition(b"stream")[0]):
            texts += _texts(objects, _contents(objects, body), body)
    text = SOFT_HYPHEN.sub("", " ".join(texts))
    if not text.strip():
        message = "no text in the PDF"
        raise PdfTextError(message)
    return text


def _contents(objects: dict[int, bytes], page: bytes) -> bytes:
    """Return what draws a page."""
    match = CONTENTS.search(page)
    if match is None:
        return b""
    names = [match[1]] if match[1] else REFERENCE.findall(match[2])
    return b"\n".join(_stream(objects.get(int(name), b"")) for name in names)


def _stream(body: bytes) -> bytes:
    """Return the content of a stream, decompressed."""
    match = STREAM.search(body)
    if match is None:
        return b""
    if b"/FlateDecode" not in body[: match.start()]:
        return match[1]
    return zlib.decompressobj().decompress(match[1])


def _texts(objects: dict[int, bytes], drawing: bytes, owner: bytes) -> list[str]:
    """Return the texts of a page or form, one for each block of glyphs."""
    head = owner.partition(b"stream")[0]
    indirect = RESOURCES.search(head)
    resources = objects.get(int(indirect[1]), b"") if indirect else head
    fonts: dict[bytes, Signs] = {}
    for table in FONT_TABLE.findall(resources):
        for name, number in ENTRY.findall(table):
            fonts[name] = _signs(objects, objects.get(int(number), b""))
    forms = dict(ENTRY.findall(resources))
    texts: list[str] = []
    font: Signs = {}
    for match in DRAWING.finditer(drawing):
        if match["font"]:
            font = fonts.get(match["font"], {})
        elif match["form"]:
            form = objects.get(int(forms.get(match["form"], b"0")), b"")
            if b"/Subtype /Form" in form:
                texts += _texts(objects, _stream(form), form)
        elif match["glyphs"] is not None:
            texts[-1:] = [f"{texts[-1] if texts else ''}{_read(font, match['glyphs'])}"]
        elif match[0] == b"BT":
            texts.append("")
    return texts


def _signs(objects: dict[int, bytes], font: bytes) -> Signs:
    """Return the characters of a font's glyphs."""
    match = UNICODE.search(font)
    table = _stream(objects.get(int(match[1]), b"")) if match else b""
    signs: Signs = {}
    for lines in SIGN_LINES.findall(table):
        for glyph, sign in PAIR.findall(lines):
            signs[glyph.decode().upper()] = _utf16(sign)
    for lines in RANGE_LINES.findall(table):
        for first, last, start, listed in RANGE.findall(lines):
            each = HEX.findall(listed)
            for step in range(int(last, 16) - int(first, 16) + 1):
                glyph = f"{int(first, 16) + step:0{len(first)}X}"
                signs[glyph] = _utf16(each[step]) if each else chr(int(start, 16) + step)
    return signs


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", errors="replace")


def _read(font: Signs, glyphs: bytes) -> str:
    """Return the characters of glyphs; a glyph without one is left out."""
    digits = re.sub(r"\s", "", glyphs.decode()).upper()
    width = len(next(iter(font), "0000"))
    return "".join(map(partial(_sign, font), (digits[at : at + width] for at in range(0, len(digits), width))))


def _sign(font: Signs, glyph: str) -> str:
    return font.get(glyph, "")
