"""Writes what the search page of a book searches: the text of each page, by section, without buttons and menus."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from copydesk.publish.article_words import Article

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.release.kept_results import KeptResults

INDEX = "search-index.js"
SEARCH_PAGE = "search.html"
NOT_SEARCHED = frozenset({SEARCH_PAGE, "404.html"})
ARTICLE = "bd-article"
"""The class of the part of a page that is its text."""

PASSED_TAGS = frozenset(
    {"script", "style", "noscript", "template", "nav", "footer", "button", "select", "option", "form", "svg", "details"}
)
"""What is folded away, in ``details``, may be the answer to a question: it is not in a list of what was found."""

PASSED_CLASSES = frozenset(
    {"headerlink", "book-needs-script", "copydesk-needs-script", "book-quotes", "cell_input", "page-toc"}
)
READ_VIEWS = frozenset({"tasks", "reading"})
"""Views with something to read; the others show what a learner has done."""

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "path"}
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt"})
"""What begins a section; a term that is explained does, too."""

INLINE = frozenset(
    {"a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "span", "strong", "sub", "sup"}
)


class _Element(NamedTuple):
    """An open element: its tag, and whether it and all in it is passed over, in a view, or in the page's text."""

    tag: str
    is_passed: bool
    is_view: bool
    is_text: bool


class _Sections(HTMLParser):
    """Collects the title of a page and its sections: the name, the heading and the words of each."""

    def __init__(self) -> None:
        """Start with nothing read."""
        super().__init__(convert_charrefs=True)
        self.sections: list[dict[str, str]] = [{"at": "", "heading": "", "text": ""}]
        self._open: list[_Element] = [_Element("", is_passed=False, is_view=False, is_text=False)]
        self._at = ""
        self._field = "text"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a section at a heading of the page, and note what is passed over."""
        if tag in VOID:
            self._add(" ")
            return
        values = {name: value or "" for name, value in attrs}
        above = self._open[-1]
        classes = set(values.get("class", "").split())
        view = values.get("data-copydesk", "" if "data-article-view" not in values else "waiting")
        self._open.append(
            _Element(
                tag,
                is_passed=above.is_passed
                or tag in PASSED_TAGS
                or bool(classes & PASSED_CLASSES)
                or bool(view and view not in READ_VIEWS)
                or (above.is_view and tag == "small"),
                is_view=above.is_view or bool(view),
                is_text=above.is_text or ARTICLE in classes,
            )
        )
        if tag == "section" and "id" in values and not above.is_view:
            self._at = values["id"]
        if tag in HEADINGS and self._is_read() and not above.is_view:
            self.sections.append({"at": values.get("id", self._at), "heading": "", "text": ""})
            self._field = "heading"
        elif tag not in INLINE:
            self._add(" ")

    def handle_endtag(self, tag: str) -> None:
        """Go back to what an element is in; an end without a beginning is ignored."""
        if tag in HEADINGS:
            self._field = "text"
        depth = len(self._open) - 1
        while depth and self._open[depth].tag != tag:
            depth -= 1
        if depth:
            del self._open[depth:]
        if tag not in INLINE:
            self._add(" ")

    def handle_data(self, data: str) -> None:
        """Add text to the section that it is in."""
        self._add(data)

    def _is_read(self) -> bool:
        return self._open[-1].is_text and not self._open[-1].is_passed

    def _add(self, text: str) -> None:
        if self._is_read():
            self.sections[-1][self._field] += text


def write_search_index(html: Path, results: KeptResults, *, article: str = "") -> None:
    """Write the index of a built book that has a search page: a script, which works from ``file://`` too.

    With the text of an ``article``, no run of ``LEAST`` or more of its words is in the index.
    """
    if not (html / SEARCH_PAGE).is_file():
        return
    left_out = Article(article)
    pages = []
    for path in sorted(html.rglob("*.html")):
        name = path.relative_to(html).as_posix()
        if name in NOT_SEARCHED or name.startswith("_static/"):
            continue
        sections = results.answer("sections to search", path.read_text(encoding="utf-8"), sections_of)
        if sections:
            parts = [{field: leave_out(text, left_out) for field, text in part.items()} for part in sections]
            pages.append({"page": name, "title": parts[0]["heading"], "sections": parts})
    data = json.dumps(pages, ensure_ascii=False, separators=(",", ":"))
    (html / INDEX).write_text(f"globalThis.copydeskPages={data};\n", encoding="utf-8", newline="\n")


def sections_of(page: str) -> list[dict[str, str]]:
    """Return the sections of a page; the first has its title as its heading. A page without a title has none."""
    parser = _Sections()
    parser.feed(page)
    parser.close()
    sections = []
    for section in parser.sections:
        plain = {name: " ".join(text.split()) for name, text in section.items()}
        if plain["heading"]:
            sections.append(plain)
    return sections


def leave_out(text: str, article: Article) -> str:
    """Return a text with an ellipsis in place of each run of an article's words, whatever is between the words."""
    parts: list[str] = []
    position = 0
    for run in article.runs([text]):
        parts += [text[position : run.words[0].start], "\u2026"]
        position = run.words[-1].end
    return "".join([*parts, text[position:]])
