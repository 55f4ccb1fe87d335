"""Cuts the course into units of text: a task, a card, a cell, or a section of a page, each with its pins."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from copydesk.course.article import Card
    from copydesk.course.bank import Bank, Entry
    from copydesk.model.task import TaskBase

Reader = Literal["learner", "instructor"]

PINS = re.compile(r"<!--\s*pins:(?P<pins>[^|]*?)(?:\|\s*free:(?P<free>.*?))?-->", flags=re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", flags=re.DOTALL)
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", flags=re.DOTALL)
HEADING = re.compile(r"^#{1,6} ", flags=re.MULTILINE)
MARKUP = (
    (re.compile(r"^(```+|~~~+)(?!\{)[^\n]*\n.*?^\1[ ]*$", flags=re.DOTALL | re.MULTILINE), ""),  # code
    (re.compile(r"^(?:```+|~~~+|:::+).*$", flags=re.MULTILINE), ""),  # other fences; their content is read
    (re.compile(r"`[^`\n]*`"), "code"),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),  # links and pictures
    (re.compile(r"^\{[^}\n]*\}$", flags=re.MULTILINE), ""),  # attributes
    (re.compile(r"<[^>\n]+>|https?://\S+"), ""),
    (re.compile(r"\*\*?(?=\S)([^*\n]+?)\*\*?"), r"\1"),
)
SENTENCE = re.compile(r"S\d\d")
NO_TEXT = frozenset(
    {
        "id",
        "kind",
        "group",
        "concept",
        "bloom",
        "cards",
        "source",
        "target",
        "relation",
        "key",
        "passage",
        "type",
        "precision",
        "marks",
        "ranks",
        "origins",
        "placed",
        "chart",
        "quote",
        "level",
        "types",
    }
)
"""Fields that name things rather than state something; the words of a key span are compared with their passage."""

BY_ID = frozenset({"why", "decisive", "levels", "options", "items", "labels", "fields", "qualifications"})
"""Fields of a key whose own field names are ids that an author chose."""


@dataclass(frozen=True)
class TextUnit:
    """A stretch of text that is compared with one set of pins.

    ``texts`` are its parts, ``values`` the numbers in a key, ``passages`` words that must be in a source letter
    for letter, and ``exemplars`` texts that show what learners may write. ``is_pinned`` says whether its author has
    named pins; the sentences, cards and sources that it shows are pins anyway.
    """

    file: str
    line: int
    place: str
    lesson: str
    reader: Reader
    texts: tuple[str, ...]
    pins: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    values: tuple[float, ...] = ()
    passages: tuple[str, ...] = ()
    exemplars: tuple[str, ...] = ()
    is_card: bool = False
    is_pinned: bool = False

    @property
    def text(self) -> str:
        """Everything that the unit states, part by part."""
        return "\n\n".join(self.texts + self.exemplars)


class MarkdownCell(NamedTuple):
    """A Markdown cell of a notebook, with its number among all cells, from 1."""

    number: int
    source: str
    tags: list[str]


def markdown_cells(path: Path) -> Iterator[MarkdownCell]:
    """Yield the Markdown cells of a notebook."""
    for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"], start=1):
        if cell["cell_type"] == "markdown":
            yield MarkdownCell(number, "".join(cell["source"]), cell["metadata"].get("tags", []))


def notebook_units(path: Path, file: str) -> Iterator[TextUnit]:
    """Yield a unit for each Markdown cell of a notebook."""
    for cell in markdown_cells(path):
        pins, free = read_pins(cell.source)
        yield TextUnit(
            file=file,
            line=0,
            place=f"cell {cell.number}",
            lesson=path.stem,
            reader="instructor" if "instructor" in cell.tags else "learner",
            texts=(prose(cell.source),),
            pins=pins,
            free=free,
            is_pinned=bool(pins),
        )


def page_units(path: Path, file: str, *, reader: Reader) -> Iterator[TextUnit]:
    """Yield a unit for each heading of a page, with the text under it."""
    source = FRONT_MATTER.sub(_blank_lines, path.read_text(encoding="utf-8"))
    bounds = {0, len(source)}
    bounds.update(match.start() for match in HEADING.finditer(source))
    for start, end in pairwise(sorted(bounds)):
        section = source[start:end]
        if not section.strip():
            continue
        blank = len(section) - len(section.lstrip("\n"))
        pins, free = read_pins(section)
        yield TextUnit(
            file=file,
            line=source.count("\n", 0, start + blank) + 1,
            place="",
            lesson="",
            reader=reader,
            texts=(prose(section),),
            pins=pins,
            free=free,
            is_pinned=bool(pins),
        )


def _blank_lines(match: re.Match[str]) -> str:
    """Return as many line ends as a match has, so that the lines after it keep their numbers."""
    return "\n" * match[0].count("\n")


def read_pins(source: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids and the free strings of a comment such as ``<!-- pins: ID ID | free: 50, “said” -->``."""
    pins: list[str] = []
    free: list[str] = []
    for match in PINS.finditer(source):
        pins += match["pins"].replace(",", " ").split()
        free += _free_strings(match["free"] or "")
    return tuple(pins), tuple(free)


def _free_strings(text: str) -> Iterator[str]:
    """Yield the strings of a list, which are separated by a comma and a space: a number may contain a comma."""
    for part in re.split(r",\s+", text):
        string = part.strip()
        if string:
            yield string


def prose(source: str) -> str:
    """Return Markdown as the text that a reader sees: no comments, code, addresses or emphasis marks."""
    text = COMMENT.sub("", source)
    for pattern, replacement in MARKUP:
        text = pattern.sub(replacement, text)
    return text


def bank_units(bank: Bank, file: str, lines: dict[str, int]) -> Iterator[TextUnit]:
    """Yield a unit for each task with its key; the article's sentences and the cards it shows are pins.

    A twin is a unit of its own.
    """
    for entry in bank.versions():
        passages = getattr(entry.task, "passages", ())
        exemplars = getattr(entry.key, "exemplars", ())
        values = _values(entry.key.model_dump(mode="json")) if entry.key else ()
        pins = [*entry.pins, *entry.task.cards, *_article_sentences(entry.task)]
        yield TextUnit(
            file=file,
            line=lines.get(entry.task.id, 0),
            place=entry.task.id,
            lesson=bank.lesson,
            reader="learner",
            texts=tuple(texts_in(_plain_data(entry))),
            pins=tuple(dict.fromkeys(pins)),
            free=entry.free,
            values=tuple(values),
            passages=_texts(passages),
            exemplars=_texts(exemplars),
            is_pinned=bool(entry.pins),
        )


def _texts(parts: Iterable[Any]) -> tuple[str, ...]:
    """Return the texts of passages or exemplars."""
    return tuple(part.text for part in parts)


def _article_sentences(task: TaskBase) -> Iterator[str]:
    """Yield the ids of the article's sentences that a task shows."""
    for passage in getattr(task, "passages", ()):
        if passage.start is not None and SENTENCE.fullmatch(passage.id):
            yield passage.id


def _plain_data(entry: Entry) -> list[dict[str, Any]]:
    """Return task and key as plain data, without the texts of passages and exemplars: a unit has fields for these."""
    task = entry.task.model_dump(mode="json")
    for passage in task.get("passages", ()):
        del passage["text"]
    key = entry.key.model_dump(mode="json") if entry.key else {}
    for exemplar in key.get("exemplars", ()):
        del exemplar["text"]
    return [task, key]


def texts_in(data: Any, name: str = "") -> Iterator[str]:  # noqa: ANN401
    """Yield every text in the data of a task or key, in order."""
    if name in NO_TEXT:
        return
    if isinstance(data, str):
        if data:
            yield prose(data)
    elif isinstance(data, dict):
        for field, value in data.items():
            yield from texts_in(value, "" if name in BY_ID else field)
    elif isinstance(data, list):
        for value in data:
            yield from texts_in(value)


def _values(data: Any, name: str = "") -> Iterator[float]:  # noqa: ANN401
    """Yield the numbers that a key gives as answers."""
    if name in {"value", "values"} and isinstance(data, int | float):
        yield data
    elif isinstance(data, dict):
        for field, value in data.items():
            yield from _values(value, "values" if name == "values" else field)
    elif isinstance(data, list):
        for value in data:
            yield from _values(value, name)


def card_units(cards: Iterable[Card], file: str, lines: dict[str, int]) -> Iterator[TextUnit]:
    """Yield a unit for each evidence card; its sources are pins, and its quotation must be in one of them."""
    for card in cards:
        pins = card.pins + card.sources
        if card.role == "other":
            pins = ("invented", *pins)
        yield TextUnit(
            file=file,
            line=lines.get(card.id, 0),
            place=card.id,
            lesson="",
            reader="learner",
            texts=(card.title, card.says, card.date),
            pins=pins,
            passages=(card.quote,) if card.quote else (),
            is_card=True,
            is_pinned=bool(card.pins),
        )
