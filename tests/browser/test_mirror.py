"""Progress and reliability in a real browser: live, by keyboard, narrow, light and dark, and in two languages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from accessibility import violations
from playwright.sync_api import expect
from samplepage import show as show_page
from samplepage import write_views

import copydesk
from copydesk.views.html import view_html

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

SLUG = "02-attribution"
OTHER = "05-claims"
OPTIONS = ("a", "b", "c")


def item(number: int) -> dict[str, Any]:
    """Return a practice item that asks for confidence; ``a`` is right."""
    weights = {name: {"weight": float(name == "a"), "why": "Because."} for name in OPTIONS}
    return {
        "id": f"J{number}",
        "kind": "choice",
        "title": f"Item {number}",
        "prompt": "Which one?",
        "context": "",
        "confidence": True,
        "reasons": [],
        "hints": [],
        "cards": [],
        "options": [{"id": name, "text": f"Option {name}"} for name in OPTIONS],
        "multiple": False,
        "shuffle": False,
        "points": 0,
        "key": {"kind": "choice", "options": weights},
    }


def answer(*, right: bool, confidence: float) -> dict[str, Any]:
    """Return a checked answer."""
    response = {"kind": "choice", "chosen": ["a" if right else "b"]}
    more = {"reason": "", "at": "2026-11-22T09:00:00.000Z", "attempts": 1, "checked": True}
    return {"response": response, "confidence": confidence, **more}


ANSWERS = {
    **{f"J{number}": answer(right=number != 1, confidence=0.6) for number in range(1, 6)},
    "J6": answer(right=True, confidence=0.9),
}


def show(
    page: Page,
    folder: Path,
    answers: dict[str, Any],
    *,
    language: str = "en",
    theme: str = "light",
    elsewhere: dict[str, Any] | None = None,
) -> None:
    """Open a page with both views and one item, and some answers in the browser's storage.

    ``elsewhere`` are answers in another lesson, whose items the mirror has too.
    """
    base = {
        "course": "mariupol",
        "lesson": SLUG,
        "release": copydesk.__version__,
        "bank": "sha256:" + "0" * 64,
        "purpose": "practice",
        "language": language,
        "keyed_by": "one careful reading",
        "tasks": [],
    }
    items = [item(number) for number in range(1, 9)]
    required = [
        {"id": each["id"], "title": each["title"], "group": "quiz", "outline": {"kind": "choice"}} for each in items
    ]
    others = [] if elsewhere is None else [{"lesson": OTHER, "tasks": items}]
    views = [
        {**base, "view": "progress", "title": "Your progress", "required": required},
        {**base, "view": "reliability", "title": "How sure, and how often right", "tasks": items, "lessons": others},
        {**base, "view": "tasks", "title": "Item", "tasks": [items[6]]},
    ]
    for lesson, given in {SLUG: answers, OTHER: elsewhere or {}}.items():
        stored = {
            "schema": "copydesk/answers/1",
            "saved": "2026-11-22T10:00:00.000Z",
            "learner": {"alias": ""},
            "lesson": lesson,
            **{name: base[name] for name in ("course", "bank")},
            "answers": given,
        }
        key = f"copydesk/mariupol/{copydesk.__version__}/{lesson}"
        page.add_init_script(f"localStorage.setItem({json.dumps(key)}, {json.dumps(json.dumps(stored))})")
    html = [view_html(view) for view in views]
    show_page(page, write_views(folder / "page.html", html, language=language, theme=theme))


def test_the_picture_shows_the_judgements(page: Page, tmp_path: Path) -> None:
    """A dot a band with its number, hollow where there are too few, and the same in words and in a table."""
    show(page, tmp_path, ANSWERS)
    dots = page.locator(".cd-reliability-svg .cd-dot")
    assert [(dot.get_attribute("data-band"), dot.get_attribute("data-enough")) for dot in dots.all()] == [
        ("60", "true"),
        ("90", "false"),
    ]
    assert page.locator(".cd-dot-count").all_text_contents() == ["5", "1"]
    picture = page.get_by_role("img", name="60% sure: 4 of 5 right.")
    expect(picture).to_be_visible()
    page.get_by_text("The same in numbers").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="60% 5 4 80%")).to_be_visible()
    expect(page.get_by_text("Brier score: 0.17")).to_be_visible()


def test_judgements_of_other_lessons_are_counted(page: Page, tmp_path: Path) -> None:
    """What was judged in another lesson, and is kept in this browser, stands in the same picture."""
    show(page, tmp_path, {"J1": ANSWERS["J1"]}, elsewhere=ANSWERS)
    expect(page.get_by_text("7 judgements", exact=True)).to_be_visible()
    expect(page.get_by_role("img", name="60% sure: 4 of 6 right.")).to_be_visible()


def test_both_views_follow_an_answer_by_keyboard(page: Page, tmp_path: Path) -> None:
    """An item that is answered and checked by keyboard alone reaches both views at once."""
    show(page, tmp_path, {name: ANSWERS[name] for name in ("J1", "J2", "J3", "J4")})
    expect(page.get_by_text("Not enough judgements yet: 4 of at least 5.")).to_be_visible()
    expect(page.get_by_text("4 of 8 complete")).to_be_visible()
    page.get_by_label("Option a").focus()
    page.keyboard.press("Space")
    page.get_by_label("How sure are you?").focus()
    page.keyboard.press("End")
    page.get_by_role("button", name="Check").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("5 of 8 complete")).to_be_visible()
    expect(page.get_by_text("3 still to do.")).to_be_visible()
    expect(page.get_by_text("5 judgements", exact=True)).to_be_visible()
    expect(page.locator(".cd-reliability-svg")).to_be_visible()
    page.get_by_text("Show every task").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="Item 7")).to_contain_text("Complete")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1000])
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, theme: str, width: int) -> None:
    """axe-core finds no fault in either view, light and dark, narrow and wide, and nothing is wider than the page."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    show(page, tmp_path, ANSWERS, theme=theme)
    for summary in page.locator("summary").all():
        summary.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_views_speak_ukrainian(page: Page, tmp_path: Path) -> None:
    """With the language uk every text is Ukrainian, with the plural form for its count, and fits 320 pixels."""
    page.set_viewport_size({"width": 320, "height": 800})
    show(page, tmp_path, ANSWERS, language="uk")
    expect(page.get_by_text("6 суджень")).to_be_visible()
    expect(page.get_by_text("Залишилося 2 завдання.")).to_be_visible()
    expect(page.get_by_text("Показник Браєра: 0,17")).to_be_visible()
    expect(page.get_by_role("button", name="Перевірити")).to_be_visible()
    page.get_by_text("Те саме в числах").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_layout_turns_with_the_direction(page: Page, tmp_path: Path) -> None:
    """Turned to right-to-left, names stand at the right, counts at the left, and nothing leaves the page."""
    page.set_viewport_size({"width": 700, "height": 800})
    show(page, tmp_path, ANSWERS)
    assert page.locator(".copydesk").first.get_attribute("dir") == "ltr"
    page.evaluate("document.querySelectorAll('.copydesk').forEach((root) => { root.dir = 'rtl'; })")
    name, count = page.locator(".cd-group-name").bounding_box(), page.locator(".cd-group-count").bounding_box()
    assert name is not None
    assert count is not None
    assert name["x"] > count["x"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
