"""Measures a public site, and its PDF, against the article: what can be read of it, and what a script puts together.

    copydesk book --learner --article quotes --out site --pdf course.pdf
    python tools/measure_public_edition.py site seeds/article.txt --pdf course.pdf

It shares no code with the build, and reads what a stranger can read: every text file, the text in SVG pictures, and
the PDF by ``pdftotext`` (poppler). It prints the longest run of the article's words, the share of its words in runs of
five or more, and the share that an attack puts together: a script that has the site and not the article, joins pieces
by words that overlap, and puts pieces where the site gives their places away.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COUNTED = 5
TOGETHER = 8
"""A piece of this many words has been put together: the site itself has none so long."""
OVERLAP = 3
"""How many words two pieces must share for the attack to join them; fewer are shared by chance."""
NEAR = 400
"""How many characters before and after a cut the attack looks at."""
WINDOW = 14
"""How many characters of a piece the attack must find at a known place to put the piece there."""
SMALL = 2
"""The attack takes no pieces of fewer words."""

PAGES = {".html", ".htm", ".svg", ".xml"}
READ = {*PAGES, ".js", ".mjs", ".json", ".ipynb", ".yml", ".md", ".txt", ".css", ".map", ".csv"}
LEFT_OUT: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"small", "button", "summary", "legend"}),
    frozenset({"details"}),
    frozenset({"details", "small", "button", "summary", "legend"}),
)
"""Ways of reading a page: whole; without labels; with folds closed; and both."""
ADDRESSES = {"href", "src", "srcset", "xlink:href"}
"""What leads to a page elsewhere is no text; where an address is shown as a text, it counts."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LONGEST_QUOTATION = 900
"""In characters: a longer text is not taken for a quotation."""
QUOTED = re.compile(r"“([^“”]{2,900})”")
PLACE = re.compile('(?:data-article="|\ue000)(\\d+)-(\\d+)')
CUT = re.compile("…|\\.\\.\\.|\ue000[^\ue001]*\ue001")
SVG = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")


class Figures(NamedTuple):
    """What was measured; shares are of the article's words."""

    longest: int
    longest_in: str
    share: float
    recovered: float
    longest_joined: int


def words(text: str) -> list[str]:
    """Return the words of a text in small letters; a hyphen parts words, an apostrophe does not."""
    return re.findall(r"\w+", re.sub("[\u2019']", "", text.lower()).replace("_", " "))


class Reader(HTMLParser):
    """Reads a page in one way: its text, its attributes and comments, its scripts."""

    def __init__(self, left_out: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.left_out = left_out
        self.open: list[str] = []
        self.text: list[str] = []
        self.attributes: list[str] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and its attributes."""
        self.attributes += [value for name, value in attrs if value and name not in ADDRESSES]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the attributes of a tag that closes itself."""
        del tag
        self.attributes += [value for name, value in attrs if value and name not in ADDRESSES]

    def handle_endtag(self, tag: str) -> None:
        """Close a tag, and those in it that were left open."""
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Keep a text where it belongs."""
        if "script" in self.open:
            self.scripts.append(data)
        elif "style" in self.open:
            self.attributes.append(data)
        elif not self.left_out.intersection(self.open):
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        """Keep a comment."""
        self.attributes.append(data)


def plain(value: Any) -> Iterator[str]:  # noqa: ANN401  (any JSON)
    """Yield the strings in data, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from plain(part)
    elif isinstance(value, list):
        for part in value:
            yield from plain(part)


def long_strings(value: Any) -> str:  # noqa: ANN401  (any JSON)
    """Return the strings in data that are more than names of things, as one text."""
    return " ".join(text for text in plain(value) if " " in text)


def data_texts(raw: str) -> Iterator[str]:
    """Yield the texts in JSON: each alone, then those that follow one another; or a script without its escapes."""
    try:
        value = json.loads(raw)
    except ValueError:
        yield unescape(re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), raw).replace("\\n", " "))
        return
    for text in plain(value):
        yield text
        if "<" in text:
            yield from markup_texts(text)
    yield " ".join(plain(value))
    yield long_strings(value)


def markup_texts(raw: str) -> Iterator[str]:
    """Yield the texts of a page, in each way of reading it."""
    for number, left_out in enumerate(LEFT_OUT):
        reader = Reader(left_out)
        reader.feed(raw)
        reader.close()
        yield " ".join(reader.text)
        if number == 0:
            yield from reader.attributes
            for script in reader.scripts:
                yield from data_texts(script)


def file_texts(path: Path) -> Iterator[str]:
    """Yield all texts of a file."""
    raw = path.read_text(encoding="utf-8", errors="replace")
    for picture in SVG.findall(raw):
        yield from markup_texts(base64.b64decode(picture).decode(errors="replace"))
    raw = SVG.sub("", raw)
    if path.suffix in PAGES:
        yield from markup_texts(raw)
    else:
        yield from data_texts(raw)


def pdf_texts(path: Path) -> Iterator[str]:
    """Yield the text of a PDF as it is drawn, and as it is laid out."""
    program = shutil.which("pdftotext")
    if program is None:
        sys.exit("pdftotext is missing, which reads the PDF. Install poppler-utils (Debian) or poppler (Homebrew).")
    for mode in ("-raw", "-layout"):
        command = [program, mode, "-enc", "UTF-8", str(path), "-"]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        yield re.sub(r"(\w)-\n(\w)", r"\1\2", text)
        yield text


class Measure:
    """Finds runs of an article's words."""

    def __init__(self, article: str) -> None:
        self.text = article
        self.words = words(article)
        self.places: dict[tuple[str, ...], list[int]] = {}
        for at in range(len(self.words) - COUNTED + 1):
            self.places.setdefault(tuple(self.words[at : at + COUNTED]), []).append(at)

    def at_their_places(self, text: str) -> Iterator[int]:
        """Yield the places of the article's words that a text has where the article has them."""
        number = 0
        for match in re.finditer(r"\S+", self.text):
            count = len(words(match[0]))
            if count and text[match.start() : match.end()] == match[0]:
                yield from range(number, number + count)
            number += count

    def covered(self, text: str) -> Iterator[range]:
        """Yield each run of the article's words in a text, as places in the article."""
        other = words(text)
        at = 0
        while at + COUNTED <= len(other):
            best = range(0)
            for start in self.places.get(tuple(other[at : at + COUNTED]), []):
                end, here = start + COUNTED, at + COUNTED
                while end < len(self.words) and here < len(other) and self.words[end] == other[here]:
                    end, here = end + 1, here + 1
                best = max(best, range(start, end), key=len)
            if best:
                yield best
            at += max(1, len(best) - COUNTED + 1)


def pieces(texts: Iterable[str]) -> set[str]:
    """Return what a stranger takes for words of the article: what stands in quotation marks or beside a cut."""
    found: set[str] = set()
    for text in texts:
        quoted = QUOTED.findall(text)
        if CUT.search(text):
            quoted.append(text if len(text) < LONGEST_QUOTATION else "")
        for quotation in quoted:
            found.update(CUT.split(quotation))
    return {piece.strip() for piece in found if len(words(piece)) >= SMALL}


def joined(found: set[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Join pieces whose ends overlap, the longest overlap first, until there is nothing more to join."""
    rest = sorted(found, key=len, reverse=True)
    texts: list[tuple[str, ...]] = []
    for piece in rest:
        if not any(f" {' '.join(piece)} " in f" {' '.join(text)} " for text in texts):
            texts.append(piece)
    for overlap in range(40, OVERLAP - 1, -1):
        heads = {text[:overlap]: text for text in texts if len(text) > overlap}
        for text in list(texts):
            other = heads.get(text[-overlap:])
            if text in texts and other in texts and other is not None and other != text:
                texts.remove(text)
                texts.remove(other)
                both = text + other[overlap:]
                texts.append(both)
                heads[both[:overlap]] = both
    return texts


def by_places(raws: Iterable[str], found: Iterable[str]) -> str:
    """Return what a script puts together by the places that are beside cuts.

    What stands before and after each cut has its place; so has each piece that shares words with what is there already.
    """
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for raw in raws:
        for match in PLACE.finditer(raw):
            first, last = int(match[1]), int(match[2])
            text = visible(raw[max(0, match.start() - NEAR) : match.start()])[-1]
            vote(votes, first - len(text), text)
            text = visible(raw[match.end() : match.end() + NEAR])[0].removeprefix(" …").removeprefix("…")
            vote(votes, last, text)
    for piece in sorted(found, key=len, reverse=True) if votes else []:
        known = assembled(votes)
        for at in range(len(piece) - WINDOW + 1):
            place = known.find(piece[at : at + WINDOW])
            if place >= at:
                vote(votes, place - at, piece)
                break
    return assembled(votes)


def vote(votes: dict[int, Counter[str]], first: int, text: str) -> None:
    """Count a text, sign by sign, for its place."""
    for number, sign in enumerate(text):
        votes[first + number][sign] += 1


def assembled(votes: dict[int, Counter[str]]) -> str:
    """Return the text of the signs that have most votes for their places."""
    return "".join(
        votes[place].most_common(1)[0][0] if place in votes else " " for place in range(max(votes, default=-1) + 1)
    )


def visible(raw: str) -> list[str]:
    """Return the lines of text beside a cut: a block, a label or a quotation mark ends a line."""
    text = re.sub(r"<[^<>]*$|^[^<>]*>|^\ue001", "", raw)
    text = re.sub(r"</?(?:span|em|strong|b|i|mark|a)\b[^>]*>", "", text)
    text = re.sub(r"<[^>]*>|[\n\"“”{}]|\ue000[^\ue001]*\ue001?", "\n", text)
    return unescape(text).split("\n")


def measure(site: Path, article: Path, pdf: Path | None = None) -> Figures:
    """Return the figures of a site, with its PDF."""
    ruler = Measure(article.read_text(encoding="utf-8"))
    longest, longest_in = 0, ""
    covered: set[int] = set()
    quoted: set[str] = set()
    raws: list[str] = []
    files = [path for path in sorted(site.rglob("*")) if path.is_file() and path.suffix in READ]
    for path in [*files, *([pdf] if pdf else [])]:
        texts = set(pdf_texts(path) if path == pdf else file_texts(path))
        if path != pdf:
            raws.append(path.read_text(encoding="utf-8", errors="replace"))
        for text in texts:
            for run in ruler.covered(text):
                covered.update(run)
                if len(run) > longest:
                    longest, longest_in = len(run), path.name
        quoted |= pieces(texts)
    together = joined({tuple(words(piece)) for piece in quoted})
    recovered: set[int] = set()
    longest_joined = 0
    for text in together:
        for run in ruler.covered(" ".join(text)):
            if len(run) >= TOGETHER:
                recovered.update(run)
                longest_joined = max(longest_joined, len(run))
    recovered.update(ruler.at_their_places(by_places(raws, quoted)))
    total = len(ruler.words)
    return Figures(longest, longest_in, len(covered) / total, len(recovered) / total, longest_joined)


def main(arguments: list[str]) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("site", type=Path)
    parser.add_argument("article", type=Path)
    parser.add_argument("--pdf", type=Path)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    given = parser.parse_args(arguments)
    figures = measure(given.site, given.article, given.pdf)
    if given.json:
        sys.stdout.write(f"{json.dumps(figures._asdict())}\n")
        return 0
    sys.stdout.write(
        f"longest run: {figures.longest} words, in {figures.longest_in}\n"
        f"in runs of {COUNTED} words or more: {figures.share:.1%} of the article's words\n"
        f"put together by a script, in pieces of {TOGETHER} or more or at known places: {figures.recovered:.1%}\n"
        f"longest piece put together: {figures.longest_joined} words\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
