"""Lays orders, source maps, verdicts and drawers beside the reference: groups of cards, one function a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.model.arrows import UNKNOWN, ArrowsKey, ArrowsResponse, ArrowsTask, Edge
from copydesk.scoring.order import places

if TYPE_CHECKING:
    from collections.abc import Callable

    from copydesk.grading.assessment import TaskResult
    from copydesk.model.drawer import DrawerKey, DrawerResponse, DrawerTask
    from copydesk.model.order import OrderKey, OrderResponse, OrderTask
    from copydesk.model.verdict import VerdictKey, VerdictResponse, VerdictTask

View = dict[str, Any]
Standing = View

RIGHT: Standing = {"name": "reference", "text": "as in the reference"}
OTHER: Standing = {"name": "neither", "text": "not as in the reference"}
SUPPORT_TEXTS = {
    "supported": "Supported",
    "qualified": "Supported with a qualification",
    "not-established": "Not established",
    "contradicted": "Contradicted",
    "not-checkable": "Not checkable",
}


def order_view(_: TaskResult, task: OrderTask, key: OrderKey, response: OrderResponse | None) -> View:
    """Return the items in the reference order, each with the learner's place and the reason."""
    texts = {item.id: item.text for item in task.items}
    mine = places(response.ranks) if response else {}
    cards = []
    for place, group in enumerate(key.ranks):
        for name in group:
            put = f"you put it in place {mine[name] + 1}" if name in mine else "you did not place it"
            where = f"place {place + 1}" + (" (shared: the order of these is open)" if len(group) > 1 else "")
            standing = {"name": "reference" if mine.get(name) == place else "defensible", "text": put}
            cards.append(_card(f"{where}: {texts[name]}", key.why[name], standing, chosen=False))
    return {"groups": [{"title": f"The reference order, from “{task.first}” to “{task.last}”", "cards": cards}]}


def arrows_view(result: TaskResult, task: ArrowsTask, key: ArrowsKey, response: ArrowsResponse | None) -> View:
    """Return the reference links, drawn or missed, and the learner's links that it does not have."""
    earned = {entry.part: entry.credit or 0 for entry in result.score.feedback}
    cards = []
    for edge in key.edges:
        credit = earned.get(f"{edge.source} to {edge.target}", 0)
        said = "you drew it" if credit >= edge.weight else "you drew it with another relation" if credit else "missing"
        name = "reference" if credit >= edge.weight else "defensible" if credit else "neither"
        cards.append(_card(_link(task, edge), edge.why, {"name": name, "text": said}, chosen=credit > 0))
    known = {(edge.source, edge.target) for edge in key.edges}
    others = [
        _card(_link(task, edge), "", OTHER, chosen=True)
        for edge in (response.edges if response else ())
        if (edge.source, edge.target) not in known
    ]
    groups = [{"title": "The reference links", "cards": cards}]
    return {"groups": [*groups, {"title": "Your other links", "cards": others}] if others else groups}


def _link(task: ArrowsTask, edge: Edge) -> str:
    """Return a link in words."""
    nodes = {UNKNOWN: "unknown link"} | {node.id: node.text for node in task.nodes}
    relation = {each.id: f" ({each.text})" for each in task.relations}.get(edge.relation or "", "")
    return f"{nodes[edge.source]} → {nodes[edge.target]}{relation}"


def verdict_view(_: TaskResult, task: VerdictTask, key: VerdictKey, response: VerdictResponse | None) -> View:
    """Return supports, qualifications and decisive cards, each with its standing and reason."""
    from copydesk.grading.reading import standing  # noqa: PLC0415  (reading names this module in its table)

    chosen = response.support if response else None
    supports = [
        _card(SUPPORT_TEXTS[name], entry.why, standing(entry.weight), chosen=name == chosen)
        for name, entry in key.support.items()
    ]
    limit = response.qualification if response else None
    limits = [
        _card(
            each.text,
            key.qualifications[each.id].why,
            standing(key.qualifications[each.id].weight),
            chosen=each.id == limit,
        )
        for each in task.qualifications
    ]
    cited = response.cards if response else ()
    cards = [
        _card(card, why, RIGHT if card in cited else {"name": "neither", "text": "not cited"}, chosen=card in cited)
        for card, why in key.decisive.items()
    ]
    groups = [{"title": f"The claim, as of {task.as_of}: “{task.claim}”", "cards": supports}]
    groups += [{"title": "The qualification", "cards": limits}] if limits else []
    return {"groups": [*groups, {"title": "The cards that decide it: a verdict needs one of them", "cards": cards}]}


def drawer_view(_: TaskResult, task: DrawerTask, key: DrawerKey, response: DrawerResponse | None) -> View:
    """Return which cards were opened."""
    opened = {each.card for each in response.opened} if response else set()
    cards = [
        _card(
            card,
            "",
            {"name": "reference", "text": "opened"} if card in opened else {"name": "neither", "text": "not opened"},
            chosen=card in opened,
        )
        for card in task.cards
    ]
    return {"groups": [{"title": key.why, "cards": cards}]}


def _card(text: str, why: str, standing: Standing, *, chosen: bool) -> View:
    return {"text": text, "why": why, "standing": standing, "chosen": chosen}


GROUP_VIEWS: dict[str, Callable[..., View]] = {
    "arrows": arrows_view,
    "drawer": drawer_view,
    "order": order_view,
    "verdict": verdict_view,
}
