"""Takes ``docs/lesson.png``, the picture in the README: a task of lesson 02 in JupyterLab, answered and checked."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from conftest import FLAGS, PROGRAMS, ROOT
from labsteps import Notebook
from playwright.sync_api import sync_playwright

from copydesk.laboratory import claim_port, copy_course, lab_command, lab_environment, stop, wait_until_ready

TOKEN = "picture"  # noqa: S105  (a server that lives for a minute, on this machine)


def main() -> None:
    """Open the lesson, mark the three sentences of the own work, check, and photograph the window."""
    with tempfile.TemporaryDirectory() as name:
        work, port = Path(name), claim_port(None)
        copy_course(ROOT, work)
        environment = lab_environment(ROOT, work, TOKEN)
        environment |= {
            "JUPYTERLAB_SETTINGS_DIR": f"{name}/.settings",
            "JUPYTERLAB_WORKSPACES_DIR": f"{name}/.workspaces",
        }
        command = [*lab_command(work, port), "--expose-app-in-browser"]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_until_ready(server, port, TOKEN)
            photograph(f"http://127.0.0.1:{port}/lab/tree/lessons/02-attribution.ipynb?token={TOKEN}&reset")
        finally:
            stop(server)


def photograph(address: str) -> None:
    """Answer the task at an address and save the picture."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page(viewport={"width": 1180, "height": 860})
        notebook = Notebook(page, address)
        notebook.run_all()
        task = notebook.task("One half is done for you")
        task.get_by_role("button", name="Source").click()
        task.locator(".cd-word", has_text="China").first.click()
        task.get_by_role("button", name="Cue").click()
        task.locator(".cd-word", has_text="hinted").first.click()
        task.get_by_text("I asked who told us").click()
        task.get_by_role("button", name="Check").click()
        page.wait_for_timeout(1500)
        page.keyboard.press("Control+b")
        task.locator(".cd-keys").evaluate("element => element.scrollIntoView({block: 'start'})")
        page.wait_for_timeout(1000)
        page.screenshot(path=ROOT / "docs" / "lesson.png")
        browser.close()


if __name__ == "__main__":
    main()
