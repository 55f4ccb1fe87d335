"""What a person does in JupyterLab: open a notebook, run it, restart its kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

READY_MILLISECONDS = 90_000
KERNEL_READY = """async () => {
  const panel = window.jupyterapp?.shell?.currentWidget;
  if (!panel?.sessionContext) return false;
  await panel.sessionContext.ready;
  return panel.sessionContext.session?.kernel?.status === "idle";
}"""


class Notebook:
    """A notebook open in JupyterLab."""

    def __init__(self, page: Page, address: str) -> None:
        """Open it and wait for its kernel."""
        self.page = page
        page.goto(address)
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

    def menu(self, name: str, entry: str) -> None:
        """Choose an entry of the menu bar."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text=name).first.click()
        self.page.locator(".lm-Menu-itemLabel", has_text=entry).first.click()

    def task(self, title: str) -> Locator:
        """Return the section of a task by its title."""
        return self.page.locator(".jp-OutputArea .cd-item", has=self.page.get_by_role("heading", name=title)).first


def tab_to(page: Page, target: Locator, limit: int = 400) -> None:
    """Press Tab until an element has the focus, as somebody without a mouse does."""
    for _ in range(limit):
        if target.evaluate("element => element.getRootNode().activeElement === element"):
            return
        page.keyboard.press("Tab")
    message = f"{target} cannot be reached with the Tab key"
    raise AssertionError(message)
