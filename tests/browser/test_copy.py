"""The corrected copy in a browser: what was mended in the lessons, on one page, to print and to save."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from accessibility import violations
from labsteps import forget_answers, open_and_run, tab_to, write_notebook
from playwright.sync_api import expect
from test_paper import sheets

import copydesk
from copydesk.course.seeds import Seeds

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from copydesk.lab.jupyterlab import Lab

ROOT = Path(__file__).resolve().parents[2]
LESSON, CLAIMS, COPY = "lessons/02-attribution.html", "lessons/06-verification.html", "my-copy.html"
FOUND = Seeds(ROOT).sentence("S08").text
MENDED = FOUND.replace("the invasion of Russia", "Russia's <script>alert(1)</script> invasion")


@pytest.fixture
def mended(page: Page, site: Path) -> Page:
    """Return the page of the copy after S08 was mended in lesson 02 and its claim judged in lesson 06."""
    page.goto(f"{site.as_uri()}/{LESSON}")
    task = item(page, "Mend the copy")
    task.get_by_role("button", name="Edit as text").click()
    task.get_by_role("textbox", name="Text of S08").fill(MENDED)
    page.goto(f"{site.as_uri()}/{CLAIMS}")
    task = item(page, "The warrant")
    task.get_by_role("radio", name=re.compile("^Contradicted")).check()
    task.get_by_role("checkbox").first.check()
    page.goto(f"{site.as_uri()}/{COPY}")
    return page


def item(page: Page, title: str) -> Locator:
    """Return a task of a lesson's page, by its title."""
    return page.locator(".cd-item", has=page.get_by_role("heading", name=title, exact=True)).first


def view(page: Page) -> Locator:
    """Return the corrected copy."""
    return page.locator(".cd-copy-view")


def test_what_was_mended_in_two_lessons_is_on_one_page(mended: Page) -> None:
    """The change and the verdict stand in the text and in the margin, with their sources; axe finds nothing."""
    copy = view(mended)
    expect(copy).to_contain_text("1 change, 1 verdict")
    expect(copy.locator("ins")).to_contain_text(["Russia's <script>alert(1)</script>"])
    expect(copy.locator("del")).to_have_text(["the", "of Russia"])
    expect(copy.locator(".cd-copy-note")).to_have_count(2)
    expect(copy.locator(".cd-copy-note").nth(1)).to_contain_text("Contradicted")
    expect(copy.get_by_text("Sources", exact=True)).to_be_visible()
    assert violations(mended) == []


def test_the_three_manners_are_chosen_by_keyboard(mended: Page) -> None:
    """With marks, as it reads now and as it was found: arrow keys go from one to the next."""
    copy = view(mended)
    tab_to(mended, copy.get_by_role("radio").first)
    mended.keyboard.press("ArrowRight")
    expect(copy.locator("del")).to_have_count(0)
    expect(copy).to_contain_text("taken place since Russia's")
    mended.keyboard.press("ArrowRight")
    expect(copy).to_contain_text(FOUND)
    expect(copy.locator(".cd-copy-note")).to_have_count(0)


def test_the_saved_page_stands_alone(mended: Page, tmp_path: Path) -> None:
    """It has both texts, notes and sources; what a learner typed is text in it, and it prints without an empty page."""
    with mended.expect_download() as download:
        view(mended).get_by_role("button", name="Save as a page").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "corrected-copy.html"
    asked: list[str] = []
    saved = mended.context.new_page()
    saved.on("request", lambda request: asked.append(request.url))
    saved.on("dialog", lambda dialog: pytest.fail(dialog.message))
    saved.goto(path.as_uri())
    expect(saved.locator("h1")).to_have_text("Your corrected copy")
    expect(saved.locator("[data-manner=clean]")).to_contain_text("Russia's <script>alert(1)</script> invasion")
    expect(saved.locator("[data-manner=found]")).to_contain_text(FOUND)
    expect(saved.locator("script")).to_have_count(0)
    assert asked == [path.as_uri()]
    assert violations(saved) == []
    drawn = list(sheets(saved.pdf(prefer_css_page_size=True)))
    assert 2 <= len(drawn) <= 6
    assert all(len(sheet) > 1000 for sheet in drawn)


def test_print_prints_the_copy_and_not_the_page_around_it(mended: Page) -> None:
    """The button prints a document of its own, in which there is no menu."""
    mended.evaluate(
        """() => {
          window.printed = new Promise((resolve) => new MutationObserver((changes) => {
            for (const { addedNodes } of changes) for (const node of addedNodes)
              if (node instanceof HTMLIFrameElement)
                node.addEventListener("load", () => {
                  node.contentWindow.print = () => resolve(node.contentDocument.body.innerText);
                }, { capture: true });
          }).observe(document.body, { childList: true }));
        }"""
    )
    view(mended).get_by_role("button", name="Print", exact=True).click()
    text = mended.evaluate("() => window.printed")
    assert "Contradicted" in text
    assert "Search this book" not in text


def test_with_nothing_mended_it_says_where_to_begin(page: Page, site: Path) -> None:
    """The page names the lessons in which something can be mended, as links that lead there."""
    page.goto(f"{site.as_uri()}/{COPY}")
    expect(view(page)).to_contain_text("You haven’t mended anything yet")
    view(page).get_by_role("link", name="Lesson 02").click()
    expect(page).to_have_title(re.compile("Who says so"))


def test_the_end_of_a_lesson_shows_what_it_mended(page: Page, site: Path) -> None:
    """Before anything is mended it says so; after it, the sentence stands there with its marks, and the way to all."""
    page.goto(f"{site.as_uri()}/{LESSON}")
    finish = page.locator(".cd-finish-view")
    expect(finish).to_contain_text("You haven’t mended anything in this lesson yet.")
    task = item(page, "Mend the copy")
    task.get_by_role("button", name="Edit as text").click()
    task.get_by_role("textbox", name="Text of S08").fill(MENDED)
    expect(finish.locator("ins").first).to_contain_text("Russia's")
    finish.get_by_role("link", name="Your whole corrected copy").click()
    expect(view(page)).to_contain_text("1 change")


def test_in_jupyterlab_a_change_shows_at_once_and_other_lessons_stand_there(page: Page, lab: Lab) -> None:
    """What is mended in one cell is in the copy of the next, beside the verdict of another lesson's file."""
    forget_answers(lab)
    verdict = {"kind": "verdict", "support": "contradicted", "cards": ["K-ISW"]}
    copydesk.open("06-verification", answers=lab.work / "answers").answer("P6", verdict)
    cells = ("import copydesk\ndesk = copydesk.open('02-attribution')", "desk.task('P6')", "desk.corrected_copy()")
    notebook = open_and_run(page, lab, write_notebook(lab, "copy", *cells))
    copy = view(notebook.page)
    expect(copy).to_contain_text("Contradicted")
    task = notebook.task("Mend the copy")
    task.get_by_role("button", name="Edit as text").click()
    task.get_by_role("textbox", name="Text of S08").fill(MENDED)
    expect(copy.locator("ins").first).to_contain_text("Russia's")
    with page.expect_download() as download:
        copy.get_by_role("button", name="Save as a page").click()
    assert "Contradicted" in Path(download.value.path()).read_text(encoding="utf-8")
    assert violations(page, ".cd-copy-view") == []
    forget_answers(lab)
