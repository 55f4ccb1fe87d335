"""A note is a place for the learner's own words: no rubric, no key, no mark, and no one has to fill it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from pydantic import ValidationError

from copydesk.answers.progress import progress_rows
from copydesk.checks.reading_needed import practice_faults
from copydesk.course.bank import Bank
from copydesk.course.bank_files import read_bank_file
from copydesk.course.documents import ContentError
from copydesk.course.seeds import Seeds
from copydesk.course.settings import find_root
from copydesk.exchange.convert import Converter
from copydesk.views.content import bank_content, finish_content
from copydesk.views.html import view_html

if TYPE_CHECKING:
    from pathlib import Path

NOTE = {
    "id": "N1",
    "kind": "written",
    "group": "note",
    "title": "What I found",
    "prompt": "Where did you look, and what did you find?",
    "min_words": 0,
    "max_words": 150,
}
CHOICE = {
    "id": "P1",
    "kind": "choice",
    "group": "practice",
    "title": "One",
    "prompt": "Which?",
    "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}],
    "key": {"options": {"a": {"weight": 1, "why": "Yes."}, "b": {"weight": 0, "why": "No."}}},
}


def bank(*tasks: dict[str, Any], purpose: str = "practice") -> Bank:
    """Return a bank with these tasks."""
    head = {"schema": "copydesk/bank/1", "course": "mariupol", "lesson": "05-claims", "title": "A question"}
    return Bank.model_validate({**head, "purpose": purpose, "keyed_by": "one careful reading", "tasks": [*tasks]})


def test_no_one_has_to_write_a_note() -> None:
    """It is in no list of what is to be done, counts for no rule, and the end of the lesson leaves it out."""
    quiz = bank(CHOICE, NOTE)
    assert [row.id for row in progress_rows(entry.task for entry in quiz.tasks)] == ["P1"]
    assert list(practice_faults(quiz.tasks)) == list(practice_faults(quiz.tasks[:1]))
    copy: Any = {}
    content = finish_content(quiz, copy, exercise=False, is_live=False)
    assert [task["id"] for task in content["tasks"]] == ["P1"]


def test_a_note_is_shown_without_a_rubric() -> None:
    """The page without a script has its question, and nothing about marking or the number of words."""
    quiz = bank(NOTE)
    content = bank_content(quiz, list(quiz.tasks), {}, title="Go and look")
    content["language"] = "en"
    page = view_html(content).partition("</script>")[2]
    assert "Where did you look" in page
    assert "rubric" not in page.casefold()
    assert "150" not in page


@pytest.mark.parametrize(("group", "rubric"), [("note", [{"id": "c", "text": "C"}]), ("practice", [])])
def test_only_a_note_has_no_rubric(group: str, rubric: list[dict[str, Any]]) -> None:
    """A text that someone marks needs one, and one that no one marks must not promise it."""
    levels = {str(level): "So." for level in range(1, 5)}
    criteria = [{**criterion, "levels": levels} for criterion in rubric]
    with pytest.raises(ValidationError, match="needs a rubric"):
        bank({**NOTE, "group": group, "rubric": criteria})


@pytest.mark.parametrize(("group", "is_read"), [("note", True), ("practice", False)])
def test_a_practice_task_needs_a_key_unless_it_is_a_note(tmp_path: Path, group: str, *, is_read: bool) -> None:
    """What is forgotten is named; a note has nothing to be compared with."""
    task = NOTE if group == "note" else {name: part for name, part in CHOICE.items() if name != "key"}
    path = tmp_path / "05-claims.yml"
    path.write_text(yaml.safe_dump(bank(task).model_dump(mode="json", by_alias=True)), encoding="utf-8")
    if is_read:
        assert read_bank_file(path, path.name).bank.task_ids == ["N1"]
        return
    with pytest.raises(ContentError):
        read_bank_file(path, path.name)


def test_no_platform_is_given_a_note() -> None:
    """It is for the learner alone, and an essay question would have to be marked."""
    assert list(Converter(bank(NOTE), Seeds(find_root())).questions()) == []
