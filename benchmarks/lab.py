"""Measures JupyterLab: from running a cell to the first usable item, for 1, 10 and 40 items and three makers.

    pip install jupyterquiz
    python benchmarks/lab.py

Each maker's imports are done in a cell before; each cell is run five times, the makers in turn.
"""

from __future__ import annotations

import json
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat
from measuring import FLAGS, ROOT, as_bank, as_jupyterquiz, chromium, items, spread, table, write
from playwright.sync_api import Page, sync_playwright

from copydesk.lab.jupyterlab import running_lab

SIZES = (1, 10, 40)
RUNS = 5
OURS = "Copy Desk"
SETUP = {
    OURS: """import json, tempfile
from pathlib import Path
from copydesk.answers.store import AnswerStore
from copydesk.course.bank import Bank
from copydesk.views.content import bank_content
from copydesk.views.widget import DeskWidget
bank = Bank.model_validate(json.loads({bank!r}))
store = AnswerStore(Path(tempfile.mkdtemp()), course="mariupol", lesson="00-items", bank=bank.fingerprint())
content = bank_content(bank, bank.tasks, {{}}, title="Items")
content |= {{"release": "0", "language": "en", "bank": store.bank}}""",
    "ipywidgets RadioButtons": """import json
import ipywidgets
items = json.loads({items!r})""",
    "jupyterquiz": """import json
from jupyterquiz import display_quiz
quiz = json.loads({quiz!r})""",
}
CELLS = {
    OURS: "DeskWidget(content, {}, save=store.save, submit=lambda alias: ('', ''))",
    "ipywidgets RadioButtons": """ipywidgets.VBox([
    ipywidgets.RadioButtons(options=[o["text"] for o in item["options"]], description=item["question"], value=None)
    for item in items
])""",
    "jupyterquiz": "display_quiz(quiz, shuffle_answers=False)",
}
USABLE = {
    OURS: ".jp-OutputArea-output .cd-item input",
    "ipywidgets RadioButtons": ".jp-OutputArea-output .widget-radio input",
    "jupyterquiz": ".jp-OutputArea-output .Quiz .MCButton",
}
RUN = """async ([selector, index]) => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel.sessionContext.ready;
  await window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs');
  panel.content.activeCellIndex = index;
  const usable = () => [...document.querySelectorAll(selector)].some((control) => control.offsetParent !== null);
  while (usable()) await new Promise((done) => setTimeout(done, 5));
  const start = performance.now();
  window.jupyterapp.commands.execute('notebook:run-cell');
  while (!usable()) await new Promise((done) => setTimeout(done, 2));
  return performance.now() - start;
}"""
READY = """async () => {
  const panel = window.jupyterapp?.shell?.currentWidget;
  if (!panel?.sessionContext) return false;
  await panel.sessionContext.ready;
  return panel.sessionContext.session?.kernel?.status === 'idle';
}"""


def main() -> None:
    """Start JupyterLab, measure, and write the results."""
    with tempfile.TemporaryDirectory(prefix="copydesk-benchmark-") as folder, sync_playwright() as playwright:
        work = Path(folder)
        for maker in CELLS:
            for size in SIZES:
                nbformat.write(notebook(maker, size), work / name_of(maker, size))
        with running_lab(ROOT, work, driven=True) as lab:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            found: dict[tuple[str, int], list[float]] = {(maker, size): [] for size in SIZES for maker in CELLS}
            for _ in range(RUNS):
                for (maker, size), times in found.items():
                    page = browser.new_page()
                    page.goto(f"{lab.url(name_of(maker, size))}&reset")
                    times.append(measure(page, maker))
                    page.close()
            browser.close()
    write("From running a cell to the first usable item", report(found))


def name_of(maker: str, size: int) -> str:
    """Return the file name of a notebook."""
    return f"{maker.replace(' ', '')}-{size}.ipynb"


def notebook(maker: str, size: int) -> Any:  # noqa: ANN401  (nbformat has no types)
    """Return a notebook of two cells: the imports, and the cell that is measured."""
    data = {
        "bank": json.dumps(as_bank(size)),
        "items": json.dumps(items(size)),
        "quiz": json.dumps(as_jupyterquiz(size)),
    }
    cells = [nbformat.v4.new_code_cell(SETUP[maker].format(**data)), nbformat.v4.new_code_cell(CELLS[maker])]
    made = nbformat.v4.new_notebook(cells=cells)
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return made


def measure(page: Page, maker: str) -> float:
    """Return the milliseconds from running the second cell to its first usable item, after a run to warm up."""
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_function(READY, timeout=60_000)
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_selector(USABLE[maker], timeout=60_000)
    page.wait_for_function(READY, timeout=60_000)
    took: float = page.evaluate(RUN, [USABLE[maker], 1])
    return took


def report(found: dict[tuple[str, int], list[float]]) -> str:
    """Return a table of what was measured."""
    names = {OURS: "copydesk", "ipywidgets RadioButtons": "ipywidgets", "jupyterquiz": "jupyterquiz"}
    rows = [
        (size, f"{maker} ({version(names[maker])})", spread(found[maker, size]), ratio(found, maker, size))
        for size in SIZES
        for maker in CELLS
    ]
    heads = ["items", "maker", "first usable item, ms", "to Copy Desk"]
    return f"{RUNS} runs each: median (least to greatest).\n\n{table(heads, rows)}"


def ratio(found: dict[tuple[str, int], list[float]], maker: str, size: int) -> str:
    """Return the median of a maker as a ratio to that of Copy Desk."""
    middle = {name: sorted(found[name, size])[RUNS // 2] for name in (OURS, maker)}
    return f"{middle[maker] / middle[OURS]:.2f}"


if __name__ == "__main__":
    main()
