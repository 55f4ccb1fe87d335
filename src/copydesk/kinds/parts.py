"""The parts of a feedback page, as requested by the kinds of task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable


CardTitles = tuple[tuple[str, str], ...]
"""Evidence cards: the id of each, and its title, which is publisher and date."""


class Parts(Protocol):
    """Renders parts of pages: ``choice.option`` is the macro ``option`` in the template of the ``choice`` kind.

    Rendered parts may be kept and shown on other pages, so only ``render_uncached`` takes a learner's own words.
    """

    def card_title(self, card: str) -> str:
        """Return the publisher and date of an evidence card, or its id if it has no title here."""

    def render_uncached(self, name: str, value: object) -> Markup:
        """Return a part that is not kept."""

    def render(self, name: str, value: Hashable = None) -> Markup:
        """Return a part."""

    def render_each(self, name: str, values: Iterable[Hashable]) -> Markup:
        """Return a part for each value, one below another."""

    def render_around(self, name: str, value: Hashable, *inner: Markup) -> Markup:
        """Return a part with others inside; its macro takes them as further parameters."""


def join_parts(parts: Iterable[Markup]) -> Markup:
    """Return parts one after another."""
    return markup("".join(parts))


def markup(text: str) -> Markup:
    """Return the output of a macro, or a piece of it, as HTML."""
    return Markup(text)  # noqa: S704  (macros escape what they show)
