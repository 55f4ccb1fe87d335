"""Cuts the course into units of text: a task, a card, a cell, or a section of a page, each with its pins."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from copydesk.course.article import Card
    from copydesk.course.bank import Bank, Entry

Reader = Literal["learner", "instructor"]

PINS = re.compile(r"<!--\s*pins:(?P<pins>[^|]*?)(?:\|\s*free:(?P<free>.*?))?-->", flags=re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", flags=re.DOTALL)
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", flags=re.DOTALL)
HEADING = re.compile(r"^#{1,6} ", flags=re.MULTILINE)
MARKUP = (
    (re.compile(r"^(```+|~~~+)(?!\{)[^\n]*\n.*?^\1[ ]*$", flags=re.DOTALL | re.MULTILINE), ""),  # code
    (re.compile(r"^(?:```+|~~~+|:::+).*$", flags=re.MULTILINE), ""),  # other fences; what they hold is read
    (re.compile(r"`[^`\n]*`"), "code"),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),  # links and pictures
    (re.compile(r"^\{[^}\n]*\}$", flags=re.MULTILINE), ""),  # attributes
    (re.compile(r"<[^>\n]+>|https?://\S+"), ""),
    (re.compile(r"\*\*?(?=\S)([^*\n]+?)\*\*?"), r"\1"),
)
SENTENCE = re.compile(r"S\d\d")
NO_TEXT = frozenset(
    {
        *("id", "kind", "group", "concept", "bloom", "cards", "source", "target", "relation", "key", "passage"),
        *("type", "precision", "marks", "ranks", "origins", "placed", "chart", "quote", "level", "types"),
    }
)
"""Fields that name things instead of saying something; the words of a key span are compared with their passage."""

BY_ID = frozenset({"why", "decisive", "levels", "options", "items", "labels", "fields", "qualifications"})
"""Fields of a key whose own fields are ids that an author chose."""


@dataclass(frozen=True)
class Unit:
    """A stretch of text that stands on the same pins.

    ``texts`` are its parts, ``values`` the numbers that a key holds, ``said`` wordings that must have been read as
    they stand (passages), and ``written`` texts that show what learners may write (exemplars).
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
    said: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    is_card: bool = False

    @property
    def text(self) -> str:
        """Everything that the unit states, part by part."""
        return "\n\n".join((*self.texts, *self.written))


def notebook_units(path: Path, file: str) -> Iterator[Unit]:
    """Yield a unit for each Markdown cell; its place counts the cells from 1."""
    for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"], start=1):
        if cell["cell_type"] == "markdown":
            source = "".join(cell["source"])
            pins, free = written_pins(source)
            yield Unit(
                file=file,
                line=0,
                place=f"cell {number}",
                lesson=path.stem,
                reader="instructor" if "instructor" in cell["metadata"].get("tags", ()) else "learner",
                texts=(prose(source),),
                pins=pins,
                free=free,
            )


def page_units(path: Path, file: str, *, reader: Reader) -> Iterator[Unit]:
    """Yield a unit for each heading of a page, with what stands under it."""
    source = FRONT_MATTER.sub(lambda match: "\n" * match[0].count("\n"), path.read_text(encoding="utf-8"))
    starts = [0, *(match.start() for match in HEADING.finditer(source) if match.start())]
    for start, end in zip(starts, [*starts[1:], len(source)], strict=True):
        section = source[start:end]
        if not section.strip():
            continue
        blank = len(section) - len(section.lstrip("\n"))
        pins, free = written_pins(section)
        yield Unit(
            file=file,
            line=source.count("\n", 0, start + blank) + 1,
            place="",
            lesson="",
            reader=reader,
            texts=(prose(section),),
            pins=pins,
            free=free,
        )


def written_pins(source: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids and the free strings of a comment such as ``<!-- pins: ID ID | free: 50, “said” -->``."""
    pins: list[str] = []
    free: list[str] = []
    for match in PINS.finditer(source):
        pins += match["pins"].replace(",", " ").split()
        free += [part.strip() for part in re.split(r",\s+", match["free"] or "") if part.strip()]
    return tuple(pins), tuple(free)


def prose(source: str) -> str:
    """Return Markdown as the text that a reader sees: no comments, code, addresses or marks of emphasis."""
    text = COMMENT.sub("", source)
    for pattern, replacement in MARKUP:
        text = pattern.sub(replacement, text)
    return text


def bank_units(bank: Bank, file: str, lines: dict[str, int]) -> Iterator[Unit]:
    """Yield a unit for each task with its key; the article's sentences and the cards that it shows are pins."""
    for entry in bank.tasks:
        passages = getattr(entry.task, "passages", ())
        of_article = [each.id for each in passages if each.start is not None and SENTENCE.fullmatch(each.id)]
        yield Unit(
            file=file,
            line=lines.get(entry.task.id, 0),
            place=entry.task.id,
            lesson=bank.lesson,
            reader="learner",
            texts=tuple(_strings(_dumped(entry))),
            pins=tuple(dict.fromkeys((*entry.pins, *entry.task.cards, *of_article))),
            free=entry.free,
            values=tuple(_values(entry.key.model_dump(mode="json"))) if entry.key else (),
            said=tuple(each.text for each in passages),
            written=tuple(each.text for each in getattr(entry.key, "exemplars", ())),
        )


def _dumped(entry: Entry) -> list[dict[str, Any]]:
    """Return task and key as plain data, without passages' and exemplars' texts, which are units' own parts."""
    task = entry.task.model_dump(mode="json")
    for passage in task.get("passages", ()):
        del passage["text"]
    key = entry.key.model_dump(mode="json") if entry.key else {}
    for exemplar in key.get("exemplars", ()):
        del exemplar["text"]
    return [task, key]


def _strings(data: Any, name: str = "") -> Iterator[str]:  # noqa: ANN401
    """Yield every text in the data of a task or key, in order."""
    if name in NO_TEXT:
        return
    if isinstance(data, str):
        if data:
            yield prose(data)
    elif isinstance(data, dict):
        for field, value in data.items():
            yield from _strings(value, "" if name in BY_ID else field)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


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


def card_units(cards: Iterable[Card], file: str, lines: dict[str, int]) -> Iterator[Unit]:
    """Yield a unit for each evidence card; its sources are pins, and its quotation must have been read."""
    for card in cards:
        yield Unit(
            file=file,
            line=lines.get(card.id, 0),
            place=card.id,
            lesson="",
            reader="learner",
            texts=(card.title, card.says, card.date),
            pins=(*(("invented",) if card.role == "invented" else ()), *card.pins, *card.sources),
            said=tuple(part for part in [card.quote] if part),
            is_card=True,
        )
