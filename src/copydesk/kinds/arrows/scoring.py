"""Scores a source map: F1 over directed links, soft where the key has weights (grading.md 5)."""

from __future__ import annotations

import itertools
from math import fsum
from typing import TYPE_CHECKING

from copydesk.kinds.arrows.model import UNKNOWN, ArrowsKey, ArrowsResponse, ArrowsTask, Edge
from copydesk.model.score import Feedback

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WRONG_RELATION = 0.5


def is_answered(response: ArrowsResponse) -> bool:
    """Return whether there is any link."""
    return bool(response.edges)


def completeness(_task: ArrowsTask, response: ArrowsResponse | None) -> tuple[int, int]:
    """Return 1 of 1 once there is a link."""
    return int(response is not None and is_answered(response)), 1


def validation_errors(task: ArrowsTask, response: ArrowsResponse) -> Iterator[str]:
    """Yield what does not fit: unknown nodes or relations, and a link from a node to itself."""
    nodes = {UNKNOWN, *(node.id for node in task.nodes)}
    relations = {None, *(relation.id for relation in task.relations)}
    for edge in response.edges:
        for name in (edge.source, edge.target):
            if name not in nodes:
                yield f"The node {name!r} does not belong to task {task.id}."
        if edge.relation not in relations:
            yield f"The relation {edge.relation!r} does not belong to task {task.id}."
        if edge.source == edge.target:
            yield f"A link of task {task.id} goes from {edge.source!r} to itself."


def score(_task: ArrowsTask, key: ArrowsKey, response: ArrowsResponse) -> tuple[float, list[Feedback]]:
    """Return F / best F over links, and the reason of every reference link.

    A given link earns the weight of the reference link between the same nodes, half of it where the
    reference names another relation. F = 2 sum(credit) / (links given + sum of weights).
    """
    given = {(edge.source, edge.target): edge for edge in response.edges}
    credits_, feedback = [], []
    for reference in key.edges:
        edge = given.get((reference.source, reference.target))
        mine = _edge_credit(reference.relation, edge) * reference.weight
        credits_.append(mine)
        part = f"{reference.source} to {reference.target}"
        feedback.append(Feedback(part=part, credit=mine, text=reference.why))
    earned, weights = fsum(credits_), [reference.weight for reference in key.edges]
    score = 2 * earned / (len(given) + fsum(weights)) if earned else 0.0
    return min(1.0, score / best_f(weights)), feedback


def _edge_credit(relation: str | None, edge: Edge | None) -> float:
    if edge is None:
        return 0.0
    return 1.0 if relation is None or edge.relation == relation else WRONG_RELATION


def best_f(weights: Sequence[float]) -> float:
    """Return the largest F that any set of links can reach: those of largest weight, the best cut."""
    falling, total = sorted(weights, reverse=True), fsum(weights)
    return max((_f_of(falling[:count], total) for count in range(1, len(falling) + 1)), default=0.0)


def _f_of(kept: Sequence[float], total: float) -> float:
    """Return the F of those links alone, where all links weigh ``total``."""
    return 2 * fsum(kept) / (len(kept) + total)


def reference_response(_task: ArrowsTask, key: ArrowsKey) -> ArrowsResponse:
    """Return the links of the best map."""
    edges = sorted(key.edges, key=lambda edge: -edge.weight)
    weights = [edge.weight for edge in edges]
    total = fsum(weights)
    count = max(range(1, len(edges) + 1), key=lambda size: _f_of(weights[:size], total))
    kept = {(edge.source, edge.target) for edge in edges[:count]}
    links = [edge for edge in key.edges if (edge.source, edge.target) in kept]
    return ArrowsResponse(edges=tuple(Edge(**edge.model_dump(include=set(Edge.model_fields))) for edge in links))


def guessing_strategies(task: ArrowsTask) -> Iterator[tuple[str, ArrowsResponse]]:
    """Yield answers that need no reading: a chain in the given order, every link, all from the first node."""
    names = [node.id for node in task.nodes]
    chain = itertools.pairwise(names)
    yield "a chain in the given order", ArrowsResponse(edges=tuple(Edge(source=a, target=b) for a, b in chain))
    star = tuple(Edge(source=names[0], target=name) for name in names[1:])
    yield "all from the first node", ArrowsResponse(edges=star)
    every = [Edge(source=a, target=b) for a in names for b in names if a != b]
    yield "every link", ArrowsResponse(edges=tuple(every[:200]))
