"""Recognises ids that a spreadsheet changed: leading zeros lost, long numbers rounded."""

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
    """Return whether an id is a number as a spreadsheet shortens it: ``1.23457E+11``."""
    return ROUNDED.fullmatch(text.strip()) is not None


def is_inexact(text: str) -> bool:
    """Return whether an id is rounded, or so long that a spreadsheet may have rounded it."""
    digits = unpadded(text)
    return is_rounded(text) or (digits.isdecimal() and len(digits) > KEPT_DIGITS)


def unmarked(text: str) -> str:
    """Return an id without what was put around it for a spreadsheet, and without characters that nobody sees."""
    text = UNSEEN.sub("", text).strip()
    found = AS_TEXT.fullmatch(text)
    return (found["formula"] or found["marked"] or "").strip() if found else text


def unpadded(text: str) -> str:
    """Return an id without leading zeros, and without the fraction that a program gave it."""
    return _whole(text).lstrip("0") or "0"


def may_be(asked: str, listed: str) -> bool:
    """Return whether a spreadsheet may have made ``listed`` of the id ``asked``, or the other way round."""
    asked, listed = _whole(asked), _whole(listed)
    if found := ROUNDED.fullmatch(listed):
        return asked.isdecimal() and _rounds_to(asked.lstrip("0"), found["digits"], int(found["power"]))
    if not (asked.isdecimal() and listed.isdecimal()):
        return False
    one, other = asked.lstrip("0"), listed.lstrip("0")
    if len(one) == len(other) > KEPT_DIGITS:
        is_cut = not other[KEPT_DIGITS:].strip("0") or not one[KEPT_DIGITS:].strip("0")
        return one == other or (is_cut and one[:KEPT_DIGITS] == other[:KEPT_DIGITS])
    return bool(one) and one == other


def _whole(text: str) -> str:
    """Return an id without the fraction that a program gave it: ``123.0``."""
    text = text.strip()
    found = FRACTION.fullmatch(text)
    return found["whole"] if found else text


def _rounds_to(digits: str, shown: str, power: int) -> bool:
    if len(digits) != power + 1:
        return False
    number = Decimal(shown.replace(",", "."))
    exponent = number.as_tuple().exponent
    return 2 * abs(Decimal(digits).scaleb(-power) - number) <= Decimal(1).scaleb(int(exponent))
