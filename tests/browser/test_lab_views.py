"""The views that are not tasks, shown by the cells of a notebook in a real JupyterLab."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from accessibility import WCAG, violations
from labsteps import THEMES, expect_saved, forget_answers, open_and_run, tab_to, write_notebook
from playwright.sync_api import expect
from viewsteps import read_by_keyboard, read_by_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labsteps import Notebook
    from playwright.sync_api import Browser, Locator

    from copydesk.laboratory import Lab

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
    task = views.task("One half is done for you")
    task.locator(".cd-word").first.click()
    task.get_by_text("I asked who told us").click()
    task.get_by_role("button", name="Check").click()
    expect_saved(task)
    expect(task.locator(".cd-compare").first).to_contain_text("Reference")
    expect(pane(views).locator(".cd-reading-mark").first).to_be_visible()
    expect(progress).to_contain_text("1 of ")


def test_how_sure_and_how_often_right(views: Notebook) -> None:
    """A judgement given and checked with the keyboard alone stands in the reliability view of another cell."""
    item = views.task("Where the source runs out")
    tab_to(views.page, item.get_by_role("radio").first)
    views.page.keyboard.press("Space")
    tab_to(views.page, item.get_by_role("combobox"), limit=10)
    views.page.keyboard.press("End")
    tab_to(views.page, item.get_by_role("button", name="Check"), limit=10)
    views.page.keyboard.press("Enter")
    expect_saved(item)
    expect(views.page.get_by_text("Too few judgements yet: 1 of at least 5.")).to_be_visible()


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
