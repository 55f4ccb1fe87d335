"""A small course with both forms, and what a learner does in them."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING
from unittest.mock import patch

from playwright.sync_api import expect
from samplepage import show, write_views

import copydesk
from copydesk.course.settings import find_root

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page


def course(folder: Path) -> Path:
    """Make a course of lesson 00 and a lesson 07 that asks its baseline again, and return its root."""
    root = find_root()
    for name in ("seeds", "lessons", "exercises"):
        shutil.copytree(root / name, folder / name)
    shutil.copy(root / "tests/closing/07-transfer.yml", folder / "exercises/tasks")
    return folder


def form_page(root: Path, folder: Path, lesson: str, part: str, *, theme: str = "light") -> Path:
    """Write a page with progress, guess, form and submission of a lesson, and return its path."""
    with patch.dict(os.environ, {"COPYDESK_RENDER": "static", "COPYDESK_COURSE": str(root)}):
        desk = copydesk.open(lesson)
        views = [desk.progress(), desk.first_guess(), desk.form(part)]
        return write_views(folder / f"{part}.html", [view._repr_html_() for view in views], theme=theme)


def take_form(page: Page, path: Path, *, birthday: str, guess: str, accept: set[int]) -> Locator:
    """Open a form, answer its two questions and all its statements; return the form."""
    show(page, path)
    form = page.locator("[data-copydesk=form]")
    form.get_by_role("radio", name=birthday).check()
    form.get_by_role("spinbutton").or_(form.get_by_role("textbox")).first.fill(guess)
    items = form.locator(".cd-item", has_text="Does the evidence support this statement?")
    expect(items).to_have_count(20)
    for number in range(1, 21):
        item = items.nth(number - 1)
        item.get_by_role("radio", name="Yes" if number in accept else "No").check()
        item.get_by_role("combobox").select_option("0.8")
    return form
