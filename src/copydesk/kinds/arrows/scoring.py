"""Scores a source map: F1 over directed links, soft where the key has weights (grading.md 5)."""

from __future__ import annotations

from itertools import islice, pairwise, permutations, product
from math import fsum
from typing import TYPE_CHECKING

from copydesk.kinds.arrows.model import UNKNOWN, ArrowsKey, ArrowsResponse, ArrowsTask, Edge
from copydesk.model.score import Feedback
from copydesk.model.task import ids_of
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from copydesk.kinds.arrows.model import KeyEdge

WRONG_RELATION = 0.5

MOST_LINKS = 200
"""The most links in a response."""


def is_answered(response: ArrowsResponse) -> bool:
    """Return whether there is any link."""
    return bool(response.edges)


def completeness(_task: ArrowsTask, response: ArrowsResponse | None) -> tuple[int, int]:
    """Return 1 of 1 once there is a link."""
    return int(response is not None and is_answered(response)), 1


def validation_errors(task: ArrowsTask, response: ArrowsResponse) -> Iterator[str]:
    """Yield the errors: unknown nodes or relations, and a link from a node to itself."""
    nodes = {UNKNOWN, *ids_of(task.nodes)}
    relations = {None, *ids_of(task.relations)}
    for edge in response.edges:
        for name in (edge.source, edge.target):
            if name not in nodes:
                yield t("scoring.unknown_node", name=name, task=task.id)
        if edge.relation not in relations:
            yield t("scoring.unknown_relation", name=edge.relation, task=task.id)
        if edge.source == edge.target:
            yield t("scoring.link_to_itself", name=edge.source, task=task.id)


def score(_task: ArrowsTask, key: ArrowsKey, response: ArrowsResponse) -> tuple[float, list[Feedback]]:
    """Return F / best F over links, and the reason of every reference link.

    A link of the response earns the weight of the reference link between the same nodes, or half of it if the
    reference names another relation. F = 2 sum(credit) / (links of the response + sum of weights).
    """
    drawn: dict[tuple[str, str], Edge] = {}
    for edge in response.edges:
        drawn[edge.source, edge.target] = edge
    credits_, weights, feedback = [], [], []
    for reference in key.edges:
        credit = _edge_credit(reference, drawn.get((reference.source, reference.target)))
        credits_.append(credit)
        weights.append(reference.weight)
        part = f"{reference.source} to {reference.target}"
        feedback.append(Feedback(part=part, credit=credit, text=reference.why))
    earned = fsum(credits_)
    f = 2 * earned / (len(drawn) + fsum(weights)) if earned else 0.0
    return min(1.0, f / best_f(weights)), feedback


def _edge_credit(reference: KeyEdge, edge: Edge | None) -> float:
    """Return the credit of a link for a link of the reference between the same nodes."""
    if edge is None:
        return 0.0
    if reference.relation is None or edge.relation == reference.relation:
        return reference.weight
    return WRONG_RELATION * reference.weight


def best_f(weights: Sequence[float]) -> float:
    """Return the largest F that any set of links can reach: those of largest weight, up to the best cut."""
    falling, total = sorted(weights, reverse=True), fsum(weights)
    best = 0.0
    for count in range(1, len(falling) + 1):
        best = max(best, _f_of(falling[:count], total))
    return best


def _f_of(weights: Sequence[float], total: float) -> float:
    """Return the F of links with these weights, where the reference links weigh ``total`` together."""
    return 2 * fsum(weights) / (len(weights) + total)


def reference_response(_task: ArrowsTask, key: ArrowsKey) -> ArrowsResponse:
    """Return the links of the best map."""
    numbers = sorted(range(len(key.edges)), key=lambda number: -key.edges[number].weight)
    weights = [key.edges[number].weight for number in numbers]
    total = fsum(weights)
    count = max(range(1, len(numbers) + 1), key=lambda size: _f_of(weights[:size], total))
    edges = []
    for number in sorted(numbers[:count]):
        edge = key.edges[number]
        edges.append(Edge(source=edge.source, target=edge.target, relation=edge.relation))
    return ArrowsResponse(edges=tuple(edges))


def guessing_strategies(task: ArrowsTask) -> Iterator[tuple[str, ArrowsResponse]]:
    """Yield answers that need no reading: a chain in the given order, every link, all from the first node."""
    nodes = ids_of(task.nodes)
    yield "a chain in the given order", _links(pairwise(nodes))
    yield "all from the first node", _links(product(nodes[:1], nodes[1:]))
    yield "every link", _links(islice(permutations(nodes, 2), MOST_LINKS))


def _links(pairs: Iterable[tuple[str, str]]) -> ArrowsResponse:
    """Return a response with a link for each pair of nodes."""
    edges = [Edge(source=source, target=target) for source, target in pairs]
    return ArrowsResponse(edges=tuple(edges))
