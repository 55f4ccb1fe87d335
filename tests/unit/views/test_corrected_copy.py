"""The corrected copy: what of the course goes into it, and with which answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.desk.desk import Desk
from copydesk.kinds.edit.model import EditTask
from copydesk.kinds.verdict.model import VerdictTask
from copydesk.views.corrected_copy import copy_content, copy_lesson, lesson_copy

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.bank import Bank

COURSE = Course(find_root())
CONTENT = copy_content(COURSE, lesson="all")
MENDED = "The warrant claims that he bore individual criminal responsibility."


def changed_bank(task: EditTask | VerdictTask, **fields: object) -> Bank:
    """Return lesson 02's practice with one task in the place of all, some of its fields changed."""
    bank = COURSE.quizzes["02-attribution"]
    entry = bank.tasks[0].model_copy(update={"task": task.model_copy(update=fields), "key": None, "twin": None})
    return bank.model_copy(update={"tasks": (entry,)})


def first_task(kind: type[EditTask | VerdictTask]) -> EditTask | VerdictTask:
    """Return the first practice task of a kind."""
    for bank in COURSE.quizzes.values():
        for entry in bank.tasks:
            if isinstance(entry.task, kind):
                return entry.task
    raise AssertionError


def test_every_task_that_mends_the_article_is_in_it_at_its_place() -> None:
    """Of practice and exercises each passage stands in the article where the content says."""
    ids = {(row["lesson"], task["id"]) for row in CONTENT["copy"]["lessons"] for task in row["edits"]}
    assert {("02-attribution", "P6"), ("02-attribution", "T6")} <= ids
    for row in CONTENT["copy"]["lessons"]:
        for task in row["edits"]:
            for passage in task["passages"]:
                assert COURSE.seeds.article[passage["start"] :].startswith(passage["text"]), passage


def test_a_claim_belongs_to_the_sentence_that_it_names_first() -> None:
    """Each verdict in it names a sentence of the article, also as *S06, the date*; invented claims are in none."""
    notes = [task for row in CONTENT["copy"]["lessons"] for task in row["notes"]]
    assert {"S04", "S06", "S14"} <= {task["sentence"] for task in notes}
    for task in notes:
        versions = [task, task["twin"]] if "twin" in task else [task]
        assert any(version["claim"].startswith(version["sentence"] or "-") for version in versions), task


def test_nothing_in_it_gives_an_answer_away() -> None:
    """Neither the fields of keys nor a reason of one is in the content."""
    text = json.dumps(CONTENT)
    for word in ('"key"', '"repairs"', '"why"', '"weight"', '"decisive"'):
        assert word not in text


@pytest.mark.parametrize(
    ("fields", "count"),
    [({}, 1), ({"start": 3}, 0), ({"start": None}, 0), ({"text": "Other words."}, 0)],
)
def test_a_passage_that_is_not_the_articles_is_left_out(fields: dict[str, object], count: int) -> None:
    """A passage counts where its words stand in the article at the place that it names."""
    task = first_task(EditTask)
    assert isinstance(task, EditTask)
    passage = task.passages[0].model_copy(update=fields)
    row = copy_lesson(COURSE.seeds, "02-attribution", [changed_bank(task, passages=(passage,))])
    assert len(row["edits"]) == count


@pytest.mark.parametrize(
    ("claim", "sentences"),
    [
        ("S06, the date: “ninth anniversary”.", ["S06"]),
        ("S08's words for the charge.", ["S08"]),
        ("The Kremlin: parts of the visit were “spontaneous”.", []),
        ("S080: a sentence that there is not.", []),
    ],
)
def test_a_claim_makes_a_note_where_it_begins_with_a_sentence(claim: str, sentences: list[str]) -> None:
    """A claim about something else makes no margin note."""
    row = copy_lesson(COURSE.seeds, "06-verification", [changed_bank(first_task(VerdictTask), claim=claim)])
    assert [note["sentence"] for note in row["notes"]] == sentences


def test_a_lesson_shows_only_the_sentences_that_it_mends() -> None:
    """The end of a lesson has the sentences of its own practice."""
    part = lesson_copy(COURSE.quizzes["02-attribution"], COURSE.seeds)
    assert [sentence["id"] for sentence in part["sentences"]] == ["S08"]
    assert [row["lesson"] for row in part["lessons"]] == ["02-attribution"]


def test_a_notebook_gets_the_answers_to_the_other_lessons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was mended in lesson 02 is in the content of lesson 07; a page has no answers in it."""
    monkeypatch.setenv("COPYDESK_RENDER", "live")
    Desk("02-attribution", answers=tmp_path).answer("P6", {"kind": "edit", "texts": {"S08": MENDED}})
    content = Desk("07-transfer", answers=tmp_path).corrected_copy().content
    rows = {row["lesson"]: row for row in content["copy"]["lessons"]}
    assert rows["02-attribution"]["entries"]["P6"]["response"]["texts"]["S08"] == MENDED
    own = Desk("02-attribution", answers=tmp_path).corrected_copy().content["copy"]["lessons"]
    assert "entries" not in next(row for row in own if row["lesson"] == "02-attribution")
    monkeypatch.setenv("COPYDESK_RENDER", "static")
    page = Desk("07-transfer", answers=tmp_path).corrected_copy().content
    assert all("entries" not in row for row in page["copy"]["lessons"])
