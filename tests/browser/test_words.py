"""Marking words by hand: the labels stay in reach, words can be copied, and a finger need not be exact."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from kindsteps import item, press, wait_until_stored
from labsteps import tab_to
from playwright.sync_api import expect
from samplepage import show, write_page, write_views

import copydesk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

PHONE = {"width": 390, "height": 640}
WIDE = {"width": 1280, "height": 500}
TOP = "element => element.getBoundingClientRect().top"
BOTTOM = "element => element.getBoundingClientRect().bottom"
IS_ON_TOP = """(element) => {
  const {left, right, top, bottom} = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}"""
COPIED = """() => document.addEventListener("copy", (event) => {
  window.copied = event.clipboardData.getData("text/plain") || getSelection().toString();
})"""


@pytest.fixture(params=[PHONE, WIDE], ids=["phone", "wide"])
def task(request: pytest.FixtureRequest, page: Page, tmp_path: Path) -> Locator:
    """Return a task with three long sentences to mark, on a screen that does not hold them all."""
    page.set_viewport_size(request.param)
    with patch.dict(os.environ, COPYDESK_RENDER="static"):
        shown = copydesk.open("02-attribution", answers=tmp_path / "answers").task("P3")
    show(page, write_views(tmp_path / "P3.html", [shown._repr_html_()]))
    return page.locator(".cd-item")


@pytest.fixture
def finger(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Return a page on a phone that shows the task of marking words."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    show(page, write_page(tmp_path, only="C1"))
    item(page, "C1").scroll_into_view_if_needed()
    yield page
    context.close()


def touch(page: Page, word: Locator, *, above: float = 0, milliseconds: int = 30) -> None:
    """Put a finger on a word, or somewhat above it, and take it away after some time."""
    box = word.bounding_box()
    assert box
    session = page.context.new_cdp_session(page)
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] - above if above else box["y"] + box["height"] / 2}
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    page.wait_for_timeout(milliseconds)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_the_labels_stay_in_reach(page: Page, task: Locator) -> None:
    """While a passage is in view the labels are: at the top, or at the bottom of a phone; with the last they go."""
    bar, passages = task.locator(".cd-tools"), task.locator(".cd-passage")
    height = page.evaluate("innerHeight")
    for passage in passages.all():
        passage.evaluate("element => element.scrollIntoView({block: 'start'})")
        expect(bar).to_be_in_viewport(ratio=1)
        end = task.locator(".cd-passages").evaluate(BOTTOM)
        if height == PHONE["height"]:
            assert bar.evaluate(BOTTOM) == pytest.approx(height, abs=1) or bar.evaluate(TOP) == pytest.approx(
                end, abs=1
            )
        else:
            assert 0 <= bar.evaluate(TOP) < height / 2
    button = task.get_by_role("button", name="Check")
    button.evaluate("element => element.scrollIntoView({block: 'start'})")
    assert button.evaluate(IS_ON_TOP)
    page.evaluate("() => document.body.append(Object.assign(document.createElement('p'), {style: 'height: 200vh'}))")
    page.evaluate("() => document.body.lastChild.scrollIntoView({block: 'end'})")
    expect(bar).not_to_be_in_viewport()


def test_the_labels_never_cover_what_has_the_focus(page: Page, task: Locator) -> None:
    """Going through all words by keyboard, forth and back, and on to the next control, none is under the labels."""
    for passage in task.locator(".cd-passage").all():
        tab_to(page, passage.locator(".cd-word").first, limit=30)
        words = passage.locator(".cd-word")
        for key in (*["ArrowRight"] * (words.count() - 1), *["ArrowUp"] * 8):
            press(page, key)
            assert page.locator(":focus").evaluate(IS_ON_TOP), (key, page.locator(":focus").inner_text())
    for key in ("Tab", "Tab", *["Shift+Tab"] * 8):
        press(page, key)
        assert page.locator(":focus").evaluate(IS_ON_TOP), (key, page.locator(":focus").inner_text())


def test_what_is_touched_does_not_move(finger: Page) -> None:
    """A word that is tapped stays where it is, though it stands beside the labels."""
    word = item(finger, "C1").locator(".cd-word", has_text="Monday")
    word.evaluate("element => element.scrollIntoView({block: 'center'})")
    before = word.evaluate(TOP)
    word.tap()
    expect(word).to_have_attribute("data-label", "1")
    assert word.evaluate(TOP) == before


def test_a_tall_bar_stays_where_it_stands(page: Page, task: Locator) -> None:
    """Labels that would take more than a third of the window do not stay in it."""
    bar = task.locator(".cd-tools")
    expect(bar).to_have_attribute("data-stays", "")
    page.set_viewport_size({"width": 320, "height": 130})
    expect(bar).not_to_have_attribute("data-stays", "")
    assert bar.evaluate("element => getComputedStyle(element).position") == "static"


def test_words_are_copied_with_alt(page: Page, tmp_path: Path) -> None:
    """Drawing with Alt selects words as they stand in the text, marked or not; without Alt it only marks."""
    show(page, write_page(tmp_path, only="C1"))
    page.evaluate(COPIED)
    words = item(page, "C1").locator(".cd-passage").first.locator(".cd-word")
    words.filter(has_text="bridge").drag_to(words.filter(has_text="safe"))
    expect(words.filter(has_text="bridge")).to_have_attribute("data-label", "1")
    assert page.evaluate("getSelection().toString()") == ""
    before = wait_until_stored(page, "C1")["response"]
    page.keyboard.down("Alt")
    first, last = words.filter(has_text="bridge").bounding_box(), words.filter(has_text="harbour").bounding_box()
    assert first
    assert last
    page.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 1, last["y"] + last["height"] / 2, steps=5)
    page.mouse.up()
    page.keyboard.up("Alt")
    page.keyboard.press("Control+c")
    assert page.evaluate("window.copied") == "bridge is safe, according to the harbour"
    assert wait_until_stored(page, "C1")["response"] == before


def test_words_are_copied_by_keyboard(page: Page, tmp_path: Path) -> None:
    """Ctrl+C copies the words that are selected with Shift, with what stands between them, and says so."""
    show(page, write_page(tmp_path, only="C1"))
    page.evaluate(COPIED)
    tab_to(page, item(page, "C1").locator(".cd-word").first)
    press(page, *["ArrowRight"] * 2, *["Shift+ArrowRight"] * 2, "Control+c")
    assert page.evaluate("window.copied") == "is safe, according"
    expect(page.locator(".copydesk [role=status]").first).to_have_text("Copied.")
    press(page, "Escape", "Control+c")
    assert page.evaluate("window.copied") == "according"


def test_a_finger_that_rests_selects_and_does_not_mark(finger: Page) -> None:
    """A finger that rests on a word leaves it to the browser, which selects text; a short touch marks."""
    word = item(finger, "C1").locator(".cd-word", has_text="harbour")
    touch(finger, word, milliseconds=900)
    finger.wait_for_timeout(100)
    expect(word).not_to_have_attribute("data-label", "1")
    assert finger.evaluate("element => getComputedStyle(element).userSelect", word.element_handle()) != "none"
    touch(finger, word)
    expect(word).to_have_attribute("data-label", "1")


def test_a_finger_beside_a_word_means_it(finger: Page) -> None:
    """A finger that comes down a little above a word marks it: a word is 44 pixels high for a finger."""
    word = item(finger, "C1").locator(".cd-word", has_text="closed")
    height = word.bounding_box()["height"]  # type: ignore[index]
    touch(finger, word, above=(44 - height) / 2)
    expect(word).to_have_attribute("data-label", "1")
