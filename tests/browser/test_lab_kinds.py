"""Every kind of task in a real JupyterLab: by pointer, by keyboard, kept, for everybody, and where saving fails."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from accessibility import WCAG, violations
from kindsteps import TASKS, by_keyboard, by_pointer, check, item
from labsteps import (
    THEMES,
    Notebook,
    answers_on_disk,
    expect_saved,
    forget_answers,
    open_and_run,
    status_of,
    tab_to,
    write_notebook,
)
from playwright.sync_api import expect
from viewsteps import draw_two_copies, expect_one_source_after_merging

from copydesk.course.settings import find_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from copydesk.lab.jupyterlab import Lab

LESSON = "00-samples"
KINDS = {name: task.kind for name, task in TASKS.items()}
CHECKED = {name for name, kind in KINDS.items() if kind != "drawer"}


@pytest.fixture(scope="module")
def samples(lab: Lab) -> str:
    """Return the path of a notebook that shows one task of each kind, in a course of its own."""
    course = lab.work / "samples"
    (course / "lessons" / "quizzes").mkdir(parents=True)
    (course / "seeds").symlink_to(find_root() / "seeds")
    text = Path(__file__).with_name("samples.yml").read_text(encoding="utf-8")
    (course / "lessons" / "quizzes" / f"{LESSON}.yml").write_text(text, encoding="utf-8")
    opening = f"import os\nos.environ['COPYDESK_COURSE'] = {str(course)!r}\nimport copydesk"
    return write_notebook(lab, "samples", opening, f"desk = copydesk.open({LESSON!r})", "desk.quiz('practice')")


@pytest.fixture
def fresh(page: Page, lab: Lab, samples: str) -> Notebook:
    """Return the notebook, run, with nothing answered."""
    page.set_viewport_size({"width": 1280, "height": 900})
    forget_answers(lab)
    return open_and_run(page, lab, samples)


@pytest.fixture(scope="module")
def answered(browser: Browser, lab: Lab, samples: str) -> Iterator[Notebook]:
    """Return the notebook with every task answered by pointer and checked."""
    forget_answers(lab)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    notebook = open_and_run(context.new_page(), lab, samples)
    for task_id in TASKS:
        by_pointer(notebook.page, task_id)
        check(notebook.page, task_id)
    expect_saved(item(notebook.page, "A1"))
    yield notebook
    context.close()


@pytest.mark.usefixtures("answered")
def test_by_pointer(lab: Lab) -> None:
    """Each kind is answered, checked and saved in JupyterLab with a pointer."""
    saved = answers_on_disk(lab, LESSON)
    assert {name: answer["response"]["kind"] for name, answer in saved.items()} == KINDS
    assert {name for name, answer in saved.items() if answer["checked"]} == CHECKED


@pytest.mark.parametrize("theme", THEMES[::-1])
def test_axe_finds_nothing_in_any_kind(answered: Notebook, theme: str) -> None:
    """By WCAG axe finds no fault in a checked task of any kind, in the light and the dark theme of JupyterLab."""
    answered.change_theme(theme)
    # By WCAG only: JupyterLab leaves out what is scrolled away, and then a rule of thumb misses a visible label.
    assert violations(answered.page, ".jp-OutputArea .copydesk", WCAG) == []


def test_a_reload_restores_every_kind(answered: Notebook, lab: Lab) -> None:
    """After a reload of the page each kind shows its answer, checked as it was, and the file is the same."""
    before = answers_on_disk(lab, LESSON)
    answered.page.reload()
    answered.wait_until_ready()
    answered.run_all()
    for task_id in TASKS:
        task = item(answered.page, task_id)
        if task_id in CHECKED:
            expect(task.get_by_role("button", name="Try again")).to_be_visible()
        else:
            expect(task.locator("[data-opened=true]")).to_have_count(2)
    assert answers_on_disk(lab, LESSON) == before


def test_by_keyboard_alone(fresh: Notebook, lab: Lab) -> None:
    """Each kind is reached, answered and saved in JupyterLab with the keyboard alone."""
    fresh.page.keyboard.press("Escape")
    for task_id in TASKS:
        by_keyboard(fresh.page, task_id)
    expect_saved(item(fresh.page, "A1"))
    saved = answers_on_disk(lab, LESSON)
    assert {name: answer["response"]["kind"] for name, answer in saved.items()} == KINDS


@pytest.mark.parametrize("way", ["pointer", "keyboard"])
def test_the_source_map_counts_down(fresh: Notebook, way: str) -> None:
    """Merged by origin, by pointer or by key, two copies of one note become one source in front of the learner."""
    task = item(fresh.page, "G1")
    draw_two_copies(task)
    expect(task.locator(".cd-merge-number")).to_have_text("2")
    merge = task.get_by_role("button", name="Merge by origin")
    if way == "pointer":
        merge.click()
    else:
        tab_to(fresh.page, merge)
        fresh.page.keyboard.press("Enter")
    expect_one_source_after_merging(task)


def test_arrows_are_drawn_by_taps(fresh: Notebook, lab: Lab) -> None:
    """In JupyterLab two clicks on the source map draw an arrow, Escape leaves a link and stays in the cell."""
    task = item(fresh.page, "G1")
    node = task.locator(".cd-map-frame [data-node]")
    for name in ("Ferry office", "Radio Northport", "A copying site"):
        node.filter(has_text=name).click()
    expect(task.locator(".cd-map-state")).to_contain_text("From A copying site to")
    fresh.page.keyboard.press("Escape")
    expect(task.locator("[data-from]")).to_have_count(0)
    expect(task.locator(".cd-map-frame .cd-map-box")).to_be_focused()
    expect_saved(task)
    edges = answers_on_disk(lab, LESSON)["G1"]["response"]["edges"]
    assert [(edge["source"], edge["target"]) for edge in edges] == [("office", "radio")]


def test_the_labels_stay_in_reach(fresh: Notebook) -> None:
    """In JupyterLab, which scrolls notebooks in a box of its own, the labels stay at the top of that box."""
    fresh.page.set_viewport_size({"width": 1280, "height": 480})
    passage, bar = item(fresh.page, "C1").locator(".cd-passage").last, item(fresh.page, "C1").locator(".cd-tools")
    passage.evaluate("element => element.scrollIntoView({block: 'end'})")
    passage.evaluate("element => element.closest('.jp-WindowedPanel-outer').scrollBy(0, 150)")
    top = passage.evaluate("element => element.closest('.jp-WindowedPanel-outer').getBoundingClientRect().top")
    expect(bar).to_be_in_viewport(ratio=1)
    assert bar.evaluate("element => element.getBoundingClientRect().top") == pytest.approx(top, abs=2)


def test_two_notebooks_of_one_lesson_keep_both_answers(fresh: Notebook, lab: Lab, samples: str) -> None:
    """Answers given in two notebooks that are open at once are both kept."""
    copy = lab.work / "samples-copy.ipynb"
    copy.write_bytes((lab.work / samples).read_bytes())
    other = open_and_run(fresh.page.context.new_page(), lab, copy.name)
    for notebook, task_id in ((fresh, "A1"), (other, "A2"), (fresh, "E1")):
        by_pointer(notebook.page, task_id)
        expect_saved(item(notebook.page, task_id))
    assert set(answers_on_disk(lab, LESSON)) == {"A1", "A2", "E1"}


def test_where_nothing_can_be_written_the_learner_is_told(fresh: Notebook, lab: Lab) -> None:
    """While the answers cannot be written the page says so and keeps them, and the next save holds them all."""
    by_pointer(fresh.page, "A1")
    expect_saved(item(fresh.page, "A1"))
    answers, aside = lab.work / "answers", lab.work / "answers-aside"
    answers.rename(aside)
    answers.write_text("A file where the folder was.", encoding="utf-8")
    try:
        by_pointer(fresh.page, "A2")
        expect(status_of(item(fresh.page, "A2"))).to_have_attribute("data-state", "problem")
        expect(status_of(item(fresh.page, "A2"))).to_contain_text("Is the disk full or read-only?")
    finally:
        answers.unlink()
        aside.rename(answers)
    assert set(answers_on_disk(lab, LESSON)) == {"A1"}
    by_pointer(fresh.page, "E1")
    expect_saved(item(fresh.page, "E1"))
    assert set(answers_on_disk(lab, LESSON)) == {"A1", "A2", "E1"}
