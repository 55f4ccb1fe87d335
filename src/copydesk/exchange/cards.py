"""Names the sources of evidence cards for other systems."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.course.article import Card
    from copydesk.course.seeds import Seeds


def publishers(card: Card, seeds: Seeds) -> str:
    """Return the publishers of a card's sources in one line."""
    names = [seeds.sources_by_key[key].publisher for key in card.sources]
    return "; ".join(names)
