"""What a phone asks for: large targets, lines that leave a text its room, and a date in three small fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from accessibility import small_controls
from kindsteps import item, wait_until_stored
from playwright.sync_api import expect
from samplepage import show, write_page
from viewsteps import views_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

FINGER = 44
WHOLE_LINES = """(task) => [...task.querySelectorAll(".cd-order-row")].map((row) => {
  const text = row.querySelector(".cd-order-text").getBoundingClientRect();
  const buttons = row.querySelector(".cd-order-buttons").getBoundingClientRect();
  return [text.width / row.getBoundingClientRect().width, buttons.top >= text.bottom - 1];
})"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Return a page on a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("make", [write_page, views_page], ids=["kinds", "views"])
def test_every_target_fits_a_finger(phone: Page, tmp_path: Path, make: type) -> None:
    """Under a finger each control is 44 px large; words of a text are as large as they are."""
    show(phone, make(tmp_path))
    assert [found for found in small_controls(phone, FINGER) if 'role="option"' not in found] == []


def test_a_line_to_order_has_the_whole_width(phone: Page, tmp_path: Path) -> None:
    """The text of a line is not squeezed between its buttons: they stand below it."""
    show(phone, write_page(tmp_path, only="F1"))
    for share, is_below in item(phone, "F1").evaluate(WHOLE_LINES):
        assert share > 0.8
        assert is_below


@pytest.mark.parametrize(
    ("locale", "language", "order"),
    [
        ("en-GB", "en", "Day Month (1–12) Year"),
        ("en-US", "en", "Month (1–12) Day Year"),
        ("en-US", "uk", "День Місяць (1–12) Рік"),
    ],
)
def test_a_date_is_asked_in_the_readers_order(
    browser: Browser, tmp_path: Path, locale: str, language: str, order: str
) -> None:
    """Day, month and year come as the reader writes them, and what is stored is the same."""
    context = browser.new_context(locale=locale, viewport={"width": 390, "height": 780})
    page = context.new_page()
    show(page, write_page(tmp_path, only="D1", language=language))
    date = item(page, "D1").locator(".cd-date-line")
    assert " ".join(date.locator("label").all_inner_texts()) == order
    tops = date.locator("input").evaluate_all("inputs => inputs.map(input => input.getBoundingClientRect().top)")
    assert len(set(tops)) == 1
    for part, typed in (("day", "4"), ("month", "5"), ("year", "2026")):
        date.locator(f"[data-part={part}]").fill(typed)
    assert wait_until_stored(page, "D1")["response"]["values"]["day"] == "2026-05-04"
    page.reload()
    expect(date.locator("[data-part=day]")).to_have_value("04")
    context.close()


def test_a_date_that_is_none_is_said(page: Page, tmp_path: Path) -> None:
    """A date with a part missing or a day that does not exist is named once its fields are left, and not before."""
    show(page, write_page(tmp_path, only="D1"))
    date = item(page, "D1").locator(".cd-date-line")
    fault = date.get_by_role("alert")
    date.locator("[data-part=day]").fill("31")
    date.locator("[data-part=month]").fill("2")
    expect(fault).to_be_empty()
    item(page, "D1").get_by_label("Hours since the storm").focus()
    expect(fault).to_have_text("Fill in each part of the date.")
    date.locator("[data-part=year]").fill("2026")
    expect(fault).to_contain_text("There’s no such date.")
    expect(date.get_by_label("Year")).to_have_attribute("aria-invalid", "true")
    date.locator("[data-part=day]").fill("28")
    expect(fault).to_be_empty()
    assert wait_until_stored(page, "D1")["response"]["values"]["day"] == "2026-02-28"
