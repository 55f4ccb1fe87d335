"""The views that are not tasks, on a page without a kernel: reading pane, X-ray, progress, reliability."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from samplepage import write_views
from test_kinds import AXE

import copydesk

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page


@pytest.fixture
def shown(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Return a page that shows every view of lesson 02, with one layer locked until P2 is done."""
    path = views_page(tmp_path, monkeypatch)
    page.goto(path.as_uri())
    page.wait_for_selector("[data-copydesk=reading] input")
    return page


def views_page(folder: Path, monkeypatch: pytest.MonkeyPatch, *, theme: str = "light") -> Path:
    """Write the page of all views and return its path."""
    monkeypatch.setenv("COPYDESK_RENDER", "static")
    desk = copydesk.open("02-attribution", answers=folder / "answers")
    views = [
        desk.progress(),
        desk.read(layers=["attributions", "traces", "claims"], after={"attributions": ["P2"]}),
        desk.xray("AR09", "AR15", "AR17"),
        desk.reliability(),
        desk.quiz(),
        desk.task("P2"),
    ]
    return write_views(folder, [view._repr_html_() for view in views], theme=theme)


def test_the_reading_pane_by_keyboard(shown: Page) -> None:
    """A layer is switched on, a mark opened, read and closed with the keyboard alone, and the focus comes back."""
    pane = shown.locator("[data-copydesk=reading]")
    pane.get_by_role("radio").first.focus()
    for _ in range(8):
        if pane.get_by_role("radio", name="Claims").is_checked():
            break
        shown.keyboard.press("ArrowDown")
    mark = pane.locator(".cd-reading-mark").first
    expect(mark).to_be_visible()
    mark.focus()
    shown.keyboard.press("Enter")
    panel = pane.locator(".cd-reading-panel")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("19 March 2023")
    shown.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(mark).to_be_focused()


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
    item = shown.locator(".cd-item", has=shown.get_by_role("heading", name="Where the source runs out"))
    item.get_by_role("combobox").select_option(index=3)
    item.get_by_role("radio").first.check()
    item.get_by_role("button", name="Check").click()
    expect(progress).not_to_have_text(before)
    expect(shown.locator("[data-copydesk=reliability]")).to_contain_text("1")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_any_view(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theme: str) -> None:
    """Axe finds no violation in any view, light and dark, with a layer on and a note open."""
    page.goto(views_page(tmp_path, monkeypatch, theme=theme).as_uri())
    pane = page.locator("[data-copydesk=reading]")
    pane.get_by_role("radio", name="Claims").check()
    pane.locator(".cd-reading-mark").first.click()
    page.add_script_tag(path=AXE)
    result = page.evaluate("() => axe.run()")
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in result["violations"]] == []


def test_no_view_scrolls_sideways_at_320_px(shown: Page) -> None:
    """At 320 px no view is wider than the window."""
    shown.set_viewport_size({"width": 320, "height": 700})
    assert shown.evaluate("() => document.documentElement.scrollWidth") <= 320


def test_every_view_can_be_read_without_a_script(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With JavaScript off the article stands whole, with its layers folded, and the X-ray compares in words."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(views_page(tmp_path, monkeypatch).as_uri())
    expect(page.get_by_text("Mr Putin flew by helicopter from Crimea").first).to_be_visible()
    assert page.locator("[data-copydesk=reading] details").count() >= 2
    expect(page.locator(".copydesk-xray")).to_contain_text("where the cleaner copy has")
    context.close()
