"""Counts which links a class drew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.arrows.model import UNKNOWN
from copydesk.kinds.bits import bits
from copydesk.kinds.counting import ClassAnswers, Counts, Offer, Seen, Shape
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.arrows.model import ArrowsKey, ArrowsResponse, ArrowsTask
    from copydesk.model.score import Score

MOST_LINKS = 20


def nodes(task: ArrowsTask) -> list[str]:
    """Return the nodes of a source map in the order in which links are numbered."""
    return [*(node.id for node in task.nodes), UNKNOWN]


def shape(task: ArrowsTask) -> Shape:
    """Return a mark for each link that can be drawn."""
    return Shape(marks=len(nodes(task)) ** 2)


def seen(task: ArrowsTask, response: ArrowsResponse, _score: Score) -> Seen:
    """Return which links were drawn."""
    number = {name: place for place, name in enumerate(nodes(task))}
    return Seen([], [], bits(number[edge.source] * len(number) + number[edge.target] for edge in response.edges))


def offers(task: ArrowsTask, key: ArrowsKey, answers: ClassAnswers) -> Iterator[Offer]:
    """Yield the links of the reference, then the commonest others."""
    ids = nodes(task)
    texts = {UNKNOWN: t("view.unknown")} | {node.id: node.text for node in task.nodes}
    links = [(one, other) for one in ids for other in ids]
    counts = dict(zip(links, answers.mark_counts(), strict=True))
    weights = {(edge.source, edge.target): edge.weight for edge in key.edges}
    others = sorted((link for link in counts if counts[link] and link not in weights), key=lambda link: -counts[link])
    shown = [*weights, *others[:MOST_LINKS]]
    names = [(f"{one} to {other}", f"{texts[one]} → {texts[other]}") for one, other in shown]
    yield Offer(task.id, names, [weights.get(link, 0.0) for link in shown], [counts[link] for link in shown])


COUNTS: Counts[ArrowsTask, ArrowsKey, ArrowsResponse] = Counts(shape=shape, seen=seen, offers=offers)
