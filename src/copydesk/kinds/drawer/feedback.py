"""Shows on a feedback page which cards were opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.cards import Card, Group, card_groups
from copydesk.kinds.standings import Standing

if TYPE_CHECKING:
    from markupsafe import Markup

    from copydesk.kinds.drawer.model import DrawerKey, DrawerResponse, DrawerTask
    from copydesk.kinds.parts import Parts
    from copydesk.model.score import Score


def feedback_view(task: DrawerTask, key: DrawerKey, response: DrawerResponse | None, _: Score, parts: Parts) -> Markup:
    """Return which cards were opened."""
    opened = {each.card for each in response.opened} if response else set()
    seen = Standing("reference", "feedback.drawer.opened")
    unseen = Standing("neither", "feedback.drawer.closed")
    cards = [Card(card, "", seen if card in opened else unseen, is_chosen=card in opened) for card in task.cards]
    return card_groups(parts, Group(key.why, cards))
