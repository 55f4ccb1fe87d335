"""A learner does the second course in its own book, by keyboard, and is graded as they meant."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from learner import check, give, submit, turn_to
from meaning import meant
from samplepage import wait_until_alive

from copydesk.course.course import Course
from copydesk.kinds import scoring

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from copydesk.course.bank import Entry

FOLDER = Path(__file__).resolve().parents[2] / "courses" / "skelmouth"
COURSE = Course(FOLDER)


def copydesk(*words: object) -> None:
    """Run a command in the folder of the course, as its teacher does."""
    command = [sys.executable, "-m", "copydesk", *map(str, words)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
    done = subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the book of the course."""
    out = tmp_path_factory.mktemp("skelmouth") / "site"
    copydesk("book", "--out", out)
    return out


def section(page: Page, entry: Entry) -> Locator:
    """Return the section of a task."""
    return page.locator(".cd-item", has=page.get_by_role("heading", name=entry.task.title, exact=True))


def due(entry: Entry, place: int) -> float | None:
    """Return the points for what is meant; none for what a person marks."""
    assert entry.key is not None
    return scoring.score(entry.task, entry.key, meant(entry, place)).points


@pytest.mark.parametrize("lesson", sorted(COURSE.solutions))
def test_a_lesson_and_its_exercise_by_keyboard(page: Page, book: Path, tmp_path: Path, lesson: str) -> None:
    """Each page is turned to, answered and submitted with the keyboard alone, and graded with the points due."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto((book / "index.html").as_uri())
    turn_to(page, f"lessons/{lesson}.html")
    wait_until_alive(page)
    for entry in COURSE.quizzes[lesson].tasks:
        give(page, section(page, entry), entry.task, meant(entry, 0))
        if entry.task.kind != "drawer":
            check(page, section(page, entry))
    turn_to(page, f"exercises/{lesson}.html")
    wait_until_alive(page)
    tasks = COURSE.solutions[lesson].tasks
    for place, entry in enumerate(tasks):
        give(page, section(page, entry), entry.task, meant(entry, place))
    with page.expect_download() as download:
        submit(page, page.locator("main"), "Kingfisher")
    (tmp_path / "in").mkdir()
    download.value.save_as(tmp_path / "in" / download.value.suggested_filename)
    copydesk("grade", tmp_path / "in", "--out", tmp_path / "out")
    with (tmp_path / "out" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as table:
        (row,) = csv.DictReader(table)
    points = {head[1]: row[name] for name in row if (head := re.fullmatch(r"(\w+) \(of .*\)", name))}
    expected = {entry.task.id: due(entry, place) for place, entry in enumerate(tasks)}
    assert {name: float(cell) if cell else None for name, cell in points.items()} == pytest.approx(expected, abs=0.0051)
