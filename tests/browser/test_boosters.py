"""The boosters in the browser: five questions with a confidence, and the two dates as a calendar file."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from accessibility import small_controls, violations
from icalendar import Calendar
from playwright.sync_api import expect
from samplepage import show, write_views

import copydesk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BOOSTERS = ("08-booster-day-7", "09-booster-day-28")


@patch.dict(os.environ, COPYDESK_RENDER="static")
def booster_page(folder: Path, slug: str = BOOSTERS[0], *, language: str = "en", theme: str = "light") -> Path:
    """Write a page with the questions of a booster and the dates."""
    with patch.dict(os.environ, COPYDESK_LANGUAGE=language):
        desk = copydesk.open(slug, answers=folder / "answers")
        html = [view._repr_html_() for view in (desk.quiz(), desk.calendar())]  # type: ignore[union-attr]
    return write_views(folder / f"{slug}-{language}-{theme}.html", html, language=language, theme=theme)


@pytest.mark.parametrize("slug", BOOSTERS)
def test_a_booster_is_five_questions_with_a_confidence(page: Page, tmp_path: Path, slug: str) -> None:
    """Each of the five asks how sure the learner is, and explains every option once it is checked."""
    show(page, booster_page(tmp_path, slug))
    items = page.locator(".cd-item", has=page.get_by_role("radio"))
    expect(items).to_have_count(5)
    for item in items.all():
        item.get_by_role("radio").first.check()
        item.get_by_label("How sure are you?").select_option("0.7")
        item.get_by_role("button", name="Check").click()
        expect(item.locator(".cd-part-result")).to_have_count(3)
    expect(page.get_by_text("5 of 5 complete")).to_be_visible()


def test_the_calendar_file_has_both_dates(page: Page, tmp_path: Path) -> None:
    """A calendar program reads two all-day events, 7 and 28 days after the chosen day, each with a reminder."""
    show(page, booster_page(tmp_path))
    page.get_by_label("Count from this day").fill("2026-12-28")
    expect(page.get_by_text("Day 7: Monday, January 4, 2027")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the calendar file").click()
    assert download.value.suggested_filename == "copy-desk-boosters.ics"
    raw = Path(download.value.path()).read_bytes()
    events = Calendar.from_ical(raw).walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [date(2027, 1, 4), date(2027, 1, 25)]
    assert [event["DTEND"].dt - event["DTSTART"].dt for event in events] == [timedelta(days=1)] * 2
    assert [str(event["SUMMARY"]) for event in events] == [f"Copy Desk: day {day} booster" for day in (7, 28)]
    assert [alarm["TRIGGER"].dt for event in events for alarm in event.walk("VALARM")] == [timedelta(hours=9)] * 2
    assert all(event.errors == [] for event in events)


def test_the_day_is_today_until_another_is_chosen(page: Page, tmp_path: Path) -> None:
    """Nothing has to be typed for the dates from today; without a day the learner is told what is missing."""
    show(page, booster_page(tmp_path))
    today = page.evaluate("new Intl.DateTimeFormat('sv').format(new Date())")
    expect(page.get_by_label("Count from this day")).to_have_value(today)
    page.get_by_label("Count from this day").fill("")
    page.get_by_role("button", name="Download the calendar file").click()
    expect(page.locator(".cd-calendar .cd-bar-said")).to_have_text("Choose a day first.")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, theme: str) -> None:
    """axe-core finds no fault in questions and dates on a narrow page, nothing is too small or wider than it."""
    page = browser.new_page(viewport={"width": 320, "height": 800})
    show(page, booster_page(tmp_path, theme=theme))
    assert violations(page) == []
    assert small_controls(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_the_dates_are_ukrainian(page: Page, tmp_path: Path) -> None:
    """With the language uk the dates and the events are Ukrainian, and the file is still well formed."""
    show(page, booster_page(tmp_path, language="uk"))
    page.get_by_label("Рахувати від цього дня").fill("2026-11-22")
    expect(page.get_by_text("День 7: неділя, 29 листопада 2026")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Завантажити файл календаря").click()
    events = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == [
        "Copy Desk: повторення дня 7",
        "Copy Desk: повторення дня 28",
    ]
