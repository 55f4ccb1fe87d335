"""Parses each built page once: what it loads, where it links, and what style sheets can match."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from copydesk.release.kept_results import KeptResults

LOADING = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "iframe": ("src",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "body": ("background",),
}
LINK_LOADS = frozenset({"stylesheet", "icon", "preload", "prefetch", "preconnect", "modulepreload", "manifest"})
CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")


def css_addresses(css: str) -> list[str]:
    """Return everything that a style sheet loads."""
    return ["".join(groups) for groups in CSS_URL.findall(css)]  # one of the two groups is empty


def path_to_top(page: Path, top: Path) -> str:
    """Return the path from a page to the top of its book, such as ``../``; empty for a page at the top."""
    return "../" * (len(page.relative_to(top).parts) - 1)


class SheetLink(NamedTuple):
    """A link to a style sheet: where it leads, and the tag as in the page."""

    address: str
    tag: str


@dataclass
class Page:
    """What one page loads and links to, its ids and classes, and its links to style sheets."""

    loads: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    sheets: list[SheetLink] = field(default_factory=list)


class PageParser(HTMLParser):
    """Reads a page."""

    def __init__(self) -> None:
        """Start with nothing read."""
        super().__init__(convert_charrefs=True)
        self.page = Page()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record what a tag loads and links to, its id, name and classes."""
        page = self.page
        values = {name: value for name, value in attrs if value}
        for name in ("id", "name"):
            if name in values:
                page.ids.add(values[name])
        page.classes.update(values.get("class", "").split())
        for name in LOADING.get(tag, ()):
            if name in values:
                page.loads += _set_addresses(values[name]) if name == "srcset" else [values[name]]
        if tag == "link":
            self._note_link(values)
        if tag == "a" and "href" in values:
            page.links.append(values["href"])
        if tag == "form" and "action" in values:
            page.links.append(values["action"])
        page.loads += css_addresses(values.get("style", ""))

    def _note_link(self, values: dict[str, str]) -> None:
        roles = set(values.get("rel", "").lower().split())
        address = values.get("href", "")
        if LINK_LOADS & roles:
            self.page.loads.append(address)
        if "stylesheet" in roles:
            self.page.sheets.append(SheetLink(address, self.get_starttag_text() or ""))

    def handle_data(self, data: str) -> None:
        """Record what a style element loads."""
        if self.cdata_elem == "style":
            self.page.loads += css_addresses(data)


def _set_addresses(value: str) -> Iterator[str]:
    """Yield the addresses of a set of pictures such as ``a.png 1x, b.png 2x``."""
    for candidate in value.split(","):
        if candidate.strip():
            yield candidate.split()[0]


def read_pages(html: Path, results: KeptResults) -> dict[Path, Page]:
    """Return every page below a folder."""
    pages = {}
    for path in sorted(html.rglob("*.html")):
        data = results.answer("page", path.read_text(encoding="utf-8"), _read_page)
        pages[path] = Page(
            loads=data["loads"],
            links=data["links"],
            ids=set(data["ids"]),
            classes=set(data["classes"]),
            sheets=[SheetLink(*sheet) for sheet in data["sheets"]],
        )
    return pages


def _read_page(text: str) -> dict[str, list[Any]]:
    """Return the fields of a page as plain data."""
    parser = PageParser()
    parser.feed(text)
    page = parser.page
    return {
        "loads": page.loads,
        "links": page.links,
        "ids": sorted(page.ids),
        "classes": sorted(page.classes),
        "sheets": list(map(list, page.sheets)),
    }
