"""What a screen reader says of each kind of task is what stands in ``spoken/``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kindsteps import TASKS, item
from playwright.sync_api import expect
from samplepage import show, write_page
from spoken import RECORDS, WAYS, record

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page


def test_each_kind_has_a_record() -> None:
    """What is said is written down for each kind of task, and for nothing else."""
    kinds = {task.kind for task in TASKS.values()}
    assert kinds == set(WAYS) == {path.stem for path in RECORDS.iterdir()}


@pytest.mark.parametrize("kind", WAYS)
def test_what_is_said(browser: Browser, tmp_path: Path, kind: str) -> None:
    """A task is read, and answered, in the words of its record: `python tests/browser/spoken.py` writes it anew."""
    assert record(browser, kind, tmp_path) == (RECORDS / f"{kind}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", WAYS)
def test_a_question_is_read_once(kind: str) -> None:
    """Who reads a task from top to bottom hears its question once."""
    task = next(task for task in TASKS.values() if task.kind == kind)
    reading = (RECORDS / f"{kind}.txt").read_text(encoding="utf-8").split("With the keyboard")[0]
    assert reading.count(task.prompt) == 1


@pytest.mark.parametrize("task_id", TASKS)
def test_a_question_is_heard_where_the_focus_comes_in(page: Page, tmp_path: Path, task_id: str) -> None:
    """Who moves from control to control hears the question with the name of the task: while the focus is in it."""
    show(page, write_page(tmp_path, only=task_id))
    task = item(page, task_id)
    expect(task).to_have_accessible_name(TASKS[task_id].title)
    expect(task).to_have_accessible_description("")
    task.locator("button, input, textarea, select, [tabindex='0']").first.focus()
    expect(task).to_have_accessible_description(TASKS[task_id].prompt)
    page.get_by_role("button", name="Download answers").first.focus()
    expect(task).to_have_accessible_description("")


def test_a_sentence_is_heard_as_a_sentence(page: Page, tmp_path: Path) -> None:
    """The words of a passage stand beside each other, and the list of them is described by the whole sentence."""
    show(page, write_page(tmp_path, only="C1"))
    words = item(page, "C1").get_by_role("listbox", name="Words of P2")
    expect(words).to_have_attribute("aria-orientation", "horizontal")
    expect(words).to_have_accessible_description("It has been closed since Monday.")
