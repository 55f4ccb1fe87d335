"""Shows the reference links on a feedback page, drawn or missed, and those that only the learner has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.arrows.model import UNKNOWN, ArrowsKey, ArrowsResponse, ArrowsTask, Edge
from copydesk.kinds.cards import Card, Group, card_groups
from copydesk.kinds.credit_labels import CreditLabel
from copydesk.text import t

if TYPE_CHECKING:
    from markupsafe import Markup

    from copydesk.kinds.parts import Parts
    from copydesk.model.score import Score


def feedback_view(
    task: ArrowsTask, key: ArrowsKey, response: ArrowsResponse | None, score: Score, parts: Parts
) -> Markup:
    """Return the reference links, drawn or missed, and the learner's links that it does not have."""
    groups = [Group(t("feedback.arrows.title"), _reference_cards(task, key, score))]
    others = _other_cards(task, key, response) if response else []
    if others:
        groups.append(Group(t("feedback.arrows.others"), others))
    return card_groups(parts, *groups)


def _reference_cards(task: ArrowsTask, key: ArrowsKey, score: Score) -> list[Card]:
    """Return a card for each link of the key."""
    credits_ = {entry.part: entry.credit or 0 for entry in score.feedback}
    cards = []
    for edge in key.edges:
        credit = credits_.get(f"{edge.source} to {edge.target}", 0)
        cards.append(Card(_link_text(task, edge), edge.why, _link_standing(credit, edge.weight), is_chosen=credit > 0))
    return cards


def _other_cards(task: ArrowsTask, key: ArrowsKey, response: ArrowsResponse) -> list[Card]:
    """Return a card for each of the learner's links between things that the key does not link."""
    linked = {(edge.source, edge.target) for edge in key.edges}
    label = CreditLabel("neither", "feedback.arrows.other")
    others = [edge for edge in response.edges if (edge.source, edge.target) not in linked]
    return [Card(_link_text(task, edge), "", label, is_chosen=True) for edge in others]


def _link_standing(credit: float, weight: float) -> CreditLabel:
    """Return the standing of a link of the key that is worth a ``weight``."""
    if credit >= weight:
        return CreditLabel("reference", "feedback.arrows.drawn")
    if credit:
        return CreditLabel("defensible", "feedback.arrows.relation")
    return CreditLabel("neither", "feedback.arrows.missing")


def _link_text(task: ArrowsTask, edge: Edge) -> str:
    """Return a link in words."""
    nodes = {UNKNOWN: t("view.unknown")}
    for node in task.nodes:
        nodes[node.id] = node.text
    link = f"{nodes[edge.source]} → {nodes[edge.target]}"
    for relation in task.relations:
        if relation.id == edge.relation:
            link += f" ({relation.text})"
    return link
