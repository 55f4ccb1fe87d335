"""One learner does the whole course by keyboard in JupyterLab, one in the built book; both are graded as they meant.

Every notebook is a test of its own, in the order of the course; ``-k "jupyterlab and (02 or graded)"`` runs one lesson.
Both answer every practice item and check it; and they answer all that is submitted: by ``meaning.py`` every second task
right, the others partly wrong where they can be, and of written work the first words of an exemplar, for a person marks
it. The reading pane, figures, and the own article have tests of their own.
All that they do goes through the keyboard, from opening a notebook or turning a page to submitting: nothing is clicked,
and nothing is given the focus. They type no code: in the code lane's tasks they fill in the same values by hand.
"""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
import yaml
from labsteps import Notebook, forget_answers
from learner import check, give, submit, turn_to
from meaning import meant
from playwright.sync_api import expect
from samplepage import wait_until_alive

from copydesk.answers.file import AnswerFile
from copydesk.course.bank_files import QUIZZES, SOLUTIONS
from copydesk.course.course import Course
from copydesk.kinds import scoring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

    from copydesk.course.bank import Entry
    from copydesk.kinds.union import Response
    from copydesk.lab.jupyterlab import Lab

ROOT = Path(__file__).resolve().parents[2]
TOC = yaml.safe_load((ROOT / "book" / "_toc.yml").read_text(encoding="utf-8"))
PAGES = [
    page["file"]
    for part in TOC["parts"]
    for chapter in part["chapters"]
    for page in [chapter, *chapter.get("sections", ())]
]
IN_BOOK = [file for file in PAGES if file.startswith(("lessons/", "exercises/"))]
"""Every notebook, in the order of the book: each exercise after its lesson."""
ALIAS = "Kingfisher"
CLOSED_EARLY = "Canceled future for create_subshell_request"
"""What JupyterLab itself reports when a notebook is closed before its kernel has answered that request."""
OPEN_NOTEBOOK = ".jp-NotebookPanel:not(.lm-mod-hidden)"


@dataclass
class Learner:
    """Somebody who does the course: the page, where its tasks are shown, and what they meant to answer so far."""

    page: Page
    view: Locator
    submissions: Path
    meant: dict[str, dict[str, Response]] = field(default_factory=dict)

    def item(self, entry: Entry) -> Locator:
        """Return the section of a task: found by its heading once, and from then on by its id, which is faster."""
        heading = self.page.get_by_role("heading", name=entry.task.title, exact=True)
        name = self.view.locator(".cd-item", has=heading).get_attribute("aria-labelledby")
        return self.page.locator(f".cd-item[aria-labelledby='{name}']")

    def practise(self, entries: list[Entry]) -> None:
        """Answer practice items and check them."""
        for entry in entries:
            give(self.page, self.item(entry), entry.task, meant(entry, 0))
            if entry.task.kind != "drawer":
                check(self.page, self.item(entry))

    def answer(self, file: str) -> None:
        """Answer what of a lesson is submitted and stands in a notebook: graded tasks, the baseline, or both."""
        folder, slug = file.split("/")
        tasks = tasks_of(slug)
        form = "desk.form()" in code_of(file)
        for place, entry in enumerate(tasks):
            task, answers = entry.task, self.meant.setdefault(slug, {})
            if not (form if task.group == "baseline" else folder == "exercises"):
                continue
            answers[task.id] = meant(entry, place)
            give(self.page, self.item(entry), task, answers[task.id])


def tasks_of(slug: str) -> tuple[Entry, ...]:
    """Return the tasks of a lesson that are submitted; a booster has none."""
    return Course(ROOT).bank(SOLUTIONS, slug).tasks if f"exercises/{slug}" in IN_BOOK else ()


def practice_in(file: str) -> list[Entry]:
    """Return the items that a lesson asks, without notes and worked examples; an exercise asks none."""
    folder, slug = file.split("/")
    if folder == "exercises":
        return []
    worked = re.findall(r'desk\.worked\("(\w+)"\)', code_of(file))
    asked = [entry for entry in Course(ROOT).bank(QUIZZES, slug).tasks if entry.task.group != "note"]
    return [entry for entry in asked if entry.task.id not in worked]


def code_of(file: str) -> str:
    """Return the code of a notebook."""
    cells = nbformat.read(ROOT / f"{file}.ipynb", as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "code")


@contextmanager
def window(browser: Browser) -> Iterator[Page]:
    """Open a page as wide as a small laptop, for somebody with patience; an error on it fails the last test."""
    with closing(browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)) as context:
        context.set_default_timeout(30_000)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        yield page
        assert [error for error in errors if CLOSED_EARLY not in error] == []


@pytest.fixture(scope="module")
def notebook(browser: Browser, lab: Lab) -> Iterator[Notebook]:
    """Return the notebook that is open in JupyterLab, at first that of the first lesson."""
    forget_answers(lab)
    with window(browser) as page:
        yield Notebook(page, lab.url(f"{IN_BOOK[0]}.ipynb"))


@pytest.fixture(scope="module")
def in_lab(notebook: Notebook, tmp_path_factory: pytest.TempPathFactory) -> Learner:
    """Return a learner in JupyterLab."""
    return Learner(notebook.page, notebook.page.locator(OPEN_NOTEBOOK), tmp_path_factory.mktemp("from-lab"))


@pytest.fixture(scope="module")
def in_book(browser: Browser, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    """Return a learner with the book, opened from a folder at its first page."""
    with window(browser) as page:
        page.goto((site / "index.html").as_uri())
        yield Learner(page, page.locator("main"), tmp_path_factory.mktemp("from-book"))


@pytest.mark.parametrize("file", IN_BOOK)
def test_in_jupyterlab(in_lab: Learner, notebook: Notebook, lab: Lab, file: str) -> None:
    """In one JupyterLab each notebook is opened, run, answered and submitted with the keyboard alone."""
    notebook.open_by_keyboard(f"{file}.ipynb")
    in_lab.practise(practice_in(file))
    in_lab.answer(file)
    if file.startswith("exercises/"):
        submit(in_lab.page, in_lab.view, ALIAS)
        receipt = in_lab.view.locator(".cd-receipt")
        expect(receipt).to_have_attribute("data-ok", "true")
        (name,) = re.findall(r"submissions/\S+\.json", receipt.inner_text())
        (path,) = (lab.work / "submissions").glob(f"{file.split('/')[1]}*")
        assert path == lab.work / name
        expect_meant(path, in_lab.meant)
        shutil.copy(path, in_lab.submissions)


def test_every_notebook_is_in_the_walk() -> None:
    """No lesson and no exercise is left out because the table of contents has another form."""
    notebooks = [path for folder in ("lessons", "exercises") for path in (ROOT / folder).glob("*.ipynb")]
    assert sorted(IN_BOOK) == sorted(f"{path.parent.name}/{path.stem}" for path in notebooks)


def test_graded_in_jupyterlab(in_lab: Learner) -> None:
    """What was submitted from JupyterLab is graded with the points that are due for what was meant."""
    expect_graded(in_lab)


@pytest.mark.parametrize("file", IN_BOOK)
def test_in_the_book(in_book: Learner, file: str) -> None:
    """Each page of the book, opened from a folder, is turned to, answered and submitted with the keyboard alone."""
    turn_to(in_book.page, f"{file}.html")
    wait_until_alive(in_book.page)
    in_book.practise(practice_in(file))
    in_book.answer(file)
    if file.startswith("exercises/"):
        with in_book.page.expect_download() as download:
            submit(in_book.page, in_book.view, ALIAS)
        path = in_book.submissions / download.value.suggested_filename
        download.value.save_as(path)
        expect_meant(path, in_book.meant)


def test_graded_in_the_book(in_book: Learner) -> None:
    """What was submitted from the book is graded with the points that are due for what was meant."""
    expect_graded(in_book)


def expect_meant(path: Path, meanings: dict[str, dict[str, Response]]) -> None:
    """Fail unless a submission holds what was meant, task by task."""
    handed_in = AnswerFile.model_validate_json(path.read_bytes())
    assert handed_in.learner.alias == ALIAS
    responses = {name: answer.response for name, answer in handed_in.answers.items()}
    wanted = meanings[handed_in.lesson]
    entries = [entry for entry in tasks_of(handed_in.lesson) if entry.task.id in wanted]
    assert [worth(entry, responses) for entry in entries] == [worth(entry, wanted) for entry in entries]


def worth(entry: Entry, responses: dict[str, Response]) -> tuple[str, str, float | str | None]:
    """Return a task's id, whether it is answered, and what share of its points that earns; of a text its words."""
    response = responses.get(entry.task.id)
    score = scoring.score(entry.task, entry.key, response)
    return score.task, score.status, response.text if response and response.kind == "written" else score.share


def expect_graded(learner: Learner) -> None:
    """Fail unless ``copydesk grade`` gives the points that are due for what a learner meant, and nothing else."""
    due = {
        (slug, entry.task.id): scoring.score(entry.task, entry.key, meanings[entry.task.id]).points
        for slug, meanings in learner.meant.items()
        for entry in tasks_of(slug)
        if entry.task.group != "baseline"
    }
    graded = learner.submissions.with_name(f"{learner.submissions.name}-graded")
    command = [sys.executable, "-m", "copydesk", "grade", str(learner.submissions), "--out", str(graded)]
    subprocess.run(command, check=True, cwd=ROOT)
    with (graded / "gradebook.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert {row["learner"] for row in rows} == {ALIAS}
    points = {
        (row["lesson"], head[1]): float(cell) if cell else None
        for row in rows
        for name, cell in row.items()
        if (head := re.fullmatch(rf"(?:{row['lesson']} )?(\w+) \(of .*\)", name))
    }
    assert points == pytest.approx(due, abs=0.0051)  # the gradebook rounds
