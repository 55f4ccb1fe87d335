"""A server with a strict policy: nothing on any page is forbidden by it, and everything works as elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from browsing import ROOT, served
from labsteps import expect_saved
from playwright.sync_api import expect

from copydesk.course.bank_files import QUIZZES, SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.seeds import Seeds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

LINE = re.compile(r"^Content-Security-Policy: (.+)$", re.MULTILINE)
POLICY = LINE.findall((ROOT / "book" / "publishing.md").read_text(encoding="utf-8"))
"""The policies that the page for publishers names: one."""
EDITIONS = pytest.mark.parametrize("edition", ["site", "public_site"])
LISTEN = """addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample, sourceFile }) =>
  violated(`${location.pathname}: ${violatedDirective} ${blockedURI} ${sample} ${sourceFile}`));"""
QUIET = """async () => {
  await new Promise((done) => requestIdleCallback(done));
  for (const figure of document.images) await figure.decode();
  return document.styleSheets.length;
}"""
"""Waits for what a page does in a quiet moment, and for its figures; gives the number of style sheets that came."""
PRINTED = """window.print = () => {
  const { font } = getComputedStyle(document.body);
  (window.top ?? window).printed = [document.body.innerText, font, String(document.adoptedStyleSheets.length)];
};"""
WAIT_FOR_PRINT = """async () => {
  while (!window.printed) await new Promise((done) => setTimeout(done, 50));
  return window.printed;
}"""
LESSON, EXERCISE = "lessons/02-attribution.html", "exercises/02-attribution.html"
QUESTION = next(
    entry
    for entry in Course(ROOT).bank(QUIZZES, "02-attribution").tasks
    if entry.task.group == "quiz" and entry.task.kind == "choice"
)
WRITTEN = next(
    entry.task for entry in Course(ROOT).bank(SOLUTIONS, "02-attribution").tasks if entry.task.kind == "written"
)
SENTENCE = Seeds(ROOT).sentence("S08").text


@dataclass
class Visitor:
    """Somebody on a site with the policy, and everything that the policy or a fault stopped."""

    context: BrowserContext
    address: str
    faults: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Note what the policy stops on any page."""
        self.context.expose_binding("violated", lambda _, what: self.faults.append(what))
        self.context.add_init_script(LISTEN)

    def open(self, name: str) -> Page:
        """Open a page of the site, and wait until its tasks are alive."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{name}: {error}"))
        page.on("console", lambda said: self.faults.append(f"{name}: {said.text}") if said.type == "error" else None)
        page.goto(self.address + name)
        expect(page.locator("[data-copydesk] > .copydesk-static")).to_have_count(0)
        return page


@pytest.fixture
def visitor(request: pytest.FixtureRequest, browser: Browser, edition: str) -> Iterator[Visitor]:
    """Return a visitor of an edition; nothing may have been stopped in the end."""
    with served(request.getfixturevalue(edition), policy=POLICY[0]) as address:
        visitor = Visitor(browser.new_context(accept_downloads=True), address)
        visitor.listen()
        visitor.context.add_init_script(PRINTED)
        yield visitor
        visitor.context.close()
    assert visitor.faults == []


def task(page: Page, title: str) -> Locator:
    """Return a task of a page."""
    return page.locator(".cd-item", has=page.get_by_role("heading", name=title, exact=True)).first


def test_one_policy_is_named_and_it_is_strict() -> None:
    """The page for publishers names the policy that the tests serve, and it allows nothing but the site's own files."""
    assert POLICY == ["default-src 'self'"]


def test_what_the_policy_forbids_is_noticed(browser: Browser, tmp_path: Path) -> None:
    """A style within a page, such as the pages once had, is reported as it is for every page of the site."""
    (tmp_path / "page.html").write_text("<!doctype html><title>A</title><p style='color: red'>B</p>", encoding="utf-8")
    with served(tmp_path, policy=POLICY[0]) as address:
        visitor = Visitor(browser.new_context(), address)
        visitor.listen()
        visitor.open("page.html").close()
        visitor.context.close()
    assert any("style-src-attr inline" in fault for fault in visitor.faults)


@EDITIONS
def test_no_page_needs_what_the_policy_forbids(visitor: Visitor, request: pytest.FixtureRequest, edition: str) -> None:
    """On every page the style sheet comes, tasks come to life, figures are shown, and nothing is stopped."""
    site: Path = request.getfixturevalue(edition)
    for path in sorted(site.rglob("*.html")):
        page = visitor.open(path.relative_to(site).as_posix())
        assert page.evaluate(QUIET) == 1, path
        page.close()


@EDITIONS
def test_everything_works(visitor: Visitor, edition: str, tmp_path: Path) -> None:
    """A visitor searches, opens the article, answers, mends, submits, prints, and finds it all on the other pages."""
    page = visitor.open("index.html")
    page.get_by_role("searchbox").first.fill("scoring")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results").get_by_role("link", name="How scoring works").first).to_be_visible()

    page = visitor.open(LESSON)
    if edition == "public_site":
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Open the article from a file").first.click()
        chooser.value.set_files(ROOT / "seeds" / "article.txt")
        expect(page.get_by_role("button", name="Put the article away").first).to_be_visible()
    question = page.get_by_role("group", name=re.compile(re.escape(QUESTION.task.title))).first
    question.locator("input").first.check()
    question.get_by_role("button", name="Check").click()
    expect(question.get_by_role("button", name="Try again")).to_be_visible()
    mend = task(page, "Mend the copy")
    mend.get_by_role("button", name="Edit as text").click()
    mend.get_by_role("textbox", name="Text of S08").fill(SENTENCE.replace("Russia", "Ukraine"))
    expect_saved(mend)

    page = visitor.open(EXERCISE)
    task(page, WRITTEN.title).get_by_role("textbox").fill("The court found reasonable grounds.")
    page.get_by_label("Your name or alias").fill("Kingfisher")
    page.get_by_role("button", name="Make my submission file").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Submit anyway").click()
    download.value.save_as(tmp_path / "submission.json")
    assert "reasonable grounds" in (tmp_path / "submission.json").read_text(encoding="utf-8")
    page.get_by_role("button", name="Print this receipt").click()
    expect_printed(page, "Kingfisher", "sans-serif")

    page = visitor.open("my-copy.html")
    expect(page.locator(".cd-copy-view ins")).to_have_text("Ukraine")
    page.locator(".cd-copy-view").get_by_role("button", name="Print", exact=True).click()
    expect_printed(page, "Ukraine", "serif")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a page").click()
    assert "<style>" in download.value.path().read_text(encoding="utf-8")

    page = visitor.open("my-course.html")
    expect(page.locator(".cd-course > li", has_text="Who says so?").get_by_text(" of ").first).to_be_visible()


def expect_printed(page: Page, words: str, font: str) -> None:
    """A frame was printed that has some words, in a font of its own style sheet."""
    expect(page.locator("iframe")).to_have_count(1)
    text, its_font, sheets = page.evaluate(WAIT_FOR_PRINT)
    assert words in text
    assert font in its_font
    assert sheets == "1"
