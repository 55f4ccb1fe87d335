"""Shows which cards were opened on a feedback page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.cards import Card, Group, card_groups
from copydesk.kinds.credit_labels import CreditLabel

if TYPE_CHECKING:
    from markupsafe import Markup

    from copydesk.kinds.drawer.model import DrawerKey, DrawerResponse, DrawerTask
    from copydesk.kinds.parts import Parts
    from copydesk.model.score import Score


OPENED = CreditLabel("reference", "feedback.drawer.opened")
CLOSED = CreditLabel("neither", "feedback.drawer.closed")


def feedback_view(task: DrawerTask, key: DrawerKey, response: DrawerResponse | None, _: Score, parts: Parts) -> Markup:
    """Return the cards, with the opened ones marked."""
    opened = {opening.card for opening in response.opened} if response else set()
    cards = []
    for card in task.cards:
        is_opened = card in opened
        cards.append(Card(parts.card_title(card), "", OPENED if is_opened else CLOSED, is_chosen=is_opened))
    return card_groups(parts, Group(key.why, cards))
