"""The path through the course: from lesson to exercise to the next lesson, in the book and in JupyterLab."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from labsteps import Notebook
from playwright.sync_api import expect

from copydesk.course.course import Course
from copydesk.model.base import is_numbered

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from copydesk.lab.jupyterlab import Lab

ROOT = Path(__file__).resolve().parents[2]
PRACTICE, GRADED = Course(ROOT).quizzes, Course(ROOT).solutions
PATH = [slug for slug in sorted(PRACTICE) if is_numbered(slug)]
FIRST, LAST = PATH[0], PATH[-1]
OWN = ("My corrected copy", "My course")
"""The pages of the learner's own work, which come once the lessons are done: before what is for later."""


def names() -> list[str]:
    """Return what is read on the way: each lesson, and after it its exercise; the learner's own pages; the boosters."""

    def part(slugs: list[str]) -> list[str]:
        banks = [bank for slug in slugs for bank in (PRACTICE[slug], GRADED.get(slug))]
        return [bank.name for bank in banks if bank is not None]

    boosters = [slug for slug in PATH if "booster" in slug]
    return [*part([slug for slug in PATH if slug not in boosters]), *OWN, *part(boosters)]


def test_the_foot_of_each_page_leads_along_the_path(page: Page, server: str) -> None:
    """Next and Previous go lesson, exercise, next lesson, boosters last; tab, heading, menu and link agree."""
    page.goto(f"{server}lessons/{FIRST}.html")
    walked = []
    for name in names():
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(rf"^{re.escape(name)}#?$"))
        expect(page).to_have_title(f"{name} — Copy Desk")
        here = page.locator("nav.bd-links a[aria-current=page]")
        expect(here).to_have_count(1)
        assert here.text_content() in {name, f"{name[:2]} · Exercise"}
        walked.append(name)
        if name != names()[-1]:
            onward = page.get_by_role("navigation", name="Previous and next page").locator("a[rel=next]")
            expect(onward).to_contain_text(names()[len(walked)])
            onward.click()
    assert page.url.endswith(f"{'exercises' if LAST in GRADED else 'lessons'}/{LAST}.html")
    for name in reversed(walked[:-1]):
        page.get_by_role("navigation", name="Previous and next page").locator("a[rel=prev]").click()
        expect(page).to_have_title(f"{name} — Copy Desk")


def test_the_text_leads_to_the_exercise_and_back_and_on(page: Page, server: str) -> None:
    """What the last cells say is a link, to the exercise, back to the lesson, and to the next one."""
    page.goto(f"{server}lessons/02-attribution.html")
    text = page.locator("article.bd-article")
    text.get_by_role("link", name="02 · Who says so? · Exercise").click()
    page.wait_for_url("**/exercises/02-attribution.html")
    text.get_by_role("link", name="02 · Who says so?", exact=True).first.click()
    page.wait_for_url("**/lessons/02-attribution.html")
    text.get_by_role("link", name="03 · How many sources is this really?").click()
    page.wait_for_url("**/lessons/03-sources.html")
    text.get_by_role("link", name="02 · Who says so?", exact=True).click()
    page.wait_for_url("**/lessons/02-attribution.html")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_only_the_page_itself_is_marked_in_the_menu(browser: Browser, server: str, colours: str) -> None:
    """Of an exercise and the lesson above it one is marked, and the exercise is set in, on any screen."""
    for width in (1920, 1280, 375):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=colours)
        page = context.new_page()
        page.goto(f"{server}exercises/02-attribution.html")
        if width == 375:
            page.get_by_role("button", name="Contents").click()
        menu = page.get_by_role("navigation", name="Pages of this book")
        exercise, lesson = (
            menu.get_by_role("link", name=f"02 · {name}", exact=True) for name in ("Exercise", "Who says so?")
        )
        weight = "link => Number(getComputedStyle(link).fontWeight)"
        assert exercise.evaluate(weight) > lesson.evaluate(weight)
        left = "link => link.getBoundingClientRect().left"
        assert exercise.evaluate(left) > lesson.evaluate(left)
        assert menu.evaluate("menu => menu.scrollWidth <= menu.clientWidth")
        context.close()


def test_in_jupyterlab_the_last_cell_opens_the_exercise_and_the_next_lesson(browser: Browser, lab: Lab) -> None:
    """The same links open the notebooks beside each other; a click never leads to a file that is not there."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    Notebook(page, lab.url("lessons/02-attribution.ipynb"))
    seen = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    for link, heading in (
        ("02 · Who says so? · Exercise", "02 · Who says so? · Exercise"),
        ("03 · How many sources is this really?", "03 · How many sources is this really?"),
        ("02 · Who says so?", "02 · Who says so?"),
    ):
        seen.get_by_role("link", name=link, exact=True).last.click()
        expect(seen.get_by_role("heading", level=1)).to_contain_text(heading)
    context.close()


def test_the_book_is_built_twice_into_a_git_folder(site: Path, tmp_path: Path) -> None:
    """A second build of the same content changes no file that git sees, and what is not of the book stays."""
    program = shutil.which("git")
    assert program is not None

    def git(*arguments: str) -> str:
        about = ("-c", "user.name=Robin Example", "-c", "user.email=robin@example.org", "-c", "core.autocrlf=false")
        command = [program, *about, *arguments]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout  # type: ignore[arg-type]

    folder = tmp_path / "pages"
    shutil.copytree(site, folder)
    (folder / "CNAME").write_text("media.example.org\n", encoding="utf-8")
    (folder / "robots.txt").write_text("User-agent: *\n", encoding="utf-8")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "The book")
    times = {path: path.stat().st_mtime_ns for path in folder.rglob("*.*") if ".git" not in path.parts}
    command = [sys.executable, "-m", "copydesk", "book", "--article", "full", "--out", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    assert git("status", "--porcelain", "--ignored") == ""
    assert times == {path: path.stat().st_mtime_ns for path in folder.rglob("*.*") if ".git" not in path.parts}
    assert git("log", "--format=%s") == "The book\n"
