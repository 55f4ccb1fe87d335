"""What a desk says about the learner's own work: progress and judgements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import copydesk
from copydesk import measures, scoring
from copydesk.answers import now
from copydesk.model.answer import Answer
from copydesk.model.choice import ChoiceResponse

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.desk import Desk
    from copydesk.model.bank import Entry

LESSON = "02-attribution"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a learner's desk with nothing answered."""
    return copydesk.open(LESSON, answers=tmp_path / "answers")


def choices(desk: Desk) -> list[Entry]:
    """Return the practice items with one right option."""
    assert desk.quiz_bank is not None
    return [entry for entry in desk.quiz_bank.tasks if entry.task.kind == "choice" and not entry.task.multiple]


def answered(entry: Entry, *, right: bool, confidence: float | None, checked: bool = True) -> Answer:
    """Return an answer to a choice."""
    assert entry.key is not None
    assert entry.key.kind == "choice"
    best = scoring.best(entry.task, entry.key)
    worst = min(entry.key.options, key=lambda name: entry.key.options[name].weight)  # type: ignore[union-attr]
    response = best if right else ChoiceResponse(chosen=(worst,))
    return Answer(response=response, confidence=confidence, at=now(), checked=checked)


def test_progress_names_every_task_of_the_lesson(desk: Desk) -> None:
    """The progress view asks for all tasks of quiz and exercise, with their groups, and for nothing else."""
    content = desk.progress().content
    assert desk.quiz_bank is not None
    assert desk.task_bank is not None
    wanted = [entry.task.id for bank in (desk.quiz_bank, desk.task_bank) for entry in bank.tasks]
    assert [each["id"] for each in content["required"]] == wanted
    assert {each["group"] for each in content["required"]} <= {"warm-up", "practice", "quiz", "exercise"}
    assert content["tasks"] == []
    assert repr(desk.progress()) == f"<Copy Desk {LESSON}: progress>"


def test_progress_follows_what_is_saved(desk: Desk) -> None:
    """An answer that is given elsewhere reaches an open progress view."""
    view, entry = desk.progress(), choices(desk)[0]
    desk.answer(entry.task.id, answered(entry, right=True, confidence=None).response)
    assert entry.task.id in view.answers["entries"]


def test_judgements_are_checked_answers_with_a_confidence(desk: Desk) -> None:
    """Only what was checked after a confidence was said is a judgement, and only the reference answer is right."""
    first, second, third, fourth = choices(desk)[:4]
    desk._save(
        {
            first.task.id: answered(first, right=True, confidence=0.9),
            second.task.id: answered(second, right=False, confidence=0.6),
            third.task.id: answered(third, right=True, confidence=None),
            fourth.task.id: answered(fourth, right=True, confidence=0.8, checked=False),
        }
    )
    table = desk.judgements()
    assert table.to_dict("index") == {
        first.task.id: {"confidence": 0.9, "right": True},
        second.task.id: {"confidence": 0.6, "right": False},
    }
    assert measures.brier(table) == pytest.approx((0.1**2 + 0.6**2) / 2)


def test_without_answers_there_are_no_judgements(desk: Desk) -> None:
    """An untouched lesson gives an empty table that can be counted all the same."""
    assert measures.reliability(desk.judgements())["count"].sum() == 0


def test_the_reliability_view_holds_practice_items_with_keys_only(desk: Desk) -> None:
    """The mirror shows no graded task: each item in it asks for confidence and may show its key."""
    content = desk.reliability().content
    assert content["view"] == "reliability"
    assert desk.task_bank is not None
    graded = {entry.task.id for entry in desk.task_bank.tasks}
    for task in content["tasks"]:
        assert task["id"] not in graded
        assert task["confidence"] or task["kind"] == "verdict"
        assert task["key"]


def test_both_views_read_well_without_a_script(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without JavaScript the progress view lists the tasks, and the mirror says what it will show; no key is named."""
    monkeypatch.setenv("COPYDESK_RENDER", "static")
    progress, mirror = desk.progress()._repr_html_(), desk.reliability()._repr_html_()
    assert desk.quiz_bank is not None
    for entry in desk.quiz_bank.tasks:
        assert f"<li>{entry.task.id}: " in progress
    assert "never a mark" in mirror
    assert "<section" not in mirror
