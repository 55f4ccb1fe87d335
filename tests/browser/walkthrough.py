"""Works through an instructor's evening, and puts what came of it into ``book/instructors/walk-through.md``.

``python tests/browser/walkthrough.py`` runs the commands of the page on a simulated class in a folder of its own, marks
six texts twice in a real JupyterLab by keyboard, puts the output of each command below it, and takes the pictures.
"""

from __future__ import annotations

import csv
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from browsing import running_browser
from labsteps import READY_MILLISECONDS, tab_to
from PIL import Image
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
LESSON = "02-attribution"
PAGE = ROOT / "book" / "instructors" / "walk-through.md"
PICTURES = ROOT / "book" / "_static" / "walk-through"
STEP = re.compile(r"(```\npython3 start\.py (.*?)\n```\n)(?:\n```text\n.*?\n```\n)?", re.DOTALL)
COLOURS, TRIES, MOST_LINES = 64, 4, 4
KERNEL_IDLE = ".jp-Notebook-ExecutionIndicator[data-status=idle]:visible"
MARKS = {"Anna": "332341343321332331", "Ben": "332321343321232331"}
"""The levels that two markers give: for each of three criteria those of six texts, in the order they come."""

OLD_KEY, NEW_KEY = "weights: {force: 1, doubting: 0.5}", "weights: {force: 1, doubting: 1}"


def main() -> None:
    """Take every step of the page in its order."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    text = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="evening-") as name, running_browser() as browser:
        evening = Evening(Path(name), browser)
        made = STEP.sub(lambda step: step[1] + evening.step(step[2].replace("\\\n", " ")), text)
    PAGE.write_text(made, encoding="utf-8")


class Evening:
    """A folder with a course of its own, the submissions of a simulated class, and a browser to look at what comes."""

    def __init__(self, folder: Path, browser: Browser) -> None:
        """Write the submissions, and a copy of the course whose key may be changed."""
        self.folder, self.browser, self.agreed = folder, browser, False
        subprocess.run([sys.executable, ROOT / "tests" / "simulated" / "evening.py", folder], check=True)
        self.course = folder / "course"
        for part in ("seeds", "lessons", "exercises", "solutions"):
            shutil.copytree(ROOT / part, self.course / part)
        self.environment = {
            **os.environ,
            "COPYDESK_COURSE": str(self.course),
            "COLUMNS": "100",
            "PYTHONUNBUFFERED": "1",
        }

    def step(self, command: str) -> str:
        """Do what a command of the page says; return its output as a block of the page, or nothing."""
        words = [sys.executable, "-m", "copydesk", *shlex.split(command)]
        if command.startswith("mark "):
            self.mark(words, words[words.index("--marker") + 1])
            return ""
        if command.startswith("rekey "):
            key = self.course / "solutions" / "tasks" / f"{LESSON}.yml"
            text = key.read_text(encoding="utf-8")
            assert text.count(OLD_KEY) == 1
            key.write_text(text.replace(OLD_KEY, NEW_KEY), encoding="utf-8")
        done = subprocess.run(words, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        self.look(command)
        return f"\n```text\n{clipped(done.stdout.replace(str(self.folder) + os.sep, ''))}\n```\n"

    def look(self, command: str) -> None:
        """Take the pictures that belong to a command, and do by hand what comes after it."""
        if command.startswith("grade ") and "--marks" not in command:
            self.photograph("graded/report.html", "report", height=1000)
            self.photograph(min((self.folder / "graded" / "feedback").glob("*.html")), "feedback", width=400)
        if command == "moderate marks":
            table = self.folder / "marks" / LESSON / "moderation.csv"
            if not self.agreed:
                self.photograph(table.with_suffix(".html"), "moderation", height=900)
                agree(table)
            self.agreed = True

    def photograph(self, path: str | Path, name: str, *, width: int = 1000, height: int = 800) -> None:
        """Open a page of the results and keep a picture of its beginning."""
        page = self.browser.new_page(viewport={"width": width, "height": height})
        page.goto((self.folder / path).as_uri())
        save(page, name)
        page.close()

    def mark(self, words: list[str], marker: str) -> None:
        """Mark every text by keyboard at the desk that a command opens."""
        with started([*words, "--no-browser"], self.folder, self.environment) as address:
            page = self.browser.new_page(viewport={"width": 1200, "height": 900})
            page.goto(address)
            page.wait_for_selector(KERNEL_IDLE, timeout=READY_MILLISECONDS)
            desk = page.locator(".copydesk-marking:visible")
            for _ in range(TRIES):  # JupyterLab drops what is run in the moment before its kernel is connected
                page.locator(".jp-CodeCell .cm-content:visible").first.click()
                page.keyboard.press("Shift+Enter")
                with suppress(PlaywrightTimeoutError):
                    desk.get_by_role("heading").first.wait_for(timeout=READY_MILLISECONDS / TRIES)
                    break
            tab_to(page, desk.get_by_role("button", name="Level 4"))
            for place, level in enumerate(MARKS[marker]):
                criterion, text = divmod(place, 6)
                if text == 0 and criterion:
                    tab_to(page, desk.get_by_role("button", name="Go on to criterion"))
                    page.keyboard.press("Enter")
                    expect(desk.locator(".place")).to_contain_text(f"Criterion {criterion + 1} of 3")
                    expect(desk.locator(".essay")).to_be_visible()
                    expect(desk.get_by_role("heading").first).to_be_focused()
                if marker == "Anna" and place == 2:
                    save(page, "desk")
                page.keyboard.press(level)
                if text < 5:
                    expect(desk.locator(".head")).to_contain_text(f"{text + 1} of 6 marked")
            expect(desk).to_contain_text("All done")
            page.close()


def clipped(output: str) -> str:
    """Return what a command printed; of many lines before its last ones the first, and how many more there were."""
    lines = output.rstrip().splitlines()
    end = max(number for number, line in enumerate(lines) if line.startswith("Done: "))
    before = lines[:end]
    if len(before) > MOST_LINES:
        before = [*before[:MOST_LINES], f"  ({len(before) - MOST_LINES} more)"]
    return "\n".join([*before, *lines[end:]])


@contextmanager
def started(words: list[str], folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Start a command that opens JupyterLab; yield the address that it prints; end it with all that it started."""
    running = subprocess.Popen(
        words, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert running.stdout is not None
    lines = iter(running.stdout.readline, "")
    yield next(line.strip() for line in lines if "://" in line)
    os.killpg(running.pid, signal.SIGTERM)
    running.wait(timeout=60)


def agree(table: Path) -> None:
    """Type into the table of two markers, as they agreed: the level of the first."""
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["agreed"] = row["agreed"] or row["first"]
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def save(page: Page, name: str) -> None:
    """Keep a picture in few colours: small enough for a repository."""
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()
