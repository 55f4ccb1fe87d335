"""Labels that say on a feedback page how much credit the key gives to a part of an answer."""

from __future__ import annotations

from typing import NamedTuple

from copydesk.text import t
from copydesk.text.numbers import number

HALF = 0.5


class CreditLabel(NamedTuple):
    """A label: ``name`` for the style sheet, ``key`` and ``values`` for its text in the catalogue."""

    name: str
    key: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """Return the text that the reader sees."""
        return t(self.key, **dict(self.values))


REFERENCE = CreditLabel("reference", "feedback.standing.reference")
NEITHER = CreditLabel("neither", "feedback.standing.neither")
NEUTRAL = CreditLabel("defensible", "feedback.standing.neutral")
TEMPTING = CreditLabel("neither", "feedback.standing.tempting")


def credit_label(weight: float) -> CreditLabel:
    """Return the label of a weight."""
    if weight == 1:
        return REFERENCE
    if weight == 0:
        return NEITHER
    if weight == HALF:
        return CreditLabel("defensible", "feedback.standing.half")
    return CreditLabel("defensible", "feedback.standing.part", (("share", number(100 * weight)),))
