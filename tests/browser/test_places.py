"""The same answers in all places: JupyterLab, Notebook 7, nbconvert's HTML export, the book over http and from file."""

from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING

import pytest
from kindsteps import mark_source_and_cue
from labsteps import (
    Notebook,
    expect_saved,
    forget_answers,
    open_and_run,
    write_notebook,
)
from samplepage import wait_until_alive

from copydesk.answers.file import AnswerFile
from copydesk.course.bank_files import QUIZZES
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.kinds import scoring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from copydesk.lab.jupyterlab import Lab

BANK = Course(find_root()).bank(QUIZZES, "02-attribution")
CELLS = ("import copydesk\ndesk = copydesk.open('02-attribution')", "desk.quiz()", "desk.task('P2')")
LESSON = "lessons/02-attribution.html"
WANTED_SHARES = {"Q7": 1, "P2": 0.8239}  # of P2 the source, and one cue of two


def task(page: Page, task_id: str) -> Locator:
    """Return a task of the lesson."""
    heading = page.get_by_role("heading", name=BANK[task_id].task.title)
    return page.locator(".cd-item", has=heading).first


def answer(page: Page) -> None:
    """Give one answer to a choice item of the quiz and one to a spans task, and check both."""
    task(page, "Q7").locator("input[value=c]").check()
    task(page, "Q7").get_by_role("button", name="Check").click()
    mark_source_and_cue(task(page, "P2"))


def kept_by(lab: Lab, page: Page) -> AnswerFile:
    """Answer in a notebook that is open and return the file that its kernel keeps."""
    answer(page)
    expect_saved(task(page, "P2"))
    return AnswerFile.model_validate_json((lab.work / "answers" / "02-attribution.json").read_bytes())


def downloaded_from(page: Page, address: str) -> AnswerFile:
    """Answer in a page without a kernel and return the file that it gives."""
    page.goto(address, wait_until="domcontentloaded")
    wait_until_alive(page)
    answer(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download answers").first.click()
    return AnswerFile.model_validate_json(waiting.value.path().read_bytes())


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a fresh window, in which the host's own scripts may complain: nbconvert's page wants the internet."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def notebook(lab: Lab) -> str:
    """Return the path of a notebook with the two tasks."""
    return write_notebook(lab, "places", *CELLS)


@pytest.fixture
def empty(lab: Lab) -> Lab:
    """Return JupyterLab with nothing answered."""
    forget_answers(lab)
    return lab


@pytest.fixture
def given(request: pytest.FixtureRequest) -> AnswerFile:
    """Return the answer file of a place."""
    content: AnswerFile = request.getfixturevalue(request.param)
    return content


@pytest.fixture
def jupyterlab(page: Page, empty: Lab, notebook: str) -> AnswerFile:
    """Answer in JupyterLab."""
    open_and_run(page, empty, notebook)
    return kept_by(empty, page)


@pytest.fixture
def notebook_7(page: Page, empty: Lab, notebook: str) -> AnswerFile:
    """Answer in Notebook 7, which the same server has."""
    opened = Notebook(page, empty.url(notebook, "notebooks"))
    opened.run_all()
    return kept_by(empty, page)


@pytest.fixture
def export(page: Page, empty: Lab, notebook: str, tmp_path: Path) -> AnswerFile:
    """Answer in the page that *Save and Export Notebook As, HTML* of our JupyterLab gives, with no server behind it."""
    opened = open_and_run(page, empty, notebook)
    opened.save()
    with urllib.request.urlopen(empty.url(notebook, "nbconvert/html")) as exported:
        (tmp_path / "export.html").write_bytes(exported.read())
    page.context.set_offline(True)
    return downloaded_from(page, (tmp_path / "export.html").as_uri())


@pytest.fixture
def book_over_http(page: Page, server: str) -> AnswerFile:
    """Answer in the book on a web server."""
    return downloaded_from(page, server + LESSON)


@pytest.fixture
def book_from_file(page: Page, site: Path) -> AnswerFile:
    """Answer in the book on a memory stick."""
    return downloaded_from(page, (site / LESSON).as_uri())


@pytest.mark.parametrize(
    "given", ["jupyterlab", "notebook_7", "export", "book_over_http", "book_from_file"], indirect=True
)
def test_the_same_answers_in_all_places(given: AnswerFile) -> None:
    """The same clicks give, wherever they are made, the same responses in the answer file and the same scores."""
    done = {name: answer for name, answer in given.answers.items() if not answer.is_only_drawn}
    assert set(done) == {"Q7", "P2"}
    assert given.answers["Q7"].response.chosen == ("c",)
    marks = given.answers["P2"].response.spans
    assert sorted((span["label"], span["selector"][1]["exact"]) for span in marks) == [
        ("cue", "hinted"),
        ("source", "China"),
    ]
    assert {answer.reason for answer in done.values()} == {"", BANK["P2"].task.reasons[0]}
    for name, expected in WANTED_SHARES.items():
        entry = BANK[name]
        assert scoring.score(entry.task, entry.key, given.answers[name].response).share == pytest.approx(
            expected, abs=5e-5
        )
