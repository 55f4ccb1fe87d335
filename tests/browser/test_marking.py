"""A marker in a real JupyterLab: six essays by keyboard, a kill in the middle, and the end."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import make
import psutil
import pytest
from accessibility import small_controls, violations
from labsteps import KERNEL_READY, READY_MILLISECONDS, Notebook, tab_to
from playwright.sync_api import expect

from copydesk.course.bank_files import SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.grading.marking.folder import MarkingFolder
from copydesk.grading.marking.notebook import write_notebook
from copydesk.grading.marking.page import PAGE, moderate
from copydesk.grading.marking.paper import write_paper
from copydesk.grading.marking.session import Session
from copydesk.grading.run.anonymous_texts import written_texts
from copydesk.lab.jupyterlab import Lab, running_lab

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

LESSON = "02-attribution"
BANK = Course(find_root()).bank(SOLUTIONS, LESSON)
ESSAYS = [f"<img src=x onerror=document.title='run'> Essay {number}.\n\nIts end." for number in range(1, 7)]


def write_essays(submissions: Path, marks: Path) -> MarkingFolder:
    """Write the submissions of six learners, and put their texts into the folder of marks."""
    for number, text in enumerate(ESSAYS):
        data = make.submission(f"Learner {number}", {"W1": {"kind": "written", "text": text}})
        (submissions / f"{number}.json").write_bytes(make.to_bytes(data))
    folder = MarkingFolder(marks, LESSON)
    folder.put_texts(written_texts([submissions], BANK), 7)
    return folder


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Start JupyterLab on a folder of marks, as ``copydesk mark`` does."""
    submissions, marks = tmp_path_factory.mktemp("submissions"), tmp_path_factory.mktemp("marks")
    write_essays(submissions, marks)
    name = write_notebook(marks, lesson=LESSON, marker="Anna", role="first")
    with (
        (marks / "server.log").open("w") as log,
        running_lab(find_root(), marks, driven=True, log=log, written=[name]) as running,
    ):
        yield running


def shown(notebook: Notebook) -> None:
    """Wait for the desk, which the notebook shows by itself."""
    notebook.page.wait_for_selector(".copydesk-marking h2", timeout=READY_MILLISECONDS)
    notebook.page.wait_for_function(KERNEL_READY, timeout=READY_MILLISECONDS)


def saved(lab: Lab) -> int:
    """Return how many marks are on the disk."""
    (file,) = MarkingFolder(lab.work, LESSON).marks_files()
    return len(file.marks)


def kill_kernel(lab: Lab) -> None:
    """End the notebook's kernel with SIGKILL."""
    for process in psutil.process_iter(["cmdline", "cwd"]):
        is_kernel = "ipykernel_launcher" in " ".join(process.info["cmdline"] or [])
        if is_kernel and str(lab.work) in str(process.info["cwd"]):
            os.kill(process.pid, signal.SIGKILL)


def mark(page: Page, key: str, left: str) -> None:
    """Press a key and wait until the desk says how far it is."""
    page.keyboard.press(key)
    expect(page.locator(".copydesk-marking .head")).to_contain_text(left)


def test_six_essays_by_keyboard(page: Page, lab: Lab) -> None:
    """Six essays are marked by keys alone; killed and opened again the desk goes on; it ends; axe finds nothing."""
    page.set_viewport_size({"width": 1280, "height": 900})
    notebook = Notebook(page, lab.url(f"mark-{LESSON}-anna.ipynb"))
    shown(notebook)
    desk = page.locator(".copydesk-marking")
    heading = desk.get_by_role("heading")
    expect(desk.locator(".place")).to_have_text("Criterion 1 of 3: Accuracy")
    expect(desk.locator(".essay")).to_contain_text("<img src=x")
    assert violations(page, ".copydesk-marking") == []
    assert small_controls(page) == []

    tab_to(page, desk.get_by_role("textbox"))
    page.keyboard.type("Who says 4 so?")
    page.keyboard.press("Enter")
    expect(desk.get_by_role("checkbox", name="Who says 4 so?")).to_be_checked()
    mark(page, "3", "1 of 6 marked")
    expect(heading).to_be_focused()
    expect(desk.get_by_role("checkbox", name="Who says 4 so?")).not_to_be_checked()
    mark(page, "4", "2 of 6 marked")
    mark(page, "u", "1 of 6 marked")
    mark(page, "2", "2 of 6 marked")
    assert saved(lab) == 2

    kill_kernel(lab)
    page.get_by_role("dialog").get_by_role("button").first.click(timeout=60_000)
    page.reload()
    notebook.wait_until_ready()
    shown(notebook)
    expect(desk.locator(".head")).to_contain_text("2 of 6 marked")
    tab_to(page, desk.get_by_role("button", name="Level 4"))
    for done in (3, 4, 5):
        mark(page, "4", f"{done} of 6 marked")
    page.keyboard.press("1")
    expect(heading).to_have_text("Criterion 1 of 3 done")
    assert violations(page, ".copydesk-marking") == []
    for criterion in (2, 3):
        tab_to(page, desk.get_by_role("button", name="Go on to criterion"))
        page.keyboard.press("Enter")
        expect(desk.locator(".essay")).to_be_visible()
        expect(desk.locator(".place")).to_contain_text(f"Criterion {criterion} of 3")
        for done in range(1, 6):
            mark(page, "3", f"{done} of 6 marked")
        page.keyboard.press("3")
        expect(heading).to_have_text(f"Criterion {criterion} of 3 done")
    expect(desk).to_contain_text("All done")
    assert violations(page, ".copydesk-marking") == []
    assert saved(lab) == 18
    levels = [each.level for each in MarkingFolder(lab.work, LESSON).marks_files()[0].marks.values()]
    assert sorted(levels) == [1, 2, *[3] * 13, *[4] * 3]
    assert page.title() != "run"
    assert notebook.page.locator(".jp-MarkdownCell").count() == 1  # no digit turned the cell into a heading


def test_pages_for_markers(page: Page, tmp_path: Path) -> None:
    """The moderation page and the page to print are readable by everybody and run nothing."""
    (tmp_path / "submissions").mkdir()
    folder = write_essays(tmp_path / "submissions", tmp_path / "marks")
    for marker, role, level in (("Anna", "first", 4), ("Ben", "second", 2)):
        session = Session(folder, BANK, marker=marker, role=role)
        while session.progress().phase != "end":
            session.begin()
            session.mark(level, ["<b>Why</b>?"])
    moderate(folder, BANK, folder.path.parent)
    ((paper, *_),) = write_paper(folder, BANK, marker="Anna", role="first")
    for path in (folder.path / PAGE, paper):
        page.goto(path.as_uri())
        expect(page.get_by_text("<img src=x").first).to_be_visible()
        assert page.title() != "run"
        assert violations(page) == []
