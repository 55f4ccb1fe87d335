"""Moves the styles that are inside built pages to a style sheet: a strict policy of a site forbids them in a page.

What notebooks show needs no other file, so it brings its styles with it, in elements and attributes. A book has files.
"""

from __future__ import annotations

import hashlib
import re
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from copydesk.publish.built_pages import path_to_top

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.release.kept_results import KeptResults

SHEET = PurePosixPath("_static", "page-styles.css")
STYLE = re.compile(r"""\s+style\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
CLASS = re.compile(r"""(\sclass\s*=\s*["'])""", re.IGNORECASE)
TAG_NAME = re.compile(r"<[^\s/>]+")
STRONG = ":not(#s)"
"""Gives a rule the strength that its attribute had: more than any class, less than ``!important``."""


def move_styles(html: Path, results: KeptResults) -> None:
    """Take the style elements and attributes out of all pages, and link a style sheet that has the same rules."""
    rules: dict[str, None] = {}
    for path in sorted(html.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        moved = results.answer("page without styles", text, without_styles)
        if moved["rules"]:
            rules.update(dict.fromkeys(moved["rules"]))
            link = f'<link rel="stylesheet" href="{path_to_top(path, html)}{SHEET}">\n</head>'
            path.write_text(moved["page"].replace("</head>", link, 1), encoding="utf-8", newline="\n")
    if rules:
        (html / SHEET).write_text("\n".join(rules), encoding="utf-8", newline="\n")


def without_styles(page: str) -> dict[str, str | list[str]]:
    """Return a page without styles, where classes stand for style attributes, and the rules that it needs instead."""
    mover = _StyleMover(page)
    mover.feed(page)
    mover.close()
    return {"page": "".join([*mover.parts, page[mover.position :]]), "rules": list(mover.rules)}


class _StyleMover(HTMLParser):
    """Copies a page as it is, apart from its style elements and attributes."""

    def __init__(self, page: str) -> None:
        """Start with nothing copied."""
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self.position = 0
        self.rules: dict[str, None] = {}
        self._page = page
        self._lines = list(accumulate(map(len, page.split("\n")), lambda start, line: start + line + 1, initial=0))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Copy the page up to a style element, or replace a style attribute."""
        start, raw = self._place(), self.get_starttag_text() or ""
        if tag == "style":
            self._replace(start, start + len(raw), "")
        elif any(name == "style" for name, _ in attrs):
            self._replace(start, start + len(raw), self._with_class(raw, dict(attrs).get("style") or ""))

    def handle_endtag(self, tag: str) -> None:
        """Take the rules out at the end of a style element."""
        if tag == "style":
            start = self._place()
            self.rules[self._page[self.position : start].strip()] = None
            self.position = self._page.index(">", start) + 1

    def _with_class(self, raw: str, style: str) -> str:
        """Return a start tag with a class for its style attribute."""
        bare = STYLE.sub("", raw, count=1)
        if not style.strip():
            return bare
        name = f"s-{hashlib.sha256(style.encode()).hexdigest()[:8]}"
        self.rules[f".{name}{STRONG}{{{style.strip()}}}"] = None
        if CLASS.search(bare):
            return CLASS.sub(rf"\g<1>{name} ", bare, count=1)
        return TAG_NAME.sub(rf'\g<0> class="{name}"', bare, count=1)

    def _replace(self, start: int, end: int, text: str) -> None:
        self.parts += [self._page[self.position : start], text]
        self.position = end

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
