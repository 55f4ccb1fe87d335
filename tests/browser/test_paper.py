"""Lessons and exercises on paper: how many sheets they take, that no sheet is empty, and what is on them."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
LIMITS = {"lessons": 15, "exercises": 8}
"""The most sheets of A4 that a page of a folder may take."""

NAMES = [f"{folder}/{path.stem}" for folder in LIMITS for path in sorted((ROOT / folder).glob("*.ipynb"))]
LAID_OUT = "() => !document.querySelector('[data-copydesk]:not([data-live=true])')"
WHOLE = "tr, .cd-option, .cd-sort-row, .cd-order-row, .cd-field"
"""What is never cut in two: rows of tables, options, lines to be sorted, fields."""

OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.DOTALL)
IS_SHEET = re.compile(rb"/Type\s*/Page\b")
CONTENTS = re.compile(rb"/Contents (\d+) 0 R")
STREAM = re.compile(rb"/Length (\d+).*?stream\r?\n", re.DOTALL)
"""The head of a stream and how many bytes it has: packed ones may end in anything, a line end for example."""

FILTER = re.compile(rb"/Filter\s*/FlateDecode")
WRITES = re.compile(rb"\bTj\b|\bTJ\b|\bDo\b")
"""What writes a text, or puts a picture on a sheet."""


def sheets(pdf: bytes) -> Iterator[bytes]:
    """Yield what draws each sheet of a PDF as Chromium writes it."""
    objects = dict(OBJECT.findall(pdf))
    for content in objects.values():
        if IS_SHEET.search(content):
            number = CONTENTS.search(content)
            assert number is not None
            drawing = objects[number[1]]
            head = STREAM.search(drawing)
            assert head is not None
            data = drawing[head.end() : head.end() + int(head[1])]
            yield zlib.decompress(data) if FILTER.search(drawing[: head.end()]) else data


def opened(page: Page, site: Path, name: str) -> Page:
    """Open a page of the book, with all its views."""
    page.goto((site / f"{name}.html").as_uri())
    page.wait_for_function(LAID_OUT)
    page.wait_for_function("() => [...document.images].every((image) => image.complete)")
    return page


@pytest.mark.parametrize("name", NAMES)
def test_a_page_takes_few_sheets_and_none_is_empty(page: Page, site: Path, name: str) -> None:
    """A lesson is at most 15 sheets and an exercise 8, and something stands on each."""
    pdf = opened(page, site, name).pdf(prefer_css_page_size=True)
    drawn = list(sheets(pdf))
    assert 0 < len(drawn) <= LIMITS[name.partition("/")[0]]
    assert [number for number, sheet in enumerate(drawn, start=1) if not WRITES.search(sheet)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_has_what_is_asked_and_nothing_to_press(page: Page, site: Path, name: str) -> None:
    """No button but the names of labels, no bar and no menu; no row or option is cut; every fold of a task is open."""
    opened(page, site, name).emulate_media(media="print")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    shown = "(elements) => elements.filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 200))"
    for unwanted in ("button:not([data-label])", "nav", ".cd-bar", ".cd-steps", ".cd-progress-view", ".cell_input"):
        assert page.locator(unwanted).evaluate_all(shown) == [], unwanted
    cut = "(elements) => elements.filter((one) => getComputedStyle(one).breakInside !== 'avoid').length"
    assert page.locator(".bd-article").locator(WHOLE).evaluate_all(cut) == 0
    closed = "details:not([open], .cd-keys, .cd-progress-all)"
    assert page.locator(f".bd-article {closed}").count() == 0
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(f".bd-article {closed}").count() > 0


def test_what_a_list_offers_is_written_down(page: Page, site: Path) -> None:
    """Where an answer is chosen from a list, the sheet names all that can be chosen, and the screen does not."""
    choices = opened(page, site, "exercises/03-sources").locator(".book-choices")
    assert choices.count() == 0
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert all(" · " in text for text in choices.all_text_contents())
    assert choices.count() > 0
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert choices.count() == 0


def test_an_article_of_ones_own_is_printed_with_what_was_found(page: Page, site: Path) -> None:
    """Its words with their marks and the verdict stand on the sheet; the form for another text and files does not."""
    view = opened(page, site, "lessons/07-transfer").locator("[data-copydesk=own]")
    page.emulate_media(media="print")
    assert not view.is_visible()
    page.emulate_media(media="screen")
    page.get_by_label("Title, and where it’s from").fill("The bridge, Quillport Post")
    page.get_by_label("The text").fill("A bridge opens. “It is safe,” the mayor said on Monday.")
    page.get_by_role("button", name="Use this text").click()
    view.get_by_role("textbox", name="The claim").fill("The bridge is safe.")
    page.emulate_media(media="print")
    assert view.locator(".cd-words").first.is_visible()
    assert view.get_by_role("textbox", name="The claim").is_visible()
    assert view.get_by_role("button", name="Save").count() == 0
    assert not view.get_by_label("Name in the files").is_visible()
