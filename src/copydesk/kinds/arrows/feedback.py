"""Shows on a feedback page the reference links, drawn or missed, and those that only the learner has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.arrows.model import UNKNOWN, ArrowsKey, ArrowsResponse, ArrowsTask, Edge
from copydesk.kinds.cards import Card, Group, card_groups
from copydesk.kinds.standings import Standing
from copydesk.text import t

if TYPE_CHECKING:
    from markupsafe import Markup

    from copydesk.kinds.parts import Parts
    from copydesk.model.score import Score


def feedback_view(
    task: ArrowsTask, key: ArrowsKey, response: ArrowsResponse | None, score: Score, parts: Parts
) -> Markup:
    """Return the reference links, drawn or missed, and the learner's links that it does not have."""
    earned = {entry.part: entry.credit or 0 for entry in score.feedback}
    cards = []
    for edge in key.edges:
        credit = earned.get(f"{edge.source} to {edge.target}", 0)
        cards.append(Card(_link(task, edge), edge.why, _drawn(credit, edge.weight), is_chosen=credit > 0))
    known = {(edge.source, edge.target) for edge in key.edges}
    stands = Standing("neither", "feedback.arrows.other")
    others = [
        Card(_link(task, edge), "", stands, is_chosen=True)
        for edge in (response.edges if response else ())
        if (edge.source, edge.target) not in known
    ]
    groups = [Group(t("feedback.arrows.title"), cards)]
    if others:
        groups.append(Group(t("feedback.arrows.others"), others))
    return card_groups(parts, *groups)


def _drawn(credit: float, weight: float) -> Standing:
    """Return how a link stands that is worth a ``weight``."""
    if credit >= weight:
        return Standing("reference", "feedback.arrows.drawn")
    if credit:
        return Standing("defensible", "feedback.arrows.relation")
    return Standing("neither", "feedback.arrows.missing")


def _link(task: ArrowsTask, edge: Edge) -> str:
    """Return a link in words."""
    nodes = {UNKNOWN: t("view.unknown")} | {node.id: node.text for node in task.nodes}
    relation = {each.id: f" ({each.text})" for each in task.relations}.get(edge.relation or "", "")
    return f"{nodes[edge.source]} → {nodes[edge.target]}{relation}"
