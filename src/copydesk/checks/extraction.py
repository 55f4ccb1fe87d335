"""Extracts what a text states, in a form that can be compared: quotations, dates and numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
MONTHS = {name: number for number, name in enumerate(_MONTH.split("|"), start=1)}
_DAYS = r"\d{1,2}(?:\s*(?:,|–|-|and|or|to)\s*\d{1,2})*"  # noqa: RUF001  (the dash of a range)
DAY_FIRST = re.compile(rf"\b({_DAYS}) ({_MONTH})\b(?:,? (\d{{4}})\b)?")
MONTH_FIRST = re.compile(rf"\b({_MONTH}) ({_DAYS})(?:, (\d{{4}}))\b")
MONTH_ONLY = re.compile(rf"\b({_MONTH}) (\d{{4}})\b")
ISO = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b")
NUMBER = re.compile(r"(?<![\w.,/])(?<![A-Za-z]-)\d+(?:[.,:/]\d+)*(?![^\W_])")
OWN_NUMBERS = re.compile(
    r"""
      ^\s*(?:>\s*)?\d+[.)]\s                                   # the number of a list item
    | \blessons?\s\d\d?(?:(?:,|\sand|\sor|\sto|\u2013)\s?\d\d?)*  # lessons of this course
    | \d+(?:\s?(?:to|or|\u2013|-)\s?\d+)?(?:\s|-)(?:minutes?|points?)\b
    | \bwrite\s(?:\w+\s)?\d+(?:\s(?:to|or)\s\d+)?\swords\b       # how long a text shall be
    | \b(?:tasks?|lines?|questions?|steps?|figures?|criterion|levels?|rows?|columns?|contents?)\s\d+
    """,
    flags=re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
"""Numbers that belong to the course and not to the event."""


CLOSING = {"“": "”", "„": "“”", "«": "»", "»": "«"}
"""Marks that open a quotation, and those that close it: “ opens one in English, and closes one in German."""

QUOTATION_MARK = re.compile("[“”„«»]")
PARAGRAPH_END = re.compile(r"\n\s*\n")


class Date(NamedTuple):
    """A date as far as a text gives it; 0 stands for a missing part."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        """Return the date as the course writes it."""
        parts: list[str] = []
        if self.day:
            parts.append(str(self.day))
        if self.month:
            parts.append(list(MONTHS)[self.month - 1])
        if self.year:
            parts.append(str(self.year))
        return " ".join(parts)


class Quotation(NamedTuple):
    """Words in quotation marks: where they begin and end in a text, and whether a mark closes them."""

    start: int
    end: int
    is_closed: bool


def _find_quotations(text: str) -> Iterator[Quotation]:
    """Yield the quotations in a text, of nested ones the outermost; one that isn't closed ends with its paragraph."""
    place = 0
    for paragraph in PARAGRAPH_END.split(text):
        place = text.index(paragraph, place)
        opened: list[str] = []
        start = 0
        for mark in QUOTATION_MARK.finditer(paragraph):
            if opened and mark[0] in CLOSING[opened[-1]]:
                opened.pop()
                if not opened:
                    yield Quotation(place + start, place + mark.start(), is_closed=True)
            elif mark[0] in CLOSING and _can_open(mark, paragraph, opened):
                if not opened:
                    start = mark.end()
                opened.append(mark[0])
        if opened:
            yield Quotation(place + start, place + len(paragraph), is_closed=False)
        place += len(paragraph)


def _can_open(mark: re.Match[str], paragraph: str, opened: list[str]) -> bool:
    """Return whether a mark opens a quotation: » does so in German, if no other is open and a « follows."""
    return mark[0] != "»" or (not opened and "«" in paragraph[mark.end() :])


def quotations(text: str) -> list[str]:
    """Return the words between quotation marks of any language; where they are nested, the outermost pair.

    A quotation that is not closed ends with its paragraph.
    """
    return [text[quotation.start : quotation.end] for quotation in _find_quotations(text)]


def remove_quotations(text: str, mark: str = " “” ") -> str:
    """Return a text with ``mark`` in place of each quotation and its marks."""
    return replace_quotations(text, lambda _: mark)


def replace_quotations(text: str, replace: Callable[[str], str | None]) -> str:
    """Return a text with others in place of its quotations, marks and all; None leaves a quotation as it is."""
    parts, place = [], 0
    for quotation in _find_quotations(text):
        other = replace(text[quotation.start : quotation.end])
        if quotation.is_closed and other is not None:
            parts += [text[place : quotation.start - 1], other]
            place = quotation.end + 1
    return "".join([*parts, text[place:]])


def quotation_parts(quotation: str) -> list[str]:
    """Return the parts of a quotation between ellipses, without the surrounding sentence's punctuation."""
    parts = []
    for stretch in re.split(r"…|\.\.\.", quotation):
        part = stretch.strip(" \n*_").rstrip(".,;:!?").strip(" \n*_")
        if part:
            parts.append(part)
    return parts


def straighten_double_quotes(text: str) -> str:
    """Return a text with single spaces and straight double quotation marks."""
    return " ".join(QUOTATION_MARK.sub('"', text).split())


def straighten_quotes(text: str) -> str:
    """Return a text with single spaces, straight double quotation marks and straight apostrophes."""
    return straighten_double_quotes(text).replace("’", "'").replace("‘", "'")  # noqa: RUF001  (typographic apostrophes)


def occurs_in(words: str, text: str, *, times: int = 1) -> bool:
    """Return whether whole words occur in a text at least ``times`` times; the case of the first letter is ignored."""
    if len(words) < 2 or words[1:] not in text:  # noqa: PLR2004  (one letter quotes nothing)
        return words in text
    either = f"[{re.escape(words[0].lower())}{re.escape(words[0].upper())}]{re.escape(words[1:])}"
    return len(re.findall(rf"(?<![^\W_]){either}(?![^\W_])", text)) >= times


def dates(text: str) -> tuple[set[Date], str]:
    """Return the dates in a text, and the text without them."""
    text_dates: set[Date] = set()
    for match in DAY_FIRST.finditer(text):
        text_dates.update(_dates_of_month(match[1], match[2], match[3]))
    text = DAY_FIRST.sub(" ", text)
    for match in MONTH_FIRST.finditer(text):
        text_dates.update(_dates_of_month(match[2], match[1], match[3]))
    text = MONTH_FIRST.sub(" ", text)
    for month, year in MONTH_ONLY.findall(text):
        text_dates.add(Date(int(year), MONTHS[month], 0))
    text = MONTH_ONLY.sub(" ", text)
    for year, month, day in ISO.findall(text):
        if int(month) <= len(MONTHS):
            text_dates.add(Date(int(year), int(month), int(day or 0)))
    return text_dates, ISO.sub(" ", text)


def _dates_of_month(days: str, month: str, year: str | None) -> Iterator[Date]:
    """Yield the dates of one or several days in a month, such as ``16 and 17``."""
    for day in re.findall(r"\d+", days):
        yield Date(int(year or 0), MONTHS[month], int(day))


def numbers(text: str) -> set[str]:
    """Return the numbers written in digits, without thousands separators, dates and the course's own numbers."""
    _, undated = dates(text)
    return _written_numbers(OWN_NUMBERS.sub(" ", undated))


def all_numbers(text: str) -> set[str]:
    """Return every number in a text, including those in its dates."""
    dates_of_text, undated = dates(text)
    text_numbers = _written_numbers(undated)
    for date in dates_of_text:
        if date.year:
            text_numbers.add(str(date.year))
        if date.day:
            text_numbers.add(str(date.day))
    return text_numbers


def _written_numbers(text: str) -> set[str]:
    """Return every number in a text without dates, without thousands separators."""
    return {number.replace(",", "") for number in NUMBER.findall(text)}


def is_known(date: Date, known_dates: set[Date]) -> bool:
    """Return whether a date is among known ones: a missing part agrees with any.

    If only the known date lacks a year, some other known date must be in that year.
    """
    years = {candidate.year for candidate in known_dates} - {0}
    for candidate in known_dates:
        if date.month != candidate.month or (date.day and date.day != candidate.day):
            continue
        if date.year in (0, candidate.year):
            return True
        if candidate.year == 0 and (date.year in years or not years):
            return True
    return False
