"""A made-up language, written from right to left: its texts, its direction, and the arrow keys that follow it."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import make
import pytest
from accessibility import clipped_texts
from browsing import expect
from learner import press
from samplepage import show, view, write_views

from copydesk.course.bank import Bank
from copydesk.course.documents import read_document, validate_document
from copydesk.grading import Options, grade
from copydesk.text import DEFAULT, PARTS, follow, remark, shared_text, texts_of
from copydesk.text.plurals import plural_categories
from copydesk.views.content import bank_content

if TYPE_CHECKING:
    from playwright.sync_api import Page

LANGUAGE = "ar"
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابجدهوزحطيكلمنسعفصقرشتثخذض")
"""English in other letters: no language, but about as long as English, and written from right to left."""

KEPT = re.compile(r"\{\{|\}\}|\{[^{}]*\}|<[^>]*>|```[^\n]*|\]\([^)]*\)|https?:\S+")
SAID = frozenset({"text", "title", "prompt", "quote", "why", "note", "hints", "reasons", "keyed_by"})
"""The fields of a task that are words."""

TEXTS = "p:visible:not(.cd-status), .cd-option-text, li:visible > p"
"""Texts that begin at the edge of their box; how far an answer is saved is at the other end of its line."""

TASKS = ("A1", "B1", "C1", "F1")
OVERFLOW = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
BEGIN_ELSEWHERE = """texts => texts.filter(text => {
  const words = document.createRange();
  words.selectNodeContents(text);
  const edge = text.getBoundingClientRect().right - parseFloat(getComputedStyle(text).paddingRight);
  const lines = new Map();
  for (const { top, right } of words.getClientRects()) {
    const line = Math.round(top / 10);
    lines.set(line, Math.max(right, lines.get(line) ?? 0));
  }
  return getComputedStyle(text).direction !== "rtl" || [...lines.values()].some(right => right < edge - 4);
}).map(text => text.outerHTML)"""
"""Those texts of which a line doesn't begin at the right edge."""


def made_up(text: str) -> str:
    """Return a text in other letters, except for its placeholders and markup."""
    places = [0, *(place for match in KEPT.finditer(text) for place in match.span()), len(text)]
    pieces = [text[start:end] for start, end in pairwise(places)]
    return "".join(piece if place % 2 else piece.lower().translate(LETTERS) for place, piece in enumerate(pieces))


def in_the_language(data: Any, field: str = "") -> Any:  # noqa: ANN401  (whatever a file of tasks has)
    """Return the data of tasks with their words in the made-up language."""
    if isinstance(data, dict):
        return {key: in_the_language(value, key) for key, value in data.items()}
    if isinstance(data, list):
        return [in_the_language(value, field) for value in data]
    return made_up(data) if field in SAID and isinstance(data, str) else data


@pytest.fixture(autouse=True)
def language(tmp_path: Path) -> None:
    """Follow a course whose catalogue is in the made-up language."""
    english, catalogue = texts_of(DEFAULT), {"remark": made_up("Nobody has read this.")}
    for part in PARTS:
        texts = {}
        for key, text in english[part].items():
            forms = plural_categories(LANGUAGE)
            texts[key] = made_up(text) if isinstance(text, str) else dict.fromkeys(forms, made_up(text["other"]))
        catalogue[part] = texts
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / f"{LANGUAGE}.json").write_text(json.dumps(catalogue), encoding="utf-8")
    follow(LANGUAGE, tmp_path / "texts")
    assert remark(LANGUAGE) == catalogue["remark"]


def tasks_page(folder: Path) -> Path:
    """Write a page with tasks of some kinds in the made-up language."""
    document = read_document(Path(__file__).with_name("samples.yml"))
    tasks = [task for task in document.data["tasks"] if task["id"] in TASKS]
    document.data.update(in_the_language({**document.data, "tasks": tasks}))
    bank: Bank = validate_document(document, Bank)
    views = [view(bank_content(bank, [entry], {}, title=entry.task.title), LANGUAGE) for entry in bank.tasks]
    return write_views(folder / "page.html", views, language=LANGUAGE, direction="ltr")


def test_tasks_are_turned_around(page: Page, tmp_path: Path) -> None:
    """Text begins at the right, nothing is wider than a phone or cut, and the arrow keys follow the words."""
    page.set_viewport_size({"width": 360, "height": 800})
    show(page, tasks_page(tmp_path))
    for root in page.locator("[data-copydesk]").all():
        expect(root).to_have_attribute("dir", "rtl")
        expect(root).to_have_attribute("lang", LANGUAGE)
    assert page.locator(TEXTS).count() > len(TASKS)
    assert page.locator(TEXTS).evaluate_all(BEGIN_ELSEWHERE) == []
    assert page.evaluate(OVERFLOW)
    assert clipped_texts(page) == []
    words = page.locator(".cd-word")
    words.first.focus()
    press(page, "ArrowLeft", 2)
    expect(words.nth(2)).to_be_focused()
    press(page, "ArrowRight")
    expect(words.nth(1)).to_be_focused()
    press(page, "s")
    expect(words.nth(1)).to_have_attribute("aria-label", re.compile(made_up("source")))
    check = page.get_by_role("button", name=shared_text("check"), exact=True)
    assert check.count() == len(TASKS), "the browser has the texts of the made-up language"


def test_a_feedback_page_is_turned_around(page: Page, tmp_path: Path) -> None:
    """Feedback begins at the right, is no wider than a phone, and says who has read the translation."""
    bank = make.bank()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "Ada.json").write_bytes(make.to_bytes(make.submission("Ada", make.half_right())))
    grade([tmp_path / "in"], tmp_path / "out", banks={bank.lesson: bank}, options=Options())
    (feedback,) = (tmp_path / "out" / "feedback").glob("*.html")
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(feedback.as_uri())
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert page.locator("h1, .byline, footer p").evaluate_all(BEGIN_ELSEWHERE) == []
    assert page.evaluate(OVERFLOW)
    expect(page.locator("footer")).to_contain_text(remark(LANGUAGE))
