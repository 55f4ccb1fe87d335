"""Compares what the course states about the event with the dossier entries that it is pinned to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from copydesk.checks.facts import (
    Date,
    all_numbers,
    dates,
    is_known,
    numbers,
    pieces,
    plain,
    quotations,
    stands_in,
    straight,
    without_quotations,
)
from copydesk.course.layers import COUNTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from copydesk.checks.text_units import Unit
    from copydesk.course.seeds import Seeds
    from copydesk.kinds.checking import Fault

COURSE, INVENTED = "course", "invented"
EXEMPT = frozenset({COURSE, INVENTED})
"""Pins for what is not about the event; a unit with no other pin is not compared."""

OWN_WORDS = 3
"""A quotation of so few words may also be of the unit's own words, as when a verb that it uses is discussed."""

LONGEST_LIST = 4
"""So many unpinned statements of one unit are named in one message."""


class Dossier(NamedTuple):
    """What each entry says, by id; the article; people and outlets, each with its other forms; the day of verdicts."""

    texts: Mapping[str, str]
    article: str
    names: Iterable[tuple[str, ...]]
    as_of: Date


@dataclass(frozen=True)
class Ground:
    """What a unit may state: the article's words, and the words, numbers and dates of its pins and free strings.

    ``own`` is the unit's text without its quotations, ``written`` its exemplars, in which a writer quotes himself.
    ``as_of`` is the day of all verdicts.
    """

    article: str
    pinned: str
    free: str
    own: str
    written: str
    as_of: Date

    @cached_property
    def numbers(self) -> set[str]:
        """Every number that the pins hold."""
        return all_numbers(self.pinned) | all_numbers(self.free)

    @cached_property
    def dates(self) -> set[Date]:
        """Every date that the pins hold, and the date of all verdicts."""
        return dates(self.pinned)[0] | dates(self.free)[0] | {self.as_of}

    def carries(self, piece: str) -> bool:
        """Return whether the article, letter by letter, or else a pin has a quotation's words."""
        words, loose = plain(piece), straight(piece)
        if stands_in(words, self.article) or stands_in(words, plain(self.pinned)) or stands_in(loose, self.free):
            return True
        if stands_in(loose, self.own) and len(loose.split()) <= OWN_WORDS:
            return True
        if stands_in(_unmarked(loose), self.written, times=2):
            return True
        return not stands_in(loose, straight(self.article)) and stands_in(loose, straight(self.pinned))


def pin_faults(unit: Unit, dossier: Dossier) -> Iterator[Fault]:
    """Yield what a unit states without a dossier entry that says so, and what to do."""
    texts, names = dossier.texts, dossier.names
    for pin in unit.pins:
        if pin not in texts and pin not in EXEMPT:
            yield f"the pin {pin!r} is not in the seeds", "Correct the id, or add the entry to seeds/."
    if '"' in unit.text:
        yield "a straight quotation mark stands here", "Write “ and ”, so that what they hold can be compared."
    if unit.pins and EXEMPT.issuperset(unit.pins):
        if INVENTED not in unit.pins:
            yield from _event_faults(unit, dossier)
        return
    pinned = "\n".join(_said(pin, texts, unit) for pin in unit.pins)
    ground = Ground(
        article=plain(dossier.article),
        pinned=pinned,
        free=straight("\n".join(unit.free)),
        own=straight(without_quotations(unit.text)),
        written=_unmarked(straight("\n".join(unit.written))),
        as_of=dossier.as_of,
    )
    if unit.pins:
        yield from _unsupported(unit, ground, names)
    elif stated := [
        *_quoted(unit),
        *map(str, sorted(dates(unit.text)[0])),
        *sorted(_numbers(unit)),
        *_named(unit, names),
    ]:
        shown = ", ".join(stated[:LONGEST_LIST]) + (", …" if len(stated) > LONGEST_LIST else "")
        yield (
            f"nothing is pinned here: {shown}",
            "Add the ids of the entries that say so, or the pin course or invented.",
        )


def _event_faults(unit: Unit, dossier: Dossier) -> Iterator[Fault]:
    """Yield what a unit that is said to be about the course states about the event all the same."""
    article = plain(dossier.article)
    quoted = (words for words in map(plain, _quoted(unit)) if len(words.split()) > OWN_WORDS)
    stated = [f"“{words}”" for words in quoted if stands_in(words, article)]
    stated += [str(date) for date in sorted(dates(unit.text)[0] - {dossier.as_of})]
    for each in stated:
        yield f"{each} is about the event, and only {COURSE} is pinned", "Pin the entry that says so."


def _said(pin: str, texts: Mapping[str, str], unit: Unit) -> str:
    """Return what a pin says to a unit: of the counts only those of things that the unit speaks of."""
    said = texts.get(pin, "")
    if pin != COUNTS:
        return said
    text = unit.text.casefold()
    return "\n".join(line for line in said.split("\n") if any(stem in text for stem in _stems(line)))


def _stems(count: str) -> list[str]:
    """Return the words of what is counted in a line such as ``attributions: 8``, without the plural."""
    return [word.removesuffix("s") for word in re.findall("[a-z]{4,}", count.rpartition(":")[0].casefold())]


def _unmarked(text: str) -> str:
    return text.replace('"', "")


def _unsupported(unit: Unit, ground: Ground, names: Iterable[tuple[str, ...]]) -> Iterator[Fault]:
    for piece in _quoted(unit):
        if not ground.carries(piece):
            yield f"“{piece}” stands in no pin", "Quote it letter by letter, pin its entry, or name it as free."
    for date in sorted(dates(unit.text)[0]):
        if not is_known(date, ground.dates):
            yield f"{date} stands in no pin", "Pin the entry that has the date, or correct it."
    for number in sorted(_numbers(unit) - ground.numbers):
        yield f"{number} stands in no pin", "Pin the entry that has the number, or name it as free."
    supported = f"{ground.pinned}\n{ground.free}"
    for forms in names:
        if _has_name(forms, unit.text) and not _has_name(forms, supported):
            yield f"{forms[0]} stands in no pin", "Pin an entry that speaks of them."


def _quoted(unit: Unit) -> list[str]:
    """Return the words that a unit quotes, without repetition."""
    every = [*quotations(unit.text), *unit.said]
    return list(dict.fromkeys(piece for text in every for piece in pieces(text)))


def _numbers(unit: Unit) -> set[str]:
    """Return the numbers that a unit states."""
    values = {f"{value:g}" if value % 1 else str(int(value)) for value in unit.values}
    return numbers(unit.text) | values


def _named(unit: Unit, names: Iterable[tuple[str, ...]]) -> list[str]:
    """Return the first form of each listed name that a unit has."""
    return [forms[0] for forms in names if _has_name(forms, unit.text)]


def _has_name(forms: tuple[str, ...], text: str) -> bool:
    return any(form in text and re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) for form in forms)


def read_names(seeds: Seeds) -> list[tuple[str, ...]]:
    """Return the people and outlets of the dossier, each with its other forms, from ``seeds/names.txt``."""
    lines = seeds.words("names.txt")
    return [tuple(form.strip() for form in line.split("=")) for line in lines]


class Checker:
    """Compares units with the dossier, which is read once."""

    def __init__(self, seeds: Seeds, as_of: date) -> None:
        """Take the seeds that hold the dossier, and the day of all verdicts."""
        day = Date(as_of.year, as_of.month, as_of.day)
        self._dossier = Dossier(seeds.pin_texts(), seeds.article, read_names(seeds), day)
        self._invented = {card.id for card in seeds.part("cards") if card.pins == (INVENTED,)}

    def __call__(self, unit: Unit) -> Iterator[Fault]:
        """Yield every fault of a unit; a card of an invented world stands for the pin ``invented``."""
        pins = tuple(INVENTED if pin in self._invented else pin for pin in unit.pins)
        return pin_faults(replace(unit, pins=pins), self._dossier)
