"""Pages of the book in a frame of another site, with the permissions of a sandbox given and withheld."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import pytest
from accessibility import violations
from browsing import served
from playwright.sync_api import expect

from copydesk.answers.file import AnswerFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import FrameLocator, Page

LESSON = "lessons/02-attribution.html"
EXERCISE = "exercises/02-attribution.html"
HOST = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A platform</title></head>
<body>
<iframe title="Lesson" style="width: 60rem; height: 400px" {sandbox} src="{address}"></iframe>
<script>
window.heights = [];
addEventListener("message", ({{data, source}}) => {{
  const frame = document.querySelector("iframe");
  if (source !== frame.contentWindow || data?.subject !== "lti.frameResize") return;
  window.heights.push(data.height);
  frame.style.height = `${{data.height}}px`;
}});
</script>
</body>
</html>
"""
ALL = ("scripts", "same-origin", "forms", "popups", "downloads")
"""What a generous sandbox allows."""


class Host(NamedTuple):
    """A site that shows pages of the book in a frame: the folder of its files, and where they and the book are."""

    folder: Path
    origin: str
    book: str

    def show(self, page: Page, name: str, allowed: tuple[str, ...] | None = None) -> FrameLocator:
        """Show a page of the book, with or without a sandbox; return it."""
        sandbox = "" if allowed is None else f'sandbox="{" ".join(map("allow-{}".format, allowed))}"'
        text = HOST.format(sandbox=sandbox, address=self.book + name)
        (self.folder / "host.html").write_text(text, encoding="utf-8")
        page.goto(f"{self.origin}host.html")
        frame = page.frame_locator("iframe")
        expect(frame.locator(".book-framed")).to_be_visible()
        return frame


@pytest.fixture
def host(server: str, tmp_path: Path) -> Iterator[Host]:
    """Serve a site of another origin."""
    with served(tmp_path) as origin:
        yield Host(tmp_path, origin, server)


@pytest.fixture
def neighbour(site: Path, server: str, request: pytest.FixtureRequest) -> Iterator[Host]:
    """Return a site of the book's own origin."""
    folder = site.parents[1] / request.node.name.replace("[", "-").replace("]", "")
    folder.mkdir()
    yield Host(folder, server.replace("school/media", folder.name), server)
    (folder / "host.html").unlink()
    folder.rmdir()


def answer(frame: FrameLocator) -> None:
    """Answer and check one task of the lesson."""
    task = frame.locator(".cd-item", has_text="Look for the same story").first
    task.get_by_role("radio", name="Look for the same story").check()
    task.get_by_role("button", name="Check").click()
    expect(task.get_by_role("button", name="Try again")).to_be_visible()


def faults_inside(page: Page) -> list[Any]:
    """Return what axe-core finds in the frame."""
    inside = page.locator("iframe").element_handle().content_frame()
    assert inside
    return violations(cast("Page", inside))  # of a page, only what a frame can do, too, is used


def expect_text_to_copy(frame: FrameLocator) -> AnswerFile:
    """Fail unless the page claims nothing, and shows the answers to copy; return them."""
    expect(frame.locator(".cd-bar-said").first).to_contain_text("The browser was asked to save")
    expect(frame.get_by_text("Downloaded")).to_have_count(0)
    text = frame.get_by_role("textbox", name="What’s in the file").first.input_value()
    return AnswerFile.model_validate_json(text)


def test_a_page_tells_its_height_and_nothing_scrolls_inside(page: Page, host: Host) -> None:
    """A frame that follows the page shows all of it, gets higher with it and lower again, and comes to rest."""
    frame = host.show(page, LESSON, ALL)
    inside = frame.locator("html")
    fits = "(html) => html.scrollHeight <= html.clientHeight + 1 && innerHeight > 1000"
    page.wait_for_function("() => heights.length && heights.at(-1) > 1000")
    page.wait_for_timeout(1_500)
    assert inside.evaluate(fits)
    count, height = page.evaluate("[heights.length, heights.at(-1)]")
    page.wait_for_timeout(1_000)
    assert page.evaluate("heights.length") == count, "the height does not grow by itself"
    grow = "(html, more) => { html.querySelector('.bd-article').style.paddingBottom = more; }"
    inside.evaluate(grow, "700px")
    page.wait_for_function("(before) => heights.at(-1) > before + 500", arg=height)
    inside.evaluate(grow, "")
    page.wait_for_function("(before) => Math.abs(heights.at(-1) - before) < 100", arg=height)
    assert inside.evaluate(fits)


def test_a_page_offers_a_tab_of_its_own(page: Page, host: Host) -> None:
    """The link opens the same page; in its own tab it says nothing of frames."""
    frame = host.show(page, LESSON)
    assert faults_inside(page) == []
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="Open it in a tab of its own").click()
    expect(opened.value).to_have_url(host.book + LESSON)
    expect(opened.value.locator(".cd-item").first).to_be_visible()
    expect(opened.value.locator(".book-framed")).to_have_count(0)


def test_where_no_tab_may_be_opened_the_address_is_shown(page: Page, host: Host) -> None:
    """A frame that forbids tabs gets the address to copy."""
    frame = host.show(page, LESSON, ("scripts", "same-origin"))
    frame.get_by_role("link", name="Open it in a tab of its own").click()
    expect(frame.get_by_role("textbox", name="No tab could be opened")).to_have_value(host.book + LESSON)


@pytest.mark.parametrize("allowed", [None, ALL], ids=["no sandbox", "a sandbox with downloads"])
def test_a_file_that_may_be_saved_is_saved_and_nothing_is_claimed(
    page: Page, host: Host, allowed: tuple[str, ...] | None
) -> None:
    """The page of another site may allow it: the file comes, and the same answers are there to copy."""
    frame = host.show(page, LESSON, allowed)
    answer(frame)
    with page.expect_download() as download:
        frame.get_by_role("button", name="Download answers").first.click()
    saved = AnswerFile.model_validate_json(download.value.path().read_bytes())
    assert expect_text_to_copy(frame).answers == saved.answers


def test_a_file_that_may_not_be_saved_is_copied(page: Page, host: Host) -> None:
    """Where the sandbox forbids downloads, no file comes; the button copies the answers."""
    page.context.grant_permissions(["clipboard-read"])
    downloads: list[object] = []
    page.on("download", lambda download: downloads.append(download))  # noqa: PLW0108  (Playwright wants a function)
    frame = host.show(page, LESSON, ("scripts", "same-origin"))
    answer(frame)
    frame.get_by_role("button", name="Download answers").first.click()
    shown = expect_text_to_copy(frame)
    assert shown.answers
    frame.get_by_role("button", name="Copy the text").first.click()
    expect(frame.get_by_text("Copied.").first).to_be_visible()
    assert faults_inside(page) == []
    page.bring_to_front()
    copied = json.loads(page.evaluate("() => { focus(); return navigator.clipboard.readText(); }"))
    assert set(copied["answers"]) == set(shown.answers)
    assert downloads == []


def test_a_tab_that_was_opened_from_a_sandbox_claims_nothing_either(page: Page, host: Host) -> None:
    """A tab inherits the sandbox of the frame that opened it."""
    frame = host.show(page, LESSON, ("scripts", "same-origin", "popups"))
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="Open it in a tab of its own").click()
    tab = opened.value
    tab.get_by_role("button", name="Download answers").first.click()
    expect(tab.locator(".cd-bar-said").first).to_contain_text("The browser was asked to save")


@pytest.mark.parametrize(
    ("allowed", "isSure"),
    [(None, True), (ALL, True), (("scripts", "same-origin"), False)],
    ids=["no sandbox", "a sandbox with downloads", "a sandbox without"],
)
def test_a_frame_of_the_books_own_site_shows_what_it_allows(
    page: Page,
    neighbour: Host,
    allowed: tuple[str, ...] | None,
    isSure: bool,  # noqa: N803
) -> None:
    """On the same site the page sees whether it may save files, and says so only then."""
    frame = neighbour.show(page, LESSON, allowed)
    answer(frame)
    frame.get_by_role("button", name="Download answers").first.click()
    if isSure:
        expect(frame.locator(".cd-bar-said").first).to_contain_text("Downloaded as")
        expect(frame.get_by_role("textbox", name="What’s in the file")).to_have_count(0)
    else:
        expect_text_to_copy(frame)


def test_without_storage_and_forms_a_learner_submits(page: Page, host: Host) -> None:
    """In the strictest frame in which scripts run, tasks are answered, and the submission is there to copy."""
    frame = host.show(page, EXERCISE, ("scripts",))
    frame.locator(".cd-way-opener").click()
    frame.get_by_role("button", name="Show the whole page").click()
    expect(frame.locator(".cd-status:visible").first).to_contain_text("won’t let the page save anything")
    choice = frame.locator(".cd-item", has=page.locator("input[type=radio]")).first
    choice.get_by_role("radio").first.check()
    form = frame.locator(".cd-submission-form")
    form.get_by_role("textbox").fill("Ada Example")
    form.get_by_role("textbox").press("Enter")
    frame.get_by_role("button", name="Submit anyway").click()
    receipt = frame.locator(".cd-receipt")
    expect(receipt).to_contain_text("The browser was asked to save")
    expect(receipt).not_to_contain_text("downloads folder")
    text = receipt.get_by_role("textbox", name="What’s in the file").input_value()
    handed_in = json.loads(text)
    assert handed_in["learner"]["alias"] == "Ada Example"
    assert handed_in["handed_in"]
    assert len(AnswerFile.model_validate(handed_in).answers) == 1


def test_every_page_notices_its_frame(page: Page, host: Host) -> None:
    """A page without tasks tells its height and offers a tab, too."""
    for name in ("index.html", "glossary.html", "search.html", "my-course.html"):
        host.show(page, name, ALL)
        page.wait_for_function("() => heights.length > 0")
