"""A page of the book as a learner reads it: without code, and with each heading once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
NAMES = [
    f"{folder}/{path.stem}" for folder in ("lessons", "exercises") for path in sorted((ROOT / folder).glob("*.ipynb"))
]
LAID_OUT = "() => !document.querySelector('[data-copydesk]:not([data-live=true])')"
NUMBER = re.compile(r"^(?:[A-Z]\d+[a-z]?:|\d+(?=\D))\s*")
HINTS = re.compile(r"Run All Cells|Show code|[Bb]y code|code cell|next cell|run the cell|Show the code")
TITLES = """(elements) => elements.filter((one) => one.checkVisibility())
  .map((one) => ({ text: one.innerText, own: Boolean(one.closest("[data-copydesk]")) }))"""
"""The words of headings, and whether a view of ours shows them."""


def plain(title: str) -> str:
    """Return a title without its number and its signs, to be compared."""
    return " ".join(re.findall(r"\w+", NUMBER.sub("", title.strip()).casefold()))


@pytest.fixture(params=NAMES)
def lesson(request: pytest.FixtureRequest, page: Page, site: Path) -> Page:
    """Return a page of the book with all its views."""
    page.goto((site / f"{request.param}.html").as_uri())
    page.wait_for_function(LAID_OUT)
    return page


def test_a_page_shows_no_code_and_no_hint_to_run_it(lesson: Page) -> None:
    """Neither code, nor what it prints for those who run it, nor a word on cells is in the way of a reader."""
    assert lesson.locator(".bd-article").locator(".cell_input, .output.stream, .highlight").count() == 0
    assert HINTS.findall(lesson.locator(".bd-article").inner_text()) == []


def test_no_title_repeats_the_heading_above_it(lesson: Page) -> None:
    """A view's title says something else than the heading of its section, for eyes and for a screen reader."""
    titles = lesson.locator(".bd-article").locator("h1, h2, h3:not(.cd-heading), .cd-title, .cd-heading")
    section, doubled = "", []
    for title in titles.evaluate_all(TITLES):
        if not title["own"]:
            section = plain(title["text"].removesuffix("#"))
        elif plain(title["text"]) == section:
            doubled.append(title["text"])
    assert doubled == []
