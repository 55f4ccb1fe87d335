"""For everybody, by program: large text, narrow windows, forced colours, no motion, targets, focus, announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from accessibility import clipped_texts, moving_parts, small_controls, unmarked_focus
from kindsteps import TASKS, by_keyboard, by_pointer, check, item, press
from labsteps import tab_to
from playwright.sync_api import expect
from samplepage import show, write_page
from viewsteps import draw_two_copies, read_by_pointer, views_page

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

SIZES = {
    "200% text": (1280, "200%"),
    "page zoomed to 200%": (640, "100%"),
    "320 px": (320, "100%"),
    "200% text at 320 px": (320, "200%"),
}
"""Width of the window in CSS pixels, and the size of text at the root."""
LOG = """() => {
  window.said = [];
  for (const live of document.querySelectorAll(".copydesk [role=status]")) {
    new MutationObserver(() => live.textContent && window.said.push(live.textContent)).observe(live, {childList: true});
  }
}"""

TURN = """([text, direction]) => {
  document.documentElement.style.fontSize = text;
  for (const root of document.querySelectorAll("html, .copydesk")) root.dir = direction;
}"""
LOOK = """(element) => [element, ...element.querySelectorAll("*")].flatMap(
  (part) => [null, "::before", "::after"].map((pseudo) => {
    const {outline, border, backgroundColor, color, textDecoration, content} = getComputedStyle(part, pseudo);
    return [part.checked, outline, border, backgroundColor, color, textDecoration, content].join("|");
  }),
).join("\\n")"""


@pytest.fixture(params=["kinds", "views"])
def pages(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a page of all kinds, and one of all views."""
    return write_page(tmp_path) if request.param == "kinds" else views_page(tmp_path)


def use(page: Page, path: Path) -> None:
    """Open a page and do in each of its tasks and views what shows all of it."""
    show(page, path)
    if page.locator(".cd-reading").count():
        read_by_pointer(page.locator(".cd-reading"))
        return
    for task_id in TASKS:
        by_pointer(page, task_id)
        check(page, task_id)


def test_nothing_is_cut_off(page: Page, pages: Path) -> None:
    """With text or page at 200% and at 320 px, in both directions, text grows, nothing scrolls sideways or is cut."""
    use(page, pages)
    heading = "() => parseFloat(getComputedStyle(document.querySelector('.cd-heading')).fontSize)"
    before = page.evaluate(heading)
    for size, (width, text) in SIZES.items():
        for direction in ("ltr", "rtl"):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(TURN, [text, direction])
            assert page.evaluate(heading) == pytest.approx(before * (2 if text == "200%" else 1)), size
            assert page.evaluate("() => document.documentElement.scrollWidth") <= width, (size, direction)
            assert clipped_texts(page) == [], (size, direction)


def test_nothing_moves_where_motion_is_not_wanted(page: Page, pages: Path) -> None:
    """With reduced motion nothing is animated, and no change of colour or size takes longer than 0.01 s."""
    page.emulate_media(reduced_motion="reduce")
    use(page, pages)
    assert moving_parts(page) == []


def test_the_source_map_merges_without_motion(page: Page, tmp_path: Path) -> None:
    """With reduced motion the merged map and the smaller number stand there at once, with nothing in between."""
    page.emulate_media(reduced_motion="reduce")
    show(page, write_page(tmp_path, only="G1"))
    draw_two_copies(item(page, "G1"))
    button = item(page, "G1").get_by_role("button", name="Merge by origin")
    number = button.evaluate("(b) => { b.click(); return b.closest('.cd-merge').querySelector('strong').textContent }")
    assert number == "1"
    assert moving_parts(page) == []


def test_every_target_is_large_enough(page: Page, pages: Path) -> None:
    """No control is smaller than 24 px, before and after a check; words of a running text are at least as high."""
    show(page, pages)
    assert small_controls(page) == []
    use(page, pages)
    assert small_controls(page) == []


def test_the_focus_shows_in_forced_colours(page: Page, pages: Path) -> None:
    """In forced colours each control that has the focus has an outline of at least 2 px."""
    page.emulate_media(forced_colors="active")
    show(page, pages)
    page.keyboard.press("Tab")
    assert unmarked_focus(page) == []


def test_what_is_chosen_shows_in_forced_colours(page: Page, tmp_path: Path) -> None:
    """In forced colours what is chosen, marked or judged does not look like what is not."""
    page.emulate_media(forced_colors="active")
    show(page, write_page(tmp_path))
    spans = item(page, "C1")
    by_pointer(page, "C1")
    require_different(spans.locator(".cd-tool[aria-pressed=true]"), spans.locator(".cd-tool[aria-pressed=false]"))
    words = spans.locator(".cd-word")
    require_different(words.filter(has_text="harbour"), words.filter(has_text="bridge"))
    clean = spans.locator(".cd-passage")
    require_different(clean.nth(1).get_by_role("button"), clean.nth(0).get_by_role("button"))
    for task_id, label in (("A1", ".cd-option"), ("H1", "label")):
        by_pointer(page, task_id)
        options = item(page, task_id).locator(label)
        require_different(
            options.filter(has=page.locator("input:checked")), options.filter(has=page.locator("input:not(:checked)"))
        )


def require_different(chosen: Locator, other: Locator) -> None:
    """Fail unless two controls look different: outline, border, colours, underline or a sign."""
    assert chosen.first.evaluate(LOOK) != other.first.evaluate(LOOK)


@pytest.mark.parametrize("task_id", [name for name, task in TASKS.items() if task.kind != "drawer"])
def test_a_check_is_said_once_and_keeps_the_focus(page: Page, tmp_path: Path, task_id: str) -> None:
    """Checking and trying again are each said once in the live region, and the focus stays on the button."""
    show(page, write_page(tmp_path, only=task_id))
    by_keyboard(page, task_id)
    button = item(page, task_id).locator(".cd-actions button")
    tab_to(page, button, limit=60)
    expect(item(page, task_id).locator(".cd-left")).to_have_text("Ready to check.")
    live = page.locator(".copydesk [role=status]")
    before = live.inner_text()
    page.evaluate(LOG)
    press(page, "Enter")
    expect(live).not_to_have_text(before or "-")
    expect(live).not_to_be_empty()
    expect(button).to_be_focused()
    press(page, "Enter")
    expect(live).to_have_text("You can change your answer and check again.")
    expect(button).to_be_focused()
    result, again = page.evaluate("() => window.said")
    assert result != again
