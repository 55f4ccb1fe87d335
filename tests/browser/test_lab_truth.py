"""In a real JupyterLab the check below a task follows it, and the submission asks, and gives a receipt and its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from accessibility import violations
from labsteps import expect_saved, forget_answers, open_and_run
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from copydesk.lab.jupyterlab import Lab

EXERCISE = "exercises/02-attribution.ipynb"
TITLE = "Mark who says what"
WCAG = ["wcag2a", "wcag2aa"]


@pytest.fixture
def page(browser: Browser, lab: Lab) -> Iterator[Page]:
    """Return a fresh browser window, with nothing answered yet."""
    forget_answers(lab)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield context.new_page()
    context.close()


def test_what_stands_below_a_task_follows_it(page: Page, lab: Lab) -> None:
    """The check that was run before there was an answer says how far the task is as answers come."""
    notebook = open_and_run(page, lab, EXERCISE)
    task = notebook.task(TITLE)
    said = page.locator(".jp-Cell", has_text='desk.check("T1")').locator(".jp-OutputArea-output")
    said.scroll_into_view_if_needed()
    expect(said).to_have_text("T1: not answered yet. What does the task above ask you to do first?")
    task.get_by_role("button", name="Source").click()
    task.locator(".cd-word").nth(2).click()
    expect_saved(task)
    expect(said).to_have_text("T1: 1 of 9 passages so far. Which part of the task above is still open?")
    for button in task.get_by_role("button", name="Nothing to mark here").all():
        button.click()
    expect(task.locator(".cd-left")).to_contain_text("Answered. You can still change it.")
    expect(said).to_have_text("T1: complete and saved. It will be in your submission.")


def test_the_submission_asks_and_its_file_can_be_downloaded(page: Page, lab: Lab) -> None:
    """Gaps are asked about and lead to their tasks; the receipt says where the file is, and downloads it."""
    notebook = open_and_run(page, lab, EXERCISE)
    task = notebook.task(TITLE)
    task.get_by_role("button", name="Source").click()
    task.locator(".cd-word").nth(2).click()
    expect_saved(task)
    page.get_by_role("textbox", name="name").last.fill("Robin")
    page.get_by_role("button", name="Make my submission file").click()
    question = page.get_by_role("alertdialog")
    expect(question.locator("li").first).to_have_text(f"T1 · {TITLE}Started: 1 of 9 passages")
    assert not list((lab.work / "submissions").glob("*.json"))
    assert violations(page, ".jp-OutputArea .copydesk", WCAG) == []
    question.get_by_role("button", name="T1 ·").click()
    expect(page.get_by_role("heading", name=TITLE, exact=True)).to_be_focused()
    expect(task).to_be_in_viewport()
    question.get_by_role("button", name="Submit anyway").click()
    receipt = page.get_by_role("region", name="Receipt")
    file = lab.work / "submissions" / "02-attribution-robin.json"
    expect(receipt).to_contain_text(str(file))
    expect(receipt.locator("li").first).to_contain_text("Started: 1 of 9 passages")
    with page.expect_download() as download:
        receipt.get_by_role("button", name="Download the file").click()
    assert download.value.suggested_filename == file.name
    assert Path(download.value.path()).read_bytes() == file.read_bytes()
    assert json.loads(file.read_text(encoding="utf-8"))["handed_in"]
    assert violations(page, ".jp-OutputArea .copydesk", WCAG) == []
    above = page.locator(".jp-OutputArea-output details", has_text="Your submission file is ready")
    expect(above.locator("summary")).to_contain_text("submissions/02-attribution-robin.json")


def test_an_answer_in_one_notebook_is_seen_in_the_other(page: Page, lab: Lab) -> None:
    """Lesson and exercise have kernels of their own; what is saved in one counts in the other's progress at once."""
    open_and_run(page, lab, EXERCISE)
    beside = page.context.new_page()
    open_and_run(beside, lab, "lessons/02-attribution.ipynb")
    progress = page.locator(".cd-progress-view")
    expect(progress).to_contain_text("0 of 17 complete")
    item = beside.locator(".cd-item", has=beside.get_by_role("radio")).first
    item.get_by_role("radio").first.check()
    expect(beside.locator(".cd-progress-view")).to_contain_text("1 of 17 complete")
    expect(progress).to_contain_text("1 of 17 complete")


def test_a_double_click_on_a_text_opens_no_source(page: Page, lab: Lab) -> None:
    """A text of the course stays a text when a word of it is picked out."""
    open_and_run(page, lab, "lessons/02-attribution.ipynb")
    text = page.locator(".jp-MarkdownCell", has=page.get_by_role("heading", name="Three parts")).first
    text.locator(".jp-RenderedMarkdown p").first.dblclick()
    assert page.evaluate("() => getSelection().toString()")
    expect(text.locator(".cm-editor")).not_to_be_visible()
