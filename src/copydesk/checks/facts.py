"""Finds what a text states in a form that can be compared: quotations, dates and numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

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


class Date(NamedTuple):
    """A date as far as it is said; 0 stands for a part that is not."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        """Return the date as the course writes it."""
        names = ["", *MONTHS]
        return " ".join(part for part in (str(self.day or ""), names[self.month], str(self.year or "")) if part)


def quotations(text: str) -> list[str]:
    """Return what stands between curly quotation marks, the outermost pair where they are nested.

    A quotation that is not closed ends with its paragraph.
    """
    found = []
    for paragraph in re.split(r"\n\s*\n", text):
        depth, start = 0, 0
        for mark in re.finditer("[“”]", paragraph):
            if mark[0] == "“":
                start, depth = (mark.end() if depth == 0 else start), depth + 1
            elif depth:
                depth -= 1
                if depth == 0:
                    found.append(paragraph[start : mark.start()])
        if depth:
            found.append(paragraph[start:])
    return found


def without_quotations(text: str, mark: str = " “” ") -> str:
    """Return a text with ``mark`` in place of each quotation."""
    for quotation in sorted(quotations(text), key=len, reverse=True):
        text = text.replace(f"“{quotation}”", mark)
    return text


def pieces(quotation: str) -> list[str]:
    """Return the parts of a quotation between dots of omission, without punctuation that belongs to the sentence."""
    parts = (part.strip(" \n*_").rstrip(".,;:!?").strip(" \n*_") for part in re.split(r"…|\.\.\.", quotation))
    return [part for part in parts if part]


def plain(text: str) -> str:
    """Return a text with single spaces and straight double quotation marks."""
    return " ".join(text.replace("“", '"').replace("”", '"').split())


def straight(text: str) -> str:
    """Return a plain text with straight apostrophes as well."""
    return plain(text).replace("’", "'").replace("‘", "'")  # noqa: RUF001  (typographic apostrophes)


def stands_in(words: str, text: str, *, times: int = 1) -> bool:
    """Return whether whole words stand in a text so often; the case of the first letter does not matter."""
    if len(words) < 2 or words[1:] not in text:  # noqa: PLR2004  (one letter quotes nothing)
        return words in text
    either = f"[{re.escape(words[0].lower())}{re.escape(words[0].upper())}]{re.escape(words[1:])}"
    return len(re.findall(rf"(?<![^\W_]){either}(?![^\W_])", text)) >= times


def dates(text: str) -> tuple[set[Date], str]:
    """Return the dates of a text, and the text without them."""
    found: set[Date] = set()

    def days_first(match: re.Match[str]) -> str:
        found.update(_days(match[1], match[2], match[3]))
        return " "

    def month_first(match: re.Match[str]) -> str:
        found.update(_days(match[2], match[1], match[3]))
        return " "

    def month_only(match: re.Match[str]) -> str:
        found.add(Date(int(match[2]), MONTHS[match[1]], 0))
        return " "

    def iso(match: re.Match[str]) -> str:
        found.add(Date(int(match[1]), int(match[2]), int(match[3] or 0)))
        return " "

    for pattern, take in ((DAY_FIRST, days_first), (MONTH_FIRST, month_first), (MONTH_ONLY, month_only), (ISO, iso)):
        text = pattern.sub(take, text)
    return {date for date in found if date.month <= len(MONTHS)}, text


def _days(days: str, month: str, year: str | None) -> Iterator[Date]:
    for day in re.findall(r"\d+", days):
        yield Date(int(year or 0), MONTHS[month], int(day))


def numbers(text: str) -> set[str]:
    """Return the numbers written in digits, without separators of thousands, dates and the course's own numbers."""
    text = OWN_NUMBERS.sub(" ", dates(text)[1])
    return {match[0].replace(",", "") for match in NUMBER.finditer(text)}


def all_numbers(text: str) -> set[str]:
    """Return every number of a text, those of its dates as well."""
    found, rest = dates(text)
    parts = {str(part) for date in found for part in (date.year, date.day) if part}
    return parts | {match[0].replace(",", "") for match in NUMBER.finditer(rest)}


def is_known(date: Date, known: set[Date]) -> bool:
    """Return whether a date is among known ones: a part that is not said agrees with any.

    Where only the known date lacks its year, some other known date must be of that year.
    """
    years = {each.year for each in known if each.year}
    for each in known:
        if date.month != each.month or (date.day and date.day != each.day):
            continue
        if date.year in (0, each.year) or (each.year == 0 and (date.year in years or not years)):
            return True
    return False
