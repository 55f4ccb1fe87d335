"""What somebody does in the views that are not tasks, with the keyboard alone and with a pointer."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from unittest.mock import patch

from browsing import expect
from labsteps import tab_to
from samplepage import write_views

import copydesk

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page


@patch.dict(os.environ, COPYDESK_RENDER="static")
def views_page(folder: Path, *, theme: str = "light") -> Path:
    """Write a page that shows every view of lesson 02, with one layer locked until P2 is done, and return its path."""
    desk = copydesk.open("02-attribution", answers=folder / "answers")
    views = [
        desk.progress(),
        desk.read(layers=["attributions", "traces", "claims"], after={"attributions": ["P2"]}),
        desk.xray("AR09", "AR15", "AR17"),
        desk.reliability(),
        desk.quiz(),
        desk.task("P2"),
    ]
    return write_views(folder / "views.html", [view._repr_html_() for view in views], theme=theme)


def read_by_keyboard(page: Page, pane: Locator) -> None:
    """Switch a layer on, open the note of its first mark, read it and close it: the focus comes back to the mark."""
    tab_to(page, pane.get_by_role("radio").first)
    claims = pane.get_by_role("radio", name="Claims")
    for _ in range(pane.get_by_role("radio").count()):
        if claims.is_checked():
            break
        page.keyboard.press("ArrowDown")
    mark, panel = pane.locator(".cd-reading-mark").first, pane.locator(".cd-reading-panel")
    tab_to(page, mark, limit=10)
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("19 March 2023")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(mark).to_be_focused()


def read_by_pointer(pane: Locator) -> None:
    """Beginning with the text alone, click a layer and the first of its marks: its note opens, with its sources."""
    pane.get_by_role("radio").first.check()
    pane.get_by_role("radio", name="Claims").check()
    pane.locator(".cd-reading-mark").first.click()
    expect(pane.locator(".cd-reading-panel")).to_contain_text("19 March 2023")


def draw_two_copies(task: Locator) -> None:
    """Draw a map in which two copies of one note are the sources of a paper, and check it."""
    for source in ("Radio Northport", "A copying site"):
        for place, text in enumerate((source, "The Northport Paper", "is reported by")):
            task.get_by_role("combobox").nth(place).select_option(label=text)
        task.get_by_role("button", name="Add").click()
    task.get_by_role("button", name="Check", exact=True).click()


def expect_one_source_after_merging(task: Locator) -> None:
    """Fail unless two sources were counted, and one is once they are merged by origin."""
    expect(task.locator(".cd-merge-number")).to_have_text("1")
    expect(task.locator(".cd-map-pair .cd-map").first.get_by_text("Ferry office")).to_be_visible()
