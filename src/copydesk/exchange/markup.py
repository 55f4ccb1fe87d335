"""Turns task texts, written with a little Markdown, into the HTML that learning platforms accept."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKDOWN = MarkdownIt("zero", {"html": False, "xhtmlOut": True}).enable(["emphasis", "backticks"])
"""The Markdown that the views of the course show too: strong, emphasis, code, and paragraphs at blank lines."""

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold, not even escaped."""


def blocks(text: str) -> str:
    """Return a text as paragraphs of well-formed HTML."""
    return str(MARKDOWN.render(xml_text(text))).strip()


def inline(text: str) -> str:
    """Return a text as HTML without a paragraph around it; a text of several paragraphs keeps them."""
    if "\n\n" in text.strip():
        return blocks(text)
    return str(MARKDOWN.renderInline(xml_text(text.strip())))


def plain(text: str) -> str:
    """Return a text without its markup, for places that take no HTML."""
    letters = "".join(tree(inline(text)).itertext())
    return " ".join(letters.split())


def paragraph(html: str) -> str:
    """Return a piece of HTML as a paragraph."""
    return f"<p>{html}</p>"


def strong(text: str) -> str:
    """Return a text, taken literally, in bold."""
    return f"<strong>{escape(xml_text(text), quote=False)}</strong>"


def quotation(text: str) -> str:
    """Return a text as a block quotation."""
    return f"<blockquote>{blocks(text)}</blockquote>"


def bullet_list(parts: Iterable[str]) -> str:
    """Return pieces of HTML as a list."""
    items = "".join(f"<li>{part}</li>" for part in parts)
    return f"<ul>{items}</ul>"


def tree(html: str) -> ET.Element:
    """Return HTML made by this module, parsed into a ``div`` element."""
    return ET.fromstring(f"<div>{html}</div>")  # noqa: S314  (our own output, without entities or a document type)


def xml_text(text: str) -> str:
    """Return a text with each character that no XML may hold turned into the replacement character."""
    return NOT_XML.sub("\ufffd", text)
