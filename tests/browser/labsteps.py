"""What a person does in JupyterLab: open a notebook, run it, restart its kernel, change the theme."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import nbformat
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from copydesk.laboratory import Lab

READY_MILLISECONDS = 90_000
THEMES = ("JupyterLab Light", "JupyterLab Dark")
KERNEL_READY = """async () => {
  const session = window.jupyterapp?.shell?.currentWidget?.sessionContext;
  if (!session) return false;
  await session.ready;
  return session.session?.kernel?.status === "idle";
}"""
CHANGE_THEME = """async (theme) => {
  await window.jupyterapp.commands.execute("apputils:change-theme", {theme});
}"""
HAS_THEME = "(theme) => document.body.dataset.jpThemeName === theme"


class Notebook:
    """A notebook open in JupyterLab."""

    def __init__(self, page: Page, address: str) -> None:
        """Open it and wait for its kernel."""
        self.page = page
        page.goto(f"{address}&reset")
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait until the notebook is shown and its kernel is idle."""
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=READY_MILLISECONDS)
        self.page.wait_for_function(KERNEL_READY, timeout=READY_MILLISECONDS)

    def run_all(self) -> None:
        """Run all cells by the menu, and wait until the last view is there."""
        self.menu("Run", "Run All Cells")
        self.page.wait_for_selector(".jp-OutputArea .copydesk .cd-item", timeout=READY_MILLISECONDS, state="attached")
        self.page.wait_for_function(KERNEL_READY, timeout=READY_MILLISECONDS)

    def restart(self) -> None:
        """Restart the kernel by the menu and confirm it."""
        self.menu("Kernel", "Restart Kernel…")
        self.page.get_by_role("dialog").get_by_role("button", name="Confirm Kernel Restart").click()
        self.page.wait_for_timeout(1500)
        self.page.wait_for_function(KERNEL_READY, timeout=READY_MILLISECONDS)

    def save(self) -> None:
        """Save the notebook and wait until that is done."""
        self.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")

    def menu(self, name: str, entry: str) -> None:
        """Choose an entry of the menu bar."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text=name).first.click()
        self.page.locator(".lm-Menu-itemLabel", has_text=entry).first.click()

    def task(self, title: str) -> Locator:
        """Return the section of a task by its title."""
        return self.page.locator(".jp-OutputArea .cd-item", has=self.page.get_by_role("heading", name=title)).first

    def change_theme(self, theme: str) -> None:
        """Change the colours of JupyterLab as its settings do."""
        self.page.evaluate(CHANGE_THEME, theme)
        self.page.wait_for_function(HAS_THEME, arg=theme)


def write_notebook(lab: Lab, name: str, *sources: str) -> str:
    """Write a notebook of some cells into the folder of JupyterLab and return its path there."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, lab.work / f"{name}.ipynb")
    return f"{name}.ipynb"


def open_and_run(page: Page, lab: Lab, notebook: str) -> Notebook:
    """Open a notebook and run all of it."""
    opened = Notebook(page, lab.url(notebook))
    opened.run_all()
    return opened


def answers_on_disk(lab: Lab, lesson: str = "02-attribution") -> dict[str, Any]:
    """Return the answers that a lesson's answer file holds."""
    data = json.loads((lab.work / "answers" / f"{lesson}.json").read_text(encoding="utf-8"))
    answers: dict[str, Any] = data["answers"]
    return answers


def forget_answers(lab: Lab) -> None:
    """Take away what earlier tests answered and handed in."""
    for folder in ("answers", "hand-in"):
        for path in (lab.work / folder).glob("*.json"):
            path.unlink()


def status_of(item: Locator) -> Locator:
    """Return the line that says whether a task is saved."""
    return item.locator("xpath=ancestor::*[contains(@class,'copydesk')]").locator(".cd-status")


def expect_saved(item: Locator) -> None:
    """Wait until a task is called saved."""
    expect(status_of(item)).to_have_attribute("data-state", "saved")


def tab_to(page: Page, target: Locator, limit: int = 400) -> None:
    """Press Tab until an element has the focus, as somebody without a mouse does."""
    for _ in range(limit):
        if target.evaluate("element => element.getRootNode().activeElement === element"):
            return
        page.keyboard.press("Tab")
    message = f"{target} cannot be reached with the Tab key"
    raise AssertionError(message)
