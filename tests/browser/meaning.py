"""What a learner of the tests means to answer: by the key, or partly wrong in a way that can be told again."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from copydesk.kinds import scoring
from copydesk.kinds.spans.model import mark_span
from copydesk.kinds.verdict.model import SUPPORTS
from copydesk.model.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.course.bank import Entry
    from copydesk.kinds.spans.model import MarkedSpan, SpansResponse, SpansTask
    from copydesk.kinds.union import Response


def meant(entry: Entry, place: int) -> Response:
    """Return the reference answer to every task of an even place, a partly wrong one to the others."""
    assert entry.key is not None
    response = scoring.reference_response(entry.task, entry.key) if place % 2 == 0 else partly_wrong(entry)
    return as_given(entry, response)


def share(entry: Entry, response: Response) -> float | None:
    """Return the share of the points that a response earns; nothing where a person marks it."""
    assert entry.key is not None
    return scoring.score(entry.task, entry.key, response).share


def partly_wrong(entry: Entry) -> Response:
    """Return the answer that earns most without earning all; where there is none, the reference answer."""
    assert entry.key is not None
    best = scoring.reference_response(entry.task, entry.key)
    others = [*spoilt(entry, best), *(response for _, response in scoring.guessing_strategies(entry.task))]
    shares = [(share(entry, response), response) for response in others]
    wrong = [(earned, response) for earned, response in shares if earned is not None and earned < 1]
    return max(wrong, key=lambda pair: pair[0])[1] if wrong else best


def spoilt(entry: Entry, best: Response) -> Iterator[Response]:
    """Yield the reference answer with something wrong or left out."""
    if best.kind == "sort":
        first = entry.task.classes[0].id
        placed = {item: first if place % 2 else name for place, (item, name) in enumerate(best.placed.items())}
        yield best.model_copy(update={"placed": placed})
    elif best.kind == "edit":
        texts = {name: f"{text} Again." for name, text in best.texts.items()}
        yield best.model_copy(update={"texts": texts})
    elif best.kind == "spans":
        yield best.model_copy(update={"spans": best.spans[::2]})
    elif best.kind == "arrows":
        yield best.model_copy(update={"edges": best.edges[::2]})
    elif best.kind == "order":
        first, second, *rest = best.ranks
        yield best.model_copy(update={"ranks": (second, first, *rest)})
    elif best.kind == "value":
        yield best.model_copy(update={"values": dict(list(best.values.items())[::2])})
    elif best.kind == "verdict":
        for support in SUPPORTS:
            yield best.model_copy(update={"support": support, "qualification": None})


def as_given(entry: Entry, response: Response) -> Response:
    """Return a response as it is given: a link always has a relation, a word has one label, a text no word too many."""
    if response.kind == "arrows" and entry.task.relations:
        first = entry.task.relations[0].id
        edges = [edge.model_copy(update={"relation": edge.relation or first}) for edge in response.edges]
        return response.model_copy(update={"edges": tuple(edges)})
    if response.kind == "spans":
        return response.model_copy(update={"spans": tuple(runs(entry.task, response))})
    if response.kind == "written":
        last = tokenize(response.text)[: entry.task.min_words][-1]
        return response.model_copy(update={"text": response.text[: last[1]]})
    return response


def runs(task: SpansTask, response: SpansResponse) -> Iterator[MarkedSpan]:
    """Yield neighbouring words of one label as one span; of two labels for a word the later counts."""
    for passage in task.passages:
        words = tokenize(passage.text)
        labels: list[str | None] = [None] * len(words)
        for span in response.spans:
            if span["passage"] == passage.id:
                marked_at = span["selector"][0]
                for place, (first, last) in enumerate(words):
                    if first < marked_at["end"] and last > marked_at["start"]:
                        labels[place] = span["label"]
        place = 0
        for label, group in groupby(labels):
            count = len(list(group))
            start, end = words[place][0], words[place + count - 1][1]
            place += count
            if label is not None:
                yield mark_span(passage.id, label, passage.text, start, end)
