"""Turns the texts of tasks, written with a little Markdown, into the HTML that learning platforms take."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKDOWN = MarkdownIt("zero", {"html": False, "xhtmlOut": True}).enable(["emphasis", "backticks"])
"""What the views of the course show too, and nothing else: strong, emphasis, code, and paragraphs at blank lines."""

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold, not even escaped."""


def blocks(text: str) -> str:
    """Return a text as paragraphs of well-formed HTML."""
    return str(MARKDOWN.render(allowed(text))).strip()


def inline(text: str) -> str:
    """Return a text as HTML without a paragraph around it; a text of several paragraphs keeps them."""
    return blocks(text) if "\n\n" in text.strip() else str(MARKDOWN.renderInline(allowed(text.strip())))


def plain(text: str) -> str:
    """Return a text without its marks, for places that take no HTML."""
    return " ".join("".join(tree(inline(text)).itertext()).split())


def paragraph(html: str) -> str:
    """Return a piece of HTML as a paragraph."""
    return f"<p>{html}</p>"


def strong(text: str) -> str:
    """Return a text, taken letter by letter, in bold."""
    return f"<strong>{escape(allowed(text), quote=False)}</strong>"


def quotation(text: str) -> str:
    """Return a text as a quotation that stands by itself."""
    return f"<blockquote>{blocks(text)}</blockquote>"


def listing(parts: Iterable[str]) -> str:
    """Return pieces of HTML as a list."""
    return "<ul>" + "".join(f"<li>{part}</li>" for part in parts) + "</ul>"


def tree(html: str) -> ET.Element:
    """Return HTML made here as an element ``div`` with its nodes."""
    return ET.fromstring(f"<div>{html}</div>")  # noqa: S314  (our own output, without entities or a document type)


def allowed(text: str) -> str:
    """Return a text without the characters that no XML may hold; each becomes the sign for an unknown one."""
    return NOT_XML.sub("\ufffd", text)
