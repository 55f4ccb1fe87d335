"""What search engines and other people's sites read of a book: addresses, a card, facts as data, and what to leave out.

Sources: https://ogp.me, https://schema.org/LearningResource, https://www.sitemaps.org/protocol.html and
https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from copydesk.publish.citation import edition_date

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.course import Course
    from copydesk.publish.edition import Edition
    from copydesk.site_file.reading import SiteSettings

CARD = "social-card.png"
"""The picture that other sites show beside a link, in ``book/``; 1200 by 630, as they ask for."""

CARD_SIZE = (1200, 630)
MISSING_PAGE = "404.html"
NOT_FOUND_BY_SEARCH = frozenset({MISSING_PAGE, "search.html"})
"""Pages that no search engine should offer."""

NOINDEX = '<meta name="robots" content="noindex">'
LANGUAGE = re.compile(r"<html\b[^>]*\blang=\"([^\"]*)\"")
TITLE = re.compile(r"<title>(.*?)(?: (?:—|&#8212;) [^<]*)?</title>", re.DOTALL)
DESCRIPTION = re.compile(r"<meta\b(?=[^>]*\bname=\"description\")[^>]*\bcontent=\"([^\"]*)\"")
ADDRESS = re.compile(r"(?<=\s)(href|src|action)=\"(?![#/])(?![a-z]+:)([^\"]*)\"")
"""An address in a page that is neither whole nor one on the page itself."""

KINDS = {"lessons": "Lesson", "exercises": "Exercise"}
"""For the folders of pages that are learned from: what kind of learning resource these are."""


@dataclass(frozen=True)
class PublicSite:
    """A finished book that will be on the web: what it is called, who made it, where it will be."""

    course: Course
    edition: Edition
    site: SiteSettings

    def complete(self, folder: Path) -> None:
        """Put into each page of a finished book what is meant for other sites and for search engines.

        Search engines are asked to leave out the whole article, unless it may be published. Without an address, that
        is all.
        """
        address = self.site.file.address
        for path in sorted(folder.rglob("*.html")):
            name = path.relative_to(folder).as_posix()
            text = path.read_text(encoding="utf-8")
            lines = [NOINDEX] if self._is_hidden or name in NOT_FOUND_BY_SEARCH else []
            if address and name != MISSING_PAGE:
                lines += self._lines(address, name, text)
            path.write_text(_with_lines(text, lines), encoding="utf-8", newline="\n")
        if not address:
            (folder / MISSING_PAGE).unlink(missing_ok=True)
            return
        if self._card.is_file():
            shutil.copyfile(self._card, folder / CARD)
        if not self._is_hidden:
            (folder / "sitemap.xml").write_text(self._sitemap(address, folder), encoding="utf-8", newline="\n")

    @property
    def _is_hidden(self) -> bool:
        """Whether the book has the whole article, and the course doesn't say that everyone may read that."""
        return self.edition.article == "full" and self.course.facts.rights.publish != "whole"

    @property
    def _card(self) -> Path:
        """The picture for other sites, in the course; it may have none."""
        return self.course.root / "book" / CARD

    def _lines(self, address: str, name: str, page: str) -> list[str]:
        """Return the lines of a page's head: its one address, a card, and facts as data."""
        title, description = _first(TITLE, page), _first(DESCRIPTION, page)
        own = page_address(address, name)
        card = {
            "og:type": "website",
            "og:site_name": self.course.citation.title,
            "og:title": title,
            "og:description": description,
            "og:url": own,
        }
        if self._card.is_file():
            width, height = map(str, CARD_SIZE)
            card |= {"og:image": f"{address}{CARD}", "og:image:width": width, "og:image:height": height}
            card["og:image:alt"] = self.course.citation.title
        lines = [f'<link rel="canonical" href="{html.escape(own)}">']
        lines += [f'<meta property="{key}" content="{html.escape(text)}">' for key, text in card.items() if text]
        lines.append('<meta name="twitter:card" content="summary_large_image">')
        facts = self.facts(name, title, description, _first(LANGUAGE, page))
        text = json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")
        lines.append(f'<script type="application/ld+json">{text}</script>')
        return lines

    def facts(self, name: str, title: str, description: str, language: str) -> dict[str, Any]:
        """Return the facts about a page as a ``LearningResource`` of schema.org."""
        citation, address = self.course.citation, self.site.file.address or ""
        whole = {"@type": "LearningResource", "name": citation.title, "url": address}
        facts = {
            "@context": "https://schema.org",
            "@type": "LearningResource",
            "name": title,
            "description": description or citation.abstract,
            "url": page_address(address, name),
            "learningResourceType": KINDS.get(name.partition("/")[0]),
            "isPartOf": whole if page_address(address, name) != address else None,
            "inLanguage": language,
            "license": self.course.facts.licence,
            "usageInfo": f"{address}about.html#licences",
            "isAccessibleForFree": True,
            "author": [{"@type": author.kind, "name": author.full_name} for author in citation.authors],
            "publisher": self._publisher(),
            "datePublished": edition_date(citation).isoformat(),
            "version": citation.version,
            "keywords": list(citation.keywords),
        }
        return {key: value for key, value in facts.items() if value}

    def _publisher(self) -> dict[str, str] | None:
        name = self.site.file.publisher
        return {"@type": "Organization", "name": name} if name else None

    def _sitemap(self, address: str, folder: Path) -> str:
        """Return the list of pages for search engines."""
        day = edition_date(self.course.citation).isoformat()
        names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")} - NOT_FOUND_BY_SEARCH
        places = [html.escape(page_address(address, name)) for name in sorted(names)]
        entries = [f"<url><loc>{place}</loc><lastmod>{day}</lastmod></url>" for place in places]
        head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        return "\n".join([head, *entries, "</urlset>", ""])

    def root_missing_page(self, folder: Path) -> None:
        """Give the page for what is missing the paths of this site: a server shows it at addresses of any depth."""
        address, page = self.site.file.address, folder / MISSING_PAGE
        if address:
            top = urlsplit(address).path
            text = ADDRESS.sub(rf'\1="{top}\2"', page.read_text(encoding="utf-8"))
            page.write_text(text, encoding="utf-8", newline="\n")


def hide_from_search(folder: Path) -> None:
    """Ask search engines to leave out every page of a folder, as its pages hold the whole article."""
    for path in sorted(folder.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        path.write_text(_with_lines(text, [NOINDEX]), encoding="utf-8", newline="\n")


def page_address(address: str, name: str) -> str:
    """Return the address of a page of a site; that of the start page is the one of the site."""
    return address + quote(name.removesuffix("index.html") if name == "index.html" else name)


def _with_lines(page: str, lines: list[str]) -> str:
    """Return a page with more lines at the end of its head."""
    before, end, behind = page.partition("</head>")
    return "\n".join([before.rstrip(), *lines, end + behind]) if lines and end else page


def _first(pattern: re.Pattern[str], page: str) -> str:
    """Return what a pattern finds first in a page, as plain text; empty if there is none."""
    match = pattern.search(page)
    return html.unescape(match[1]).strip() if match else ""
