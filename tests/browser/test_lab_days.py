"""JupyterLab from one day to the next: nothing to press, nothing that a stray key takes, nothing that looks broken."""

from __future__ import annotations

import io
import itertools
import json
from typing import TYPE_CHECKING

import pytest
from browsing import ROOT
from labsteps import THEMES, Notebook, answers_on_disk, expect_saved, forget_answers, open_and_run
from PIL import Image, ImageStat
from playwright.sync_api import expect

from copydesk.course.bank_files import EXERCISES
from copydesk.course.course import Course
from copydesk.lab.jupyterlab import running_lab
from copydesk.lab.working_copy import copy_course

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from copydesk.lab.jupyterlab import Lab

LESSON, EXERCISE = "lessons/02-attribution.ipynb", "exercises/02-attribution.ipynb"
TASK = Course(ROOT).bank(EXERCISES, "02-attribution")["T5"].task
SELECT = """(index) => {
  const { content } = window.jupyterapp.shell.currentWidget;
  content.deselectAll();
  content.activeCellIndex = index;
  content.mode = "command";
  content.node.focus();
  content.activeCell.node.focus();
}"""
OPEN = """async (path) => {
  await window.jupyterapp.commands.execute("docmanager:open", {path});
}"""
WRITE = """(source) => {
  const { content } = window.jupyterapp.shell.currentWidget;
  const cell = content.widgets.find(({model}) => model.sharedModel.getSource().includes("desk.record("));
  cell.model.sharedModel.setSource(source);
}"""
CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets
  .map(({model}) => [model.type, model.sharedModel.getSource()])"""
SCROLLED = """() => Math.max(...[...document.querySelectorAll(".jp-NotebookPanel *")].map((each) => each.scrollTop))"""
TEXTS = ".jp-RenderedHTMLCommon :is(p, li), .copydesk p:not(.cd-sr)"
LONGEST_LINES = """(texts) => [...document.querySelectorAll(texts)].map((element) => {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let [longest, here, bottom] = [0, 0, 0];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let place = 0; place < node.length; place += 1) {
      range.setStart(node, place);
      range.setEnd(node, place + 1);
      const box = range.getBoundingClientRect();
      if (!box.width) continue;
      here = Math.abs(box.bottom - bottom) > 8 ? 1 : here + 1;
      bottom = box.bottom;
      longest = Math.max(longest, here);
    }
  }
  return [longest, element.textContent];
})"""


@pytest.fixture
def page(browser: Browser, lab: Lab) -> Iterator[Page]:
    """Return a fresh browser window on a wide screen, with nothing answered."""
    forget_answers(lab)
    context = browser.new_context(viewport={"width": 1920, "height": 1000})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def lesson(browser: Browser, lab: Lab) -> Iterator[Notebook]:
    """Return a lesson that is open on a wide screen."""
    context = browser.new_context(viewport={"width": 1920, "height": 1000})
    yield open_and_run(context.new_page(), lab, LESSON)
    context.close()


def code_cell(page: Page, source: str) -> int:
    """Return the place of the cell that holds a source."""
    sources = [text for _, text in page.evaluate(CELLS)]
    return sources.index(source)


def test_the_next_day_everything_is_there(browser: Browser, tmp_path: Path) -> None:
    """Saved, closed, and opened by a second server on the same port, a task is there with its answer, unasked."""
    copy_course(ROOT, tmp_path)
    with (tmp_path / "server.log").open("w") as log, running_lab(ROOT, tmp_path, driven=True, log=log) as first:
        page = browser.new_page(viewport={"width": 1024, "height": 900})
        notebook = open_and_run(page, first, EXERCISE)
        item = notebook.task(TASK.title)
        item.locator(f"input[value='{TASK.options[0].id}']").check()
        expect_saved(item)
        notebook.menu("File", "Save Notebook")
        expect(page.locator(".jp-mod-dirty")).to_have_count(0)
        page.close()
        port = int(first.address.rpartition(":")[2])
    saved = json.loads((tmp_path / EXERCISE).read_text(encoding="utf-8"))
    assert "widget-view" not in json.dumps(saved)
    assert "widgets" not in saved["metadata"]
    with (
        (tmp_path / "server.log").open("a") as log,
        running_lab(ROOT, tmp_path, port=port, driven=True, log=log) as second,
    ):
        page = browser.new_page(viewport={"width": 1024, "height": 900})
        notebook = open_and_run(page, second, EXERCISE)
        assert page.evaluate(SCROLLED) == 0
        expect(page.get_by_role("heading", name="Who says so?").first).to_be_in_viewport()
        expect(notebook.task(TASK.title).locator(f"input[value='{TASK.options[0].id}']")).to_be_checked()
        expect(page.get_by_text("model not found")).to_have_count(0)
        page.close()


def test_a_notebook_that_somebody_else_changed_does_not_run(browser: Browser, tmp_path: Path) -> None:
    """What was put into the working copy from outside is not run by itself, and a line says what to do."""
    copy_course(ROOT, tmp_path)
    foreign = json.loads((tmp_path / LESSON).read_text(encoding="utf-8"))
    foreign["cells"] = [cell for cell in foreign["cells"] if cell["cell_type"] == "code"][:2]
    foreign["cells"][0]["source"] = "open('ran', 'w').close()"
    (tmp_path / LESSON).write_text(json.dumps(foreign), encoding="utf-8")
    with (tmp_path / "server.log").open("w") as log, running_lab(ROOT, tmp_path, driven=True, log=log) as lab:
        page = browser.new_page()
        notebook = Notebook(page, lab.url(LESSON))
        line = page.locator(".cdlab-line")
        expect(line).to_contain_text("changed outside JupyterLab")
        expect(page.get_by_role("status").filter(has_text="changed outside JupyterLab")).to_have_count(1)
        assert line.evaluate("(line) => line.scrollHeight <= line.clientHeight && line.clientHeight > 20")
        page.wait_for_timeout(1000)
        assert not (tmp_path / "lessons" / "ran").exists()
        notebook.menu("Run", "Run All Cells")
        expect(line).to_be_hidden()
        page.close()
    assert (tmp_path / "lessons" / "ran").exists()


def test_after_a_restart_a_cell_runs_alone(page: Page, lab: Lab) -> None:
    """After a restart of the kernel, the play button on a task's cell shows the task, with no cell above it run."""
    notebook = open_and_run(page, lab, EXERCISE)
    notebook.restart()
    page.evaluate(SELECT, code_cell(page, 'desk.task("T5")'))
    page.keyboard.press("Control+Enter")
    item = notebook.task(TASK.title)
    item.locator(f"input[value='{TASK.options[1].id}']").check()
    expect_saved(item)
    expect(page.get_by_text("NameError")).to_have_count(0)


def test_a_stray_key_takes_no_cell_away(page: Page, lab: Lab) -> None:
    """No key that somebody may press by mistake deletes, cuts or changes a task or a text of the course."""
    notebook = open_and_run(page, lab, EXERCISE)
    before = page.evaluate(CELLS)
    task = code_cell(page, 'desk.task("T2")')
    for place, keys in itertools.product((1, task), (["d", "d"], ["x"], ["m"], ["r"], ["1"], ["y"], ["Shift+m"])):
        page.evaluate(SELECT, place)
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_timeout(200)
        dialog = page.get_by_role("dialog")
        if dialog.count():
            dialog.get_by_role("button").last.click()
            expect(dialog).to_have_count(0)
        assert page.evaluate(CELLS) == before, (place, keys)
    page.evaluate(SELECT, task)
    notebook.command("Insert Cell Below")
    page.keyboard.press("Enter")
    page.keyboard.type("mine")
    page.keyboard.press("Escape")
    assert ["code", "mine"] in page.evaluate(CELLS)
    notebook.menu("Edit", "Delete Cell")
    assert page.evaluate(CELLS) == before, "a cell of the learner's own can be deleted"
    notebook.save()


def test_lesson_and_exercise_have_names_that_differ(page: Page, lab: Lab) -> None:
    """Two open notebooks of one lesson can be told apart by their tabs, and keep the names of their files."""
    files = {path.name for path in (lab.work / "lessons").iterdir()}
    open_and_run(page, lab, LESSON)
    page.evaluate(
        "async (path) => void (await window.jupyterapp.commands.execute('docmanager:open', {path}))", EXERCISE
    )
    tabs = page.locator("#jp-main-dock-panel .lm-TabBar-tabLabel", has_text="02 ·")
    expect(tabs).to_have_count(2)
    assert tabs.all_text_contents() == ["02 · Who says so?", "02 · Exercise · Who says so?"]
    page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)[data-copydesk='ready']").wait_for(timeout=60_000)
    assert {path.name for path in (lab.work / "lessons").iterdir()} >= files
    assert {path.name for path in (lab.work / "exercises").glob("*.ipynb")} <= files


def test_lines_are_short_on_a_wide_screen(lesson: Notebook) -> None:
    """On a screen of 1920 pixels a line of text has about 80 characters, in texts and in tasks."""
    page = lesson.page
    seen: dict[str, int] = {}
    page.mouse.move(900, 600)
    for _ in range(16):  # JupyterLab has only those cells in the page that can be seen
        seen |= {text: length for length, text in page.evaluate(LONGEST_LINES, TEXTS)}
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(200)
    assert sum(length > 60 for length in seen.values()) > 20
    assert {text: length for text, length in seen.items() if length > 88} == {}


def test_figures_follow_the_dark_theme(lesson: Notebook) -> None:
    """In the dark theme a figure is dark, with light words on it."""
    lesson.change_theme(THEMES[1])
    guess = lesson.page.locator(".copydesk-guess").first
    guess.scroll_into_view_if_needed()
    if guess.locator("details:not([open])").count():
        guess.locator("summary").click()
    figure = guess.locator(".copydesk-figure img")
    figure.scroll_into_view_if_needed()
    picture = Image.open(io.BytesIO(figure.screenshot())).convert("L")
    assert ImageStat.Stat(picture).mean[0] < 100
    assert picture.getextrema()[1] > 180
    lesson.change_theme(THEMES[0])


def test_a_figure_asks_for_a_guess_first(lesson: Notebook) -> None:
    """A number, typed and confirmed with Enter, shows the figure and one sentence; no key reaches the notebook."""
    page = lesson.page
    guess = page.locator(".copydesk-guess").first
    guess.scroll_into_view_if_needed()
    if guess.locator("details[open]").count():
        guess.locator("summary").click()
    cells = page.evaluate(CELLS)
    guess.locator("input").fill("12")
    guess.locator("input").press("Enter")
    expect(guess.get_by_role("status")).to_have_text("You said 12 of 21; it is 6.")
    expect(guess.locator(".copydesk-figure img")).to_be_visible()
    guess.locator("summary").press("d")
    guess.locator("summary").press("d")
    assert page.evaluate(CELLS) == cells


def test_code_is_shown_by_a_switch(lesson: Notebook) -> None:
    """Code is folded away until a switch, reached with the keyboard, shows it; the browser remembers."""
    page = lesson.page
    code = page.locator(".jp-CodeCell .jp-InputArea:visible, .jp-CodeCell .jp-InputPlaceholder:visible")
    expect(code).to_have_count(0)
    switch = page.get_by_role("button", name="Show code")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.focus()
    page.keyboard.press("Enter")
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(code.first).to_be_visible()
    page.reload()
    lesson.wait_until_ready()
    lesson.wait_until_shown()
    expect(code.first).to_be_visible()
    page.locator(".jp-Notebook .jp-Cell").first.focus()
    page.keyboard.press("Shift+Tab")  # into the bar of steps
    page.keyboard.press("Shift+Tab")  # into the toolbar, which is one stop; its buttons are reached by arrow keys
    for _ in range(12):
        if switch.evaluate("(button) => button === document.activeElement"):
            break
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    expect(code).to_have_count(0)


def test_notebook_7_runs_a_lesson_too(page: Page, lab: Lab) -> None:
    """In Notebook 7 on the same server a lesson runs by itself, and a task can be answered."""
    notebook = Notebook(page, lab.url(EXERCISE, "notebooks"))
    notebook.wait_until_shown()
    item = notebook.task(TASK.title)
    item.locator(f"input[value='{TASK.options[2].id}']").check()
    expect_saved(item)


def test_opening_again_keeps_an_answer_that_is_newer_than_the_code(page: Page, lab: Lab) -> None:
    """An answer recorded from code and then changed by hand is not replaced when the notebook runs by itself."""
    notebook = open_and_run(page, lab, EXERCISE)
    sources = [text for _, text in page.evaluate(CELLS)]
    (place,) = [index for index, text in enumerate(sources) if "desk.record(" in text]
    page.evaluate(SELECT, place)
    page.evaluate(WRITE, 'desk.record("T4", alt="From code.")')
    page.keyboard.press("Control+Enter")
    field = notebook.task("Count the sources").get_by_role("textbox").last
    expect(field).to_have_value("From code.")
    field.fill("By hand.")
    expect_saved(notebook.task("Count the sources"))
    notebook.menu("File", "Save Notebook")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    page.reload()
    notebook.wait_until_ready()
    notebook.wait_until_shown()
    assert answers_on_disk(lab)["T4"]["response"]["values"]["alt"] == "By hand."
    expect(notebook.task("Count the sources").get_by_role("textbox").last).to_have_value("By hand.")
    page.evaluate(WRITE, sources[place])
    notebook.menu("File", "Save Notebook")
