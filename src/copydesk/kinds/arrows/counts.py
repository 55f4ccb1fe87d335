"""Counts which links a class drew."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from copydesk.kinds.arrows.model import UNKNOWN
from copydesk.kinds.bits import bits
from copydesk.kinds.counting import AnswerLayout, ChoiceCounts, ClassAnswers, Counts, EncodedAnswer, ids_and_texts
from copydesk.model.task import ids_of
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.kinds.arrows.model import ArrowsKey, ArrowsResponse, ArrowsTask
    from copydesk.model.score import Score

MOST_OTHER_LINKS = 20
"""How many links that the reference does not have are shown."""

Link = tuple[str, str]
"""The nodes that a link goes from and to."""


def node_ids(task: ArrowsTask) -> list[str]:
    """Return the nodes of a source map in the order in which links are numbered."""
    return [*ids_of(task.nodes), UNKNOWN]


def answer_layout(task: ArrowsTask) -> AnswerLayout:
    """Return a mark for each link that can be drawn."""
    return AnswerLayout(marks=len(node_ids(task)) ** 2)


def encode_answer(task: ArrowsTask, response: ArrowsResponse, _score: Score) -> EncodedAnswer:
    """Return the links that were drawn."""
    nodes = node_ids(task)
    numbers = {name: number for number, name in enumerate(nodes)}
    links = [numbers[edge.source] * len(nodes) + numbers[edge.target] for edge in response.edges]
    return EncodedAnswer([], [], bits(links))


def choice_counts(task: ArrowsTask, key: ArrowsKey, answers: ClassAnswers) -> Iterator[ChoiceCounts]:
    """Yield the links of the reference, then the commonest others."""
    nodes = node_ids(task)
    links = list(product(nodes, nodes))
    counts = dict(zip(links, answers.mark_counts(), strict=True))
    weights: dict[Link, float] = {}
    for edge in key.edges:
        weights[edge.source, edge.target] = edge.weight
    others = [link for link in commonest_links(counts) if link not in weights]
    weights |= dict.fromkeys(others[:MOST_OTHER_LINKS], 0.0)
    names = link_names(task, weights)
    yield ChoiceCounts(task.id, names, list(weights.values()), [counts[link] for link in weights])


def commonest_links(counts: dict[Link, int]) -> list[Link]:
    """Return the links that someone drew, commonest first."""
    drawn = [link for link in counts if counts[link]]
    return sorted(drawn, key=counts.__getitem__, reverse=True)


def link_names(task: ArrowsTask, links: Iterable[Link]) -> list[tuple[str, str]]:
    """Return the name and text of each link."""
    texts = dict(ids_and_texts(task.nodes))
    texts[UNKNOWN] = t("view.unknown")
    names = []
    for source, target in links:
        names.append((f"{source} to {target}", f"{texts[source]} → {texts[target]}"))
    return names


def wrong_answers(_task: ArrowsTask, key: ArrowsKey, response: ArrowsResponse, _score: Score) -> Iterator[str]:
    """Yield each link that the reference does not have."""
    links = {(edge.source, edge.target) for edge in key.edges}
    for edge in response.edges:
        if (edge.source, edge.target) not in links:
            yield f"{edge.source} to {edge.target}"


COUNTS: Counts[ArrowsTask, ArrowsKey, ArrowsResponse] = Counts(
    answer_layout=answer_layout,
    encode_answer=encode_answer,
    choice_counts=choice_counts,
    wrong_answers=wrong_answers,
)
