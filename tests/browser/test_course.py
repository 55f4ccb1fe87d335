"""One learner does the whole course by keyboard in JupyterLab, one in the built book; both are graded as they meant."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
import yaml
from labsteps import Notebook, forget_answers
from learner import check, give, hand_in, turn_to
from meaning import meant
from playwright.sync_api import expect
from samplepage import wait_until_alive

from copydesk import scoring
from copydesk.bank import QUIZZES, SOLUTIONS, read_bank
from copydesk.model.answer import AnswerFile
from copydesk.model.form import FORMS, QUESTION, is_statement, statements

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from copydesk.laboratory import Lab
    from copydesk.model.bank import Entry
    from copydesk.model.kinds import Response

    Given = dict[str, dict[str, Response]]

ROOT = Path(__file__).resolve().parents[2]
TOC = yaml.safe_load((ROOT / "book" / "_toc.yml").read_text(encoding="utf-8"))
CHAPTERS = [chapter["file"] for part in TOC["parts"] for chapter in part["chapters"]]
NOTEBOOKS = [tuple(file.split("/")) for file in CHAPTERS if file.startswith(("lessons/", "exercises/"))]
"""Folder and slug of every notebook, in the order of the book."""
ALIAS = "Kingfisher"
OPEN_NOTEBOOK = ".jp-NotebookPanel:not(.lm-mod-hidden)"


def tasks_of(slug: str) -> tuple[Entry, ...]:
    """Return the tasks of a lesson that are handed in; a booster has none."""
    return read_bank(ROOT / SOLUTIONS / f"{slug}.yml").tasks if ("exercises", slug) in NOTEBOOKS else ()


def practice_in(slug: str) -> list[Entry]:
    """Return the items that a lesson asks, without those it shows as worked examples."""
    worked = re.findall(r'desk\.worked\("(\w+)"\)', code_of("lessons", slug))
    return [entry for entry in read_bank(ROOT / QUIZZES / f"{slug}.yml").tasks if entry.task.id not in worked]


def code_of(folder: str, slug: str) -> str:
    """Return the code of a notebook."""
    cells = nbformat.read(ROOT / folder / f"{slug}.ipynb", as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "code")


def one_of_each_kind(entries: list[Entry]) -> list[Entry]:
    """Return the first task of each kind."""
    return list({entry.task.kind: entry for entry in reversed(entries)}.values())[::-1]


def answer_what_is_handed_in(view: Locator, folder: str, slug: str, given: Given) -> None:
    """Answer the tasks of a lesson that a page has: the graded ones, the baseline, or both."""
    if not (tasks := tasks_of(slug)):
        return
    answers = given.setdefault(slug, {})
    form = re.search(r'desk\.form\("(\w+)"\)', code_of(folder, slug))
    for place, entry in enumerate(tasks):
        task = entry.task
        if not (form if task.group == "baseline" else folder == "exercises"):
            continue
        if is_statement(task) and task.id not in statements_of(form[1], tasks, answers[QUESTION].chosen[0]):
            continue
        answers[task.id] = meant(entry, 0 if task.id == QUESTION else place)
        give(view.page, item(view, entry), task, answers[task.id])


def statements_of(part: str, tasks: tuple[Entry, ...], birthday: str) -> list[str]:
    """Return the statements of the form that a part of the course shows to somebody."""
    return statements(entry.task for entry in tasks)[FORMS[part][birthday]]


def practise(view: Locator, entries: list[Entry]) -> None:
    """Answer practice items and check them."""
    for entry in entries:
        give(view.page, item(view, entry), entry.task, meant(entry, 0))
        if entry.task.kind != "drawer":
            check(view.page, item(view, entry))


def item(view: Locator, entry: Entry) -> Locator:
    """Return the section of a task."""
    return view.locator(".cd-item", has=view.page.get_by_role("heading", name=entry.task.title, exact=True))


@pytest.fixture
def page(page: Page) -> Page:
    """Return a window as wide as a small laptop, for somebody with patience."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.set_default_timeout(30_000)
    return page


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    """Return a folder for what is handed in."""
    (tmp_path / "uploads").mkdir()
    return tmp_path / "uploads"


def expect_graded(hand_ins: Path, given: Given) -> None:
    """Fail unless each hand-in holds what was meant, and ``copydesk grade`` gives the points that are due for it."""
    due = {}
    for slug, meanings in given.items():
        answers = AnswerFile.model_validate_json((hand_ins / f"{slug}.json").read_bytes()).answers
        assert meanings.keys() <= answers.keys()
        for entry in tasks_of(slug):
            name, task = entry.task.id, entry.task
            if name not in meanings:
                continue
            score = scoring.score(task, entry.key, meanings[name])
            assert scoring.score(task, entry.key, answers[name].response).share == score.share, (slug, name)
            if task.group != "baseline":
                due[f"{slug} {name}"] = score.points
    graded = hand_ins.with_name("graded")
    command = [sys.executable, "-m", "copydesk", "grade", str(hand_ins), "--out", str(graded)]
    subprocess.run(command, check=True, cwd=ROOT)
    with (graded / "gradebook.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert {row["learner"] for row in rows} == {ALIAS}
    cells = {head.partition(" (of")[0]: row[head] for row in rows for head in row if head.startswith(row["lesson"])}
    assert {name: float(cell) if cell else None for name, cell in cells.items()} == pytest.approx(
        due, abs=0.0051
    )  # the gradebook rounds


def test_in_jupyterlab(page: Page, lab: Lab, uploads: Path) -> None:
    """In one JupyterLab every notebook is opened, run and answered by keyboard, handed in, and graded as it should."""
    forget_answers(lab)
    notebook = Notebook(page, lab.url("/".join(NOTEBOOKS[0]) + ".ipynb"))
    view, given = page.locator(OPEN_NOTEBOOK), {}
    for folder, slug in sorted(NOTEBOOKS, key=lambda notebook: notebook[1]):  # each lesson, then its exercise
        notebook.open_by_keyboard(f"{folder}/{slug}.ipynb")
        if folder == "lessons":
            practise(view, one_of_each_kind(practice_in(slug)))
        answer_what_is_handed_in(view, folder, slug, given)
        if folder == "exercises":
            hand_in(page, view, ALIAS)
            expect(view.locator(".cd-receipt")).to_have_attribute("data-ok", "true")
            (name,) = re.findall(r"hand-in/\S+\.json", view.locator(".cd-receipt").inner_text())
            shutil.copy(lab.work / name, uploads / f"{slug}.json")
    expect_graded(uploads, given)


def test_in_the_book(page: Page, site: Path, uploads: Path) -> None:
    """In the book, opened from a folder, page by page is read and answered by keyboard, handed in, and graded so."""
    page.goto((site / "index.html").as_uri())
    view, given = page.locator("main"), {}
    for folder, slug in NOTEBOOKS:
        turn_to(page, f"{folder}/{slug}.html")
        wait_until_alive(page)
        if folder == "lessons":
            practise(view, practice_in(slug))
        answer_what_is_handed_in(view, folder, slug, given)
        if folder == "exercises":
            with page.expect_download() as waiting:
                hand_in(page, view, ALIAS)
            waiting.value.save_as(uploads / f"{slug}.json")
    expect_graded(uploads, given)
