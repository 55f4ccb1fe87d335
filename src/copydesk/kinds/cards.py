"""Shows cards in groups on a feedback page, as several kinds of task do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.parts import join_parts

if TYPE_CHECKING:
    from markupsafe import Markup

    from copydesk.kinds.credit_labels import CreditLabel
    from copydesk.kinds.parts import Parts


class Card(NamedTuple):
    """One thing that could be chosen, placed, drawn or opened, with its standing and reason."""

    text: str
    why: str
    standing: CreditLabel
    is_chosen: bool


class Group(NamedTuple):
    """Cards below a title."""

    title: str
    cards: list[Card]


def card_groups(parts: Parts, *groups: Group) -> Markup:
    """Return groups of cards, one below another."""
    rendered = []
    for group in groups:
        cards = parts.render_each("cards.card", group.cards)
        rendered.append(parts.render_around("cards.group", group.title, cards))
    return join_parts(rendered)
