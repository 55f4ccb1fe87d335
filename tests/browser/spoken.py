"""Writes down what a screen reader says for each kind of task: ``python tests/browser/spoken.py`` does it anew."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from browsing import running_browser
from kindsteps import TASKS, by_keyboard, item
from samplepage import show, write_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
RECORDS = HERE / "spoken"
EAR = "(script) => document.head.append(Object.assign(document.createElement('script'), {text: script}))"
SAME_ORDER = "Math.random = () => 0.25"
"""Options, cards and lines come in an order that each browser draws for itself: here it is always the same."""


class Way(NamedTuple):
    """Where somebody begins with the keyboard, and the keys that follow."""

    start: str
    keys: tuple[str, ...]


WAYS = {
    "choice": Way("input", ("Space",)),
    "sort": Way("input", ("Space", "ArrowRight")),
    "spans": Way(
        ".cd-word", ("ArrowRight", "End", "Shift+ArrowLeft", "Control+c", "s", "Delete", "Home", "Shift+End", "c")
    ),
    "value": Way("[data-part=day]", ("4", "Tab", "1", "3", "Tab", "2", "0", "2", "6", "Tab")),
    "written": Way("textarea", ("I", "t")),
    "order": Way("button:text-is('Move down')", ("Enter", "Enter")),
    "arrows": Way("button:text-is('Add link')", ("Enter",)),
    "edit": Way(".cd-word", ("ArrowRight", "Shift+ArrowRight", "Escape")),
    "verdict": Way("input[type=radio]", ("Space", "ArrowDown")),
    "drawer": Way("button.cd-folder", ("Enter",)),
}

SETTLED_MILLISECONDS = 300
"""How long until all that an answer has said was said."""
CHECK = Way("button.cd-primary", ("Enter",))
"""Somebody who has answered goes to the button, hears what it says of itself, and presses it."""


@cache
def ear() -> str:
    """Return the screen reader as a script for a page."""
    command = [shutil.which("node") or "node", str(HERE / "bundle.mjs"), str(HERE / "ear.js")]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    return f"(() => {{ {done.stdout} }})()"


def record(browser: Browser, kind: str, folder: Path) -> str:
    """Return what is said of a task: while it is read, while it is answered, when it is checked, and of its result.

    Each key is in a line of its own.
    """
    task_id = next(name for name, task in TASKS.items() if task.kind == kind)
    context = browser.new_context(locale="en-GB", timezone_id="UTC", viewport={"width": 900, "height": 1000})
    page = context.new_page()
    page.add_init_script(SAME_ORDER)
    page.clock.set_fixed_time("2026-05-04T10:15:00Z")
    show(page, write_page(folder, only=task_id))
    page.evaluate(EAR, ear())
    lines = ["Read from top to bottom", "", *read(page, ".cd-item"), "", "With the keyboard", ""]
    lines += use(page, WAYS[kind])
    show(page, write_page(folder, only=task_id))
    page.evaluate(EAR, ear())
    by_keyboard(page, task_id)
    page.wait_for_timeout(SETTLED_MILLISECONDS)
    if item(page, task_id).get_by_role("button", name="Check", exact=True).count():
        lines += ["", "Answered and checked", "", *use(page, CHECK)]
        lines += ["", "The result, from top to bottom", "", *read(page, ".cd-result")]
    else:
        lines += ["", "Answered, from top to bottom", "", *read(page, ".cd-item")]
    context.close()
    return "\n".join(lines) + "\n"


def read(page: Page, part: str) -> list[str]:
    """Return what is said of a part of the page, without what is said where something ends."""
    said: list[str] = page.evaluate("(part) => ear.read(document.querySelector(part))", part)
    return [phrase for phrase in said if not phrase.startswith("end of ")]


def use(page: Page, way: Way) -> Iterator[str]:
    """Yield what is said of the first control, and after each key."""
    page.evaluate("() => ear.listen(document.querySelector('.copydesk'))")
    page.locator(".cd-item").locator(way.start).first.focus()
    yield from heard(page)
    for key in way.keys:
        page.keyboard.press(key)
        yield f"> {key}"
        yield from heard(page)
    page.evaluate("() => ear.end()")


def heard(page: Page) -> list[str]:
    """Return what was said since this was last asked, once all of it has been said."""
    said: list[str] = page.evaluate("() => ear.heard()")
    return said


def main() -> None:
    """Write all records anew."""
    RECORDS.mkdir(exist_ok=True)
    with running_browser() as browser, tempfile.TemporaryDirectory() as folder:
        for kind in WAYS:
            (RECORDS / f"{kind}.txt").write_text(record(browser, kind, Path(folder)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
