"""Takes ``docs/lesson.png``, the picture in the README: a task of lesson 02 in JupyterLab, answered and checked."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from browsing import ROOT, running_browser
from kindsteps import mark_source_and_cue
from labsteps import Notebook

from copydesk.lab.jupyterlab import running_lab
from copydesk.lab.working_copy import copy_course

if TYPE_CHECKING:
    from playwright.sync_api import Page


def main() -> None:
    """Open the lesson in a JupyterLab of its own and photograph the window."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        copy_course(ROOT, work)
        with running_lab(ROOT, work, driven=True) as lab, running_browser() as browser:
            page = browser.new_page(viewport={"width": 1180, "height": 860})
            photograph(page, lab.url("lessons/02-attribution.ipynb"))


def photograph(page: Page, address: str) -> None:
    """Mark the sentences of the own work, check, and save the picture."""
    notebook = Notebook(page, address)
    notebook.wait_until_shown()
    task = notebook.task("One half is done for you")
    mark_source_and_cue(task)
    page.wait_for_timeout(1500)
    page.keyboard.press("Control+b")
    task.locator(".cd-keys").evaluate("element => element.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(1000)
    page.screenshot(path=ROOT / "docs" / "lesson.png")


if __name__ == "__main__":
    main()
