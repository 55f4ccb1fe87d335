"""Firefox once more: what axe-core finds in pages of the book, and a lesson in JupyterLab."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from accessibility import violations
from browsing import expect
from kindsteps import mark_source_and_cue
from labsteps import answers_on_disk, expect_saved, forget_answers, open_and_run
from samplepage import wait_until_alive

if TYPE_CHECKING:
    from collections.abc import Callable

    from page import Page

    from copydesk.lab.jupyterlab import Lab

PAGES = [
    *("index", "about", "accessibility", "glossary", "how-scoring-works", "my-copy", "my-course"),
    *("lessons/02-attribution", "exercises/02-attribution", "lessons/taster"),
]
only_firefox = pytest.mark.parametrize("engine", ["firefox"], indirect=True)


@only_firefox
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(reader: Callable[..., Page], server: str, *, dark: bool) -> None:
    """Axe finds no fault in ten pages of the book, in light and in dark."""
    page = reader(dark=dark)
    found = {}
    for name in PAGES:
        page.goto(f"{server}{name}.html")
        if page.locator("[data-copydesk]").count():
            wait_until_alive(page)
        found[name] = violations(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


@only_firefox
def test_a_lesson_in_jupyterlab(reader: Callable[..., Page], lab: Lab) -> None:
    """A lesson runs by itself; a task is answered, checked and on disk, and is there after a reload."""
    forget_answers(lab)
    notebook = open_and_run(reader(), lab, "lessons/02-attribution.ipynb")
    notebook.page.locator(".cdlab-steps").get_by_role("button", name="Show the whole notebook").click()
    task = notebook.task("One half is done for you")
    mark_source_and_cue(task)
    expect_saved(task)
    saved = answers_on_disk(lab)
    assert saved["P2"]["checked"]
    assert len(saved["P2"]["response"]["spans"]) == 2
    notebook.page.reload()
    notebook.wait_until_ready()
    notebook.wait_until_shown()
    expect(notebook.task("One half is done for you").get_by_role("button", name="Try again")).to_be_visible()
    assert answers_on_disk(lab)["P2"]["response"] == saved["P2"]["response"]
