"""Shows the items on a feedback page in the reference order, each with the learner's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.cards import Card, Group, card_groups
from copydesk.kinds.credit_labels import CreditLabel
from copydesk.kinds.order.scoring import places
from copydesk.text import t

if TYPE_CHECKING:
    from markupsafe import Markup

    from copydesk.kinds.order.model import OrderKey, OrderResponse, OrderTask
    from copydesk.kinds.parts import Parts
    from copydesk.model.score import Score


def feedback_view(task: OrderTask, key: OrderKey, response: OrderResponse | None, _: Score, parts: Parts) -> Markup:
    """Return the items in the reference order, each with the learner's place and the reason."""
    texts = {item.id: item.text for item in task.items}
    learner_places = places(response.ranks) if response else {}
    cards = []
    for place, group in enumerate(key.ranks):
        text_key = "feedback.order.shared" if len(group) > 1 else "feedback.order.place"
        for name in group:
            text = t(text_key, place=place + 1, item=texts[name])
            cards.append(Card(text, key.why[name], _place_standing(learner_places.get(name), place), is_chosen=False))
    return card_groups(parts, Group(t("feedback.order.title", first=task.first, last=task.last), cards))


def _place_standing(learner_place: int | None, place: int) -> CreditLabel:
    """Return the standing of an item that belongs in a place; places count from 0."""
    if learner_place is None:
        return CreditLabel("defensible", "feedback.order.open")
    name = "reference" if learner_place == place else "defensible"
    return CreditLabel(name, "feedback.order.mine", (("place", str(learner_place + 1)),))
