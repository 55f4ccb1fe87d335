"""Renders the parts that feedback pages are assembled from: once for all pages that show the same.

A part is what a macro makes of a value: ``option`` in ``kinds/choice/feedback.html.j2`` shows one option with its
reason. The macros escape whatever they show; all other code only puts parts together.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from copydesk.grading.files.pages import environment
from copydesk.kinds.parts import joined, markup

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from jinja2.runtime import Macro

MOST_PARTS = 8192
"""How many parts are kept; a lesson has some hundreds, and with every way to mark a passage some thousands."""

SHARED = {"page": "feedback/page.html.j2", "cards": "cards.html.j2"}
"""The templates that are no kind's."""

HOLE = re.compile("\0([0-9])\0")
"""Where other parts are put in; no text holds a NUL, which ``safe_text.visible`` makes visible."""


class KeptParts:
    """The parts of pages in one language.

    What is kept is found again by the name of its macro and the value, and shows nothing else; two values that are
    equal must read the same, so numbers that are no whole numbers are texts in them (0.0 is equal to -0.0). What a
    learner wrote in words of their own is on one page only and may be long: it is rendered ``afresh``.
    """

    def __init__(self) -> None:
        """Begin with nothing rendered."""
        self._macro = cache(_macro)
        self._kept = lru_cache(maxsize=MOST_PARTS)(self.afresh)
        self._frame = lru_cache(maxsize=MOST_PARTS)(self._framed)

    def afresh(self, name: str, value: object) -> Markup:
        """Return a part that is kept nowhere: ``choice.option`` is the macro ``option`` of the kind ``choice``."""
        return markup(self._macro(name)(value))

    def one(self, name: str, value: Hashable = None) -> Markup:
        """Return a part."""
        return self._kept(name, value)

    def each(self, name: str, values: Iterable[Hashable]) -> Markup:
        """Return a part for each value, one below the other."""
        kept = self._kept
        return joined([kept(name, value) for value in values])

    def around(self, name: str, value: Hashable, *inner: Markup) -> Markup:
        """Return a part with others in it; its macro takes them as further parameters, and may leave some out."""
        pieces = self._frame(name, value, len(inner))
        return joined([inner[piece] if isinstance(piece, int) else piece for piece in pieces])

    def _framed(self, name: str, value: Hashable, holes: int) -> tuple[Markup | int, ...]:
        """Return what stands around other parts, and between it the numbers of these."""
        inner = [Markup(f"\0{number}\0") for number in range(holes)]  # noqa: S704  (nothing from outside)
        pieces = HOLE.split(self._macro(name)(value, *inner))
        return tuple(int(piece) if place % 2 else markup(piece) for place, piece in enumerate(pieces))


@cache
def parts_in(language: str) -> KeptParts:  # noqa: ARG001  (what tells them apart)
    """Return the parts in the language that was chosen."""
    return KeptParts()


def _macro(name: str) -> Macro:
    file, _, macro = name.partition(".")
    template = SHARED.get(file, f"{file}/feedback.html.j2")
    found: Macro = getattr(environment().get_template(template).module, macro)
    return found
