"""Every kind of task in each engine: answered, checked, kept over a reload, and taken to another browser as a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from browsing import expect
from kindsteps import TASKS, by_keyboard, by_pointer, item, press, stored
from labsteps import tab_to
from samplepage import wait_until_alive, write_page

from copydesk.answers.file import AnswerFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from page import Page

WITHOUT_CHECK = {"drawer"}


def answer(page: Page, manner: str) -> None:
    """Answer every task and check it, by pointer or with the keyboard alone."""
    for name, task in TASKS.items():
        {"pointer": by_pointer, "keyboard": by_keyboard}[manner](page, name)
        if task.kind in WITHOUT_CHECK:
            continue
        button = item(page, name).get_by_role("button", name="Check", exact=True)
        if manner == "pointer":
            button.click()
        else:
            tab_to(page, button, limit=60)
            press(page, "Enter")
        expect(item(page, name).get_by_role("button", name="Try again")).to_be_visible()
    for status in page.locator(".cd-foot .cd-status").all():
        expect(status).to_have_attribute("data-state", "saved")


def responses(page: Page) -> dict[str, Any]:
    """Return the responses that the browser keeps, by task."""
    return {name: kept["response"] for name, kept in stored(page).items()}


def expect_all_shown(page: Page) -> None:
    """Fail unless each task is shown as it was answered and checked."""
    for name, task in TASKS.items():
        if task.kind in WITHOUT_CHECK:
            expect(item(page, name).locator("[data-opened=true]")).to_have_count(2)
        else:
            expect(item(page, name).get_by_role("button", name="Try again")).to_be_visible()


@pytest.mark.parametrize("manner", ["pointer", "keyboard"])
def test_every_kind(
    reader: Callable[..., Page], address_of: Callable[[Path], str], tmp_path: Path, manner: str
) -> None:
    """Each kind is answered and checked, is there after a reload, and in another browser after an import."""
    address = address_of(write_page(tmp_path))
    page = reader()
    page.goto(address)
    wait_until_alive(page)
    answer(page, manner)
    given = responses(page)
    assert {name: response["kind"] for name, response in given.items()} == {n: t.kind for n, t in TASKS.items()}
    page.reload()
    wait_until_alive(page)
    expect_all_shown(page)
    assert responses(page) == given

    with page.expect_download() as download:
        page.get_by_role("button", name="Download answers").first.click()
    text = download.value.path().read_text(encoding="utf-8")
    assert set(AnswerFile.model_validate_json(text).answers) == set(TASKS)
    assert {name: kept["response"] for name, kept in json.loads(text)["answers"].items()} == given
    other = reader()
    other.goto(address)
    wait_until_alive(other)
    assert responses(other) == {}
    other.locator("input[type=file]").first.set_input_files(download.value.path())
    expect_all_shown(other)
    assert responses(other) == given
