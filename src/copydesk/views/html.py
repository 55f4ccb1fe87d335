"""Static markup: every view as a readable document that needs no script, and that a script can bring to life."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.text import t
from copydesk.views.content import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jinja2 import Environment

    from copydesk.course.article import Card, Sentence
    from copydesk.course.bank import Entry
    from copydesk.kinds.spans.model import KeySpan, Passage
    from copydesk.views.shapes import Content


class Piece(NamedTuple):
    """Words of a passage, and the label that they carry; an empty one where they carry none."""

    text: str
    label: str


class LabelledPassage(NamedTuple):
    """A passage, and its text cut where a label begins or ends."""

    passage: Passage
    pieces: list[Piece]


class LabelReason(NamedTuple):
    """A span of the key with the text of its label."""

    label: str
    span: KeySpan


@cache
def environment() -> Environment:
    """Return the template environment: everything is escaped, nothing undefined passes."""
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
    templates.globals["dict"] = dict
    templates.filters["weight"] = weight_text
    templates.filters["zip"] = zip
    templates.filters["script_json"] = script_json
    return templates


def weight_text(weight: float) -> str:
    """Return a weight in words."""
    return t("view.reference" if weight == 1 else "view.defensible" if weight > 0 else "view.neither")


def script_json(data: Any) -> str:  # noqa: ANN401
    """Return data as JSON that can stand inside a script element: no ``<``, ``>`` or ``&`` is left."""
    from markupsafe import Markup  # noqa: PLC0415  (comes with jinja2, only when a view is shown)

    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    safe = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(safe)  # noqa: S704  (every character that HTML could read is escaped above)


def view_html(content: Content, *, run_first: bool = False) -> str:
    """Return a view as HTML: its JSON for the script, and a readable document for everybody else.

    With ``run_first`` the document says at its top that a notebook has to be run before it can be answered.
    """
    return environment().get_template("view.html.j2").render(content=in_language(content), run_first=run_first)


def worked_html(entry: Entry, keyed_by: str) -> str:
    """Return a spans task with its key: the marked words, labelled, and the reason of each mark."""
    task, key = entry.task, entry.key
    if task.kind != "spans" or key is None or key.kind != "spans":
        msg = f"task {task.id} is not a spans task with a key; only those can be shown worked"
        raise ValueError(msg)
    passages = [LabelledPassage(passage, labelled_pieces(passage.id, passage.text, entry)) for passage in task.passages]
    names = {label.id: label.text for label in task.labels}
    reasons = [LabelReason(names[label], span) for label, spans in key.labels.items() for span in spans if span.weight]
    template = environment().get_template("worked.html.j2")
    return template.render(task=task, passages=passages, reasons=reasons, keyed_by=keyed_by, labels=task.labels)


def labelled_pieces(passage_id: str, text: str, entry: Entry) -> list[Piece]:
    """Return a passage cut into pieces, each with the label of weight 1 that it carries (or an empty one)."""
    from copydesk.kinds.spans.model import find_quote  # noqa: PLC0415  (only for worked examples)

    spans = sorted(
        (*find_quote({passage_id: text}, span), label)
        for label, marked in entry.key.labels.items()  # type: ignore[union-attr]  # a spans key, checked by the caller
        for span in marked
        if span.passage == passage_id and span.weight == 1
    )
    pieces: list[Piece] = []
    here = 0
    for start, end, label in spans:
        if start < here:
            continue
        pieces += [Piece(text[here:start], ""), Piece(text[start:end], label)]
        here = end
    return [piece for piece in [*pieces, Piece(text[here:], "")] if piece.text]


def passage_html(sentences: Iterable[Sentence], *, caption: str) -> str:
    """Return sentences of a text as a quotation with their ids; the caption says which text it is."""
    return environment().get_template("passage.html.j2").render(sentences=list(sentences), caption=caption)


def cards_html(cards: Iterable[Card], sources: Mapping[str, Any]) -> str:
    """Return evidence cards with quotation, finding, source, date, and how they were read."""
    return environment().get_template("cards.html.j2").render(cards=list(cards), sources=sources)
