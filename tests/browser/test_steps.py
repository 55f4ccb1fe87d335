"""A lesson one step at a time: on its page by button, key, finger, link and search, and in JupyterLab; and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from accessibility import violations
from browsing import STEPS
from labsteps import forget_answers
from playwright.sync_api import expect

from copydesk.course.bank_files import QUIZZES
from copydesk.course.course import Course
from copydesk.course.settings import find_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from copydesk.lab.jupyterlab import Lab

LESSON = "lessons/02-attribution"
BANK = Course(find_root()).bank(QUIZZES, "02-attribution")
QUIZ = [entry.task for entry in BANK.tasks if entry.task.group == "quiz"]
SEEN = """() => [...document.querySelectorAll("article > section > section")].filter((each) => !each.hidden).map(
  (each) => each.id)"""
SWIPE = """([from, to]) => {
  const target = document.querySelector("article h2 ~ p:not([hidden] *)") ?? document.querySelector("article p");
  const touch = (x) => new Touch({identifier: 1, target, clientX: x, clientY: 400});
  const send = (type, x) => target.dispatchEvent(new TouchEvent(type, {
    bubbles: true, touches: type === "touchstart" ? [touch(x)] : [], changedTouches: [touch(x)]}));
  send("touchstart", from);
  send("touchend", to);
}"""


@pytest.fixture
def reader(browser: Browser, server: str) -> Iterator[Page]:
    """Return a phone with the page of lesson 02, of somebody who has chosen nothing."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.add_init_script(STEPS)
    page = context.new_page()
    page.goto(f"{server}{LESSON}.html")
    expect(page.locator(".cd-way-place")).to_be_visible()
    yield page
    context.close()


def ids(page: Page) -> list[str]:
    """Return the ids of the sections that are shown."""
    return list(page.evaluate(SEEN))


def place(page: Page) -> str:
    """Return what the bar says of the step that is shown."""
    return page.locator(".cd-way-place").inner_text()


def test_one_step_is_shown_and_continue_leads_on(reader: Page) -> None:
    """Only a step is shown; Continue shows the next, with the focus on its heading, and Back returns."""
    first = ids(reader)
    assert len(first) == 1
    assert place(reader).startswith("02 · step 1 of ")
    coming = reader.locator(".cd-way-coming:visible").inner_text()
    reader.locator(".cd-way-on:visible").click()
    assert len(ids(reader)) == 1
    assert ids(reader) != first
    heading = reader.get_by_role("heading", level=2, name=coming)
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    assert place(reader).startswith("02 · step 2 of ")
    assert reader.evaluate("location.hash") == f"#{ids(reader)[0]}"
    reader.go_back()
    expect(reader.locator(".cd-way-place")).to_contain_text("step 1 of")
    assert ids(reader) == first


def test_the_list_leads_to_any_step(reader: Page) -> None:
    """The bar unfolds into all steps with what is done in each; one is chosen, and Escape folds it again."""
    reader.locator(".cd-way-opener").click()
    steps = reader.locator(".cd-way-list > li")
    assert steps.count() > 5
    quiz = steps.filter(has_text="Quiz")
    expect(quiz).to_contain_text(f"0 of {len(QUIZ)} done")
    reader.keyboard.press("Escape")
    expect(steps.first).to_be_hidden()
    reader.locator(".cd-way-opener").click()
    quiz.get_by_role("button").click()
    assert ids(reader) == ["quiz"]
    expect(steps.first).to_be_hidden()


def test_what_is_done_is_counted(reader: Page) -> None:
    """A task that is answered counts in the bar of its step."""
    reader.goto(reader.url.split("#")[0] + "#task-R1")
    reader.reload()
    task = reader.locator(".cd-item:visible").first
    task.get_by_role("radio").first.check()
    reader.locator(".cd-way-opener").click()
    expect(reader.locator(".cd-way-list > li [data-complete='true']")).to_have_text("1 of 1 done")


def test_an_address_opens_the_step_of_its_task(reader: Page) -> None:
    """A link to a task shows the step that it stands in, and so does its name in the list of tasks."""
    reader.goto(reader.url.split("#")[0] + "#task-Q4")
    reader.reload()
    expect(reader.get_by_role("heading", name="A hint")).to_be_in_viewport()
    assert ids(reader) == ["quiz"]
    reader.locator(".cd-way-opener").click()
    reader.get_by_text("Show every task").click()
    reader.get_by_role("button", name="P5 · The empty chairs").click()
    expect(reader.get_by_role("heading", level=3, name="The empty chairs")).to_be_focused()
    assert len(ids(reader)) == 1


def test_an_address_opens_its_step_however_late_the_steps_come(reader: Page) -> None:
    """Where the second script comes slowly, after the task was drawn, the page still opens at its task."""
    reader.route("**/copydesk-more.js*", lambda route: (reader.wait_for_timeout(6000), route.continue_()))
    address = reader.url.split("#")[0] + "#task-Q4"
    reader.goto("about:blank")
    reader.goto(address)
    expect(reader.locator(".cd-way-place")).to_be_visible()
    expect(reader.get_by_role("heading", name="A hint")).to_be_in_viewport()
    assert ids(reader) == ["quiz"]


def test_the_whole_page_is_there_for_those_who_choose_it(reader: Page) -> None:
    """The whole page is one choice away and stays chosen; so is the way back."""
    many = len(reader.evaluate("[...document.querySelectorAll('article > section > section')].map(({id}) => id)"))
    reader.locator(".cd-way-opener").click()
    reader.get_by_role("button", name="Show the whole page").click()
    assert len(ids(reader)) == many
    assert reader.evaluate("localStorage.getItem('copydesk/whole-page')") == "yes"
    expect(reader.locator(".cd-way-on:visible")).to_have_count(0)
    reader.locator(".cd-way-opener").click()
    reader.get_by_role("button", name="Show one step at a time").click()
    assert len(ids(reader)) == 1


def test_search_and_print_reach_every_step(reader: Page) -> None:
    """The browser's search opens the step in which it finds something, and on paper all steps are there."""
    away = reader.locator("article > section > section#quiz")
    assert away.get_attribute("hidden") == "until-found"
    away.dispatch_event("beforematch")
    assert ids(reader) == ["quiz"]
    reader.emulate_media(media="print")
    hidden = "element => getComputedStyle(element).contentVisibility === 'hidden' || element.offsetHeight === 0"
    for section in reader.locator("article > section > section").all():
        assert not section.evaluate(hidden)
    expect(reader.locator(".cd-way")).to_be_hidden()


def test_keys_turn_where_they_do_no_harm(reader: Page) -> None:
    """An arrow turns a step from the page itself, and not from within a task."""
    reader.keyboard.press("ArrowRight")
    expect(reader.locator(".cd-way-place")).to_contain_text("step 2 of")
    reader.keyboard.press("ArrowLeft")
    expect(reader.locator(".cd-way-place")).to_contain_text("step 1 of")
    reader.goto(reader.url.split("#")[0] + "#quiz")
    reader.reload()
    reader.locator(".cd-item:visible").get_by_role("radio").first.focus()
    reader.keyboard.press("ArrowRight")
    assert ids(reader) == ["quiz"]


def test_a_swipe_turns_a_step(reader: Page) -> None:
    """A quick swipe sideways turns to the next step, one back returns, and a short one does nothing."""
    reader.evaluate(SWIPE, [300, 80])
    expect(reader.locator(".cd-way-place")).to_contain_text("step 2 of")
    reader.evaluate(SWIPE, [200, 180])
    expect(reader.locator(".cd-way-place")).to_contain_text("step 2 of")
    reader.evaluate(SWIPE, [80, 300])
    expect(reader.locator(".cd-way-place")).to_contain_text("step 1 of")


def test_the_result_comes_beside_the_finger(reader: Page) -> None:
    """After a check the sentence about this answer is in view, and no option that was not picked has a cross."""
    reader.goto(reader.url.split("#")[0] + "#task-Q4")
    reader.reload()
    task = reader.locator(".cd-item:visible", has=reader.get_by_role("heading", name="A hint"))
    task.get_by_role("radio").first.check()
    task.get_by_role("button", name="Check").click()
    expect(task.locator(".cd-result-said")).to_be_in_viewport()
    expect(task.locator(".cd-option[data-picked='false'] .cd-chip.cd-wrong")).to_have_count(0)
    expect(task.locator("details.cd-folded-parts")).to_be_visible()
    assert task.locator("details.cd-folded-parts").get_attribute("open") is None


def test_the_end_says_what_was_found(reader: Page) -> None:
    """The end of a lesson names what was checked, by how it stands to the reference, and leads to the exercise."""
    reader.goto(reader.url.split("#")[0] + "#task-R1")
    reader.reload()
    task = reader.locator(".cd-item:visible").first
    task.get_by_role("radio", name="Look for the same story in other places.").check()
    task.get_by_role("button", name="Check").click()
    reader.locator(".cd-way-opener").click()
    reader.locator(".cd-way-list > li").last.get_by_role("button").click()
    end = reader.locator("[data-copydesk='finish']")
    expect(end.locator("[data-standing='whole'] + ul")).to_contain_text("The first move")
    expect(end.locator("[data-standing='open'] + ul")).to_contain_text("The empty chairs")
    expect(end.get_by_role("link", name="Now do the exercise")).to_have_attribute(
        "href", "../exercises/02-attribution.html"
    )
    end.get_by_role("button", name="The empty chairs").click()
    expect(reader.get_by_role("heading", level=3, name="The empty chairs")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_step(reader: Page, scheme: str) -> None:
    """A step with its bar unfolded has no fault that axe knows, on light and on dark paper."""
    reader.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    reader.locator(".cd-way-on:visible").click()
    reader.locator(".cd-way-opener").click()
    assert violations(reader) == []


def test_in_jupyterlab_a_notebook_has_the_same_steps(browser: Browser, lab: Lab) -> None:
    """In JupyterLab one section of the notebook is shown; Continue, list and Back turn; the whole is a choice."""
    forget_answers(lab)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(STEPS)
    page = context.new_page()
    page.goto(f"{lab.url(LESSON + '.ipynb')}&reset")
    page.wait_for_selector(".jp-NotebookPanel[data-copydesk='ready']", timeout=90_000)
    headings = page.locator(".jp-MarkdownCell:not(.lm-mod-hidden) h2")
    expect(headings).to_have_count(1)
    page.locator(".cdlab-steps-on").click()
    expect(headings).to_have_count(1)
    bar = page.locator(".cdlab-steps")
    expect(bar.get_by_role("combobox").locator("option:checked")).to_contain_text("02 · step 2 of")
    bar.get_by_role("combobox").select_option(label=bar.locator("option", has_text="Quiz").inner_text())
    shown = page.locator(".jp-Cell:not(.lm-mod-hidden) .cd-item")
    expect(shown.get_by_role("heading")).to_contain_text([task.title for task in QUIZ])
    bar.get_by_role("button", name="Back").click()
    for task in QUIZ:
        expect(shown.get_by_role("heading", name=task.title)).to_have_count(0)
    expect(headings).to_have_count(1)
    bar.get_by_role("button", name="Show the whole notebook").click()
    expect(page.locator(".jp-Cell.lm-mod-hidden")).to_have_count(0)
    context.close()
