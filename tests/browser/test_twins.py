"""A task with a twin, on a page and in JupyterLab: drawn once, kept, checked and graded as what was shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import twins
from accessibility import violations
from labsteps import expect_saved, open_and_run, write_notebook
from playwright.sync_api import expect
from samplepage import show, write_views

import copydesk
from copydesk.course.bank_files import EXERCISES, QUIZZES, SOLUTIONS, read_bank_file
from copydesk.grading import grade
from copydesk.views.content import bank_content, submission_content
from copydesk.views.html import view_html

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from copydesk.lab.jupyterlab import Lab

STORED = "() => JSON.parse(localStorage.getItem(Object.keys(localStorage).find((key) => /02-attribution$/.test(key))))"
PASSAGES = {1: twins.HARBOUR, 2: twins.MAYOR}
RIGHT = {1: "The harbour office", 2: "The mayor"}
REASONS = {1: twins.WHY_OFFICE, 2: twins.WHY_MAYOR}


def draw(page: Page, version: int) -> None:
    """Let the page draw a version from its next load on."""
    page.add_init_script(f"Math.random = () => {0.25 if version == 1 else 0.75};")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return the small course."""
    twins.write_course(tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture
def sheet(course: Path) -> Path:
    """Return a page with practice, a graded task and the submission."""
    quiz = read_bank_file(course / QUIZZES / f"{twins.LESSON}.yml").bank
    exercise = read_bank_file(course / EXERCISES / f"{twins.LESSON}.yml").bank
    contents: list[Any] = [bank_content(quiz, [quiz["Q1"]], {}, title="Practice")]
    contents += [bank_content(exercise, [exercise["T2"]], {}, title="Graded")]
    contents += [submission_content(exercise, title="Submit")]
    views = []
    for content in contents:
        more = {"release": copydesk.__version__, "language": "en", "bank": exercise.fingerprint()}
        views.append(view_html({**content, **more}))
    return write_views(course / "page.html", views)


def practice(page: Page) -> Locator:
    """Return the task of the quiz."""
    return page.locator(".cd-item", has=page.get_by_role("button", name="Check")).or_(
        page.locator(".cd-item", has=page.get_by_role("button", name="Try again"))
    )


def graded(page: Page) -> Locator:
    """Return the graded task."""
    return page.locator("[data-copydesk=tasks]").nth(1).locator(".cd-item")


def points(course: Path, submission: Path, out: Path) -> float:
    """Return the points of the only submission by the key of the course."""
    bank = read_bank_file(course / SOLUTIONS / f"{twins.LESSON}.yml").bank
    report = grade([submission], out, banks={twins.LESSON: bank})
    (row,) = report.scores.rows()
    earned = row.scores["T2"].points
    assert earned is not None
    return earned


@pytest.mark.parametrize("version", [1, 2])
def test_a_page_draws_once_and_keeps(page: Page, course: Path, sheet: Path, tmp_path: Path, version: int) -> None:
    """The version is kept before any answer, shown again whatever is drawn later, and goes out with the submission."""
    draw(page, version)
    show(page, sheet)
    for task in (practice(page), graded(page)):
        expect(task).to_contain_text(PASSAGES[version])
        expect(task).not_to_contain_text(PASSAGES[3 - version])
    kept = page.evaluate(STORED)["answers"]
    assert {name: answer["version"] for name, answer in kept.items()} == {"Q1": version, "T2": version}
    draw(page, 3 - version)
    page.reload()
    expect(graded(page)).to_contain_text(PASSAGES[version])
    task = practice(page)
    task.get_by_role("radio", name=RIGHT[version]).check()
    task.get_by_role("combobox").select_option(index=3)
    task.get_by_role("button", name="Check").click()
    expect(task).to_contain_text(REASONS[version])
    task.get_by_role("button", name="Try again").click()
    expect(task).to_contain_text(PASSAGES[version])
    graded(page).get_by_role("radio", name=RIGHT[version]).check()
    view = page.locator("[data-copydesk=submission]")
    view.get_by_role("textbox").fill("Ada")
    view.locator("button[type=submit]").click()  # T1 and T3 are on no page: it asks whether to go on
    with page.expect_download() as waiting:
        view.locator(".cd-question button").last.click()
    path = tmp_path / "submission.json"
    waiting.value.save_as(path)
    assert json.loads(path.read_text(encoding="utf-8"))["answers"]["T2"]["version"] == version
    assert points(course, path, tmp_path / "out") == 2
    assert violations(page) == []


def test_an_import_brings_its_version(page: Page, sheet: Path, tmp_path: Path) -> None:
    """Answers from another device are shown with their own passage, in place of the one drawn here."""
    draw(page, 1)
    show(page, sheet)
    expect(graded(page)).to_contain_text(PASSAGES[1])
    answers = {"T2": twins.pick("mayor", 2, attempts=1, checked=False)}
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(twins.submission("Ada", answers)), encoding="utf-8")
    page.locator("input[type=file]").first.set_input_files(path)
    expect(graded(page)).to_contain_text(PASSAGES[2])
    expect(graded(page)).not_to_contain_text(PASSAGES[1])
    expect(graded(page).get_by_role("radio", name="The mayor")).to_be_checked()
    expect(practice(page)).to_contain_text(PASSAGES[1])


def stored_answers(page: Page, course: Path, task: str) -> dict[str, Any]:
    """Return the answers in the file, once a task is among them: what is drawn is stored a moment after it is shown."""
    path = course / "answers" / f"{twins.LESSON}.json"
    for _ in range(100):
        answers: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["answers"] if path.is_file() else {}
        if task in answers:
            return answers
        page.wait_for_timeout(200)
    pytest.fail(f"{task} was not stored")


@pytest.mark.parametrize("version", [1, 2])
def test_jupyterlab_draws_once_and_keeps(browser: Browser, lab: Lab, course: Path, version: int) -> None:
    """In JupyterLab the version is in the answer file before any answer, and there again in a new kernel and window."""
    start = f"import os; os.environ['COPYDESK_COURSE'] = {str(course)!r}"
    start += f"\nimport copydesk; desk = copydesk.open({twins.LESSON!r}, answers={str(course / 'answers')!r})"
    name = write_notebook(lab, f"twins{version}", start, "desk.quiz()", "desk.task('T2')")
    for drawn in (version, 3 - version):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        draw(page, drawn)
        notebook = open_and_run(page, lab, name)
        task = notebook.task("Who counted?")
        expect(page.locator(".cd-item", has_text=PASSAGES[version])).to_have_count(2)
        expect(page.locator(".cd-item", has_text=PASSAGES[3 - version])).to_have_count(0)
        if drawn == version:
            expect_saved(task)
        answers = stored_answers(page, course, "T2")
        assert (answers["T2"]["version"], answers["T2"]["at"]) == (version, twins.DRAWN)
        notebook.restart()
        context.close()
