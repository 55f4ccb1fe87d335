"""A course is written in an editor and looked at in a browser: what is saved is on the page by itself."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from queue import Queue
from typing import TYPE_CHECKING

import pytest
from accessibility import WCAG, violations
from playwright.sync_api import expect
from tiny_course import NOTEBOOK, QUIZ, make_course, replace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

TOP = "[...document.querySelectorAll('.cd-heading')].pop().getBoundingClientRect().top"
"""Where the last task is, seen from the top of the window."""

BUILD_MILLISECONDS = 60_000
"""For a machine that does much at once; a build takes two seconds."""


class Running:
    """A preview that was started by its command."""

    def __init__(self, course: Path, cache: Path) -> None:
        """Start it, and read what it says."""
        command = [sys.executable, "-m", "copydesk", "preview", str(course), "--no-browser"]
        environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
        environment.pop("COPYDESK_COURSE", None)
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.said: Queue[str] = Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.put(line)

    def address(self) -> str:
        """Return the address that it prints."""
        while True:
            found = re.search(r"http://\S+", self.said.get(timeout=60))
            if found:
                return found[0]

    def end(self) -> int:
        """Ask it to end as the system does, and return the exit code; Ctrl+C may be switched off where tests run."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def close(self) -> None:
        """End it in any case."""
        self.process.kill()
        self.process.wait(30)
        self._listener.join(30)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a small course."""
    return make_course(tmp_path / "course")


@pytest.fixture
def preview(course: Path, tmp_path: Path) -> Iterator[Running]:
    """Return a running preview of the course."""
    running = Running(course, tmp_path / "cache")
    yield running
    running.close()


def test_what_is_saved_is_on_the_page(preview: Running, course: Path, page: Page) -> None:
    """A new text, a task that is broken and mended, a cell that fails: all without a reload by hand."""
    page.set_default_timeout(BUILD_MILLISECONDS)
    page.goto(preview.address())
    bar = page.get_by_role("region", name="Preview").get_by_role("status")
    question = page.get_by_role("group", name="Who else?")
    expect(question).to_be_visible(timeout=BUILD_MILLISECONDS)
    expect(bar).to_contain_text("Up to date", timeout=BUILD_MILLISECONDS)
    question.get_by_label("The wind.").check()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    top = page.evaluate(TOP)

    replace(course / QUIZ, "title: Who speaks?", "title: Whose voice is it? TO BE WRITTEN")
    expect(page.get_by_role("heading", name="Whose voice is it?")).to_be_visible(timeout=BUILD_MILLISECONDS)
    expect(question.get_by_label("The wind.")).to_be_checked()
    box = page.get_by_role("region", name="Still to write in this task")
    expect(box).to_contain_text("1 text to write", timeout=BUILD_MILLISECONDS)
    assert page.evaluate("CSS.highlights.get('preview-unwritten').size") == 2, "in the task and in the list of tasks"
    assert abs(page.evaluate(TOP) - top) < 30, "the page has moved under the reader's eyes"

    replace(course / QUIZ, "kind: choice", "kind: choise")
    replace(course / NOTEBOOK, "desk.progress()", "desk.progres()")
    line = (course / QUIZ).read_text(encoding="utf-8").splitlines().index("    kind: choise") + 1
    box = page.get_by_role("region", name="This task can't be shown yet")
    expect(box).to_contain_text(f"{QUIZ}, line {line}", timeout=BUILD_MILLISECONDS)
    expect(page.get_by_role("region", name="This cell of the notebook failed")).to_contain_text("cell 7")
    expect(question).to_be_visible()
    expect(page.get_by_role("heading", name="Whose voice is it?")).to_have_count(0)
    summary = page.get_by_role("region", name="On this page:")
    expect(bar).to_contain_text("things to mend", timeout=BUILD_MILLISECONDS)
    link = summary.get_by_role("link", name=f"{QUIZ}, line {line}").first
    link.press("Enter")
    page.wait_for_function("document.activeElement.closest('.preview-box') !== null")
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        assert violations(page, tags=WCAG) == []

    replace(course / QUIZ, "kind: choise", "kind: choice")
    replace(course / QUIZ, " TO BE WRITTEN", "")
    replace(course / NOTEBOOK, "desk.progres()", "desk.progress()")
    expect(page.get_by_role("heading", name="Whose voice is it?")).to_be_visible(timeout=BUILD_MILLISECONDS)
    expect(box).to_have_count(0)
    expect(page.get_by_role("region", name="This cell of the notebook failed")).to_have_count(0)
    expect(question.get_by_label("The wind.")).to_be_checked()
    page.get_by_role("region", name="Preview").get_by_role("link", name="Exercise").click()
    expect(page.get_by_role("group", name="Who says so?").first).to_be_visible()

    assert preview.end() == 0
    expect(bar).to_contain_text("The preview has ended")
