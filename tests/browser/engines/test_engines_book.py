"""The built book in each engine, from a web server and from a folder: what a learner does with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from browsing import expect
from ownsteps import QUESTION, downloaded, own_page, saved_page, taken_apart
from samplepage import wait_until_alive

from copydesk.answers.file import AnswerFile
from copydesk.course.bank_files import QUIZZES, SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.seeds import Seeds
from copydesk.course.settings import find_root

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from page import Locator, Page

COURSE = Course(find_root())
SLUG = "02-attribution"
QUIZ = next(entry.task for entry in COURSE.bank(QUIZZES, SLUG).tasks if entry.task.kind == "choice" and not entry.twin)
WRITTEN = next(entry.task for entry in COURSE.bank(SOLUTIONS, SLUG).tasks if entry.task.kind == "written")
FOUND = Seeds(find_root()).sentence("S08").text
MENDED = FOUND.replace("the invasion of Russia", "Russia's <script>alert(1)</script> invasion")
PAPER = "getComputedStyle(document.body).backgroundColor"


def task(page: Page, title: str) -> Locator:
    """Return the section of a task, by its title."""
    return page.locator(".cd-item", has=page.get_by_role("heading", name=title, exact=True)).first


def visit(page: Page, address: str) -> None:
    """Open a page of the book and wait until its tasks are alive; a page that shows steps opens that of a task."""
    page.goto(address)
    wait_until_alive(page)


def test_first_page_and_colours(reader: Callable[..., Page], book: str) -> None:
    """The first page has a task to try and leads to a lesson; colours follow the system, and a choice is kept."""
    page, dark = reader(), reader(dark=True)
    for each in (page, dark):
        visit(each, f"{book}index.html")
    bright, dim = page.evaluate(PAPER), dark.evaluate(PAPER)
    assert bright != dim
    look = page.locator(".book-first-look .cd-item").first
    look.locator("input, .cd-word").first.click()
    look.get_by_role("button", name="Check").click()
    expect(look.get_by_role("button", name="Try again")).to_be_visible()
    button = page.get_by_role("button", name=re.compile("Colours"))
    button.click()
    button.click()
    assert page.evaluate(PAPER) == dim
    page.get_by_role("link", name="Begin with lesson 00").click()
    page.wait_for_url("**/lessons/00-start.html")
    assert page.evaluate(PAPER) == dim
    expect(page.get_by_role("button", name="Colours: dark")).to_be_visible()
    page.locator(".cd-way-on:visible").click()
    expect(page.locator(".cd-way-place")).to_contain_text("step 2 of")


def test_a_lesson_its_exercise_and_my_course(reader: Callable[..., Page], book: str) -> None:
    """A task is checked, the exercise submitted; My course counts both, and takes all to another browser as a file."""
    page = reader()
    visit(page, f"{book}lessons/{SLUG}.html#task-{QUIZ.id}")
    question = task(page, QUIZ.title)
    question.get_by_text(QUIZ.options[1].text, exact=True).click()
    question.get_by_role("button", name="Check", exact=True).click()
    expect(question.get_by_role("button", name="Try again")).to_be_visible()

    visit(page, f"{book}exercises/{SLUG}.html#task-{WRITTEN.id}")
    task(page, WRITTEN.title).get_by_role("textbox").click()
    page.keyboard.type("The court found reasonable grounds.")
    page.locator(".cd-way-opener").click()
    page.get_by_role("button", name="Show the whole page").click()
    page.get_by_label("Your name or alias").fill("Kingfisher")
    page.get_by_role("button", name="Make my submission file").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Submit anyway").click()
    submission = AnswerFile.model_validate_json(download.value.path().read_bytes())
    assert (submission.learner.alias, submission.lesson) == ("Kingfisher", SLUG)
    assert submission.handed_in is not None
    assert submission.answers[WRITTEN.id].response.text == "The court found reasonable grounds."

    visit(page, f"{book}my-course.html")
    mine = page.locator(".cd-course > li", has_text="Who says so?")
    expect(mine).to_contain_text(re.compile(r"\b1 of"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download answers").click()
    other = reader()
    visit(other, f"{book}my-course.html")
    other.locator("input[type=file]").set_input_files(download.value.path())
    expect(other.get_by_text("Imported answers to one lesson").first).to_be_visible()
    visit(other, f"{book}lessons/{SLUG}.html#task-{QUIZ.id}")
    expect(task(other, QUIZ.title).locator(f"input[value='{QUIZ.options[1].id}']")).to_be_checked()
    visit(other, f"{book}my-course.html")
    other.get_by_role("button", name="Remove my answers from this browser").click()
    other.get_by_role("button", name="Remove them").click()
    expect(other.locator(".cd-course > li", has_text="Who says so?")).to_contain_text("Nothing saved yet")


def test_own_article(reader: Callable[..., Page], address_of: Callable[[Path], str], tmp_path: Path) -> None:
    """A text of the learner's is marked, judged and mended, kept over a reload, and comes out as a page and a file."""
    page = reader()
    visit(page, address_of(own_page(tmp_path)))
    taken_apart(page)
    expect(page.locator(".cd-status").first).to_have_attribute("data-state", "saved")
    page.reload()
    wait_until_alive(page)
    expect(page.get_by_label(QUESTION)).to_be_checked()
    expect(page.get_by_role("textbox", name="The claim")).to_have_value("The bridge is safe.")
    marks = downloaded(page, "Download the marks")["first"]["items"]
    exact = {selector["exact"] for mark in marks for selector in mark["target"]["selector"] if "exact" in selector}
    assert exact == {"mayor", "said", "apparently"}
    page.goto(saved_page(page, tmp_path).as_uri())
    assert page.evaluate("window.harmed ?? null") is None
    expect(page.get_by_role("heading", level=1)).to_have_text("The <b>bridge</b>")
    expect(page.locator("p.text")).to_contain_text("Two engineers <b> apparently")
    expect(page.locator(".facts")).to_contain_text("Supported with a qualification. 80% sure.")


def test_the_corrected_copy(reader: Callable[..., Page], book: str) -> None:
    """What was mended in one lesson and judged in another is on one page, in three manners, and saved as a page."""
    page = reader()
    visit(page, f"{book}lessons/{SLUG}.html#task-P6")
    edit = task(page, "Mend the copy")
    edit.get_by_role("button", name="Edit as text").click()
    edit.get_by_role("textbox", name="Text of S08").fill(MENDED)
    visit(page, f"{book}lessons/06-verification.html#task-P1")
    claim = task(page, "The warrant")
    claim.get_by_role("radio", name=re.compile("^Contradicted")).check()
    claim.get_by_role("checkbox").first.check()
    visit(page, f"{book}my-copy.html")
    copy = page.locator(".cd-copy-view")
    expect(copy).to_contain_text("1 change, 1 verdict")
    expect(copy.locator("ins").first).to_contain_text("Russia's <script>alert(1)</script>")
    expect(copy.locator(".cd-copy-note")).to_have_count(2)
    copy.get_by_role("radio").nth(1).check()
    expect(copy).to_contain_text("taken place since Russia's")
    expect(copy.locator("del")).to_have_count(0)
    with page.expect_download() as download:
        copy.get_by_role("button", name="Save as a page").click()
    page.goto(download.value.path().as_uri())
    expect(page.locator("h1")).to_have_text("Your corrected copy")
    expect(page.locator("[data-manner=found]")).to_contain_text(FOUND)
