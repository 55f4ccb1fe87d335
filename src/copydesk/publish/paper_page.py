"""Makes one page of a built book, for paper: title and contents, then each page as a sheet to read and work on."""

from __future__ import annotations

import posixpath
import re
from datetime import UTC, date, datetime
from html import escape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urldefrag, urlsplit

from copydesk._version import __version__
from copydesk.publish.build import BookError
from copydesk.publish.edition import INSTRUCTORS
from copydesk.publish.sources_page import readable_date
from copydesk.publish.styles import PAPER
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bs4 import BeautifulSoup, Tag

    from copydesk.publish.chromium import Printed

NOT_PRINTED = (f"{INSTRUCTORS}/", "publishing", "my-course.", "my-copy.", "accessibility.")
"""Pages for others than learners, or about what only a screen has."""

ARTICLE = "article.html"
"""The page on which the reading pane is printed, as the text alone, without its layers."""

VIEWS = ("progress", "reliability", "own", "calendar", "guess", "copy", "finish")
"""Views that show what a reader does, and say nothing on paper."""

ON_SCREEN = ("script", ".headerlink", ".book-needs-script", ".copydesk-needs-script", ".on-screen")
"""What is there for a screen alone."""

SECTIONS = "section#next, section:has(> .cell :is([data-copydesk=submission], [data-copydesk=finish]))"
"""Where to go next, how a file is made, and what a reader has done: nothing for paper."""

NUMBER = re.compile(r"\[\[(page-\d+)\]\]")
"""Where the number of the sheet on which a part of the page begins is put in."""

STEP, SMALLEST = 3, 91
"""By how much a part that ends on a nearly empty sheet is made smaller at a time, and at most, in percent."""

TALL = "max-height: 18cm"
"""The style of a figure that is higher than wide: as high as it must be to be read."""

HEADINGS = ("h1", "h2", "h3", "h4")
SHEET = """
@page {{ size: {size}; margin: 12mm 15mm 16mm; }}
@page {{ @bottom-left {{ content: "{name}"; font: 8pt sans-serif; color: #333; }} }}
@page {{ @bottom-right {{ content: counter(page); font: 8pt sans-serif; color: #333; }} }}
"""
"""The foot of every sheet."""


class Entry(NamedTuple):
    """A line of the contents: the page it is about, its name there, its depth, and the part it begins, if any."""

    page: str
    title: str
    is_below: bool
    part: str


class PaperPage:
    """The pages of a built book as one page: every name unique, and links between pages as links within it.

    It has the pages in the order of the contents, without those for instructors and publishers; or one lesson with its
    exercise.
    """

    def __init__(self, site: Path, *, lesson: str = "", size: str = "a4") -> None:
        """Read the book; ``lesson`` is the name of a lesson, and ``size`` that of the paper, as in CSS.

        Raises:
            BookError: a page of the contents has no text.
        """
        start = _read(site / "index.html")
        self._name = _text(start.select_one(".book-name") or start.title)
        self._line = _text(start.select_one(".book-line"))
        self._how = [t("print.how")] + ([t("print.quotes")] if start.select_one(".book-quotes") else [])
        rights = start.select_one(".book-rights")
        self._rights = rights.decode_contents() if rights else ""
        day = start.select_one("time[datetime]")
        self.date = date.fromisoformat(str(day["datetime"])) if day else datetime.now(UTC).date()
        """The day of the edition, as the pages of the book say."""
        self._links = "".join(map(str, start.select('link[rel="stylesheet"]')))
        self._is_whole = not lesson
        self._entries = [entry for entry in _entries(start) if not lesson or _stem(entry.page) == lesson]
        self._prefixes = {entry.page: f"page-{number}" for number, entry in enumerate(self._entries)}
        self._percent = dict.fromkeys(self._prefixes.values(), 100)
        self._titles: list[str] = []
        articles = []
        for name, prefix in self._prefixes.items():
            article = _read(site / name).select_one("article.bd-article")
            if article is None:
                message = f"{name} has no text to print"
                raise BookError(message)
            _fit_for_paper(article, name, self._prefixes.get(ARTICLE))
            self._titles.append(_text(article.select_one("h1")))
            _add_prefixes(article, name, self._prefixes)
            article["id"] = f"{prefix}-part"
            _put_target(article, prefix)
            articles.append(str(article))
        foot = [f"{self._name} {__version__}"] + ([self._titles[0]] if lesson else [])
        self._styles = SHEET.format(size=size, name=_css_text(" · ".join(foot)))
        self._articles = "".join(articles)

    @property
    def title(self) -> str:
        """The title of the document: that of the book, or of its one lesson."""
        return self._name if self._is_whole else f"{self._titles[0]} ({self._name})"

    def html(self, printed: Printed | None = None) -> str:
        """Return the page as HTML; once it was printed, with the numbers of the sheets on which its parts begin.

        A part that ended on a nearly empty sheet is a little smaller from then on.
        """
        numbers: Mapping[str, int] = {}
        if printed is not None:
            numbers = printed.numbers
            self._shrink(printed)
        sizes = [f"#{name}-part {{ zoom: {percent}%; }}" for name, percent in self._percent.items()]
        front = self._front() if self._is_whole else ""
        end = "" if self._is_whole else f"<footer>{self._imprint()}</footer>"
        html = (
            '<!DOCTYPE html>\n<html lang="en" data-theme="light"><head><meta charset="utf-8">'
            f"<title>{escape(self.title)}</title>{self._links}<style>{self._styles}{''.join(sizes)}</style></head>"
            f'<body class="{PAPER}">{front}{self._articles}{end}</body></html>\n'
        )
        return NUMBER.sub(lambda match: str(numbers.get(match[1], "")), html)

    def _shrink(self, printed: Printed) -> None:
        """Make each part smaller that ended on a nearly empty sheet, down to a limit."""
        numbers = printed.numbers
        names = [name for name in self._percent if name in numbers]
        ends = [numbers[name] - 1 for name in names[1:]] + [printed.sheets]
        for name, end in zip(names, ends, strict=True):
            can_shrink = end > numbers[name] and self._percent[name] > SMALLEST
            if can_shrink and printed.is_nearly_empty(end):
                self._percent[name] -= STEP

    def _front(self) -> str:
        """Return the title page: what this is, which version, whose it is, and the contents."""
        contents, lines = t("print.contents"), []
        for entry in self._entries:
            if entry.part:
                lines.append(f"<h3>{escape(entry.part)}</h3>")
            target = self._prefixes[entry.page]
            inner = f'<a href="#{target}">{escape(entry.title)}</a><span></span><b>[[{target}]]</b>'
            lines.append(f'<p class="{"toctree-l2" if entry.is_below else "toctree-l1"}">{inner}</p>')
        return (
            f"<header><h1>{escape(self._name)}</h1><p>{escape(self._line)}</p>{self._imprint()}"
            f"<p>{escape(' '.join(self._how))}</p><nav><h2>{contents}</h2>{''.join(lines)}</nav></header>"
        )

    def _imprint(self) -> str:
        """Return version, date, licence and rights as paragraphs."""
        day = readable_date(self.date.isoformat())
        edition = t("print.edition", name=self._name, version=__version__, date=day)
        return f"<p>{escape(edition)}</p>" + (f"<p>{self._rights}</p>" if self._rights else "")


def _read(path: Path) -> BeautifulSoup:
    from bs4 import BeautifulSoup  # noqa: PLC0415  (comes with the extra "book")

    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def _text(element: Tag | None) -> str:
    return " ".join(element.get_text().split()) if element else ""


def _stem(page: str) -> str:
    return posixpath.basename(page).removesuffix(".html")


def _css_text(text: str) -> str:
    """Return text for between the quotation marks of a string in a style sheet."""
    return "".join(letter if letter not in '"\\<\n' else f"\\{ord(letter):x} " for letter in text)


def _entries(start: BeautifulSoup) -> Iterator[Entry]:
    """Yield the pages to print, each once, in the order of the contents."""
    passed: set[str] = set()
    part = ""
    for element in start.select(".bd-docs-nav .caption, .bd-docs-nav a[href]"):
        if element.name != "a":
            part = _text(element)
            continue
        address = str(element["href"])
        name = "index.html" if address == "#" else urldefrag(address).url
        if name not in passed and not name.startswith(NOT_PRINTED):
            is_below = element.find_parent(class_="toctree-l2") is not None
            yield Entry(name, _text(element), is_below, part)
            part = ""
        passed.add(name)


def _fit_for_paper(article: Tag, name: str, article_page: str | None) -> None:
    """Turn a page into a question sheet: what questions are about is unfolded, explanations and buttons are removed.

    ``article_page`` is the name that the page with the article has in the whole, if it is part of it.
    """
    _fit_figures(article)
    for fold in article.select(".copydesk-guess > details"):
        fold["open"] = ""
    if name == ARTICLE:
        for layer in article.select(f"{_view('reading')} details"):
            layer.decompose()
    else:
        _refer_to_article(article, article_page)
    for note in article.select(".book-waits"):
        note.string = t("print.waits")  # paper opens no file
    _remove_what_needs_a_screen(article)
    for fold in article.select("details:not(.hide)"):
        summary = fold.select_one("summary")
        if summary is not None and summary.get_text().strip() == t("view.explained"):
            fold.decompose()
        else:
            fold["open"] = ""


def _fit_figures(article: Tag) -> None:
    """Give figures the size that they need on paper, and fields the form of boxes."""
    from bs4 import Tag  # noqa: PLC0415  (comes with the extra "book")

    for figure in article.select("img[loading]"):
        del figure["loading"]  # no one scrolls to it on paper
    for figure in article.select("img[width][height]"):
        if int(str(figure["height"])) > int(str(figure["width"])):
            figure["style"] = TALL
    for frame in article.select("figure"):
        frame["role"] = "group"  # otherwise, tags take it for a picture without words, around the one that has them
    for narrow in article.select("picture > source"):
        narrow.decompose()  # paper is wide
    for field in article.select("input, select, textarea"):
        box = Tag(name="span", attrs={"data-field": str(field.get("type") or field.name)})
        field.replace_with(box)  # for a pencil: tags would say that there is a form to fill in


def _refer_to_article(article: Tag, article_page: str | None) -> None:
    """Put a reference to the page with the article in place of each reading pane."""
    for view in article.select(_view("reading")):
        title = view.select_one("strong")
        if title is None or article_page is None:
            view.decompose()
        else:
            view.string = t("print.page", title=title.get_text(), number=f"[[{article_page}]]")


def _remove_what_needs_a_screen(article: Tag) -> None:
    """Remove scripts, buttons, views that show what a reader does, and sections that had nothing else."""
    views = map(_view, VIEWS)
    for unwanted in article.select(", ".join([*ON_SCREEN, SECTIONS, *views])):
        if unwanted.decomposed:
            continue
        place = unwanted.parent
        unwanted.decompose()
        while place is not None and place is not article and _is_bare(place):
            bare, place = place, place.parent
            bare.decompose()


def _view(name: str) -> str:
    """Return the selector of a view, whether it waits for the article or not."""
    return f':is([data-copydesk="{name}"], [data-article-view="{name}"])'


def _is_bare(element: Tag) -> bool:
    """Return whether an element has nothing but headings and white space."""
    if element.select_one("img, svg, table, input"):
        return False
    words = element.get_text().split()
    in_headings = [word for heading in element.find_all(HEADINGS) for word in heading.get_text().split()]
    return len(words) == len(in_headings)


def _put_target(article: Tag, name: str) -> None:
    """Put the target of links into the heading: that of a whole part may be the end of the sheet before it."""
    from bs4 import Tag  # noqa: PLC0415  (comes with the extra "book")

    heading = article.select_one("h1") or article
    heading.insert(0, Tag(name="span", attrs={"id": name}))


def _add_prefixes(article: Tag, name: str, prefixes: Mapping[str, str]) -> None:
    """Prefix the names in a page, and make its links lead to other places in the same page."""
    for element in article.select("[id]"):
        element["id"] = f"{prefixes[name]}-{element['id']}"
    for attribute in ("aria-labelledby", "aria-describedby", "headers", "for"):
        for element in article.select(f"[{attribute}]"):
            value = element[attribute]
            names = value.split() if isinstance(value, str) else value
            element[attribute] = " ".join(f"{prefixes[name]}-{each}" for each in names)
    for element in article.select("[href]"):
        parts = urlsplit(str(element["href"]))
        if parts.scheme or parts.netloc:
            continue
        page = _path_from_top(name, unquote(parts.path)) if parts.path else name
        if page not in prefixes:
            del element["href"]
        elif parts.fragment:
            element["href"] = f"#{prefixes[page]}-{parts.fragment}"
        else:
            element["href"] = f"#{prefixes[page]}"
    for element in article.select("[src]"):
        source = str(element["src"])
        if not source.startswith("data:"):
            element["src"] = _path_from_top(name, source)


def _path_from_top(page: str, path: str) -> str:
    """Return a path on a page as seen from the top of the book."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
