"""The oldest browsers that the page for publishers names work; older ones are told so in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from accessibility import violations
from browsing import ROOT, served
from kindsteps import TASKS, by_pointer, check, stored
from oldbrowsers import OldBrowser
from playwright.sync_api import expect
from samplepage import wait_until_alive, write_page

from copydesk.text import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext

OLDEST = {"Chrome 110": OldBrowser("chrome", 110), "iPadOS 15.4": OldBrowser("safari_ios", 15.4)}
TOO_OLD = {"Chrome 92": OldBrowser("chrome", 92), "iPadOS 14": OldBrowser("safari_ios", 14.5)}
NOTE = "This browser is too old for these pages."
PAGES = ("index.html", "lessons/02-attribution.html", "exercises/02-attribution.html", "my-course.html", "search.html")


@pytest.fixture
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """Return what an older browser opens pages in; a fault on a page fails the test."""
    context = browser.new_context(accept_downloads=True, service_workers="block")
    request.param.age(context)
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    yield context
    context.close()
    assert faults == []


def test_the_page_for_publishers_and_the_note_name_the_same_browsers() -> None:
    """What is tested is what both say."""
    names = "Chrome or Edge 110, Firefox 121, Safari 15.4 (iPadOS 15.4)"
    assert names in (ROOT / "book" / "publishing.md").read_text(encoding="utf-8")
    assert names in catalogue("en")["book.too_old"]


@pytest.mark.parametrize("context", OLDEST.values(), ids=OLDEST, indirect=True)
def test_every_kind_works(context: BrowserContext, tmp_path: Path) -> None:
    """Each kind of task has its styles, is answered, checked and saved, and axe finds nothing, light and dark."""
    for theme in ("light", "dark"):
        write_page(tmp_path, theme=theme)
    with served(tmp_path) as address:
        page = context.new_page()
        page.goto(f"{address}light-en-ltr.html")
        wait_until_alive(page)
        expect(page.locator(".cd-button").first).to_have_css("cursor", "pointer")
        for task_id in TASKS:
            by_pointer(page, task_id)
            check(page, task_id)
        expect(page.locator(".cd-foot .cd-status").first).to_have_attribute("data-state", "saved")
        kept = stored(page)
        assert {name: kept[name]["response"]["kind"] for name in TASKS} == {
            name: task.kind for name, task in TASKS.items()
        }
        assert violations(page) == []
        page.goto(f"{address}dark-en-ltr.html")
        wait_until_alive(page)
        assert violations(page) == []


@pytest.mark.parametrize("context", OLDEST.values(), ids=OLDEST, indirect=True)
def test_the_book_works(context: BrowserContext, server: str) -> None:
    """Every kind of page comes to life, search finds, and an exercise is submitted."""
    page = context.new_page()
    for name in PAGES:
        page.goto(server + name)
        expect(page.locator("[data-copydesk] > .copydesk-static")).to_have_count(0)
        expect(page.get_by_text(NOTE)).to_have_count(1)
        expect(page.get_by_text(NOTE)).to_be_hidden()
    page.get_by_role("searchbox").first.fill("scoring")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results").get_by_role("link", name="How scoring works").first).to_be_visible()
    page.goto(f"{server}exercises/02-attribution.html")
    page.get_by_label("Your name or alias").fill("Kingfisher")
    page.get_by_role("button", name="Make my submission file").click()
    with page.expect_download():
        page.get_by_role("button", name="Submit anyway").click()


@pytest.mark.parametrize("context", TOO_OLD.values(), ids=TOO_OLD, indirect=True)
def test_an_older_browser_is_told_that_it_is_too_old(context: BrowserContext, server: str) -> None:
    """A note at the top and in place of each task says so, not that JavaScript is missing; all can be read."""
    page = context.new_page()
    for name in PAGES:
        page.goto(server + name)
        expect(page.get_by_role("alert")).to_contain_text(NOTE)
        expect(page.locator("[data-live]")).to_have_count(0)
        seen = page.locator("main").inner_text()
        assert not re.search(r"JavaScript", seen), name
        notes = page.locator(".copydesk-needs-script")
        for index in range(notes.count()):
            expect(notes.nth(index)).to_contain_text(NOTE)
    page.goto(f"{server}lessons/02-attribution.html")
    expect(page.get_by_role("button", name="Check")).to_have_count(0)
    expect(page.locator(".copydesk-task").first).to_be_visible()
