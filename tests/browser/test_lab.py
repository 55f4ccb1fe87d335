"""A learner in a real JupyterLab: by mouse, by keyboard, over a restart and a reload, to a graded submission."""

from __future__ import annotations

import csv
import json
import os
import signal
from typing import TYPE_CHECKING

import psutil
import pytest
from labsteps import answers_on_disk, expect_saved, forget_answers, open_and_run, pick, status_of, tab_to
from playwright.sync_api import expect

from copydesk.course.bank_files import SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.grading import grade
from copydesk.kinds import scoring
from copydesk.model.tokens import span_word_indices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from copydesk.lab.jupyterlab import Lab

LESSON, EXERCISE = "lessons/02-attribution.ipynb", "exercises/02-attribution.ipynb"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a fresh browser window as wide as a small laptop."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True)
def no_answers(lab: Lab) -> None:
    """Begin each test with nothing answered."""
    forget_answers(lab)


def word(item: Locator, text: str) -> Locator:
    """Return a word of a passage."""
    return item.locator(".cd-word", has_text=text).first


def test_a_term_leads_to_the_glossary(page: Page, lab: Lab) -> None:
    """A link on a term opens the glossary beside the lesson, to be read and not as a file to be edited."""
    open_and_run(page, lab, LESSON)
    page.locator("a[href*='glossary.md'], a[data-path*='glossary.md']").first.click()
    glossary = page.locator(".jp-MarkdownViewer")
    expect(glossary.get_by_role("heading", name="Glossary")).to_be_visible()
    expect(glossary.get_by_role("heading", name="Attribution", exact=True)).to_be_attached()


def test_by_mouse_over_restart_and_reload(page: Page, lab: Lab) -> None:
    """Answers given by mouse are explained, saved, and there again after a restart of the kernel and a reload."""
    notebook = open_and_run(page, lab, LESSON)
    quiz = notebook.task("Find the three parts")
    quiz.get_by_text("Headline 4").click()
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.get_by_text("Even a colon can carry an attribution.")).to_be_visible()
    quiz.get_by_text("The other answers").click()
    expect(quiz.get_by_text("Ask instead who told us.")).to_be_visible()
    expect_saved(quiz)
    assert answers_on_disk(lab)["Q1"]["response"]["chosen"] == ["d"]

    spans = notebook.task("One half is done for you")
    spans.get_by_role("button", name="Source").click()
    word(spans, "China").click()
    spans.get_by_role("button", name="Cue").click()
    word(spans, "says").click()
    word(spans, "hinted").click()
    spans.get_by_text("I followed the grammar").click()
    spans.get_by_role("button", name="Check").click()
    expect(spans.locator(".cd-result")).to_contain_text("so one word serves both")
    expect_saved(spans)
    assert {span["selector"][1]["exact"] for span in answers_on_disk(lab)["P2"]["response"]["spans"]} == {
        "China",
        "says",
        "hinted",
    }

    notebook.restart()
    notebook.run_all()
    expect(notebook.task("Find the three parts").get_by_text("Even a colon can carry")).to_be_visible(timeout=30_000)

    page.reload()
    notebook.wait_until_ready()
    notebook.wait_until_shown()
    expect(notebook.task("One half is done for you")).to_contain_text("so one word serves both", timeout=60_000)


def test_by_keyboard_alone(page: Page, lab: Lab) -> None:
    """With the keyboard alone a quiz item and a spans task can be reached, answered, checked and saved."""
    notebook = open_and_run(page, lab, LESSON)
    page.keyboard.press("Escape")
    quiz = notebook.task("The first move")
    pick(page, quiz.get_by_role("radio").first)
    tab_to(page, quiz.get_by_role("button", name="Check"), limit=10)
    page.keyboard.press("Enter")
    expect(quiz.locator("[data-checked], .cd-why, .cd-chip").first).to_be_visible()
    expect_saved(quiz)
    assert answers_on_disk(lab)["R1"]["checked"] is True

    spans = notebook.task("One half is done for you")
    tab_to(page, word(spans, "China"))
    page.keyboard.press("s")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("c")
    for _ in range(20):
        if page.evaluate("() => document.activeElement?.textContent") == "hinted":
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("c")
    pick(page, spans.get_by_role("radio").first, limit=10)
    tab_to(page, spans.get_by_role("button", name="Check"), limit=10)
    page.keyboard.press("Enter")
    expect(spans.locator(".cd-result")).to_contain_text("so one word serves both")
    expect_saved(spans)
    marks = [(span["label"], span["selector"][1]["exact"]) for span in answers_on_disk(lab)["P2"]["response"]["spans"]]
    assert sorted(marks) == [("cue", "hinted that"), ("cue", "says"), ("source", "China")]
    assert page.evaluate("() => document.activeElement !== document.body")


def test_saved_is_not_said_without_a_kernel(page: Page, lab: Lab) -> None:
    """With the kernel killed an answer is not called saved, the learner is told, and it is there after a restart."""
    notebook = open_and_run(page, lab, LESSON)
    quiz = notebook.task("Find the three parts")
    quiz.get_by_text("Headline 2").click()
    expect_saved(quiz)
    for process in psutil.process_iter(["cmdline", "cwd"]):
        if "ipykernel_launcher" in " ".join(process.info["cmdline"] or []) and str(lab.work) in str(
            process.info["cwd"]
        ):
            os.kill(process.pid, signal.SIGKILL)
    quiz.get_by_text("Headline 4").click()
    expect(status_of(quiz)).not_to_have_attribute("data-state", "saved")
    dialogs = page.get_by_role("dialog")
    expect(dialogs.first).to_be_visible(timeout=30_000)
    while dialogs.count():  # JupyterLab may say it more than once, the last on top
        dialogs.last.get_by_role("button").first.click()
    notebook.wait_until_ready()
    notebook.run_all()
    again = notebook.task("Find the three parts")
    expect(status_of(again)).to_have_attribute("data-state", "saved", timeout=30_000)
    assert answers_on_disk(lab)["Q1"]["response"]["chosen"] == ["d"]


def test_a_submission_from_the_browser_earns_what_it_should(page: Page, lab: Lab, tmp_path: Path) -> None:
    """An exercise answered in JupyterLab is submitted by its button and graded to the expected points."""
    root = find_root()
    bank = Course(root).bank(SOLUTIONS, "02-attribution")
    notebook = open_and_run(page, lab, EXERCISE)

    gaps = bank["T5"]
    item = notebook.task(gaps.task.title)
    chosen = set(scoring.reference_response(gaps.task, gaps.key).chosen)
    for option in gaps.task.options:
        if option.id in chosen:
            item.locator(f"input[value='{option.id}']").check()
    expect_saved(item)

    written = notebook.task(bank["W1"].task.title)
    written.get_by_role("textbox").fill("<script>alert(1)</script> A text of my own.")
    expect_saved(written)

    spans = notebook.task(bank["T1"].task.title)
    spans.get_by_role("button", name="Source").click()
    texts = {passage.id: passage.text for passage in bank["T1"].task.passages}
    for span in scoring.reference_response(bank["T1"].task, bank["T1"].key).spans:
        passage, place = span["passage"], span["selector"][0]
        if span["label"] == "source":
            words = spans.locator(".cd-passage").nth(list(texts).index(passage)).locator(".cd-word")
            for index in span_word_indices(texts[passage], place["start"], place["end"]):
                words.nth(index).click()
    expect_saved(spans)

    page.get_by_role("textbox", name="name").last.fill("Robin")
    page.get_by_role("button", name="Make my submission file").click()
    page.get_by_role("button", name="Submit anyway").click()
    expect(page.get_by_text("submissions/02-attribution-robin.json").first).to_be_visible(timeout=15_000)

    file = lab.work / "submissions" / "02-attribution-robin.json"
    report = grade([file], tmp_path / "graded", banks=Course(root).solutions, on_progress=None)
    assert report.problem_rows == 0
    with (tmp_path / "graded" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as table:
        (row,) = list(csv.DictReader(table))
    points = {name.split(" ")[0]: value for name, value in row.items()}
    assert float(points["T5"]) == 2
    assert float(points["T1"]) == pytest.approx(bank["T1"].task.points / 3, abs=0.01)
    assert float(points["T2"]) == 0
    feedback = next((tmp_path / "graded" / "feedback").glob("*.html")).read_text(encoding="utf-8")
    assert "<script" not in feedback
    assert "&lt;script&gt;alert(1)" in feedback

    notebook.save()
    saved = json.loads((lab.work / EXERCISE).read_text(encoding="utf-8"))
    outputs = [output.get("data", {}) for cell in saved["cells"] for output in cell.get("outputs", [])]
    (embedded,) = [data for data in outputs if "application/vnd.copydesk.answers+json" in data]
    assert embedded["application/vnd.copydesk.answers+json"]["learner"]["alias"] == "Robin"
