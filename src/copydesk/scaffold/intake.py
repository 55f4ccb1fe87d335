"""Reads the text for a new course: a text file, a pasted text, or a page saved from a browser."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.model.tokens import count_words
from copydesk.scaffold.web_page import read_page
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_WORDS = 20_000
MOST_BYTES = 50_000_000
MOST_TITLE_CHARACTERS = 200
"""A first line that is longer is a paragraph, not a title."""

WRAPPED_CHARACTERS = 130
"""A text whose lines are all shorter was wrapped by a program; longer lines are paragraphs."""

PAGE_ENDINGS = frozenset({".htm", ".html", ".mht", ".mhtml", ".xhtml"})
PAGE_START = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE)
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
OFFICE_ENDINGS = frozenset({".doc", ".docx", ".odt", ".pages", ".rtf"})
SIGNATURES = {b"%PDF": "pdf", b"PK\x03\x04": "office", b"\xd0\xcf\x11\xe0": "office", b"{\\rtf": "office"}
"""How files begin that are no plain text."""

FIRST_BEYOND_ASCII, FIRST_CYRILLIC = 0x80, 0xC0
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Soft hyphens and marks of no width, which come along when text is copied from a page."""

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
SENTENCE_END = re.compile(r"[.!?…。！？:]\W*$")  # noqa: RUF001  (full stops of other scripts)
BLANK_LINE = re.compile(r"\n[ \t\u00a0]*\n")


class IntakeError(ValueError):
    """The text cannot be used; the message says why, and what to do."""


@dataclass(frozen=True)
class SourceText:
    """A text for a course: its title (empty if it has none), its paragraphs, and what to tell its author.

    With ``lines``, each paragraph consists of its sentences, one a line.
    ``origin`` is what a saved page says about itself: author, site, date.
    """

    title: str
    paragraphs: tuple[str, ...]
    notes: tuple[str, ...] = ()
    origin: str = ""


def read_source(content: bytes, name: str, *, lines: bool = False) -> SourceText:
    """Return the text in a file that is called ``name``; with ``lines``, each of its lines is a sentence.

    Raises:
        IntakeError: the text is empty, far too long, in another encoding, or in a file of another kind.
    """
    if not content.strip():
        raise IntakeError(t("intake.empty", file=name))
    if len(content) > MOST_BYTES:
        raise IntakeError(t("intake.too_large", file=name, megabytes=MOST_BYTES // 1_000_000))
    if Path(name).suffix.lower() in PAGE_ENDINGS or PAGE_START.match(content):
        page = read_page(content)
        if not page.text.strip():
            raise IntakeError(t("intake.no_article", file=name))
        source = source_from_text(clean(page.text), title=" ".join(clean(page.title).split()), is_wrapped=False)
        source = SourceText(source.title, source.paragraphs, page.notes, page.origin)
    else:
        source = source_from_text(clean(_decode(content, name)), lines=lines)
    _require_length(source, name)
    return source


def source_from_text(text: str, *, title: str = "", lines: bool = False, is_wrapped: bool = True) -> SourceText:
    """Return a text as title and paragraphs; its first line is the title unless another is given.

    Paragraphs are parted by blank lines, or are lines if there are none. A paragraph that a program has wrapped into
    short lines (``is_wrapped``) becomes one line again.
    """
    body = text.strip()
    first, _, rest = body.partition("\n")
    if title:
        body = rest if first.strip() == title else body
    elif len(first) <= MOST_TITLE_CHARACTERS and rest.strip():
        title, body = first.strip(), rest
    paragraphs: list[str] = []
    for block in BLANK_LINE.split(body):
        rows = [" ".join(row.split()) for row in block.split("\n") if row.strip()]
        if lines:
            paragraphs.append("\n".join(rows))
        elif is_wrapped and _is_wrapped(rows):
            paragraphs.append(" ".join(rows))
        else:
            paragraphs += rows
    return SourceText(title, tuple(filter(None, paragraphs)))


def clean(text: str) -> str:
    """Return a text with line feeds only, composed letters, and no invisible characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\u2028", "\n")
    text = text.replace("\u2029", "\n\n").translate(INVISIBLE)
    return unicodedata.normalize("NFC", CONTROL.sub("", text))


def _is_wrapped(rows: Sequence[str]) -> bool:
    """Return whether the lines of a block are one paragraph: short, about equally long, one cut in a sentence."""
    longest = max(map(len, rows), default=0)
    if longest > WRAPPED_CHARACTERS or any(len(row) < longest / 2 for row in rows[:-1]):
        return False
    return any(SENTENCE_END.search(row) is None for row in rows[:-1])


def _decode(content: bytes, name: str) -> str:
    """Return the characters of a plain text.

    Raises:
        IntakeError: it is a document of another program, not text at all, or in an older encoding.
    """
    for start, kind in SIGNATURES.items():
        if content.startswith(start):
            _refuse_document(kind, name)
    if Path(name).suffix.lower() in OFFICE_ENDINGS:
        _refuse_document("office", name)
    if content.startswith(WIDE):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise IntakeError(t("intake.binary", file=name))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        code, encoding = _older_encoding(content)
        sample = _word_at(content.decode(code, errors="replace"), error.start)
        raise IntakeError(t("intake.encoding", file=name, line=line, sample=sample, encoding=encoding)) from None


def _refuse_document(kind: str, name: str) -> None:
    """Raise an error that says how text comes out of a PDF, or out of a word processor's file."""
    raise IntakeError(t("intake.pdf", file=name) if kind == "pdf" else t("intake.office", file=name))


def _older_encoding(content: bytes) -> tuple[str, str]:
    """Return the older encoding that a text is probably in, for Python and for people.

    In Cyrillic most letters are beyond ASCII, in Latin scripts few are.
    """
    beyond = sum(byte >= FIRST_CYRILLIC for byte in content)
    plain = sum(chr(byte).isalpha() for byte in content if byte < FIRST_BEYOND_ASCII)
    return ("cp1251", "Windows-1251") if beyond > plain else ("cp1252", "Windows-1252")


def _word_at(text: str, position: int) -> str:
    """Return the word of a text that has a character at a position."""
    start = max(text.rfind(" ", 0, position), text.rfind("\n", 0, position)) + 1
    return text[start:].split(maxsplit=1)[0]


def _require_length(source: SourceText, name: str) -> None:
    """Raise an error if a text has no words below its title, or far too many."""
    words = sum(map(count_words, source.paragraphs))
    if not words:
        raise IntakeError(t("intake.empty", file=name))
    if words > MOST_WORDS:
        raise IntakeError(t("intake.too_long", file=name, words=f"{words:,}", most=f"{MOST_WORDS:,}"))
