"""Lays orders, source maps, verdicts and drawers beside the reference: groups of cards, one function a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.kinds.arrows.model import UNKNOWN, ArrowsKey, ArrowsResponse, ArrowsTask, Edge
from copydesk.kinds.order.scoring import places
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from copydesk.grading.scores.assessment import TaskResult
    from copydesk.kinds.drawer.model import DrawerKey, DrawerResponse, DrawerTask
    from copydesk.kinds.order.model import OrderKey, OrderResponse, OrderTask
    from copydesk.kinds.verdict.model import VerdictKey, VerdictResponse, VerdictTask

View = dict[str, Any]


def order_view(_: TaskResult, task: OrderTask, key: OrderKey, response: OrderResponse | None) -> View:
    """Return the items in the reference order, each with the learner's place and the reason."""
    texts = {item.id: item.text for item in task.items}
    mine = places(response.ranks) if response else {}
    cards = []
    for place, group in enumerate(key.ranks):
        for name in group:
            put = t("feedback.order.mine", place=mine[name] + 1) if name in mine else t("feedback.order.open")
            text = t(f"feedback.order.{'shared' if len(group) > 1 else 'place'}", place=place + 1, item=texts[name])
            standing = {"name": "reference" if mine.get(name) == place else "defensible", "text": put}
            cards.append(_card(text, key.why[name], standing, chosen=False))
    return {"groups": [{"title": t("feedback.order.title", first=task.first, last=task.last), "cards": cards}]}


def arrows_view(result: TaskResult, task: ArrowsTask, key: ArrowsKey, response: ArrowsResponse | None) -> View:
    """Return the reference links, drawn or missed, and the learner's links that it does not have."""
    earned = {entry.part: entry.credit or 0 for entry in result.score.feedback}
    cards = []
    for edge in key.edges:
        credit = earned.get(f"{edge.source} to {edge.target}", 0)
        said = "drawn" if credit >= edge.weight else "relation" if credit else "missing"
        name = "reference" if credit >= edge.weight else "defensible" if credit else "neither"
        standing = {"name": name, "text": t(f"feedback.arrows.{said}")}
        cards.append(_card(_link(task, edge), edge.why, standing, chosen=credit > 0))
    known = {(edge.source, edge.target) for edge in key.edges}
    other = {"name": "neither", "text": t("feedback.arrows.other")}
    others = [
        _card(_link(task, edge), "", other, chosen=True)
        for edge in (response.edges if response else ())
        if (edge.source, edge.target) not in known
    ]
    groups = [{"title": t("feedback.arrows.title"), "cards": cards}]
    return {"groups": [*groups, {"title": t("feedback.arrows.others"), "cards": others}] if others else groups}


def _link(task: ArrowsTask, edge: Edge) -> str:
    """Return a link in words."""
    nodes = {UNKNOWN: t("view.unknown")} | {node.id: node.text for node in task.nodes}
    relation = {each.id: f" ({each.text})" for each in task.relations}.get(edge.relation or "", "")
    return f"{nodes[edge.source]} → {nodes[edge.target]}{relation}"


def verdict_view(_: TaskResult, task: VerdictTask, key: VerdictKey, response: VerdictResponse | None) -> View:
    """Return supports, qualifications and decisive cards, each with its standing and reason."""
    from copydesk.kinds.feedback import standing  # noqa: PLC0415  (reading names this module in its table)

    chosen = response.support if response else None
    supports = [
        _card(t(f"support.{name}"), entry.why, standing(entry.weight), chosen=name == chosen)
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
    right = {"name": "reference", "text": t("feedback.verdict.cited")}
    other = {"name": "neither", "text": t("feedback.verdict.uncited")}
    cards = [
        _card(card, why, right if card in cited else other, chosen=card in cited) for card, why in key.decisive.items()
    ]
    groups = [{"title": t("feedback.verdict.claim", date=task.as_of, claim=task.claim), "cards": supports}]
    groups += [{"title": t("feedback.verdict.qualification"), "cards": limits}] if limits else []
    return {"groups": [*groups, {"title": t("feedback.verdict.cards"), "cards": cards}]}


def drawer_view(_: TaskResult, task: DrawerTask, key: DrawerKey, response: DrawerResponse | None) -> View:
    """Return which cards were opened."""
    opened = {each.card for each in response.opened} if response else set()
    seen = {"name": "reference", "text": t("feedback.drawer.opened")}
    unseen = {"name": "neither", "text": t("feedback.drawer.closed")}
    cards = [_card(card, "", seen if card in opened else unseen, chosen=card in opened) for card in task.cards]
    return {"groups": [{"title": key.why, "cards": cards}]}


def _card(text: str, why: str, standing: View, *, chosen: bool) -> View:
    return {"text": text, "why": why, "standing": standing, "chosen": chosen}


GROUP_VIEWS: dict[str, Callable[..., View]] = {
    "arrows": arrows_view,
    "drawer": drawer_view,
    "order": order_view,
    "verdict": verdict_view,
}
