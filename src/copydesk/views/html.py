"""Static markup: every view as a readable document that needs no script but that a script can bring to life."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.text import t
from copydesk.text.plurals import direction
from copydesk.text.quotations import quoted
from copydesk.views.content import with_language_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2 import Environment

    from copydesk.course.article import Card, Sentence, Source
    from copydesk.course.bank import Entry
    from copydesk.course.seeds import Seeds
    from copydesk.kinds.spans.model import KeySpan, Passage, SpansKey, SpansTask
    from copydesk.views.shapes import Content


class Piece(NamedTuple):
    """Words of a passage and their label, empty if they have none."""

    text: str
    label: str


class LabelledPassage(NamedTuple):
    """A passage, with its text cut where a label begins or ends."""

    passage: Passage
    pieces: list[Piece]


class LabelReason(NamedTuple):
    """A span of the key, with the text of its label."""

    label: str
    span: KeySpan


@cache
def environment() -> Environment:
    """Return the template environment: everything is escaped, and undefined names are errors."""
    from jinja2 import (  # noqa: PLC0415  (only when a view is shown)
        ChoiceLoader,
        Environment,
        PackageLoader,
        StrictUndefined,
    )

    templates = Environment(
        loader=ChoiceLoader([PackageLoader("copydesk.views"), PackageLoader("copydesk.kinds", "")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals["t"] = t
    templates.globals["direction"] = direction
    templates.globals["dict"] = dict
    templates.filters["quoted"] = quoted
    templates.filters["weight"] = weight_text
    templates.filters["sentence_start"] = sentence_start
    templates.filters["zip"] = zip
    templates.filters["script_json"] = script_json
    return templates


def weight_text(weight: float) -> str:
    """Return a weight in words."""
    if weight == 1:
        return t("view.reference")
    return t("view.defensible") if weight > 0 else t("view.neither")


def sentence_start(text: str) -> str:
    """Return a text as it begins a sentence; nouns keep their capitals, as in German."""
    return text[:1].upper() + text[1:]


def script_json(data: Any) -> str:  # noqa: ANN401
    """Return data as JSON that can go inside a script element: no ``<``, ``>`` or ``&`` is left."""
    from markupsafe import Markup  # noqa: PLC0415  (comes with jinja2, only when a view is shown)

    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    safe = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(safe)  # noqa: S704  (every character special to HTML is escaped above)


def view_html(content: Content, *, run_first: bool = False) -> str:
    """Return a view as HTML: its JSON for the script, and a readable document for everyone else.

    With ``run_first`` the document says at the top that the notebook has to be run before it can be answered.
    """
    return environment().get_template("view.html.j2").render(content=with_language_texts(content), run_first=run_first)


def worked_html(entry: Entry, keyed_by: str) -> str:
    """Return a spans task with its key: the marked words, labelled, and the reason of each mark.

    Raises:
        ValueError: the task is of another kind, or its key is missing.
    """
    task, key = entry.task, entry.key
    if task.kind != "spans" or key is None or key.kind != "spans":
        raise ValueError(t("view.not_worked", task=task.id))
    passages = [LabelledPassage(passage, list(labelled_pieces(passage, key))) for passage in task.passages]
    reasons = list(_label_reasons(task, key))
    template = environment().get_template("worked.html.j2")
    return template.render(task=task, passages=passages, reasons=reasons, keyed_by=keyed_by, labels=task.labels)


def _label_reasons(task: SpansTask, key: SpansKey) -> Iterator[LabelReason]:
    """Yield the spans of a key that have weight, each with the text of its label."""
    texts = {label.id: label.text for label in task.labels}
    for label, spans in key.labels.items():
        for span in spans:
            if span.weight:
                yield LabelReason(texts[label], span)


def labelled_pieces(passage: Passage, key: SpansKey) -> Iterator[Piece]:
    """Yield a passage in pieces, each with its label of weight 1 (or an empty one).

    Where labelled words overlap, those that begin first are kept.
    """
    text = passage.text
    end_of_last = 0
    for start, end, label in sorted(_labelled_places(passage, key)):
        if start < end_of_last:
            continue
        if start > end_of_last:
            yield Piece(text[end_of_last:start], "")
        yield Piece(text[start:end], label)
        end_of_last = end
    if end_of_last < len(text):
        yield Piece(text[end_of_last:], "")


def _labelled_places(passage: Passage, key: SpansKey) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and label of the words of a passage that the key marks with weight 1."""
    from copydesk.kinds.spans.model import find_quote  # noqa: PLC0415  (only for worked examples)

    for label, spans in key.labels.items():
        for span in spans:
            if span.passage == passage.id and span.weight == 1:
                start, end = find_quote({passage.id: passage.text}, span)
                yield start, end, label


def passage_html(sentences: Iterable[Sentence], *, caption: str) -> str:
    """Return sentences of a text as a quotation, with their ids; the caption says which text it is."""
    return environment().get_template("passage.html.j2").render(sentences=list(sentences), caption=caption)


def sources_by_key(seeds: Seeds) -> dict[str, Source]:
    """Return the news sources of a course by key."""
    return {source.key: source for source in seeds.part("sources")}


def cards_html(cards: Iterable[Card]) -> str:
    """Return evidence cards as HTML: quotation, finding, publisher, date, and how they were read."""
    return environment().get_template("cards.html.j2").render(cards=list(cards))
