"""The authoring page in JupyterLab, as `copydesk author` opens it: one text, seen as a change, and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from labsteps import READY_MILLISECONDS, Notebook
from playwright.sync_api import expect

from copydesk.authoring.notebook import write_author_notebook
from copydesk.lab.jupyterlab import running_lab
from copydesk.scaffold.course_folder import make_course
from copydesk.scaffold.intake import source_from_text

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

ARTICLE = """Ferry stops for the winter

The ferry between Oxmere and Skelmouth will stop on Monday, the harbour office said. Its captain claimed that the boat
could sail in any weather. The mayor called the decision sensible. About two hundred people use the ferry every day.
"""
QUIZ = "lessons/quizzes/01-ferry.yml"
TITLE = "Who says “stop”: the office? # the title"


def test_a_text_is_changed_seen_and_saved(page: Page, tmp_path: Path) -> None:
    """The notebook runs by itself; the changed title is in the file, and every other line and comment stays."""
    root = tmp_path / "ferry-course"
    make_course(root, source_from_text(ARTICLE), language="en", lesson="01-ferry")
    before = (root / QUIZ).read_text(encoding="utf-8")
    notebook = write_author_notebook(root, "01-ferry")
    page.set_viewport_size({"width": 1400, "height": 1000})
    with (
        (tmp_path / "server.log").open("w") as log,
        running_lab(root, root, driven=True, log=log, written=[notebook]) as lab,
    ):
        Notebook(page, lab.url(notebook)).wait_until_shown()
        tasks = page.get_by_role("navigation", name="Tasks of the course")
        tasks.get_by_role("button").filter(has_text="Choice").first.click(timeout=READY_MILLISECONDS)
        page.get_by_role("textbox", name="Title", exact=True).fill(TITLE)
        page.get_by_role("button", name="Show changes").click()
        changes = page.get_by_role("dialog")
        expect(changes).to_contain_text(QUIZ)
        expect(changes.locator("ins")).to_contain_text(TITLE)
        changes.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved at")).to_be_visible()
    after = (root / QUIZ).read_text(encoding="utf-8")
    assert TITLE in [task["title"] for task in yaml.safe_load(after)["tasks"]]
    gone = [line for line in before.splitlines() if line not in after.splitlines()]
    assert len(gone) <= 3, gone
    assert [line for line in after.splitlines() if line.startswith("#")] == [
        line for line in before.splitlines() if line.startswith("#")
    ]
