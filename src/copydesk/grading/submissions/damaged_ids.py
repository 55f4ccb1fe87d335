"""Recognises ids changed by a spreadsheet: leading zeros lost, long numbers rounded."""

from __future__ import annotations

import re
from decimal import Decimal

ROUNDED = re.compile(r"(?P<digits>[1-9](?:[.,][0-9]+)?)e\+?(?P<power>[0-9]{1,2})", re.IGNORECASE)
FRACTION = re.compile(r"(?P<whole>[0-9]+)[.,]0+")
AS_TEXT = re.compile('(?:="(?P<formula>[^"]*)"|[\'\u2019#](?P<marked>[^\'\u2019"]+))')
"""How programs write ids so that spreadsheets leave them alone: ``="00123"``, ``'00123``, Brightspace's ``#00123``."""

UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
KEPT_DIGITS = 15
"""How many digits of a number a spreadsheet keeps; the rest become zeros."""


def is_rounded(text: str) -> bool:
    """Return whether an id is a number as shortened by a spreadsheet: ``1.23457E+11``."""
    return ROUNDED.fullmatch(text.strip()) is not None


def is_inexact(text: str) -> bool:
    """Return whether an id is rounded, or so long that a spreadsheet may have rounded it."""
    digits = strip_zeros(text)
    return is_rounded(text) or (digits.isdecimal() and len(digits) > KEPT_DIGITS)


def strip_marks(text: str) -> str:
    """Return an id without the marks around it for spreadsheets, and without invisible characters."""
    text = UNSEEN.sub("", text).strip()
    marked = AS_TEXT.fullmatch(text)
    if marked is None:
        return text
    return (marked["formula"] or marked["marked"] or "").strip()


def strip_zeros(text: str) -> str:
    """Return an id without leading zeros, and without the fraction that a program added to it."""
    return _strip_fraction(text).lstrip("0") or "0"


def may_be_same_id(asked: str, listed: str) -> bool:
    """Return whether a spreadsheet may have turned the id ``asked`` into ``listed``, or the other way round."""
    asked, listed = _strip_fraction(asked), _strip_fraction(listed)
    rounded = ROUNDED.fullmatch(listed)
    if rounded:
        return asked.isdecimal() and _rounds_to(asked.lstrip("0"), rounded["digits"], int(rounded["power"]))
    if not (asked.isdecimal() and listed.isdecimal()):
        return False
    one, other = asked.lstrip("0"), listed.lstrip("0")
    if one == other:
        return bool(one)
    if len(one) != len(other) or len(one) <= KEPT_DIGITS:
        return False
    is_cut = _ends_in_zeros(one) or _ends_in_zeros(other)
    return is_cut and one[:KEPT_DIGITS] == other[:KEPT_DIGITS]


def _ends_in_zeros(digits: str) -> bool:
    """Return whether a long number has zeros only where a spreadsheet keeps no digits."""
    return not digits[KEPT_DIGITS:].strip("0")


def _strip_fraction(text: str) -> str:
    """Return an id without the fraction that a program added to it: ``123.0``."""
    text = text.strip()
    fraction = FRACTION.fullmatch(text)
    return fraction["whole"] if fraction else text


def _rounds_to(digits: str, shown: str, power: int) -> bool:
    """Return whether an id is ``shown`` times ten to the ``power``, rounded to the digits shown."""
    if len(digits) != power + 1:
        return False
    number = Decimal(shown.replace(",", "."))
    exponent = number.as_tuple().exponent
    return 2 * abs(Decimal(digits).scaleb(-power) - number) <= Decimal(1).scaleb(int(exponent))
