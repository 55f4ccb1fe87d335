"""What a reader does by accident in JupyterLab: keys beside a field, Enter on a text, a reload in the middle."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from browsing import STEPS
from labsteps import expect_saved, forget_answers, open_and_run
from playwright.sync_api import expect

from copydesk.course.bank_files import EXERCISES
from copydesk.course.course import Course
from copydesk.course.settings import find_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labsteps import Notebook
    from playwright.sync_api import Browser

    from copydesk.lab.jupyterlab import Lab

EXERCISE = "exercises/02-attribution.ipynb"
HEADING = "Two sentences, rewritten"
"""The heading of the section of the written task, which is not the task's title."""

WRITTEN = Course(find_root()).bank(EXERCISES, "02-attribution")["W1"].task.title
SOURCES = """() => window.jupyterapp.shell.currentWidget.content.widgets
  .map(({model}) => [model.type, model.sharedModel.getSource()])"""


@pytest.fixture
def notebook(browser: Browser, lab: Lab) -> Iterator[Notebook]:
    """Return exercise 02, opened by somebody who goes step by step."""
    forget_answers(lab)
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    context.add_init_script(STEPS)
    yield open_and_run(context.new_page(), lab, EXERCISE)
    context.close()


def test_a_sentence_typed_beside_a_field_changes_nothing(notebook: Notebook) -> None:
    """Letters outside a field are no commands: no cell comes, goes or changes, and no text of the course opens."""
    page = notebook.page
    before = page.evaluate(SOURCES)
    notebook.page.locator(".jp-MarkdownCell:visible p").first.click()
    page.keyboard.type("because the party said so, x marks; very bad Mr. y 123 dd ")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+M")
    expect(page.locator(".jp-MarkdownCell .cm-editor:visible")).to_have_count(0)
    assert page.evaluate(SOURCES) == before


def test_fields_and_tasks_keep_their_keys(notebook: Notebook) -> None:
    """In a field letters are letters, and on a word the key of a label marks it."""
    page = notebook.page
    word = page.locator(".cd-item:visible .cd-word").first
    word.focus()
    page.keyboard.press("s")
    expect(word).to_have_attribute("data-label", "1")
    steps = page.get_by_role("combobox", name="Steps")
    steps.focus()
    step = steps.locator("option", has_text=HEADING)
    expect(step).to_have_text(re.compile(rf"step \d+ of \d+ · {re.escape(HEADING)}$"))
    steps.select_option(label=step.inner_text())
    area = page.locator(".cd-item:visible textarea").first
    area.click()
    page.keyboard.type("dd, b and x")
    expect(area).to_have_value("dd, b and x")
    expect_saved(notebook.task(WRITTEN))  # nothing may reach the disk once the next test has forgotten it


def test_a_reload_comes_back_to_the_same_step(notebook: Notebook) -> None:
    """The step in which a reader was is open again, and nothing tells them to run cells that ran."""
    page = notebook.page
    page.get_by_role("button", name="Next step").click()
    expect(page.get_by_role("heading", name="Who said it at Oxmere?", exact=True)).to_be_visible()
    notebook.save()
    page.reload()
    notebook.wait_until_shown()
    expect(page.get_by_role("heading", name="Who said it at Oxmere?", exact=True)).to_be_visible()
    assert page.get_by_text("Run All Cells").locator("visible=true").count() == 0
