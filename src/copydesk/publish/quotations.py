"""Keeps a public book to short quotations from the article: what it doesn't quote is cut, and can be put back.

A run of five or more of the article's words keeps only those that ``excerpts.py`` chose for the whole book. Each cut
has a sealed place, so that ``_static/article.js`` can restore it for a reader who has the article as a file.
"""

from __future__ import annotations

import html
import json
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.publish.built_pages import path_to_top
from copydesk.publish.built_texts import ATTRIBUTE, DATA, PIECE, readings_of_data, readings_of_markup, strings
from copydesk.publish.excerpts import HEAD, choose_excerpts
from copydesk.publish.sealed_places import seal_places
from copydesk.publish.waiting import OPENING, let_wait
from copydesk.release.kept_results import KeptResults
from copydesk.text import t

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from copydesk.publish.article_words import Article, Run, Word

SCRIPT = PurePosixPath("_static", "article.js")
BUTTON = 'data-book="article"'
NOTED = 'class="book-quotes"'
NOTE = """
<p class="book-quotes">{note} <a href="{up}article.html">{about}</a>.
<button type="button" class="book-button book-needs-script" data-book="article">{choose}</button>
<span role="status" data-book="article-said"></span></p>
"""

CLOSING = "\ue001"
"""The sign after the sealed place of a cut in a text of the browser's data."""

SIGN = "\u2026"
LARGE, SMALL = "^", "_"
"""After a sealed place: the first letter is large or small, other than in the article."""
BLANK = "\ue002"
LINES = frozenset({"source", "text", "text/plain", "text/html", "text/markdown"})
"""Fields of a notebook that may have a text as a list of lines."""
SAFE = str.maketrans({"&": "\\u0026", "<": "\\u003c", ">": "\\u003e"})


class Cut(NamedTuple):
    """Words to be cut from a piece of a text: where, the sign that comes there, and the sealed place."""

    start: int
    end: int
    sign: str
    place: str


def shorten(article: Article, site: Path, results: KeptResults | None = None) -> None:
    """Cut everything of the article from a built book that is not quoted in it.

    The pages get the script that restores the words; it comes before that of the views, which reads what is there.
    """
    results = results or KeptResults()
    script = site / SCRIPT
    text = script.read_text(encoding="utf-8").replace("ARTICLE", article.fingerprint())
    script.write_text(text, encoding="utf-8", newline="\n")
    paths = sorted(site.rglob("*.html"))
    pages = [path.read_text(encoding="utf-8") for path in paths]
    excerpts = choose_excerpts(article, pages, results)
    cutter = Cutter(article, excerpts)
    for path, text in zip(paths, pages, strict=True):
        up = path_to_top(path, site)
        short = results.answer(cutter.question(f"short page {up}"), text, partial(shorten_page, cutter, up))
        if short != text and NOTED not in short:
            short = short.replace("</h1>", f"</h1>{_note(up)}", 1)
        if BUTTON in short:
            short = short.replace("</title>", f'</title>\n<script src="{up}{SCRIPT.as_posix()}"></script>', 1)
            path.write_text(short, encoding="utf-8", newline="\n")
    for path in sorted(site.rglob("*.ipynb")):
        data = _with_whole_lines(json.loads(path.read_text(encoding="utf-8")))
        short = cutter.shorten_data(data, can_return=False)
        if short != data:
            path.write_text(json.dumps(short, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    for path in sorted(site.rglob("*.svg")):
        text = path.read_text(encoding="utf-8")
        short = cutter.shorten_markup(text, can_return=False)
        if short != text:
            path.write_text(short, encoding="utf-8", newline="\n")


def _note(up: str) -> str:
    """Return the note at the top of a page that quotes; ``up`` is the path from it to the top of the book."""
    about, choose = t("quotations.about"), t("quotations.choose")
    return NOTE.format(note=t("quotations.note"), up=up, about=about, choose=choose)


def shorten_page(cutter: Cutter, up: str, page: str) -> str:
    """Return a page with only short quotations; a view that needs the article's words waits for them."""
    return let_wait(cutter.shorten_markup(page, can_return=True), up)


class Cutter:
    """Cuts from texts the words of the article that a book does not quote."""

    def __init__(self, article: Article, excerpts: frozenset[int]) -> None:
        self._article, self._excerpts = article, excerpts

    def question(self, about: str) -> str:
        """Return the name for a question about a text, this article and these excerpts."""
        return self._article.question(f"{about} {sorted(self._excerpts)}")

    def shorten_markup(self, page: str, *, can_return: bool) -> str:
        """Return a page in which every text is cut: what is read, attributes, comments, and the data of views."""
        pieces = list(PIECE.finditer(page))
        texts = [html.unescape(piece["text"] or "") for piece in pieces]
        cuts = self._cuts_in(texts, readings_of_markup(page, pieces))
        parts: list[str] = []
        for number, piece in enumerate(pieces):
            if number in cuts:
                parts.append(_with_gaps(texts[number], cuts[number], can_return=can_return))
            elif piece["tag"]:
                parts.append(ATTRIBUTE.sub(self._cut_attribute, piece[0]))
            elif piece["style"]:
                parts.append(self._short(piece[0]))
            else:
                parts.append(DATA.sub(self._cut_data, piece[0]))
        return "".join(parts)

    def shorten_data(self, data: Any, *, can_return: bool) -> Any:  # noqa: ANN401  (plain JSON)
        """Return data with each text in it cut; with ``can_return`` each cut has a sealed place."""
        named = list(strings(data))
        texts = [text.text for text in named]
        cuts = self._cuts_in(texts, readings_of_data(named))
        short: list[str] = []
        for number, text in enumerate(texts):
            shared = cuts.get(number, [])
            alone = self._cuts([_blanked(text, shared)]).get(0, [])
            short.append(_plain(text, sorted(shared + alone), can_return=can_return))
        return _replaced(data, iter(short))

    def _cuts_in(self, texts: Sequence[str], readings: Sequence[set[int]]) -> dict[int, list[Cut]]:
        """Return the cuts in a text in all its readings, by number of the piece; a reading has some of the pieces."""
        cuts: dict[int, list[Cut]] = {}
        rest = list(texts)
        for reading in readings:
            read = [text if number in reading else "" for number, text in enumerate(rest)]
            for number, more in self._cuts(read).items():
                cuts[number] = sorted(cuts.get(number, []) + more)
                rest[number] = _blanked(texts[number], cuts[number])
        return cuts

    def _cuts(self, texts: Sequence[str]) -> dict[int, list[Cut]]:
        """Return the cuts in a text, by number of the piece."""
        cuts: dict[int, list[Cut]] = {}
        for run in self._article.runs(texts):
            for first, end in self._gaps(run):
                self._add_gap(cuts, texts, run, range(first, end))
        return cuts

    def _gaps(self, run: Run) -> Iterator[tuple[int, int]]:
        """Yield the stretches of a run that are cut, by place in the run."""
        is_kept = [number in self._excerpts for number in run.numbers]
        for place, kept in enumerate(is_kept):
            alone = not any(is_kept[near] for near in (place - 1, place + 1) if 0 <= near < len(is_kept))
            if kept and alone:
                is_kept[place] = False  # one word alone says nothing
        if not any(is_kept):
            is_kept[:HEAD] = [True] * HEAD
        first = 0
        for place, kept in enumerate([*is_kept, True]):
            if kept:
                if first < place:
                    yield first, place
                first = place + 1

    def _add_gap(self, cuts: dict[int, list[Cut]], texts: Sequence[str], run: Run, places: range) -> None:
        """Add the cuts that take some words of a run from the pieces in which they are."""
        sign = SIGN
        for number in dict.fromkeys(run.words[place].piece for place in places):
            inside = [place for place in places if run.words[place].piece == number]
            start, end = run.words[inside[0]].start, run.words[inside[-1]].end
            before = inside[0] - 1
            if before >= 0 and run.words[before].piece == number:
                start, sign = run.words[before].end, f" {SIGN}"
            elif inside[0] > places[0]:
                start = 0
            if inside[-1] < places[-1]:
                end = len(texts[number])
            pairs = [(run.words[place], self._article.words[run.first + place]) for place in inside]
            for cut in self._stretches(texts[number], start, end, pairs):
                cuts.setdefault(number, []).append(cut._replace(sign=sign if cut.start == start else sign.lstrip()))
                sign = ""

    def _stretches(self, text: str, start: int, end: int, pairs: list[tuple[Word, Word]]) -> list[Cut]:
        """Return the cuts that take some words from a text: one if the article has it letter by letter, or more.

        Signs between the words that the article does not have, such as the end of a quotation, stay; a word in capitals
        has no place. ``pairs`` are the words, each with that of the article.
        """
        word, original = pairs[0]
        first = original.start - (word.start - start)
        if self._article.text.startswith(text[start:end], first):
            return [Cut(start, end, "", self._article.sealed_place(first, first + end - start))]
        stretches: list[tuple[int, int, int]] = []
        for word, original in pairs:
            begin, origin = word.start, original.start
            if stretches and self._article.text.startswith(text[stretches[-1][0] : word.end], stretches[-1][2]):
                begin, _, origin = stretches.pop()
            stretches.append((begin, word.end, origin))
        cuts: list[Cut] = []
        for begin, stop, origin in stretches:
            cuts.append(Cut(begin, stop, "", self._place(text[begin:stop], origin)))
        return cuts

    def _place(self, text: str, start: int) -> str:
        """Return the sealed place of a text, with a sign if its first letter is large or small there; or nothing."""
        original = self._article.text[start : start + len(text)]
        if text[1:] != original[1:] or text.casefold() != original.casefold():
            return ""
        case = "" if text == original else LARGE if text[0].isupper() else SMALL
        return f"{self._article.sealed_place(start, start + len(text))}{case}"

    def _short(self, text: str) -> str:
        return _plain(text, self._cuts([text]).get(0, []), can_return=False)

    def _cut_attribute(self, match: re.Match[str]) -> str:
        text = html.unescape(match[2] or match[3] or "")
        short = self._short(text)
        return match[0] if short == text else f'{match[1]}="{html.escape(short)}"'

    def _cut_data(self, match: re.Match[str]) -> str:
        data = json.loads(match[2])
        short = seal_places(self._article, self.shorten_data(data, can_return=True), sign=OPENING)
        if short == data:
            return match[0]
        text = json.dumps(short, ensure_ascii=False, sort_keys=True)
        return match[1] + text.translate(SAFE) + match[3]


def _plain(text: str, cuts: Sequence[Cut], *, can_return: bool) -> str:
    """Return a text without markup, with its cuts made; with ``can_return`` it has the sealed place of each."""
    short, position = "", 0
    for cut in cuts:
        gap = f"{OPENING}{cut.place}{CLOSING}" if can_return else cut.sign
        short += text[position : cut.start] + gap
        position = cut.end
    return short + text[position:]


def _blanked(text: str, cuts: Sequence[Cut]) -> str:
    """Return a text of the same length without the words that are cut."""
    for cut in cuts:
        text = text[: cut.start] + BLANK * (cut.end - cut.start) + text[cut.end :]
    return text


def _with_gaps(text: str, cuts: list[Cut], *, can_return: bool) -> str:
    """Return a text as HTML, with its cuts made."""
    markup, position = "", 0
    for cut in cuts:
        attribute = f' data-article="{cut.place}"' if cut.place else ""
        gap = f"<span{attribute}>{cut.sign}</span>" if can_return else cut.sign
        markup += html.escape(text[position : cut.start], quote=False) + gap
        position = cut.end
    return markup + html.escape(text[position:], quote=False)


def _with_whole_lines(data: Any, name: str = "") -> Any:  # noqa: ANN401  (plain JSON)
    """Return a notebook's data with the lines of each text in one."""
    if isinstance(data, dict):
        return {field: _with_whole_lines(part, field) for field, part in data.items()}
    if isinstance(data, list) and name in LINES:
        return "".join(data)
    return [_with_whole_lines(part) for part in data] if isinstance(data, list) else data


def _replaced(data: Any, texts: Iterator[str]) -> Any:  # noqa: ANN401  (plain JSON)
    """Return data with other texts, in the order of ``strings``."""
    if isinstance(data, dict):
        return {name: _replaced(part, texts) for name, part in data.items()}
    if isinstance(data, list):
        return [_replaced(part, texts) for part in data]
    return next(texts) if isinstance(data, str) else data
