"""A translator in the browser changes what the course says, and leaves the words that it asks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kindsteps import item
from playwright.sync_api import expect
from samplepage import show, write_page
from viewsteps import read_by_pointer, views_page

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

CHANGES = "elements => elements.map(element => element.translate)"


def is_translated(found: Locator) -> bool:
    """Return whether a translator would change the text of elements: all of them, or none."""
    expect(found.first).to_be_attached()
    (answer,) = set(found.evaluate_all(CHANGES))
    return bool(answer)


def test_words_to_mark_and_what_cards_quote_stay(page: Page, tmp_path: Path) -> None:
    """Passages and quotations on cards stay as they are; instructions, options and what a card says do not."""
    show(page, write_page(tmp_path))
    words, card = item(page, "C1"), item(page, "H1").locator(".cd-card").first
    assert not is_translated(words.locator(".cd-word, .cd-gap, .cd-passage [hidden]"))
    assert is_translated(words.locator(".cd-prompt, .cd-tool, .cd-passage-foot button"))
    assert not is_translated(card.locator(".cd-card-quote p"))
    assert not is_translated(card.locator(".cd-card-says span"))
    assert is_translated(card.locator(".cd-card-says, dd"))
    assert is_translated(page.locator(".cd-option-text"))


def test_the_article_stays_where_it_is_read(page: Page, tmp_path: Path) -> None:
    """The article, what a note quotes of it, and both wordings of the X-ray stay; what is said of them does not."""
    show(page, views_page(tmp_path))
    pane = page.locator(".cd-reading")
    read_by_pointer(pane)
    assert not is_translated(pane.locator(".cd-reading-paragraph, .cd-reading-words, .cd-reading-quote"))
    assert is_translated(pane.locator(".cd-reading-mark .cd-sr, .cd-reading-tag, .cd-reading-note"))
    assert not is_translated(page.locator(".copydesk-xray-words"))
    assert is_translated(page.locator(".copydesk-xray section > p"))
