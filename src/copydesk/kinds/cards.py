"""Shows cards in groups on a feedback page: what several kinds of task have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.parts import joined

if TYPE_CHECKING:
    from markupsafe import Markup

    from copydesk.kinds.parts import Parts
    from copydesk.kinds.standings import Standing


class Card(NamedTuple):
    """One thing that could be chosen, placed, drawn or opened, with its standing and reason."""

    text: str
    why: str
    standing: Standing
    is_chosen: bool


class Group(NamedTuple):
    """Cards below a title."""

    title: str
    cards: list[Card]


def card_groups(parts: Parts, *groups: Group) -> Markup:
    """Return groups of cards, one below the other."""
    return joined([parts.around("cards.group", group.title, parts.each("cards.card", group.cards)) for group in groups])
