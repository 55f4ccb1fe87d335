"""A course with the three forms, and what a learner does in them."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING
from unittest.mock import patch

from playwright.sync_api import expect
from samplepage import show, write_views

import copydesk
from copydesk.course.bank_files import CLOSING, read_bank_file
from copydesk.course.settings import find_root
from copydesk.kinds.choice.model import ChoiceKey

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page


def course(folder: Path) -> Path:
    """Make a copy of what learners have of the course, and return its root."""
    root = find_root()
    for name in ("seeds", "lessons", "exercises"):
        shutil.copytree(root / name, folder / name)
    return folder


def form_page(root: Path, folder: Path, lesson: str, *, theme: str = "light") -> Path:
    """Write a page with progress, guess, form and submission of a lesson, and return its path."""
    with patch.dict(os.environ, {"COPYDESK_RENDER": "static", "COPYDESK_COURSE": str(root)}):
        desk = copydesk.open(lesson)
        views = [desk.progress(), desk.first_guess(), desk.form()]
        return write_views(folder / f"{lesson}.html", [view._repr_html_() for view in views], theme=theme)


def take_form(page: Page, path: Path, *, accept: set[str], guess: str = "") -> Locator:
    """Open a form, answer its guess and all its statements, and accept those with these titles; return the form."""
    show(page, path)
    form = page.locator("[data-copydesk=form]")
    if guess:
        form.get_by_role("spinbutton").or_(form.get_by_role("textbox")).first.fill(guess)
    items = form.locator(".cd-item", has_text="Does the evidence support this statement?")
    expect(items).to_have_count(20)
    for number in range(20):
        item = items.nth(number)
        heading = item.get_by_role("heading").first.inner_text().strip()
        item.get_by_role("radio", name="Yes" if heading.endswith(tuple(accept)) else "No").check()
        item.get_by_role("combobox").select_option("0.8")
    return form


def titles(root: Path, lesson: str, *, supported: bool) -> list[str]:
    """Return the titles of the statements of a lesson's form that are supported, or of the others, as written."""
    found = []
    for task, key in ((entry.task, entry.key) for entry in read_bank_file(root / CLOSING / f"{lesson}.yml").bank.tasks):
        if isinstance(key, ChoiceKey) and (key.options["supported"].weight == 1) is supported:
            found += [task.title]
    return found
