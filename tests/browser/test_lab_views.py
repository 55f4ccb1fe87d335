"""The views that are not tasks, shown by the cells of a notebook in a real JupyterLab."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from accessibility import WCAG, violations
from labsteps import THEMES, answers_on_disk, expect_saved, forget_answers, open_and_run, pick, tab_to, write_notebook
from playwright.sync_api import expect
from viewsteps import read_by_keyboard, read_by_pointer

from copydesk.answers.file import Answer, AnswerFile
from copydesk.answers.store import current_time, to_json
from copydesk.course.bank_files import QUIZZES
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.kinds.choice.model import ChoiceResponse
from copydesk.text import shared_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from labsteps import Notebook
    from playwright.sync_api import Browser, Locator

    from copydesk.lab.jupyterlab import Lab

BANK = Course(find_root()).bank(QUIZZES, "02-attribution")
CELLS = (
    "import copydesk\ndesk = copydesk.open('02-attribution')",
    "desk.progress()",
    "desk.read(layers=['attributions', 'traces', 'claims'], after={'attributions': ['P2']})",
    "desk.xray('AR09', 'AR15', 'AR17')",
    "desk.task('P2')",
    "desk.quiz()",
    "desk.reliability()",
)


@pytest.fixture(scope="module")
def views(browser: Browser, lab: Lab) -> Iterator[Notebook]:
    """Return a notebook that shows every view, with two tasks answered and checked."""
    forget_answers(lab)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    notebook = open_and_run(context.new_page(), lab, write_notebook(lab, "views", *CELLS))
    yield notebook
    context.close()


def pane(views: Notebook) -> Locator:
    """Return the reading pane."""
    return views.page.locator(".jp-OutputArea .cd-reading")


def test_the_reading_pane_by_keyboard(views: Notebook) -> None:
    """In JupyterLab a layer is switched on and a note read with the keyboard alone, and the focus comes back."""
    views.page.keyboard.press("Escape")
    read_by_keyboard(views.page, pane(views))


def test_the_reading_pane_by_pointer(views: Notebook) -> None:
    """In JupyterLab a click on a layer and on a mark opens the mark's note with its sources."""
    read_by_pointer(pane(views))


def test_a_check_reaches_every_view(views: Notebook) -> None:
    """A task checked in one cell opens the layer it locked, shows its marks beside the reference, and is counted."""
    progress = views.page.locator(".jp-OutputArea .cd-progress-view").first
    pane(views).get_by_role("radio", name="Attributions").check()
    expect(pane(views).locator(".cd-reading-mark")).to_have_count(0)
    task = views.task(BANK["P2"].task.title)
    task.locator(".cd-word").first.click()
    task.get_by_text("I asked who told us").click()
    task.get_by_role("button", name="Check").click()
    expect_saved(task)
    expect(task.locator(".cd-compare").first).to_contain_text("Reference")
    expect(pane(views).locator(".cd-reading-mark").first).to_be_visible()
    expect(progress).to_contain_text("1 of ")


def test_answers_go_out_as_a_file_and_in(views: Notebook, lab: Lab, tmp_path: Path) -> None:
    """What is downloaded above is the answer file; a changed one imported there reaches disk and the other cells."""
    progress = views.page.locator(".jp-OutputArea .copydesk", has=views.page.locator(".cd-progress-view")).first
    with views.page.expect_download() as download:
        progress.get_by_role("button", name="Download answers").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    held = AnswerFile.model_validate_json(path.read_bytes())
    done = [name for name, answer in held.answers.items() if not answer.is_only_drawn]
    assert (held.lesson, done) == ("02-attribution", ["P2"])

    chosen = Answer(response=ChoiceResponse(kind="choice", chosen=("c",)), at=current_time(), attempts=1, checked=True)
    other = held.model_copy(update={"answers": {"Q7": chosen}})
    foreign = other.model_copy(update={"lesson": "03-sources"})
    refused = shared_text("import.otherLesson", theirs="03-sources", ours="02-attribution")
    for file, said in ((foreign, refused), (other, shared_text("import.done", count=1))):
        path.write_text(to_json(file), encoding="utf-8")
        with views.page.expect_file_chooser() as chooser:
            progress.get_by_role("button", name="Import answers").click()
        chooser.value.set_files(path)
        expect(progress.locator(".cd-bar")).to_contain_text(said)
    expect(views.task(BANK["Q7"].task.title).locator("input[value=c]")).to_be_checked()
    done = [name for name, answer in answers_on_disk(lab).items() if not answer["at"].startswith("1970")]
    assert sorted(done) == ["P2", "Q7"]


def test_how_sure_and_how_often_right(views: Notebook) -> None:
    """A judgement given and checked with the keyboard alone stands in the reliability view of another cell."""
    item = views.task(BANK["Q4"].task.title)
    pick(views.page, item.get_by_role("radio").first)
    tab_to(views.page, item.get_by_role("combobox"), limit=10)
    views.page.keyboard.press("End")
    tab_to(views.page, item.get_by_role("button", name="Check"), limit=10)
    views.page.keyboard.press("Enter")
    expect_saved(item)
    expect(views.page.get_by_text("Not enough judgements yet: 1 of at least 5.")).to_be_visible()


def test_the_x_ray_says_what_changed(views: Notebook) -> None:
    """The X-ray shows both wordings in JupyterLab and says in words what was put in place of what."""
    xray = views.page.locator(".jp-OutputArea .copydesk-xray")
    expect(xray).to_contain_text("where the cleaner copy has")
    expect(xray.locator("ins, del, mark").first).to_be_visible()


@pytest.mark.parametrize("theme", THEMES[::-1])
def test_axe_finds_nothing_in_any_view(views: Notebook, theme: str) -> None:
    """By WCAG axe finds no fault in any view, with a note open, in the light and the dark theme of JupyterLab."""
    views.change_theme(theme)
    read_by_pointer(pane(views))
    assert violations(views.page, ".jp-OutputArea :is(.copydesk, .copydesk-xray)", WCAG) == []
