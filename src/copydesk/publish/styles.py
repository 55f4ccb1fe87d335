"""Makes one style sheet from all that the pages of a book load, with only the rules that match something in them."""

from __future__ import annotations

import hashlib
import os
import re
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import tinycss2

from copydesk.publish.built_pages import CSS_URL, read_pages
from copydesk.release.kept_results import KeptResults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from tinycss2.ast import Node

    from copydesk.publish.built_pages import Page

SHEET = "_static/book-styles.css"
WORD = re.compile(r"[A-Za-z_-][\w-]*")
GROUPS = frozenset({"media", "supports", "layer", "container"})
OWN = "copydesk"
"""Scripts whose names begin like this bring the styles for what they make."""

MADE_BY_OWN = "cd-"
"""Classes that begin like this are set by these scripts; only the book's own rules, e.g. for paper, name them."""

PAPER = "book-paper"
"""The class of the page that is printed, which is made from a finished book, so no page of the book has it."""


def join_styles(html: Path, results: KeptResults | None = None) -> None:
    """Make every page load one style sheet instead of all those the pages load now, in the order they load them.

    A browser requests few files at a time, and on a slow connection each round trip costs more than the files.
    """
    static = html / "_static"  # where themes also put their templates, which are not pages
    results = results or KeptResults()
    read = read_pages(html, results)
    pages = {path: page for path, page in read.items() if not path.is_relative_to(static)}
    sheets: dict[Path, None] = {}
    for path, page in pages.items():
        for link in page.sheets:
            sheets[linked_file(path, link.address)] = None
    if not sheets:
        return
    css = "\n".join(_used_styles(sheets, _words(html, pages.values()), (html / SHEET).parent, results))
    css = css.replace('"0s"', "0s")  # the theme writes a time in quotation marks
    (html / SHEET).write_text(css, encoding="utf-8", newline="\n")
    version = hashlib.sha256(css.encode()).hexdigest()[:8]
    for path, page in pages.items():
        address = os.path.relpath(html / SHEET, path.parent).replace(os.sep, "/")
        tag = f'<link rel="stylesheet" href="{address}?v={version}">\n'
        text = _with_one_link(path.read_text(encoding="utf-8"), page, tag)
        path.write_text(text, encoding="utf-8", newline="\n")


def _words(html: Path, pages: Iterable[Page]) -> set[str]:
    """Return the classes of pages, and every word of their scripts, as it may be a class that a script sets."""
    words = {PAPER}
    for page in pages:
        words |= page.classes
    for script in html.rglob("*.js"):
        if not script.name.startswith(OWN):
            words.update(WORD.findall(script.read_text(encoding="utf-8")))
    return words


def _used_styles(sheets: Iterable[Path], words: AbstractSet[str], folder: Path, results: KeptResults) -> Iterator[str]:
    """Yield the used rules of each style sheet, adjusted for another folder."""
    question = f"used rules {hashlib.sha256(' '.join(sorted(words)).encode()).hexdigest()}"
    for sheet in sheets:
        css = _change_folder(sheet.read_text(encoding="utf-8"), sheet.parent, folder)
        yield results.answer(question, css, partial(remove_unused_rules, words=words)).strip()


def linked_file(page: Path, address: str) -> Path:
    """Return the file that an address leads to from a page or a style sheet."""
    return (page.parent / unquote(urlsplit(address).path)).resolve()


def _with_one_link(text: str, page: Page, link: str) -> str:
    """Return the text of a page with its first link to a style sheet replaced by ``link``, and the others removed."""
    for number, sheet in enumerate(page.sheets):
        before, _, behind = text.partition(sheet.tag)
        text = before + ("" if number else link) + behind.lstrip()
    return text


def _change_folder(css: str, old: Path, new: Path) -> str:
    """Return a style sheet for another folder, without its character set, which only the first sheet could declare."""

    def change_address(match: re.Match[str]) -> str:
        inner = match[1] or match[2]
        if urlsplit(inner).scheme or inner.startswith(("/", "#")):
            return match[0]
        return match[0].replace(inner, os.path.relpath(old / inner, new).replace(os.sep, "/"))

    return re.sub(r"""@charset\s+["'][^"']*["']\s*;""", "", CSS_URL.sub(change_address, css))


def remove_unused_rules(css: str, words: AbstractSet[str]) -> str:
    """Return a style sheet without comments, fonts, or selectors whose classes are not in ``words``.

    The book uses the fonts of the device, so those of the theme are never shown.
    """
    return "\n".join(_used_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), words))


def _used_rules(rules: Iterable[Node], words: AbstractSet[str]) -> Iterator[str]:
    """Yield the rules that can match something, also within groups; a group left empty is dropped."""
    for rule in rules:
        if rule.type == "qualified-rule":
            parts = [part for part in _selectors(rule.prelude) if set(_classes(part)) <= words]
            if parts:
                selectors = ",".join(map(tinycss2.serialize, parts))
                yield f"{selectors}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in GROUPS and rule.content is not None:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            text = "".join(_used_rules(inner, words))
            if text:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{text}}}"
        elif rule.type != "at-rule" or rule.lower_at_keyword != "font-face":
            yield rule.serialize()


def _selectors(prelude: Iterable[Node]) -> list[list[Node]]:
    """Return the selectors in a list; anything in parentheses is one node, commas included."""
    selectors: list[list[Node]] = [[]]
    for node in prelude:
        if node == ",":
            selectors.append([])
        else:
            selectors[-1].append(node)
    return selectors


def _classes(selector: list[Node]) -> Iterator[str]:
    """Yield the classes that a selector requires, without those in ``:not(...)``, which match where they are absent."""
    for before, node in pairwise(selector):
        if before == "." and node.type == "ident" and not node.value.startswith(MADE_BY_OWN):
            yield node.value
