"""A learner's marks go out as Web Annotations that a JSON-LD processor and our schema understand."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from unittest.mock import patch

import jsonschema
import pytest
from linkeddata import objects, unknown_terms, validate

import copydesk
from copydesk.answers.annotations import text_name, web_annotations
from copydesk.answers.file import Answer
from copydesk.answers.store import AnswerStore
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.desk.own_article import PARTS, own_article_view
from copydesk.kinds.spans.model import SpansResponse, SpansTask

if TYPE_CHECKING:
    from pathlib import Path

FACTS = Course(find_root()).facts
LESSON = FACTS.own_article
OA = "http://www.w3.org/ns/oa#"
WHEN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
FIRST, SECOND = "😀 The mayor said so. <b>", "Nobody\u202e knows, said the mayor."


def task() -> SpansTask:
    """Return a task with two passages; one has a character outside the basic plane before the marks."""
    return SpansTask.model_validate(
        {
            "id": "T9",
            "kind": "spans",
            "title": "Mark",
            "prompt": "Who says it?",
            "passages": [{"id": "S1", "text": FIRST}, {"id": "S2", "text": SECOND}],
            "labels": [{"id": "source", "text": "Source", "key": "s"}, {"id": "cue", "text": "Cue", "key": "c"}],
        }
    )


def marked(*marks: tuple[str, str, str]) -> SpansResponse:
    """Return a response: passage, label and words of each mark."""
    texts = {"S1": FIRST, "S2": SECOND}
    spans = []
    for passage, label, words in marks:
        start = texts[passage].index(words)
        position = {"type": "TextPositionSelector", "start": start, "end": start + len(words)}
        quote = {"type": "TextQuoteSelector", "exact": words}
        spans.append({"passage": passage, "label": label, "selector": [position, quote]})
    return SpansResponse.model_validate({"kind": "spans", "spans": spans})


GIVEN = marked(("S2", "cue", "said"), ("S1", "cue", "said"), ("S1", "source", "The mayor"))


def test_marks_become_web_annotations() -> None:
    """A processor reads from the export each label and each quotation, and what stands around it, in code points."""
    found = web_annotations(task(), GIVEN, created=WHEN, alias="Ada")
    validate(found, "web-annotations")
    assert unknown_terms(found) == set()
    assert objects(found, f"{OA}exact") == ["The mayor", "said", "said"]
    assert objects(found, f"{OA}start") == ["12", "15", "2"]
    assert objects(found, "http://www.w3.org/1999/02/22-rdf-syntax-ns#value") == ["Cue", "Cue", "Source"]
    assert objects(found, f"{OA}motivatedBy") == [f"{OA}classifying"] * 3
    assert objects(found, "http://xmlns.com/foaf/0.1/nick") == ["Ada"] * 3


def test_marks_stand_in_the_order_of_the_text() -> None:
    """Annotations come passage by passage, and in each from left to right, whatever the order of marking was."""
    items = web_annotations(task(), GIVEN, created=WHEN)["first"]["items"]
    quoted = [item["target"]["selector"][1] for item in items]
    assert [(quote["prefix"], quote["exact"]) for quote in quoted] == [
        ("😀 ", "The mayor"),
        ("😀 The mayor ", "said"),
        ("Nobody\u202e knows, ", "said"),
    ]
    assert quoted[1]["suffix"] == " so. <b>"
    assert "creator" not in items[0]


def test_a_text_is_named_by_itself() -> None:
    """The same text has the same name everywhere, so that two learners' marks can be put together."""
    sources = [
        item["target"]["source"]["id"] for item in web_annotations(task(), GIVEN, created=WHEN)["first"]["items"]
    ]
    assert sources == [text_name(FIRST), text_name(FIRST), text_name(SECOND)]
    assert text_name(FIRST) != text_name(SECOND)


def test_nothing_marked_is_an_empty_collection() -> None:
    """Without marks the export is still whole, with nothing in it."""
    found = web_annotations(task(), SpansResponse(spans=()), created=WHEN)
    validate(found, "web-annotations")
    assert found["total"] == 0


def test_the_schema_refuses_what_lacks_a_part() -> None:
    """An annotation without its target does not pass for one."""
    found = web_annotations(task(), GIVEN, created=WHEN)
    del found["first"]["items"][0]["target"]
    with pytest.raises(jsonschema.ValidationError, match="target"):
        validate(found, "web-annotations")


def test_a_desk_exports_what_was_saved(tmp_path: Path) -> None:
    """``desk.annotations`` takes the marks from the answer file, and says of other tasks that they have none."""
    desk = copydesk.open("02-attribution", answers=tmp_path / "answers")
    assert desk.annotations("T1")["total"] == 0
    assert desk.task_bank is not None
    task = desk.task_bank["T1"].task
    assert isinstance(task, SpansTask)
    passage, label = task.passages[0], task.labels[0]
    position = {"type": "TextPositionSelector", "start": 0, "end": 5}
    quote = {"type": "TextQuoteSelector", "exact": passage.text[:5]}
    spans = [{"passage": passage.id, "label": label.id, "selector": [position, quote]}]
    desk.answer("T1", SpansResponse.model_validate({"kind": "spans", "spans": spans}))
    found = desk.annotations("T1")
    validate(found, "web-annotations")
    assert objects(found, f"{OA}exact") == [passage.text[:5]]
    with pytest.raises(ValueError, match="only the kind 'spans'"):
        desk.annotations("W1")


def test_the_view_saves_to_its_own_answer_file(tmp_path: Path) -> None:
    """In a notebook the text and the marks lie in an answer file of their own, and come back when it is shown again."""
    widget = own_article_view(FACTS, tmp_path)
    entry = {"response": {"kind": "written", "text": "A text."}, "at": "2026-11-22T10:00:00Z", "attempts": 1}
    widget.answers = {"revision": 1, "entries": {"TEXT": entry}}  # type: ignore[union-attr]
    assert widget.saved["problem"] is None  # type: ignore[union-attr]
    assert json.loads((tmp_path / f"{LESSON}.json").read_text(encoding="utf-8"))["lesson"] == LESSON
    assert own_article_view(FACTS, tmp_path).answers["entries"]["TEXT"]["response"]["text"] == "A text."  # type: ignore[union-attr]
    widget.request = {"id": 1, "action": "submit", "alias": "Ada"}  # type: ignore[union-attr]
    assert widget.reply["ok"] is False  # type: ignore[union-attr]


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    """A file that cannot be read is kept under another name, and the view says so."""
    (tmp_path / f"{LESSON}.json").write_text("{broken", encoding="utf-8")
    assert "nothing was deleted" in own_article_view(FACTS, tmp_path).content["notice"]
    assert (tmp_path / f"{LESSON}.damaged-1.json").read_text(encoding="utf-8") == "{broken"


def test_without_a_script_the_page_says_what_it_needs(tmp_path: Path) -> None:
    """The static form names what this part is and what it needs, and holds nothing of the learner's."""
    bank = own_article_view(FACTS, tmp_path).content["bank"]
    store = AnswerStore(tmp_path, course="mariupol", lesson=LESSON, bank=bank)
    secret = {"kind": "written", "text": "SECRET"}
    store.save({"TEXT": Answer.model_validate({"response": secret, "at": WHEN})})
    with patch.dict(os.environ, COPYDESK_RENDER="static"):
        html = own_article_view(FACTS, tmp_path)._repr_html_()  # type: ignore[union-attr]
    assert "needs a browser with JavaScript" in html
    assert "SECRET" not in html


def test_the_answers_have_kinds_that_the_model_knows() -> None:
    """Every answer of this mode fits the schema of answer files."""
    examples = {
        "written": {"text": ""},
        "value": {"values": {"claim": "x"}},
        "spans": {"spans": [], "clean": []},
        "edit": {"texts": {"P1": "Mended."}},
        "choice": {"chosen": ["1"]},
    }
    for kind in PARTS.values():
        assert Answer.model_validate({"response": {"kind": kind, **examples[kind]}, "at": WHEN}).response.kind == kind
