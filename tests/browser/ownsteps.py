"""What somebody does in own-article mode: take a text, mark it, judge it, mend it, and keep what comes of it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from browsing import expect
from labsteps import tab_to
from samplepage import write_views

from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.desk.own_article import own_article_view
from copydesk.text import shared_text

if TYPE_CHECKING:
    from playwright.sync_api import Page

FACTS = Course(find_root()).facts
QUESTION = shared_text("own.check.5")
TEXT = (
    "A bridge opens <script>window.harmed = true</script>\n\n"
    "“It is safe,” the mayor said on Monday 😀. Critics apparently \u202edisagree\u202c; nobody was asked.\n"
)


@patch.dict(os.environ, COPYDESK_RENDER="static")
def own_page(folder: Path, *, language: str = "en", theme: str = "light") -> Path:
    """Write a page with own-article mode and return its path."""
    with patch.dict(os.environ, COPYDESK_LANGUAGE=language):
        html = own_article_view(FACTS, folder)._repr_html_()  # type: ignore[union-attr]
    return write_views(folder / f"own-{theme}-{language}.html", [html], language=language, theme=theme)


def begin(page: Page, text: str = TEXT, title: str = "The <b>bridge</b>") -> None:
    """Paste a text and take it."""
    page.get_by_label("Title, and where it’s from").fill(title)
    page.get_by_label("The text").fill(text)
    page.get_by_role("button", name="Use this text").click()
    expect(page.get_by_role("heading", name="Mark: ")).to_be_focused()


def mark(page: Page, word: str, key: str) -> None:
    """Mark a word with the key of a label."""
    page.locator(".cd-word", has_text=word).first.click()
    page.locator(".cd-word", has_text=word).first.press("Delete")
    page.keyboard.press(key)


def judge(page: Page) -> None:
    """Give the verdict of somebody who looked for evidence on both sides."""
    page.get_by_label("Take a sentence from the text").select_option("S2")
    page.get_by_role("textbox", name="The claim").fill("The bridge is safe.")
    page.get_by_label("Supported with a qualification").check()
    page.get_by_label("Qualification, in your own words").fill("Safe for cars; nothing is said of lorries.")
    page.get_by_label("How sure are you?").select_option("0.8")
    page.get_by_label("As of what day").fill("2026-11-20")
    page.get_by_role("textbox", name="Evidence for it").fill("An inspection report.")
    page.get_by_role("textbox", name="Evidence against it").fill("None found in the town’s archive.")
    page.get_by_label("Links").fill("https://example.org/report\njavascript:alert(1)")
    page.get_by_label("Name in the files").fill("Ada")
    page.get_by_label("Name in the files").blur()


def mend(page: Page) -> None:
    """Mend the second paragraph by keyboard: strike one word and replace another."""
    chosen = page.get_by_label("What do you want to mend?")
    tab_to(page, chosen, limit=40)
    chosen.select_option("P2")
    words = page.get_by_role("listbox", name="Words of P2").locator(".cd-word")
    tab_to(page, words.first, limit=10)
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    expect(words.filter(has_text="Critics")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("Two engineers <b>")
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("Delete")


def saved_page(page: Page, folder: Path) -> Path:
    """Save the result as a page, with the keyboard, and return its path."""
    button = page.get_by_role("button", name="Save as a page")
    tab_to(page, button)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "own-article.html"
    path = folder / "own-article.html"
    download.value.save_as(path)
    return path


def taken_apart(page: Page) -> None:
    """Take a text, mark it in both layers, judge it, mend it, tick a question, and write a word to readers."""
    begin(page)
    mark(page, "mayor", "s")
    mark(page, "said", "c")
    page.get_by_label("How it’s worded").check()
    mark(page, "mayor", "l")
    mark(page, "apparently", "h")
    judge(page)
    mend(page)
    page.get_by_label(QUESTION).check()
    page.get_by_label("A note to your readers").fill("Read <i>this</i> first.")


def downloaded(page: Page, button: str) -> dict[str, Any]:
    """Return the JSON that a button downloads."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    data: dict[str, Any] = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    return data
