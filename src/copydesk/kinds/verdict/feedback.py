"""Shows on a feedback page supports, qualifications and decisive cards, each with its standing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.cards import Card, Group, card_groups
from copydesk.kinds.standings import Standing, standing
from copydesk.text import t

if TYPE_CHECKING:
    from markupsafe import Markup

    from copydesk.kinds.parts import Parts
    from copydesk.kinds.verdict.model import VerdictKey, VerdictResponse, VerdictTask
    from copydesk.model.score import Score


def feedback_view(
    task: VerdictTask, key: VerdictKey, response: VerdictResponse | None, _: Score, parts: Parts
) -> Markup:
    """Return supports, qualifications and decisive cards, each with its standing and reason."""
    chosen = response.support if response else None
    supports = [
        Card(t(f"support.{name}"), entry.why, standing(entry.weight), is_chosen=name == chosen)
        for name, entry in key.support.items()
    ]
    limit = response.qualification if response else None
    limits = []
    for each in task.qualifications:
        entry = key.qualifications[each.id]
        limits.append(Card(each.text, entry.why, standing(entry.weight), is_chosen=each.id == limit))
    cited = response.cards if response else ()
    right = Standing("reference", "feedback.verdict.cited")
    other = Standing("neither", "feedback.verdict.uncited")
    cards = [
        Card(card, why, right if card in cited else other, is_chosen=card in cited)
        for card, why in key.decisive.items()
    ]
    groups = [Group(t("feedback.verdict.claim", date=task.as_of, claim=task.claim), supports)]
    if limits:
        groups.append(Group(t("feedback.verdict.qualification"), limits))
    return card_groups(parts, *groups, Group(t("feedback.verdict.cards"), cards))
