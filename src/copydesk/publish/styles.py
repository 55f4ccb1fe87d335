"""Makes one style sheet of all that the pages of a book load, with what matches something in them and nothing else."""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from copydesk.publish.built_pages import CSS_URL, read_pages
from copydesk.release.kept_results import KeptResults

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.publish.built_pages import Page

SHEET = "_static/book-styles.css"
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
WORD = re.compile(r"[A-Za-z_-][\w-]*")
OWN = "copydesk"
"""Scripts whose names begin so bring the styles of what they make."""

PAPER = "book-paper"
"""The class of the page that is printed: it is made of a finished book, so no page of the book has it."""


def join_styles(html: Path, kept: KeptResults | None = None) -> None:
    """Let every page load one style sheet in place of all that they load now, in the order in which they load them.

    A browser asks for few files at a time, and on a slow line each round costs more than what is in the files.
    """
    static = html / "_static"  # where themes also lay templates of theirs, which are no pages
    read = read_pages(html, kept or KeptResults())
    pages = {path: page for path, page in read.items() if not path.is_relative_to(static)}
    sheets = dict.fromkeys(_file(path, link.address) for path, page in pages.items() for link in page.sheets)
    if not sheets:
        return
    words = {PAPER}.union(*(page.classes for page in pages.values()))
    for script in html.rglob("*.js"):
        if not script.name.startswith(OWN):
            words.update(WORD.findall(script.read_text(encoding="utf-8")))
    moved = (_moved(sheet.read_text(encoding="utf-8"), sheet.parent, (html / SHEET).parent) for sheet in sheets)
    css = "\n".join(without_unused(text, words).strip() for text in moved)
    (html / SHEET).write_text(css, encoding="utf-8", newline="\n")
    version = hashlib.sha256(css.encode()).hexdigest()[:8]
    for path, page in pages.items():
        address = os.path.relpath(html / SHEET, path.parent).replace(os.sep, "/")
        link = f'<link rel="stylesheet" href="{address}?v={version}">\n'
        text = _with_one_link(path.read_text(encoding="utf-8"), page, link)
        path.write_text(text, encoding="utf-8", newline="\n")


def _file(page: Path, address: str) -> Path:
    """Return the style sheet that a page loads from an address."""
    return (page.parent / unquote(urlsplit(address).path)).resolve()


def _with_one_link(text: str, page: Page, link: str) -> str:
    """Return the text of a page with a link in place of its first to a style sheet, and without the others."""
    for number, sheet in enumerate(page.sheets):
        before, _, behind = text.partition(sheet.tag)
        text = before + ("" if number else link) + behind.lstrip()
    return text


def _moved(css: str, old: Path, new: Path) -> str:
    """Return a style sheet for another folder, without its character set, which only the first of all could say."""

    def address(found: re.Match[str]) -> str:
        inner = found[1] or found[2]
        if urlsplit(inner).scheme or inner.startswith(("/", "#")):
            return found[0]
        return found[0].replace(inner, os.path.relpath(old / inner, new).replace(os.sep, "/"))

    return re.sub(r"""@charset\s+["'][^"']*["']\s*;""", "", CSS_URL.sub(address, css))


def without_unused(css: str, words: set[str]) -> str:
    """Return a style sheet without comments, fonts, and the selectors whose classes are not in ``words``.

    The book uses the fonts of the device, so those of the theme are never shown.
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@font-face\s*\{[^{}]*\}", "", css)

    def rule(match: re.Match[str]) -> str:
        head, _, selectors = match[1].rpartition(";")  # a statement such as @charset may stand before
        lead = f"{head};" if head else ""
        if selectors.strip().startswith("@"):
            return match[0]
        kept = [part for part in _split(selectors) if set(CLASS.findall(_positive(part))) <= words]
        return f"{lead}{','.join(kept)}{{{match[2]}}}" if kept else lead

    css = RULE.sub(rule, css)
    for _ in range(3):  # groups that have become empty, from the inside out
        css = re.sub(r"@(?:media|supports|layer|container)[^{};]*\{\s*\}", "", css)
    return css


def _positive(selector: str) -> str:
    """Return a selector without its ``:not(...)``: a class that is absent does not stop that from matching."""
    previous = ""
    while previous != selector:
        previous, selector = selector, re.sub(r":(?:not|is|where|has)\([^()]*\)", "", selector)
    return selector


def _split(selectors: str) -> list[str]:
    """Return the selectors of a list, keeping those in parentheses together."""
    parts, depth = [""], 0
    for sign in selectors:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]
