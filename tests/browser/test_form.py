"""The baseline on pages without a kernel: each learner's own order, and what is shown after each of the three forms."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from accessibility import violations
from formsteps import course, form_page, take_form, titles
from labsteps import pick
from playwright.sync_api import expect
from samplepage import show

from copydesk.text import shared_text

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

A, B, C = "00-start", "07-transfer", "09-booster-day-28"
SHOW = "Show me the explanations"
STORED = (
    """() => Object.entries(localStorage).filter(([key]) => key.endsWith("/00-start")).map(([, text]) => text)[0]"""
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a course with the three forms."""
    return course(tmp_path_factory.mktemp("course"))


def accepted(root: Path, lesson: str, hits: int, alarms: int) -> set[str]:
    """Return the titles of so many supported and so many other statements of a form."""
    return {*titles(root, lesson, supported=True)[:hits], *titles(root, lesson, supported=False)[:alarms]}


def shown_titles(form: Locator) -> list[str]:
    """Return the headings of a form, from above."""
    items = form.locator(".cd-item", has_text="Does the evidence support this statement?")
    expect(items).to_have_count(20)
    return items.get_by_role("heading").all_inner_texts()


def expect_row(form: Locator, begins: str, text: str) -> None:
    """Expect the row with such a beginning, in a table of forms, to read on like a pattern."""
    expect(form.get_by_role("row", name=re.compile(f"^{begins}"))).to_have_text(re.compile(f"^{begins}.*{text}$"))


def open_measures(form: Locator) -> None:
    """Open what is folded: the two measures are for those who like them."""
    measure = form.get_by_role("row", name=re.compile("^d′"))
    expect(measure).to_have_count(0)
    form.locator("summary", has_text=shared_text("form.more")).click()
    expect(measure).to_be_visible()


def test_three_forms_and_what_is_explained_after_each(page: Page, root: Path, tmp_path: Path) -> None:
    """Ten statements are explained after A and after B, all sixty after C; each form stands beside those before it."""
    form = take_form(page, form_page(root, tmp_path, A), accept=accepted(root, A, 9, 3), guess="9")
    expect(form).to_contain_text("Form A: 20 statements")
    assert "cd-why" not in form.inner_html()
    expect(page.locator("[data-copydesk=progress]")).to_contain_text("Baseline2 of 2")
    form.get_by_role("button", name=SHOW).click()
    expect(form.get_by_role("heading", name="How you judged")).to_be_focused()
    expect_row(form, "Supported", "9 of 12")
    expect_row(form, "Unsupported", "3 of 8")
    open_measures(form)
    expect_row(form, "d′", "0.90")
    expect(form.locator(".cd-form-list > li")).to_have_count(10)
    expect(form).to_contain_text(shared_text("form.start"))

    form = take_form(page, form_page(root, tmp_path, B), accept=accepted(root, B, 5, 0), guess="4")
    expect(page.locator("[data-copydesk=guess]")).to_contain_text("you guessed that 9 of 20")
    form.get_by_role("button", name=SHOW).click()
    expect_row(form, "Supported", "9 of 12.*5 of 12")
    expect_row(form, "Unsupported", "3 of 8.*0 of 8")
    open_measures(form)
    expect_row(form, "c:", "\u22120.17.*0.89")
    expect(form.locator(".cd-notice")).to_contain_text("A sign of suspicion rather than discernment")
    expect(form).to_contain_text("Your guess was 9 at the start, and now it’s 4")
    expect(form.locator(".cd-form-list > li")).to_have_count(10)

    form = take_form(page, form_page(root, tmp_path, C), accept=accepted(root, C, 11, 1))
    form.get_by_role("button", name=SHOW).click()
    expect_row(form, "Statements answered", "20 of 20.*20 of 20.*20 of 20")
    open_measures(form)
    expect(form.locator(".cd-form-change")).to_have_count(2)
    expect(form.locator(".cd-form-change").last).to_contain_text("From form A to form C.")
    expect(form.locator(".cd-form-change").last).to_contain_text(shared_text("form.thought.discernment"))
    expect(form.locator(".cd-form-list > li")).to_have_count(60)
    assert violations(page) == []


def test_the_order_is_the_learners_own_and_stays(page: Page, root: Path, tmp_path: Path) -> None:
    """The order is drawn once, stands in the answer file, and is the same when the page is opened again."""
    path = form_page(root, tmp_path, A)
    show(page, path)
    first = shown_titles(page.locator("[data-copydesk=form]"))
    order = json.loads(page.evaluate(STORED))["orders"]["A"]
    assert sorted(order) == [f"A-{number:02d}" for number in range(1, 21)] != order
    page.reload()
    assert shown_titles(page.locator("[data-copydesk=form]")) == first
    page.evaluate("localStorage.clear()")
    page.reload()
    assert shown_titles(page.locator("[data-copydesk=form]")) != first


def test_a_later_form_without_the_first(page: Page, root: Path, tmp_path: Path) -> None:
    """With statements left, nothing is explained; where form A is missing, the report says how to bring it."""
    show(page, form_page(root, tmp_path, B))
    form = page.locator("[data-copydesk=form]")
    form.get_by_role("button", name=SHOW).press("Enter")  # not by pointer: statements are still being drawn above it
    expect(form).to_contain_text("20 statements left")
    expect(form.get_by_role("heading", name="How you judged")).to_have_count(0)
    expect(page.locator("[data-copydesk=guess]")).to_contain_text("Your answers from lesson 00 aren’t here")
    form = take_form(page, form_page(root, tmp_path, B), accept=set())
    form.get_by_role("button", name=SHOW).click()
    expect(form).to_contain_text("Your answers from lesson 00 aren’t here")


def test_answers_to_the_first_edition_are_not_compared(page: Page, root: Path, tmp_path: Path) -> None:
    """Answers to the first edition's statements stay where they are, and the report says why they do not count."""
    path = form_page(root, tmp_path, B)
    show(page, path)
    page.evaluate(
        """() => {
          const [key, text] = Object.entries(localStorage).find(([key]) => key.endsWith("/07-transfer"));
          const file = JSON.parse(text);
          const at = file.saved;
          const answers = { A01: { response: { kind: "choice", chosen: ["supported"] }, at } };
          const old = { ...file, lesson: "00-start", orders: undefined, answers };
          localStorage.setItem(key.replace("07-transfer", "00-start"), JSON.stringify(old));
        }"""
    )
    form = take_form(page, path, accept=set())
    form.get_by_role("button", name=SHOW).click()
    expect(form).to_contain_text("belong to the first edition’s statements")
    expect_row(form, "Statements answered", "0 of 20.*20 of 20")


def test_a_form_by_keyboard(page: Page, root: Path, tmp_path: Path) -> None:
    """With the keyboard alone a statement is answered, and the focus stays where it was."""
    show(page, form_page(root, tmp_path, A))
    form = page.locator("[data-copydesk=form]")
    first = form.locator(".cd-item", has_text="Does the evidence support this statement?").first
    pick(page, first.get_by_role("radio").first, limit=60)
    expect(first.get_by_role("radio").first).to_be_focused()
    expect(form).to_contain_text("1 of 20 complete")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_form_and_report(page: Page, root: Path, tmp_path: Path, theme: str) -> None:
    """Axe finds no violation in a form being answered, nor in the report with its lists and numbers open."""
    form = take_form(page, form_page(root, tmp_path, A, theme=theme), accept=accepted(root, A, 12, 0))
    assert violations(page) == []
    form.get_by_role("button", name=SHOW).click()
    expect(form.locator(".cd-form-list > li")).to_have_count(10)
    open_measures(form)
    assert violations(page) == []
