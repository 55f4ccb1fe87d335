"""What a desk says about the learner's own work: progress and judgements."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

import copydesk
from copydesk import measures
from copydesk.answers.file import Answer
from copydesk.answers.store import current_time
from copydesk.course.settings import find_root
from copydesk.kinds import scoring
from copydesk.kinds.choice.model import ChoiceResponse

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.bank import Entry
    from copydesk.desk.desk import Desk

LESSON = "02-attribution"
OTHER = "05-elsewhere"


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
    best = scoring.reference_response(entry.task, entry.key)
    worst = min(entry.key.options, key=lambda name: entry.key.options[name].weight)  # type: ignore[union-attr]
    response = best if right else ChoiceResponse(chosen=(worst,))
    return Answer(response=response, confidence=confidence, at=current_time(), checked=checked)


def test_progress_names_every_task_of_the_lesson(desk: Desk) -> None:
    """The progress view asks for all that is to be done in quiz and exercise, and for no worked example and no note."""
    content = desk.progress().content
    assert desk.quiz_bank is not None
    assert desk.task_bank is not None
    tasks = [entry.task for bank in (desk.quiz_bank, desk.task_bank) for entry in bank.tasks]
    wanted = [task.id for task in tasks if task.group not in {"worked", "note"}]
    assert len(wanted) == len(tasks) - 2
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
        assert (f"<li>{entry.task.id}: " in progress) == (entry.task.group not in {"worked", "note"})
    assert "never affects your marks" in mirror
    assert "<section" not in mirror


class TestCourse:
    """The mirror over the whole course, seen from a lesson of its own."""

    @pytest.fixture
    def course(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Make a course of two lessons with the same quiz, and return its answers folder."""
        root = tmp_path / "course"
        shutil.copytree(find_root() / "seeds", root / "seeds")
        quiz = (find_root() / "lessons" / "quizzes" / f"{LESSON}.yml").read_text(encoding="utf-8")
        for slug in (LESSON, OTHER):
            path = root / "lessons" / "quizzes" / f"{slug}.yml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(quiz.replace(f"lesson: {LESSON}", f"lesson: {slug}"), encoding="utf-8")
        monkeypatch.setenv("COPYDESK_COURSE", str(root))
        return tmp_path / "answers"

    def test_judgements_of_all_lessons_are_one_table(self, course: Path) -> None:
        """With ``course`` the judgements of another lesson's answer file follow, named by lesson and task."""
        here, there = copydesk.open(LESSON, answers=course), copydesk.open(OTHER, answers=course)
        entry = next(entry for entry in choices(here) if entry.task.confidence)
        here._save({entry.task.id: answered(entry, right=True, confidence=0.9)})
        there._save({entry.task.id: answered(entry, right=False, confidence=0.8)})
        assert here.judgements().index.tolist() == [entry.task.id]
        assert here.judgements(course=True).to_dict("index") == {
            entry.task.id: {"confidence": 0.9, "right": True},
            f"{OTHER}/{entry.task.id}": {"confidence": 0.8, "right": False},
        }

    def test_the_view_carries_what_scores_need_and_no_more(self, course: Path) -> None:
        """A live view has the other lesson's keys and answers, but neither questions nor reasons."""
        there = copydesk.open(OTHER, answers=course)
        entry = next(entry for entry in choices(there) if entry.task.confidence)
        there._save({entry.task.id: answered(entry, right=True, confidence=0.7)})
        content = copydesk.open(LESSON, answers=course).reliability(course=True).content
        (lesson,) = content["lessons"]
        assert (lesson["lesson"], set(lesson["entries"])) == (OTHER, {entry.task.id})
        assert {task["id"] for task in lesson["tasks"]} == {task["id"] for task in content["tasks"]}
        text = json.dumps(content)
        assert '"why"' not in text
        assert entry.task.prompt not in text

    def test_a_page_has_no_answers_in_it(self, course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """In the book the browser has the answers; the page has the tasks of every lesson only."""
        monkeypatch.setenv("COPYDESK_RENDER", "static")
        content = copydesk.open(LESSON, answers=course).reliability(course=True).content
        assert [set(lesson) for lesson in content["lessons"]] == [{"lesson", "tasks"}]

    def test_a_broken_file_of_another_lesson_stops_nothing(self, course: Path) -> None:
        """An answer file that cannot be read counts as empty here, and stays as it is."""
        course.mkdir(parents=True)
        path = course / f"{OTHER}.json"
        path.write_text("{", encoding="utf-8")
        assert copydesk.open(LESSON, answers=course).judgements(course=True).empty
        assert path.read_text(encoding="utf-8") == "{"
