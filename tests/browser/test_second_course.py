"""The second course, made like any teacher's: its book is walked by keyboard from start to submission, and graded.

It has its own folder, its own pages and its own answers; nothing of the first course is read or written for it.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from learner import check, give, submit, turn_to
from samplepage import wait_until_alive

from copydesk.course.bank_files import QUIZZES, SOLUTIONS
from copydesk.course.course import Course
from copydesk.kinds import scoring

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).resolve().parents[2] / "courses" / "skelmouth"
LESSONS = sorted(Course(ROOT).quizzes)
ALIAS = "Kingfisher"


def copydesk(*arguments: str | Path) -> None:
    """Run a command as its author would, in the folder of the course."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
    subprocess.run([sys.executable, "-m", "copydesk", *map(str, arguments)], check=True, cwd=ROOT, env=environment)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built book of the course."""
    folder = tmp_path_factory.mktemp("second-course") / "site"
    copydesk("book", "--out", folder)
    return folder


def item(page: Page, title: str) -> Locator:
    """Return the section of a task, by its title."""
    return page.locator(".cd-item", has=page.get_by_role("heading", name=title, exact=True))


def walk(page: Page, lesson: str) -> None:
    """Answer and check everything in a lesson, and everything in its exercise, with the keyboard alone."""
    turn_to(page, f"lessons/{lesson}.html")
    wait_until_alive(page)
    for entry in Course(ROOT).bank(QUIZZES, lesson).tasks:
        if entry.key is None:
            continue
        section = item(page, entry.task.title)
        give(page, section, entry.task, scoring.reference_response(entry.task, entry.key))
        if entry.task.kind != "drawer":
            check(page, section)
    turn_to(page, f"exercises/{lesson}.html")
    wait_until_alive(page)
    for entry in Course(ROOT).bank(SOLUTIONS, lesson).tasks:
        give(page, item(page, entry.task.title), entry.task, scoring.reference_response(entry.task, entry.key))


def test_the_second_course_is_walked_by_keyboard_and_graded(browser: Browser, book: Path, tmp_path: Path) -> None:
    """Who answers everything as the key does, and presses nothing but keys, gets all points that a program gives."""
    submissions, graded = tmp_path / "submissions", tmp_path / "graded"
    with closing(browser.new_context(accept_downloads=True)) as context:
        context.set_default_timeout(30_000)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((book / "index.html").as_uri())
        for lesson in LESSONS:
            walk(page, lesson)
            with page.expect_download() as download:
                submit(page, page.locator("main"), ALIAS)
            download.value.save_as(submissions / download.value.suggested_filename)
        assert errors == []
    copydesk("grade", submissions, "--out", graded)
    with (graded / "gradebook.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row["lesson"] for row in rows] == LESSONS
    for row in rows:
        bank = Course(ROOT).bank(SOLUTIONS, row["lesson"])
        for entry in bank.tasks:
            (cell,) = [text for name, text in row.items() if f"{entry.task.id} (of " in name]
            assert cell == ("" if scoring.is_marked_by_person(entry.task) else f"{entry.task.points:g}"), entry.task.id
