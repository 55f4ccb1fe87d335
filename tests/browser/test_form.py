"""The baseline on pages without a kernel: which form is shown, and what is shown after the closing one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from accessibility import violations
from formsteps import course, form_page, take_form
from labsteps import pick
from playwright.sync_api import expect
from samplepage import show

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

SUPPORTED = {1, 3, 5, 6, 8, 10, 11, 13, 15, 16, 18, 20}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a course in which lesson 07 asks the baseline of lesson 00 again."""
    return course(tmp_path_factory.mktemp("course"))


def test_before_and_after(page: Page, root: Path, tmp_path: Path) -> None:
    """The birthday decides the form; nothing is explained before the end, and then both forms are."""
    opening = form_page(root, tmp_path, "00-start", "opening")
    closing = form_page(root, tmp_path, "07-transfer", "closing")
    form = take_form(page, opening, birthday="Odd", guess="9", accept={1, 2, 3, 4, 5, 7})
    expect(form).to_contain_text("Form A: 20 statements")
    expect(form).to_contain_text("No answers are shown now")
    assert "cd-why" not in form.inner_html()
    assert "Both sites go back" not in page.content()
    expect(page.locator("[data-copydesk=progress]")).to_contain_text("Baseline3 of 3")

    form = take_form(page, closing, birthday="Odd", guess="4", accept=SUPPORTED | {2})
    expect(form).to_contain_text("Form B: 20 statements")
    expect(page.locator("[data-copydesk=guess]")).to_contain_text("you guessed that 9 of 20")
    form.get_by_role("button", name="Show me what changed").click()
    expect(form.get_by_role("heading", name="Before and after")).to_be_focused()
    rows = form.get_by_role("row")
    expect(rows.nth(1)).to_have_text(re.compile("Supported statements.*3 of 12.*12 of 12"))
    expect(rows.nth(2)).to_have_text(re.compile("Unsupported statements.*3 of 8.*1 of 8"))
    expect(form).to_contain_text("This is discernment")
    expect(form).to_contain_text("Your guess was 9 at the beginning, and it is 4 now")
    form.get_by_text("20 statements that you judged at the beginning").click()
    expect(form.locator(".cd-form-list > li")).to_have_count(40)
    expect(form.get_by_role("radio")).to_have_count(0)
    page.reload()
    expect(form.get_by_role("heading", name="Before and after")).to_be_visible()


def test_the_report_waits_for_every_statement(page: Page, root: Path, tmp_path: Path) -> None:
    """Before all statements are answered the button says how many are left, and shows nothing."""
    show(page, form_page(root, tmp_path, "07-transfer", "closing"))
    form = page.locator("[data-copydesk=form]")
    expect(form).to_contain_text("Answer the first question")
    form.get_by_role("radio", name="Even").check()
    expect(form).to_contain_text("Form A: 20 statements")
    button = form.get_by_role("button", name="Show me what changed")
    button.press("Enter")  # not by pointer: statements are still being drawn above it
    expect(form).to_contain_text("20 statements are left")
    expect(form.get_by_role("heading", name="Before and after")).to_have_count(0)
    expect(page.locator("[data-copydesk=guess]")).to_contain_text("Your answers from lesson 00 aren’t here")


def test_a_form_by_keyboard(page: Page, root: Path, tmp_path: Path) -> None:
    """With the keyboard alone a form is chosen, a statement answered, and the focus stays where it was."""
    show(page, form_page(root, tmp_path, "00-start", "opening"))
    form = page.locator("[data-copydesk=form]")
    odd, even = form.get_by_role("radio", name="Odd"), form.get_by_role("radio", name="Even")
    pick(page, odd)
    expect(form).to_contain_text("Form A: 20 statements")
    page.keyboard.press("ArrowDown")
    expect(even).to_be_focused()
    expect(form).to_contain_text("Form B: 20 statements")
    first = form.locator(".cd-item", has=page.get_by_role("heading", name="Visitors in July"))
    pick(page, first.get_by_role("radio").first, limit=60)
    expect(form).to_contain_text("1 of 20 complete")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_form_and_report(page: Page, root: Path, tmp_path: Path, theme: str) -> None:
    """Axe finds no violation in a form being answered, nor in the report with its lists open."""
    form = take_form(
        page,
        form_page(root, tmp_path, "07-transfer", "closing", theme=theme),
        birthday="Even",
        guess="5",
        accept=SUPPORTED,
    )
    assert violations(page) == []
    form.get_by_role("button", name="Show me what changed").click()
    expect(form.locator(".cd-form-list > li")).to_have_count(20)
    assert violations(page) == []
