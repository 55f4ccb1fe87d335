"""Shows on a feedback page the items in the reference order, each with the learner's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.cards import Card, Group, card_groups
from copydesk.kinds.order.scoring import places
from copydesk.kinds.standings import Standing
from copydesk.text import t

if TYPE_CHECKING:
    from markupsafe import Markup

    from copydesk.kinds.order.model import OrderKey, OrderResponse, OrderTask
    from copydesk.kinds.parts import Parts
    from copydesk.model.score import Score


def feedback_view(task: OrderTask, key: OrderKey, response: OrderResponse | None, _: Score, parts: Parts) -> Markup:
    """Return the items in the reference order, each with the learner's place and the reason."""
    texts = {item.id: item.text for item in task.items}
    mine = places(response.ranks) if response else {}
    cards = []
    for place, group in enumerate(key.ranks):
        words = "feedback.order.shared" if len(group) > 1 else "feedback.order.place"
        for name in group:
            text = t(words, place=place + 1, item=texts[name])
            cards.append(Card(text, key.why[name], _placed(mine.get(name), place), is_chosen=False))
    return card_groups(parts, Group(t("feedback.order.title", first=task.first, last=task.last), cards))


def _placed(mine: int | None, place: int) -> Standing:
    """Return how an item stands that belongs in a place, and that the learner put in ``mine``."""
    name = "reference" if mine == place else "defensible"
    if mine is None:
        return Standing(name, "feedback.order.open")
    return Standing(name, "feedback.order.mine", (("place", str(mine + 1)),))
