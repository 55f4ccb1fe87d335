"""The lessons and exercises of the built book on a phone: what stays in reach, what a slow finger does, large text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from browsing import STEPS
from playwright.sync_api import expect
from test_paper import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

LESSON, EXERCISE = "lessons/02-attribution.html", "exercises/02-attribution.html"
PAGES = [f"{name}.html" for name in NAMES]
WIDEST = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
IN_VIEW = """(bar) => {
  const { top, bottom } = bar.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}"""
LARGE = "document.addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%'; })"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Return a page on a phone, whose reader goes step by step."""
    context = browser.new_context(viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True)
    context.add_init_script(STEPS)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("name", "step"), [(LESSON, "#task-P3"), (EXERCISE, "#task-T1")])
def test_the_labels_stay_at_the_thumb(phone: Page, site: Path, name: str, step: str) -> None:
    """While any passage of a task is in view, the bar of its labels is on the screen: in the book, too."""
    phone.goto(f"{(site / name).as_uri()}{step}")
    bar = phone.locator(".cd-item:visible .cd-tools").first
    for passage in phone.locator(".cd-item:visible .cd-passage").all()[:3]:
        passage.evaluate("(element) => element.scrollIntoView({ block: 'center' })")
        assert bar.evaluate(IN_VIEW)


def test_a_slow_finger_draws(phone: Page, site: Path) -> None:
    """Who comes down, moves slowly and stays within a long word marks it; who rests on a word picks it to be copied."""
    phone.goto(f"{(site / LESSON).as_uri()}#task-P3")
    words = phone.locator(".cd-item:visible .cd-word")
    first, other = words.nth(1), words.nth(4)
    first.evaluate("(element) => element.scrollIntoView({ block: 'center' })")
    touch = phone.context.new_cdp_session(phone)

    def send(kind: str, place: dict[str, float] | None) -> None:
        points = [place] if place else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def within(word: Locator, share: float) -> dict[str, float]:
        box = word.bounding_box()
        assert box is not None
        return {"x": box["x"] + share * box["width"], "y": box["y"] + box["height"] / 2}

    send("touchStart", within(first, 0.1))
    for share in (0.4, 0.7, 0.9):
        phone.wait_for_timeout(250)
        send("touchMove", within(first, share))
    phone.wait_for_timeout(700)
    send("touchEnd", None)
    expect(first).to_have_attribute("data-label", "1")

    send("touchStart", within(other, 0.5))
    phone.wait_for_timeout(900)
    assert phone.evaluate("() => getSelection().toString()").strip() == (other.text_content() or "").strip()
    send("touchEnd", None)
    expect(other).not_to_have_attribute("data-label", "1")


@pytest.mark.parametrize("name", [*PAGES, "index.html", "my-copy.html", "my-course.html", "article.html"])
def test_text_of_twice_the_size_fits(phone: Page, site: Path, name: str) -> None:
    """At 200% no page is wider than the screen, and the bar of steps keeps its three parts on it."""
    phone.add_init_script(LARGE)
    phone.goto((site / name).as_uri())
    phone.wait_for_function("() => !document.querySelector('[data-copydesk]:not([data-live=true])')")
    assert phone.evaluate(WIDEST) <= 0
    for part in phone.locator(".cd-way-line > :visible").all():
        box = part.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


def test_the_line_that_an_item_is_about_stands_beside_it(phone: Page, site: Path) -> None:
    """Nobody scrolls between the name of a line and its words: T3 and T5 of exercise 02 have them in the row."""
    phone.goto(f"{(site / EXERCISE).as_uri()}#task-T3")
    row = phone.locator(".cd-item:visible .cd-sort-row", has_text="insisted (line 8)")
    expect(row).to_contain_text("The engineer insisted that the pipes were new")
    expect(phone.locator(".cd-item:visible .cd-quote")).to_have_count(0)
    phone.goto("about:blank")
    phone.goto(f"{(site / EXERCISE).as_uri()}#task-T5")
    option = phone.locator(".cd-item:visible .cd-option", has_text="S19")
    expect(option).to_contain_text("shelled the city indiscriminately")
    expect(option.get_by_role("checkbox")).to_have_accessible_name(
        re.compile("^S19 ?: “shelled the city indiscriminately”")
    )


def test_back_leads_to_the_place_that_one_came_from(phone: Page, site: Path) -> None:
    """The browser's Back goes to the step before, and as far down in it as its reader was."""
    phone.goto((site / LESSON).as_uri())
    phone.get_by_role("button", name="Continue").locator("visible=true").click()
    phone.evaluate("() => scrollTo(0, 500)")
    phone.evaluate("() => document.querySelector('.cd-way-next').click()")
    phone.go_back()
    phone.wait_for_function("() => Math.abs(scrollY - 500) < 3")


def test_a_step_that_was_read_looks_so(phone: Page, site: Path) -> None:
    """A step without tasks that lies behind the reader is marked as read, after a reload too; one ahead is not."""
    phone.goto((site / LESSON).as_uri())
    marks = phone.locator(".cd-way-mark")
    states = "(marks) => marks.map((mark) => mark.dataset.state)"
    first = marks.evaluate_all(states)
    no_tasks = [index for index, state in enumerate(first) if state == "none"]
    assert len(no_tasks) > 2
    now_at = no_tasks[1] + 1
    for _ in range(now_at):
        phone.locator(".cd-way-next").click()
    phone.reload()
    expected = ["read" if index in no_tasks and index < now_at else state for index, state in enumerate(first)]
    assert marks.evaluate_all(states) == expected
