"""Figures on pages of the book: dark, upright, with a guess first, and on paper."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from accessibility import violations
from PIL import Image, ImageStat
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PAGE = "lessons/02-attribution.html"
GUESSES = {
    "02-attribution": ("12", "You said 12 of 21; it is 6."),
    "03-sources": ("3", "You said 3; it is 1."),
    "04-framing": ("11", "You said 11 of 16, and that’s right."),
    "05-claims": ("9", "It is 0 of 8."),
    "06-verification": ("16", "You said 16 of 18; it is 13."),
}


@pytest.fixture
def opened(browser: Browser, site: Path) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of the book from its file."""
    contexts = []

    def make(page: str = PAGE, **options: object) -> Page:
        contexts.append(browser.new_context(**options))
        tab = contexts[-1].new_page()
        tab.goto(f"{site.as_uri()}/{page}")
        return tab

    yield make
    for context in contexts:
        context.close()


def shown(page: Page) -> tuple[str, int, int]:
    """Return which file the first figure shows, and how wide and high it is."""
    image = page.locator(".copydesk-figure img").first
    page.wait_for_function("(image) => image.complete && image.naturalWidth", arg=image.element_handle())
    name, width, height = image.evaluate("(image) => [image.currentSrc, image.clientWidth, image.clientHeight]")
    return name, width, height


@pytest.mark.parametrize("lesson", GUESSES)
def test_a_guess_is_compared_with_the_figure(opened: Callable[..., Page], lesson: str) -> None:
    """What a reader says stands in one sentence beside what the figure shows, which was folded away until then."""
    page = opened(f"lessons/{lesson}.html")
    said, sentence = GUESSES[lesson]
    guess = page.locator(".copydesk-guess").first
    expect(guess.locator("img").first).to_be_hidden()
    guess.locator("input").fill(said)
    guess.locator("summary").press("Enter")
    expect(guess.get_by_role("status")).to_have_text(sentence)
    expect(guess.locator("img").first).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('guess'))") == []


def test_a_phone_has_an_upright_figure(opened: Callable[..., Page]) -> None:
    """Where the screen is narrow, another drawing is shown at its own size, and nothing is moved sideways."""
    phone = opened(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone.locator(".copydesk-guess summary").first.tap()
    name, width, height = shown(phone)
    assert width < height
    assert 320 < width <= 350
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    assert list(violations(phone)) == []
    desk = opened(viewport={"width": 1280, "height": 800})
    desk.locator(".copydesk-guess summary").first.click()
    other, wide, _ = shown(desk)
    assert other != name
    assert wide > 600


def test_a_dark_page_has_a_dark_figure(opened: Callable[..., Page]) -> None:
    """On dark paper the figure is dark with light words on it; on light paper the other way round."""
    for theme, low, high in (("dark", 0, 70), ("light", 200, 256)):
        page = opened(color_scheme=theme, viewport={"width": 1280, "height": 800})
        page.locator(".copydesk-guess summary").first.click()
        shown(page)
        image = Image.open(io.BytesIO(page.locator(".copydesk-figure img").first.screenshot())).convert("L")
        assert low <= ImageStat.Stat(image).mean[0] < high
        darkest, lightest = image.getextrema()
        assert lightest - darkest > 150


def test_without_a_script_the_figure_is_in_a_fold(opened: Callable[..., Page]) -> None:
    """The fold opens by itself, without a script, and shows the figure with its words."""
    page = opened(java_script_enabled=False)
    page.locator(".copydesk-guess summary").first.click()
    image = page.locator(".copydesk-guess img").first
    expect(image).to_be_visible()
    assert len(image.get_attribute("alt") or "") > 100


def test_on_paper_the_figure_is_there_and_light(opened: Callable[..., Page]) -> None:
    """A dark page prints the wide figure as it was drawn, though nobody opened its fold."""
    page = opened(color_scheme="dark", viewport={"width": 1280, "height": 800})
    page.emulate_media(media="print")
    image = page.locator(".copydesk-guess img").first
    expect(image).to_be_visible()
    assert image.evaluate("(image) => getComputedStyle(image).filter") == "none"
    assert image.evaluate("(image) => image.clientWidth > image.clientHeight")
