"""Compares what the lessons state about the event with the dossier entries that they are pinned to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from copydesk.checks.extraction import (
    Date,
    all_numbers,
    dates,
    is_known,
    numbers,
    occurs_in,
    quotation_parts,
    quotations,
    remove_quotations,
    straighten_double_quotes,
    straighten_quotes,
)
from copydesk.course.layers import COUNTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from copydesk.checks.text_units import TextUnit
    from copydesk.course.seeds import Seeds
    from copydesk.kinds.checking import Fault

COURSE, INVENTED = "course", "invented"
EXEMPT = frozenset({COURSE, INVENTED})
"""Pins for text that is not about the event; a unit with no other pin is not compared."""

OWN_WORDS = 3
"""A quotation of this many words or fewer may be from the unit itself, as when it discusses a verb that it uses."""

LONGEST_LIST = 4
"""How many unpinned statements of a unit one message names."""


class SeedTexts(NamedTuple):
    """The texts of entries, by id; the article; people and outlets, each with its other forms; the verdict date."""

    texts: Mapping[str, str]
    article: str
    names: Iterable[tuple[str, ...]]
    as_of: Date


@dataclass(frozen=True)
class Evidence:
    """The words, numbers and dates that a unit may state: those of the article, its pins and its free strings.

    ``own_text`` is the unit's text without its quotations, ``exemplars`` its exemplars, in which writers quote
    themselves. ``as_of`` is the date of all verdicts.
    """

    article: str
    pinned: str
    free: str
    own_text: str
    exemplars: str
    as_of: Date

    @cached_property
    def numbers(self) -> set[str]:
        """Every number in the pins."""
        return all_numbers(self.pinned) | all_numbers(self.free)

    @cached_property
    def dates(self) -> set[Date]:
        """Every date in the pins, and the date of all verdicts."""
        pinned_dates, _ = dates(self.pinned)
        free_dates, _ = dates(self.free)
        return pinned_dates | free_dates | {self.as_of}

    def supports(self, quotation: str) -> bool:
        """Return whether the words of a quotation are in the article, letter for letter, or else in a pin."""
        words, loose_words = straighten_double_quotes(quotation), straighten_quotes(quotation)
        if occurs_in(words, self.article) or occurs_in(words, straighten_double_quotes(self.pinned)):
            return True
        if occurs_in(loose_words, self.free):
            return True
        if occurs_in(loose_words, self.own_text) and len(loose_words.split()) <= OWN_WORDS:
            return True
        if occurs_in(_remove_marks(loose_words), self.exemplars, times=2):
            return True
        if occurs_in(loose_words, straighten_quotes(self.article)):
            return False
        return occurs_in(loose_words, straighten_quotes(self.pinned))


def pin_faults(unit: TextUnit, seed_texts: SeedTexts) -> Iterator[Fault]:
    """Yield each statement of a unit that no entry of the dossier supports, with the remedy."""
    texts, names = seed_texts.texts, seed_texts.names
    for pin in unit.pins:
        if pin not in texts and pin not in EXEMPT:
            yield f"the pin {pin!r} is not in the seeds", "Correct the id, or add the entry to seeds/."
    if '"' in unit.text:
        yield "there is a straight quotation mark", "Write “ and ”, so that what they hold can be compared."
    if unit.pins and EXEMPT.issuperset(unit.pins):
        if INVENTED not in unit.pins:
            yield from _event_faults(unit, seed_texts)
    elif unit.pins:
        yield from _unsupported_statements(unit, _evidence(unit, seed_texts), names)
    else:
        yield from _unpinned_statements(unit, names)


def _evidence(unit: TextUnit, seed_texts: SeedTexts) -> Evidence:
    """Return the evidence that a unit's pins give it."""
    return Evidence(
        article=straighten_double_quotes(seed_texts.article),
        pinned="\n".join(_pin_text(pin, seed_texts.texts, unit) for pin in unit.pins),
        free=straighten_quotes("\n".join(unit.free)),
        own_text=straighten_quotes(remove_quotations(unit.text)),
        exemplars=_remove_marks(straighten_quotes("\n".join(unit.exemplars))),
        as_of=seed_texts.as_of,
    )


def _unpinned_statements(unit: TextUnit, names: Iterable[tuple[str, ...]]) -> Iterator[Fault]:
    """Yield one fault for the statements of a unit without pins, naming the first of them."""
    statements = _quoted_words(unit)
    statements += map(str, _dates(unit))
    statements += sorted(_numbers(unit))
    for forms in names:
        if _has_name(forms, unit.text):
            statements.append(forms[0])
    if statements:
        first = ", ".join(statements[:LONGEST_LIST])
        if len(statements) > LONGEST_LIST:
            first += ", …"
        yield (
            f"nothing is pinned here: {first}",
            "Add the ids of the entries that say so, or the pin course or invented.",
        )


def _event_faults(unit: TextUnit, seed_texts: SeedTexts) -> Iterator[Fault]:
    """Yield the statements about the event in a unit whose pin says that it is about the course."""
    article = straighten_double_quotes(seed_texts.article)
    remedy = "Pin the entry that says so."
    for words in map(straighten_double_quotes, _quoted_words(unit)):
        if len(words.split()) > OWN_WORDS and occurs_in(words, article):
            yield f"“{words}” is about the event, and only {COURSE} is pinned", remedy
    for date in _dates(unit):
        if date != seed_texts.as_of:
            yield f"{date} is about the event, and only {COURSE} is pinned", remedy


def _pin_text(pin: str, texts: Mapping[str, str], unit: TextUnit) -> str:
    """Return the text of a pin for a unit; of the counts, only those of things that the unit mentions."""
    text = texts.get(pin, "")
    if pin != COUNTS:
        return text
    unit_text = unit.text.casefold()
    return "\n".join(line for line in text.split("\n") if _is_spoken_of(line, unit_text))


def _is_spoken_of(count: str, text: str) -> bool:
    """Return whether a text has a word for the thing counted in a line such as ``attributions: 8``."""
    thing = count.rpartition(":")[0].casefold()
    return any(word.removesuffix("s") in text for word in re.findall("[a-z]{4,}", thing))


def _remove_marks(text: str) -> str:
    return text.replace('"', "")


def _unsupported_statements(unit: TextUnit, evidence: Evidence, names: Iterable[tuple[str, ...]]) -> Iterator[Fault]:
    """Yield the quotations, dates, numbers and names in a unit that none of its pins has."""
    for quotation in _quoted_words(unit):
        if not evidence.supports(quotation):
            yield f"“{quotation}” is in no pin", "Quote it letter by letter, pin its entry, or name it as free."
    for date in _dates(unit):
        if not is_known(date, evidence.dates):
            yield f"{date} is in no pin", "Pin the entry that has the date, or correct it."
    for number in sorted(_numbers(unit) - evidence.numbers):
        yield f"{number} is in no pin", "Pin the entry that has the number, or name it as free."
    supported = f"{evidence.pinned}\n{evidence.free}"
    for forms in names:
        if _has_name(forms, unit.text) and not _has_name(forms, supported):
            yield f"{forms[0]} is in no pin", "Pin an entry that speaks of them."


def _quoted_words(unit: TextUnit) -> list[str]:
    """Return the words that a unit quotes, without repetition."""
    quoted: dict[str, None] = {}
    for quotation in [*quotations(unit.text), *unit.passages]:
        quoted.update(dict.fromkeys(quotation_parts(quotation)))
    return list(quoted)


def _dates(unit: TextUnit) -> list[Date]:
    """Return the dates that a unit states, in order."""
    unit_dates, _ = dates(unit.text)
    return sorted(unit_dates)


def _numbers(unit: TextUnit) -> set[str]:
    """Return the numbers that a unit states."""
    unit_numbers = numbers(unit.text)
    for value in unit.values:
        unit_numbers.add(f"{value:g}" if value % 1 else str(int(value)))
    return unit_numbers


def _has_name(forms: tuple[str, ...], text: str) -> bool:
    """Return whether any form of a name occurs in a text as a word."""
    return any(_has_word(form, text) for form in forms)


def _has_word(word: str, text: str) -> bool:
    # The plain string is looked for first, because that is much faster than the pattern.
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def read_names(seeds: Seeds) -> list[tuple[str, ...]]:
    """Return the people and outlets of the dossier, each with its other forms, from ``seeds/names.txt``."""
    return [tuple(map(str.strip, line.split("="))) for line in seeds.words("names.txt")]


class PinChecker:
    """Compares units with the seeds, which are read once."""

    def __init__(self, seeds: Seeds, as_of: date) -> None:
        """Read the texts of the seeds; ``as_of`` is the date of all verdicts."""
        day = Date(as_of.year, as_of.month, as_of.day)
        self._seed_texts = SeedTexts(seeds.pin_texts(), seeds.article, read_names(seeds), day)
        invented_cards = [card.id for card in seeds.part("cards") if card.pins == (INVENTED,)]
        self._pins_of_cards = dict.fromkeys(invented_cards, INVENTED)

    def faults(self, unit: TextUnit) -> Iterator[Fault]:
        """Yield every fault of a unit; a card from an invented world counts as the pin ``invented``."""
        pins = tuple(self._pins_of_cards.get(pin, pin) for pin in unit.pins)
        return pin_faults(replace(unit, pins=pins), self._seed_texts)
