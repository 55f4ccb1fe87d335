"""The views that are not tasks, on a page without a kernel: reading pane, X-ray, progress, reliability."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from accessibility import violations
from playwright.sync_api import expect
from samplepage import show
from viewsteps import read_by_keyboard, read_by_pointer, views_page

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page


@pytest.fixture
def shown(page: Page, tmp_path: Path) -> Page:
    """Return a page that shows every view of lesson 02, with one layer locked until P2 is done."""
    show(page, views_page(tmp_path))
    return page


def test_the_reading_pane_by_keyboard(shown: Page) -> None:
    """A layer is switched on, a mark opened, read and closed with the keyboard alone, and the focus comes back."""
    read_by_keyboard(shown, shown.locator(".cd-reading"))


def test_a_locked_layer_opens_when_its_task_is_done(shown: Page) -> None:
    """A layer that would give a task away shows no marks until the task is checked, and then shows them at once."""
    pane = shown.locator("[data-copydesk=reading]")
    pane.get_by_role("radio", name="Attributions").check()
    expect(pane.locator(".cd-reading-mark")).to_have_count(0)
    task = shown.locator(".cd-item", has=shown.get_by_role("heading", name="One half is done for you"))
    task.locator(".cd-word").first.click()
    task.get_by_text("I asked who told us").click()
    task.get_by_role("button", name="Check").click()
    expect(pane.locator(".cd-reading-mark").first).to_be_visible()


def test_progress_and_reliability_follow_the_answers(shown: Page) -> None:
    """An answered item is counted at once in the progress; a sure and checked one stands in the reliability table."""
    progress = shown.locator("[data-copydesk=progress]")
    before = progress.inner_text()
    item = shown.locator(".cd-item", has=shown.get_by_role("heading", name="A hint"))
    item.get_by_role("combobox").select_option(index=3)
    item.get_by_role("radio").first.check()
    item.get_by_role("button", name="Check").click()
    expect(progress).not_to_have_text(before)
    expect(shown.locator("[data-copydesk=reliability]")).to_contain_text("1")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_any_view(page: Page, tmp_path: Path, theme: str) -> None:
    """Axe finds no violation in any view, light and dark, with a layer on and a note open."""
    show(page, views_page(tmp_path, theme=theme))
    read_by_pointer(page.locator(".cd-reading"))
    assert violations(page) == []
