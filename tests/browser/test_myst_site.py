"""Tasks in somebody else's book: built by mystmd, in a theme of a few lines, and answered in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from accessibility import violations
from browsing import served
from kindsteps import press, stored
from labsteps import pick, tab_to
from mystsite import build_myst_site
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

LESSONS = ("attribution", "taster")
"""The pages of two lessons, as MyST names them."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build the site once, serve it, and yield its address."""
    with served(build_myst_site(tmp_path_factory.mktemp("myst"))) as address:
        yield address


@pytest.fixture
def site(page: Page, address: str) -> Iterator[Page]:
    """Return a page whose browser has nothing to complain about, and asks no other host for anything."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else complaints.append(asked.url))
    page.goto(address)
    yield page
    assert complaints == []


def tasks(page: Page) -> tuple[Locator, Locator]:
    """Return the two tasks that the author put on a page of their own."""
    expect(page.locator(".cd-item")).to_have_count(2)
    return page.locator(".cd-item").first, page.locator(".cd-item").last


def answer_by_keyboard(page: Page, task: Locator) -> str:
    """Choose the last option of a task and check it, with the keyboard alone; return what it says then."""
    pick(page, task.get_by_role("radio").last)
    reasons = task.locator(".cd-reasons")
    if reasons.count():
        pick(page, reasons.get_by_role("radio").first)
    tab_to(page, task.get_by_role("button", name="Check"))
    press(page, "Enter")
    expect(task.get_by_role("button", name="Try again")).to_be_focused()
    return task.inner_text()


def checked(page: Page) -> set[str]:
    """Return the tasks of the lesson that the browser keeps as checked; of others it keeps which twin was drawn."""
    return {name for name, answer in stored(page, "02-attribution").items() if answer["checked"]}


def test_a_task_is_answered_by_keyboard_and_is_there_after_a_reload(site: Page) -> None:
    """A reader answers and checks a task without a mouse; the other is as it was; both are so after a reload."""
    first, second = tasks(site)
    untouched = second.inner_text()
    said = answer_by_keyboard(site, first)
    assert second.inner_text() == untouched
    site.reload()
    first, second = tasks(site)
    expect(first.get_by_role("button", name="Try again")).to_be_visible()
    assert (first.inner_text(), second.inner_text()) == (said, untouched)
    assert checked(site) == {"R1"}
    answer_by_keyboard(site, second)
    assert checked(site) == {"R1", "Q7"}
    assert first.inner_text() == said


def test_the_page_of_a_lesson_has_the_same_answers(site: Page, address: str) -> None:
    """A task is answered on the author's page and on the page of its lesson at once, and one bar takes answers out."""
    said = answer_by_keyboard(site, tasks(site)[0])
    title = tasks(site)[0].get_by_role("heading").inner_text()
    site.goto(f"{address}{LESSONS[0]}/")
    same = site.locator(".cd-item", has=site.get_by_role("heading", name=title, exact=True))
    expect(same.get_by_role("button", name="Try again")).to_be_visible()
    assert same.inner_text() == said
    expect(site.locator(".cd-bar")).to_have_count(1)
    with site.expect_download() as download:
        site.get_by_role("button", name="Download answers").click()
    assert "02-attribution" in download.value.suggested_filename


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_task_is_drawn_on_the_paper_of_the_site(site: Page, address: str, scheme: str) -> None:
    """Each exported task is drawn on its lesson's page, in the site's colours, and axe finds nothing."""
    site.emulate_media(color_scheme=scheme)
    for lesson in LESSONS:
        site.goto(f"{address}{lesson}/")
        expect(site.locator(".cd-item").last).to_be_visible()
        expect(site.get_by_text("Failed to load")).to_have_count(0)
        paper = "(element) => getComputedStyle(element).backgroundColor"
        body = site.locator("body").evaluate(paper)
        assert site.locator(".copydesk").first.evaluate(paper) == body
        red, *_ = (int(part) for part in body.removeprefix("rgb(").removesuffix(")").split(", "))
        assert (red < 128) == (scheme == "dark")
        assert violations(site) == []
