"""Takes the pictures of ``book/instructors/your-own-article.md``: the authoring page, its preview, a page with faults.

``python tests/browser/tutorial.py`` runs the page's own commands on a copy of the second course.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from browsing import running_browser
from labsteps import READY_MILLISECONDS
from PIL import Image
from walkthrough import started

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).resolve().parents[2]
COURSE = ROOT / "courses" / "skelmouth"
PICTURES = ROOT / "book" / "_static" / "your-own-article"
COLOURS = 48
UNWRITTEN = "title: The company's word"
"""A title in the course's own file, in whose place the preview shows a text that is still to be written."""


def main() -> None:
    """Open each page as the tutorial does, and keep its picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tutorial-") as name, running_browser() as browser:
        course = Path(name) / "skelmouth"
        shutil.copytree(COURSE, course, ignore=shutil.ignore_patterns(".*", "_build", "author.ipynb"))
        write_on_the_page(browser, course)
        look_at_the_preview(browser, course)


def command(*words: str) -> list[str]:
    """Return a command as the tutorial has it, for one that waits for a browser."""
    return [sys.executable, "-m", "copydesk", *words, "--no-browser"]


def surroundings() -> dict[str, str]:
    """Return an environment without anyone's own course."""
    own = {name: text for name, text in os.environ.items() if not name.startswith("COPYDESK_")}
    return {**own, "PYTHONUNBUFFERED": "1"}


def write_on_the_page(browser: Browser, course: Path) -> None:
    """Take pictures of the form about the course, and of a task whose words are marked."""
    with started(command("author"), course, surroundings()) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(address)
        desk = page.locator(".cd-author")
        desk.wait_for(timeout=READY_MILLISECONDS)
        desk.locator(".cd-author-row").first.click()
        page.get_by_role("heading", name="About the course").wait_for()
        save(page, desk, "course")
        desk.locator(".cd-author-row", has_text="Marking words").first.click()
        page.get_by_role("heading", name="As a learner sees it").wait_for()
        page.locator(".cd-author-learner .cd-item").wait_for()
        save(page, desk, "task")
        page.close()


def look_at_the_preview(browser: Browser, course: Path) -> None:
    """Take a picture of a page on which a task has a fault and another still has a text to be written."""
    quiz = course / "lessons" / "quizzes" / "01-messenger.yml"
    text = quiz.read_text(encoding="utf-8")
    broken = re.sub(r"(?m)^( +weight: )1$", r"\g<1>one", text, count=1)
    quiz.write_text(broken.replace(UNWRITTEN, "title: TO BE WRITTEN"), encoding="utf-8")
    with started(command("preview", "--lesson", "01"), course, surroundings()) as address:
        page = browser.new_page(viewport={"width": 1100, "height": 900})
        page.goto(address)
        page.get_by_text("to mend").first.wait_for(timeout=READY_MILLISECONDS)
        save(page, page.locator("body"), "preview")
        page.close()


def save(page: Page, part: Locator, name: str) -> None:
    """Keep a picture of a part of a page, as far as the window shows it, in few colours."""
    page.wait_for_timeout(1500)
    box = part.bounding_box()
    assert box is not None
    window = page.viewport_size
    assert window is not None
    height = min(box["height"], window["height"] - box["y"])
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, clip={**box, "height": height})
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()
