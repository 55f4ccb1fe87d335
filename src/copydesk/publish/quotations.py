"""Keeps a public book to short quotations from the article, and measures how much of it is in a book.

A run of eight or more of the article's words is cut after the sixth: quotations of a dozen words look short one by
one, but together those of this course are most of the article. Each cut gives its place in the article, so that
``_static/article.js`` can restore it for a reader who has the article as a file.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from copydesk.model.tokens import WORD
from copydesk.publish.built_pages import path_to_top
from copydesk.release.kept_results import KeptResults
from copydesk.release.leaks import TEXT_FILES, without_escapes
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COUNTED = 8
"""A run of this many words is taken from the article; a shorter one could be anyone's, or is a short quotation."""
BEGINNING = 6
"""How many words are left of a run that is cut."""

SCRIPT = PurePosixPath("_static", "article.js")
BUTTON = 'data-book="article"'
NOTE = """
<p class="book-quotes">{note} <a href="{up}article.html">{about}</a>.
<button type="button" class="book-button book-needs-script" data-book="article">{choose}</button>
<span role="status" data-book="article-said"></span></p>
"""

OPENING, CLOSING = "\ue000", "\ue001"
"""Signs around the place of a cut in a text of the browser's data, which has no markup."""

PIECE = re.compile(
    r"(?P<script><script\b[^>]*>.*?</script>)|(?P<style><style\b[^>]*>.*?</style>|<!--.*?-->)|(?P<tag><[^>]*>)|(?P<text>[^<]+)",
    re.DOTALL | re.IGNORECASE,
)
DATA = re.compile(r"(<script\b[^>]*application/json[^>]*>)(.*)(</script>)", re.DOTALL | re.IGNORECASE)
TAG_TEXT = re.compile(r"\b(alt|title|aria-label|content)=\"([^\"]*)\"")
PICTURE = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
SAFE = str.maketrans({"&": "\\u0026", "<": "\\u003c", ">": "\\u003e"})


@dataclass(frozen=True)
class Run:
    """Words of a text that also follow one another in the article."""

    words: tuple[tuple[int, int], ...]
    """The place of each word in the text."""
    first: int
    """The number of the first word in the article."""


@dataclass(frozen=True)
class Article:
    """The article, ready to be found in other texts."""

    text: str

    @cached_property
    def words(self) -> list[tuple[str, int, int]]:
        """Each word of the article with its place, offsets in code points."""
        return _words(self.text)

    @cached_property
    def _starts(self) -> dict[tuple[str, ...], list[int]]:
        """The numbers of the words at which each run of ``COUNTED`` words begins."""
        starts: dict[tuple[str, ...], list[int]] = {}
        for number in range(len(self.words) - COUNTED + 1):
            starts.setdefault(_run_of(self.words, number), []).append(number)
        return starts

    def runs(self, text: str) -> Iterator[Run]:
        """Yield the longest runs of at least ``COUNTED`` words that a text shares with the article."""
        words, at = _words(text), 0
        while at <= len(words) - COUNTED:
            starts = self._starts.get(_run_of(words, at))
            if starts is None:
                at += 1
                continue
            length, first = max((self._length(words, at, start), start) for start in starts)
            places = [(start, end) for _, start, end in words[at : at + length]]
            yield Run(tuple(places), first)
            at += length

    def _length(self, words: list[tuple[str, int, int]], at: int, start: int) -> int:
        length = COUNTED
        while at + length < len(words) and start + length < len(self.words):
            if words[at + length][0] != self.words[start + length][0]:
                break
            length += 1
        return length

    def question(self, about: str) -> str:
        """Return the name for a question about a text and this article."""
        return f"{about} {self._digest}"

    @cached_property
    def _digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    def fingerprint(self) -> str:
        """Return the length and a 32-bit hash (FNV-1a over code points), by which the browser knows the right file."""
        value = 2166136261
        for sign in self.text:
            value = (value ^ ord(sign)) * 16777619 % 2**32
        return f"{len(self.text)}-{value:08x}"


def _words(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a text in lower case, each with its place."""
    return [(_fold(match[0]), match.start(), match.end()) for match in WORD.finditer(text)]


def _fold(word: str) -> str:
    return word.replace("\u2019", "'").casefold()


def _run_of(words: list[tuple[str, int, int]], at: int) -> tuple[str, ...]:
    """Return the run of ``COUNTED`` words that begins at a place in a list."""
    return tuple(word for word, _, _ in words[at : at + COUNTED])


@dataclass(frozen=True)
class Share:
    """How much of the article is in a folder: the share of its words, the longest run, and the file with that run."""

    words: float
    longest: int
    file: str


def article_share(article: Article, folder: Path, results: KeptResults | None = None) -> Share:
    """Return how much of an article can be read in the files of a folder.

    A word of the article counts if it is anywhere in a run of at least ``COUNTED`` words, in or out of
    quotation marks, in pages, data for the browser, SVG pictures, scripts and downloads: what someone could
    reassemble from all files. So spreading quotations over pages does not reduce the count.
    """
    results = results or KeptResults()
    covered: set[int] = set()
    longest, file = 0, ""
    for path in sorted(folder.rglob("*")):
        if path.suffix in TEXT_FILES and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            for first, words in results.answer(article.question("runs"), text, partial(_runs, article)):
                covered.update(range(first, first + words))
                if words > longest:
                    longest, file = words, path.relative_to(folder).as_posix()
    return Share(len(covered) / len(article.words), longest, file)


def _runs(article: Article, raw: str) -> list[list[int]]:
    """Return the runs that a file shares with the article: for each, its first word there and its number of words."""
    return [[run.first, len(run.words)] for run in article.runs(_plain(raw))]


def _plain(raw: str) -> str:
    """Return the text of a file without markup and escapes, including the text in its pictures."""
    pictures = [base64.b64decode(data).decode(errors="replace") for data in PICTURE.findall(raw)]
    raw = f"{PICTURE.sub('', raw)} {' '.join(pictures)}"
    texts_of_tags = " | ".join(match[2] for match in TAG_TEXT.finditer(raw))
    plain = without_escapes(f"{raw} | {texts_of_tags}")
    return html.unescape(re.sub(r"<[^<>]*>", " ", html.unescape(plain)))


def shorten(article: Article, site: Path, results: KeptResults | None = None) -> None:
    """Cut every run of at least ``COUNTED`` words in a built book after its first ``BEGINNING`` words.

    The pages get the script that restores the words; it comes before that of the views, which reads what is there.
    """
    results = results or KeptResults()
    script = site / SCRIPT
    text = script.read_text(encoding="utf-8").replace("ARTICLE", article.fingerprint())
    script.write_text(text, encoding="utf-8", newline="\n")
    for path in sorted(site.rglob("*.html")):
        up = path_to_top(path, site)
        text = path.read_text(encoding="utf-8")
        short = results.answer(article.question("short page"), text, partial(shorten_page, article))
        if short != text and BUTTON not in short:
            short = short.replace("</h1>", f"</h1>{_note(up)}", 1)
        if BUTTON in short:
            short = short.replace("</title>", f'</title>\n<script src="{up}{SCRIPT.as_posix()}"></script>', 1)
            path.write_text(short, encoding="utf-8", newline="\n")
    for path in sorted(site.rglob("*.ipynb")):
        data = _shorten_data(article, json.loads(path.read_text(encoding="utf-8")), can_return=False)
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _note(up: str) -> str:
    """Return the note at the top of a page that quotes; ``up`` is the path from it to the top of the book."""
    about, choose = t("quotations.about"), t("quotations.choose")
    return NOTE.format(note=t("quotations.note"), up=up, about=about, choose=choose)


def shorten_page(article: Article, page: str) -> str:
    """Return a page with only short quotations; a view that needs the article's words waits for them."""
    pieces = list(PIECE.finditer(page))
    texts = [html.unescape(piece["text"] or "") for piece in pieces]
    cuts = _cuts(article, texts)
    parts: list[str] = []
    for at, piece in enumerate(pieces):
        if piece["text"]:
            parts.append(_cut_text(texts[at], cuts[at]) if at in cuts else piece[0])
        elif piece["tag"]:
            parts.append(TAG_TEXT.sub(partial(_cut_attribute, article), piece[0]))
        else:
            parts.append(DATA.sub(partial(_cut_data, article), piece[0]))
    return VIEW.sub(_let_wait, "".join(parts))


def _cuts(article: Article, texts: list[str]) -> dict[int, list[tuple[int, int, str]]]:
    """Return the cuts in the texts of a page: by number of the text, the start, the end, and the HTML to put there."""
    starts, whole = [], ""
    for text in texts:
        starts.append(len(whole))
        whole += text or " "
    cuts: dict[int, list[tuple[int, int, str]]] = {}
    for begin, end, pointer in _cut_places(article, whole):
        sign, position = " \u2026", pointer
        for at, text in enumerate(texts):
            left, right = max(begin - starts[at], 0), min(end - starts[at], len(text))
            if left >= right:
                continue
            place, position = _article_place(article, text[left:right], position)
            attribute = f' data-article="{place}"' if place else ""
            cuts.setdefault(at, []).append((left, right, f"<span{attribute}>{sign}</span>"))
            sign = ""
    return cuts


def _cut_places(article: Article, text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the cuts to make in a text: start, end, and where the words cut begin in the article."""
    for run in article.runs(text):
        yield run.words[BEGINNING - 1][1], run.words[-1][1], article.words[run.first + BEGINNING - 1][2]


def _article_place(article: Article, text: str, pointer: int) -> tuple[str, int]:
    """Return the place of a text in the article, near a pointer, and its end; no place if a character differs."""
    at = article.text.find(text, pointer, pointer + len(text) + 4)
    if at < 0:
        return "", pointer + len(text)
    return f"{at}-{at + len(text)}", at + len(text)


def _cut_text(text: str, cuts: list[tuple[int, int, str]]) -> str:
    markup, position = "", 0
    for left, right, replacement in cuts:
        markup += html.escape(text[position:left], quote=False) + replacement
        position = right
    return markup + html.escape(text[position:], quote=False)


def _cut_attribute(article: Article, match: re.Match[str]) -> str:
    text = html.unescape(match[2])
    short = _cut_plain(article, text, can_return=False)
    return match[0] if short == text else f'{match[1]}="{html.escape(short)}"'


def _cut_plain(article: Article, text: str, *, can_return: bool) -> str:
    """Return a text without markup, cut short; with ``can_return`` it gives the place of each cut in the article."""
    short, position = "", 0
    for begin, end, pointer in _cut_places(article, text):
        place, _ = _article_place(article, text[begin:end], pointer)
        sign = f"{OPENING}{place}{CLOSING}" if place and can_return else " \u2026"
        short += text[position:begin] + sign
        position = end
    return short + text[position:]


def _cut_data(article: Article, match: re.Match[str]) -> str:
    data = json.loads(match[2])
    short = _shorten_data(article, data, can_return=True)
    if short == data:
        return match[0]
    text = json.dumps(short, ensure_ascii=False, sort_keys=True)
    return match[1] + text.translate(SAFE) + match[3]


def _shorten_data(article: Article, data: Any, *, can_return: bool) -> Any:  # noqa: ANN401  (plain JSON)
    """Return data with each text in it cut short; lines of a notebook, which is not restored, count as one text."""
    if isinstance(data, dict):
        return {name: _shorten_data(article, part, can_return=can_return) for name, part in data.items()}
    if isinstance(data, list) and not can_return and _is_lines(data):
        whole = "".join(data)
        short = _cut_plain(article, whole, can_return=False)
        return data if short == whole else [short]
    if isinstance(data, list):
        return [_shorten_data(article, part, can_return=can_return) for part in data]
    return _cut_plain(article, data, can_return=can_return) if isinstance(data, str) else data


def _is_lines(data: list[Any]) -> bool:
    """Return whether a list has texts and nothing else."""
    return bool(data) and all(isinstance(part, str) for part in data)


VIEW = re.compile(
    r'<div class="copydesk" data-copydesk="(?P<view>[^"]*)"(?P<rest>[^>]*>\s*<script[^>]*>(?P<data>.*?)</script>)',
    re.DOTALL,
)


def _let_wait(match: re.Match[str]) -> str:
    """Make a view wait if anything was cut in it that a learner has to read: anything but explanations."""
    if OPENING not in match["data"]:
        return match[0]
    data = json.loads(match["data"])
    for task in data["tasks"]:
        task.pop("key", None)
    readable = json.dumps([data["tasks"], data.get("sentences")], ensure_ascii=False)
    name = "data-article-view" if OPENING in readable else "data-copydesk"
    return f'<div class="copydesk" {name}="{match["view"]}"{match["rest"]}'
