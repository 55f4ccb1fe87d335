"""Writes marked words as Web Annotations, which other programs can read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from copydesk.kinds.spans.model import SpansResponse
from copydesk.text import t

if TYPE_CHECKING:
    from datetime import datetime

    from copydesk.answers.file import AnswerFile
    from copydesk.kinds.spans.model import MarkedSpan, SpansTask
    from copydesk.kinds.union import Task

ANNOTATION_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
CONTEXT_CHARACTERS = 32
"""How many characters of context go with a quotation on each side, so that it can be found again."""
NAMESPACE = UUID("f9a03267-350d-4e25-8e38-aaa625bb0a26")
"""The namespace for names made from the texts themselves."""


def web_annotations(
    task: SpansTask, response: SpansResponse, *, created: datetime, alias: str = "", tongue: str = "en"
) -> dict[str, Any]:
    """Return the words marked in a task as a W3C AnnotationCollection, ready to be written as JSON-LD.

    Each passage is its own source, named by a URN made from its text; positions count code points in it.
    ``tongue`` is the language tag of the label names. Marks are in order of passage, then of place in the text.
    """
    texts = {passage.id: passage.text for passage in task.passages}
    names = {label.id: label.text for label in task.labels}
    name = text_name("\n".join(texts.values()))
    head = _annotation_head(created, alias)
    items = []
    for number, mark in enumerate(_marks_in_order(task, response), 1):
        body = {
            "type": "TextualBody",
            "value": names.get(mark["label"], mark["label"]),
            "format": "text/plain",
            "language": tongue,
            "purpose": "tagging",
        }
        target = _target(mark, texts[mark["passage"]])
        items.append({"id": f"{name}#mark-{number}", **head, "body": body, "target": target})
    return {
        "@context": ANNOTATION_CONTEXT,
        "id": f"{name}#marks",
        "type": "AnnotationCollection",
        "label": task.title,
        "total": len(items),
        "first": {"id": f"{name}#marks-page-1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def annotations_of(task: Task, saved: AnswerFile) -> dict[str, Any]:
    """Return a learner's marks in a task, from the answer file, as annotations; without marks, an empty collection.

    Raises:
        ValueError: the task is not one of marking words.
    """
    if task.kind != "spans":
        raise ValueError(t("annotations.no_marks", task=task.id, kind=task.kind))
    response, created = SpansResponse(spans=()), saved.saved
    answer = saved.answers.get(task.id)
    if answer and not answer.is_only_drawn:
        created = answer.at
        if isinstance(answer.response, SpansResponse):
            response = answer.response
    return web_annotations(task, response, created=created, alias=saved.learner.alias)


def text_name(text: str) -> str:
    """Return a name for a text, the same for the same text: a version 5 UUID, as a URN."""
    return uuid5(NAMESPACE, text).urn


def _annotation_head(created: datetime, alias: str) -> dict[str, Any]:
    """Return the fields that all annotations of a learner share."""
    head: dict[str, Any] = {
        "type": "Annotation",
        "motivation": "classifying",
        "created": created.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    if alias:
        head["creator"] = {"type": "Person", "nickname": alias}
    return head


def _marks_in_order(task: SpansTask, response: SpansResponse) -> list[MarkedSpan]:
    """Return the marks in the task's passages, in order of passage, then of place in the text."""
    order = [passage.id for passage in task.passages]
    marks = [mark for mark in response.spans if mark["passage"] in order]
    return sorted(marks, key=lambda mark: (order.index(mark["passage"]), *_place(mark)))


def _place(mark: MarkedSpan) -> tuple[int, int]:
    place = mark["selector"][0]
    return place["start"], place["end"]


def _target(mark: MarkedSpan, text: str) -> dict[str, Any]:
    start, end = _place(mark)
    return {
        "source": {
            "id": text_name(text),
            "type": "Text",
            "format": "text/plain",
            "dcterms:title": mark["passage"],
        },
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - CONTEXT_CHARACTERS) : start],
                "suffix": text[end : end + CONTEXT_CHARACTERS],
            },
        ],
    }
