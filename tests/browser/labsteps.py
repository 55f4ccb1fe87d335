"""What a person does in JupyterLab: open a notebook, run it, restart its kernel, change the theme."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import nbformat
from browsing import expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from copydesk.lab.jupyterlab import Lab

READY_MILLISECONDS = 90_000
PALETTE_MILLISECONDS, PALETTE_TRIES = 3_000, 5
THEMES = ("JupyterLab Light", "JupyterLab Dark")
KERNEL_READY = """async () => {
  const session = window.jupyterapp?.shell?.currentWidget?.sessionContext;
  if (!session) return false;
  await session.ready;
  return session.session?.kernel?.status === "idle";
}"""
NOTE_STATUSES = """() => {
  window.statuses = [];
  window.jupyterapp.shell.currentWidget.sessionContext.statusChanged.connect((_, status) => statuses.push(status));
}"""
HAS_RESTARTED = "() => statuses.includes('restarting') && statuses.at(-1) === 'idle'"
ALL_RAN = """() => {
  const {content, sessionContext} = window.jupyterapp.shell.currentWidget;
  const cells = content.widgets.filter(({model}) => model.type === "code").map(({model}) => model);
  const isIdle = sessionContext.session?.kernel?.status === "idle";
  return isIdle && cells.every(({sharedModel, executionCount}) => !sharedModel.getSource() || executionCount !== null);
}"""
CHANGE_THEME = """async (theme) => {
  await window.jupyterapp.commands.execute("apputils:change-theme", {theme});
}"""
WAY = """(element) => {
  const focused = element.getRootNode().activeElement;
  const isRadio = ({type, name}) => type === "radio" && name === element.name; // a group is one stop
  if (element.contains(focused) || (isRadio(element) && focused && isRadio(focused))) return "";
  const isBefore = focused && focused.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
  return isBefore && !focused.contains(element) && focused !== document.body ? "Shift+Tab" : "Tab";
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

    def open_by_keyboard(self, path: str) -> None:
        """Close the notebook that is open and open another one, which shows its tasks, with the keyboard alone."""
        self.save()
        self.command("Close and Shut Down Notebook…")
        expect(self.page.get_by_role("dialog").get_by_role("button", name="Ok")).to_be_focused()
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".jp-NotebookPanel")).to_have_count(0)
        expect(self.page.locator(".jp-Launcher")).to_be_visible()
        self.command("Open from Path…")
        expect(self.page.get_by_role("dialog").get_by_role("textbox")).to_be_focused()
        self.page.keyboard.type(path)
        self.page.keyboard.press("Enter")
        self.wait_until_ready()
        expect(self.page.locator(".jp-Notebook:focus-within")).to_be_visible()
        self.wait_until_shown()

    def command(self, name: str) -> None:
        """Find a command by its name in the command palette, and run it.

        What JupyterLab opens or closes may take the focus a moment later, and then the palette is gone: open it again.
        """
        found = self.page.locator(".lm-CommandPalette-item.lm-mod-active", has_text=name)
        for _ in range(PALETTE_TRIES):
            self.page.keyboard.press("Control+Shift+C")
            self.page.keyboard.type(name)
            with suppress(PlaywrightTimeoutError):
                found.wait_for(timeout=PALETTE_MILLISECONDS)
                break
        self.page.keyboard.press("Enter")
        expect(found).to_have_count(0)

    def wait_until_shown(self) -> None:
        """Wait until a notebook of the course has run by itself and shows its tasks."""
        shown = ".jp-NotebookPanel:not(.lm-mod-hidden)[data-copydesk='ready']"
        self.page.wait_for_selector(shown, timeout=READY_MILLISECONDS)

    def run_all(self) -> None:
        """Run all cells by the menu, and wait until each of them ran and a first task is there."""
        self.menu("Run", "Run All Cells")
        self.page.wait_for_function(ALL_RAN, timeout=READY_MILLISECONDS)
        self.page.wait_for_selector(".jp-OutputArea .copydesk .cd-item", timeout=READY_MILLISECONDS, state="attached")

    def restart(self) -> None:
        """Restart the kernel by the menu, confirm it, and wait for the new one."""
        self.page.evaluate(NOTE_STATUSES)
        self.menu("Kernel", "Restart Kernel…")
        self.page.get_by_role("dialog").get_by_role("button", name="Confirm Kernel Restart").click()
        self.page.wait_for_function(HAS_RESTARTED, timeout=READY_MILLISECONDS)
        self.page.wait_for_function(KERNEL_READY, timeout=READY_MILLISECONDS)

    def save(self) -> None:
        """Save the notebook by its keys and wait until that is done."""
        self.page.keyboard.press("Control+s")
        expect(self.page.locator(".jp-mod-dirty")).to_have_count(0)

    def menu(self, name: str, entry: str) -> None:
        """Choose an entry of the menu bar."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text=name).first.click()
        self.page.locator(".lm-Menu-itemLabel", has_text=entry).first.click()

    def task(self, title: str) -> Locator:
        """Return the section of a task by its title, once it is there."""
        heading = self.page.get_by_role("heading", name=title)
        section = self.page.locator(".jp-OutputArea .cd-item", has=heading).first
        expect(section).to_be_attached()
        return section

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
    """Open a notebook and wait for its tasks: those of the course run by themselves, any other one is run."""
    opened = Notebook(page, lab.url(notebook))
    if notebook.startswith(("lessons/", "exercises/")):
        opened.wait_until_shown()
    else:
        opened.run_all()
    return opened


def answers_on_disk(lab: Lab, lesson: str = "02-attribution") -> dict[str, Any]:
    """Return the answers that a lesson's answer file holds."""
    data = json.loads((lab.work / "answers" / f"{lesson}.json").read_text(encoding="utf-8"))
    answers: dict[str, Any] = data["answers"]
    return answers


def orders_on_disk(lab: Lab, lesson: str) -> dict[str, list[str]]:
    """Return the orders that a lesson's answer file holds."""
    orders: dict[str, list[str]] = json.loads((lab.work / "answers" / f"{lesson}.json").read_text("utf-8"))["orders"]
    return orders


def forget_answers(lab: Lab) -> None:
    """Take away what earlier tests answered and submitted."""
    for folder in ("answers", "submissions"):
        for path in (lab.work / folder).glob("*.json"):
            path.unlink()


def status_of(item: Locator) -> Locator:
    """Return the line that says whether a task is saved."""
    return item.locator("xpath=ancestor::*[contains(@class,'copydesk')]").locator(".cd-status")


def expect_saved(item: Locator) -> None:
    """Wait until a task is called saved."""
    expect(status_of(item)).to_have_attribute("data-state", "saved")


def tab_to(page: Page, target: Locator, limit: int = 400) -> None:
    """Press Tab, or Shift and Tab, until an element, or one in it, has the focus, as somebody without a mouse does."""
    element = target.element_handle()  # found once: to find it again after each key takes longer than the key
    for _ in range(limit):
        if not (key := element.evaluate(WAY)):
            return
        page.keyboard.press(key)
    message = f"{target} cannot be reached with the Tab key"
    raise AssertionError(message)


def pick(page: Page, control: Locator, limit: int = 400) -> None:
    """Reach a control with Tab, or the group of a radio button and then with the arrow keys the button; press Space."""
    tab_to(page, control, limit)
    for _ in range(20):
        if control.evaluate("(control) => control === control.getRootNode().activeElement"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
