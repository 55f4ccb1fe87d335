"""Renders the parts that feedback pages are assembled from, each once for all the pages that show it.

A part is a macro applied to a value: ``option`` in ``kinds/choice/feedback.html.j2`` shows one option with its
reason. The macros escape whatever they show; all other code only puts parts together.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import repeat
from typing import TYPE_CHECKING

from markupsafe import Markup

from copydesk.grading.files.pages import environment
from copydesk.kinds.parts import join_parts, markup

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from jinja2.runtime import Macro

    from copydesk.kinds.parts import CardTitles

MOST_PARTS = 8192
"""How many parts are cached; a lesson has a few hundred, or a few thousand with every way to mark a passage."""

SHARED = {"page": "feedback/page.html.j2", "cards": "cards.html.j2"}
"""The templates that belong to no kind."""

HOLE = re.compile("\0([0-9])\0")
"""Where other parts are inserted; no text contains a NUL, which ``safe_text.visible`` makes visible."""


class CachedParts:
    """The parts of pages in one language.

    A cached part is looked up by the name of its macro and its value, and shows nothing else; two equal values must
    read the same, so they hold non-integers as text (0.0 equals -0.0). What a learner wrote in their own words is on
    one page only and may be long: ``render_uncached`` renders it.
    """

    def __init__(self, card_titles: CardTitles = ()) -> None:
        """Start with nothing rendered."""
        self._card_titles = dict(card_titles)
        self._macro = cache(_macro)
        self._part = lru_cache(maxsize=MOST_PARTS)(self.render_uncached)
        self._pieces = lru_cache(maxsize=MOST_PARTS)(self._cut)

    def card_title(self, card: str) -> str:
        """Return the publisher and date of an evidence card, or its id if it has no title here."""
        return self._card_titles.get(card, card)

    def render_uncached(self, name: str, value: object) -> Markup:
        """Return a part that is not cached: ``choice.option`` is the macro ``option`` of the kind ``choice``."""
        return markup(self._macro(name)(value))

    def render(self, name: str, value: Hashable = None) -> Markup:
        """Return a part."""
        return self._part(name, value)

    def render_each(self, name: str, values: Iterable[Hashable]) -> Markup:
        """Return a part for each value, one below the other."""
        return join_parts(map(self._part, repeat(name), values))

    def render_around(self, name: str, value: Hashable, *inner: Markup) -> Markup:
        """Return a part with others inside it; its macro takes them as extra parameters and may leave some out."""
        pieces = []
        for piece in self._pieces(name, value, len(inner)):
            pieces.append(inner[piece] if isinstance(piece, int) else piece)  # noqa: PERF401  (a choice for each)
        return join_parts(pieces)

    def _cut(self, name: str, value: Hashable, holes: int) -> tuple[Markup | int, ...]:
        """Return the pieces of a part that surrounds others, with the numbers of those others between them."""
        marks = [Markup(f"\0{number}\0") for number in range(holes)]  # noqa: S704  (nothing from outside)
        pieces: list[Markup | int] = []
        for place, text in enumerate(HOLE.split(self._macro(name)(value, *marks))):
            is_hole = place % 2 == 1
            pieces.append(int(text) if is_hole else markup(text))
        return tuple(pieces)


@cache
def parts_in(language: str, card_titles: CardTitles = ()) -> CachedParts:  # noqa: ARG001  (what tells them apart)
    """Return the parts in the chosen language for a course with these evidence cards."""
    return CachedParts(card_titles)


def _macro(name: str) -> Macro:
    file, _, macro = name.partition(".")
    template = SHARED.get(file, f"{file}/feedback.html.j2")
    part: Macro = getattr(environment().get_template(template).module, macro)
    return part
