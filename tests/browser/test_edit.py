"""Mending words on a page without a kernel: by pointer, by keyboard, as plain text, undone, copied, and said aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from kindsteps import check, item, press, wait_until_stored
from labsteps import tab_to
from playwright.sync_api import expect
from samplepage import show, write_page

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

MENDED = "The harbour office said “the ferry is safe” on Monday."


@pytest.fixture
def task(page: Page, tmp_path: Path) -> Locator:
    """Return the task of the samples in which words are mended."""
    show(page, write_page(tmp_path, only="J1"))
    return item(page, "J1")


def texts(page: Page) -> dict[str, Any]:
    """Return the texts that are stored."""
    stored: dict[str, Any] = wait_until_stored(page, "J1")["response"]["texts"]
    return stored


def word(task: Locator, text: str) -> Locator:
    """Return the first word with some letters."""
    return task.locator(".cd-word", has_text=text).first


def replace(task: Locator, text: str, other: str) -> None:
    """Replace a word by others, by pointer."""
    word(task, text).click()
    task.get_by_role("button", name="Replace …").click()
    task.get_by_role("textbox", name="Replace").fill(other)
    task.get_by_role("button", name="Apply").click()


def test_a_change_stands_there_as_a_mark_and_is_said(page: Page, task: Locator) -> None:
    """A replaced word is struck and the other underlined, both have words for who does not see it, and it is said."""
    replace(task, "told", "  said   so ")
    expect(task.get_by_role("option", name="struck: told")).to_have_text("told")
    expect(task.get_by_role("option", name="inserted: said")).to_be_visible()
    assert task.locator(".cd-edit-words del").all_inner_texts() == ["told"]
    assert task.locator(".cd-edit-words ins").all_inner_texts() == ["said", "so"]
    expect(page.locator(".copydesk [role=status]").first).to_contain_text("Replaced: told with said so")
    expect(task.locator(".cd-edit-state")).to_have_text("1 change")
    assert "has said so “the ferry" in texts(page)["P1"]


def test_what_is_put_back_is_not_stored(page: Page, task: Locator) -> None:
    """A passage that reads as it did is left out of the answer, and the task says that nothing is changed."""
    word(task, "Nobody").click()
    task.get_by_role("button", name="Strike").click()
    assert set(texts(page)) == {"P2"}
    task.get_by_role("button", name="Put back").click()
    expect(task.locator(".cd-edit-state")).to_have_text("Nothing changed yet.")
    assert texts(page) == {}


def test_own_steps_are_undone_after_saving(page: Page, task: Locator) -> None:
    """Undo and redo go through the learner's own steps, also after each was saved, and by keyboard."""
    replace(task, "told", "said")
    after_one = texts(page)
    word(task, "Nobody").click()
    task.get_by_role("button", name="Strike").click()
    after_two = texts(page)
    task.get_by_role("button", name="Undo").click()
    assert texts(page) == after_one
    word(task, "harbour").click()
    press(page, "Control+z")
    assert texts(page) == {}
    press(page, "Control+y")
    press(page, "Control+Shift+z")
    assert texts(page) == after_two


def test_a_check_loses_no_step(page: Page, task: Locator) -> None:
    """After a check and Try again the steps can still be undone."""
    replace(task, "told", "said")
    check(page, "J1")
    expect(task.get_by_role("button", name="Undo")).to_be_hidden()
    task.get_by_role("button", name="Try again").click()
    task.get_by_role("button", name="Undo").click()
    assert texts(page) == {}


def test_plain_text_is_the_same_answer(page: Page, task: Locator) -> None:
    """What is typed as text stands there as marks afterwards, and spaces are tidied."""
    task.get_by_role("button", name="Edit as text").click()
    area = task.get_by_role("textbox", name="Text of P1")
    area.fill(area.input_value().replace("has told", "said \n "))
    task.get_by_role("button", name="Edit as text").click()
    assert texts(page)["P1"].startswith(MENDED)
    assert task.locator(".cd-edit-words del").all_inner_texts() == ["has", "told"]
    expect(task.locator(".cd-edit-state")).to_have_text("1 change")


def test_a_text_that_is_far_too_long_is_said(page: Page, task: Locator) -> None:
    """A text of many times the words is not kept, the page says so, and what was typed stays in the field."""
    task.get_by_role("button", name="Edit as text").click()
    area = task.get_by_role("textbox", name="Text of P2")
    area.fill("Nobody knows.")
    area.fill("word " * 300)
    expect(task.locator(".cd-fault").nth(1)).to_contain_text("300 words")
    assert texts(page) == {"P2": "Nobody knows."}
    assert area.input_value() == "word " * 300


def test_keys_pick_strike_and_copy(page: Page, task: Locator) -> None:
    """Shift and arrows pick several words, Control+C copies them, Delete strikes them, and Escape drops them."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab_to(page, task.locator(".cd-word").first)
    press(page, "End", "Shift+ArrowLeft", "Control+c")
    assert page.evaluate("() => navigator.clipboard.readText()") == "Ada Holm."
    press(page, "Delete")
    assert task.locator(".cd-edit-words del").all_inner_texts() == ["Ada", "Holm."]
    press(page, "Escape")
    expect(task.locator(".cd-edit-bar")).to_be_hidden()


def test_the_field_takes_enter_and_escape(page: Page, task: Locator) -> None:
    """Enter applies what is typed, Escape leaves the field, and the focus goes back to the words."""
    tab_to(page, task.locator(".cd-word").first)
    press(page, "Enter")
    field = task.get_by_role("textbox", name="Replace")
    expect(field).to_have_value("The")
    press(page, "Escape")
    expect(task.locator(".cd-word").first).to_be_focused()
    press(page, "i")
    page.keyboard.type("old")
    press(page, "Enter")
    expect(task.locator(".cd-word[tabindex='0']").first).to_be_focused()
    assert texts(page)["P1"].startswith("The old harbour")


def test_the_result_is_a_sentence_and_has_no_crosses(page: Page, task: Locator) -> None:
    """After a check one sentence comes first, then each slip, what had to stay is folded, and nothing is crossed."""
    replace(task, "told", "stated")
    check(page, "J1")
    sentence = "0 of 2 slips mended, 1 found but worded differently."
    expect(task.locator(".cd-result-said")).to_have_text(sentence)
    expect(page.locator(".copydesk [role=status]").first).to_contain_text(sentence)
    assert task.locator(".cd-edit-result .cd-wrong").count() == 0
    expect(task.get_by_text("left as it was")).to_be_visible()
    expect(task.get_by_text("What you rightly left alone (2)")).to_be_visible()
    expect(task.get_by_text("A name is never changed.")).to_be_hidden()


def test_right_to_left_the_arrows_turn(page: Page, tmp_path: Path) -> None:
    """Where words run from right to left, the left arrow goes to the next one."""
    show(page, write_page(tmp_path, only="J1", direction="rtl"))
    task = item(page, "J1")
    task.locator(".cd-edit-words").first.evaluate("list => list.setAttribute('dir', 'rtl')")
    tab_to(page, task.locator(".cd-word").first)
    press(page, "ArrowLeft")
    expect(task.locator(".cd-word").nth(1)).to_be_focused()


def test_a_finger_picks_and_the_bar_is_in_reach(browser: Browser, tmp_path: Path) -> None:
    """On a phone of 320 pixels a tap picks a word, the bar is in the window, and nothing is wider than the page."""
    context = browser.new_context(viewport={"width": 320, "height": 560}, has_touch=True, is_mobile=True)
    page = context.new_page()
    show(page, write_page(tmp_path, only="J1"))
    task = item(page, "J1")
    word(task, "told").tap()
    strike = task.get_by_role("button", name="Strike")
    expect(strike).to_be_in_viewport(ratio=1)
    strike.tap()
    expect(task.get_by_role("option", name="struck: told")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    context.close()
