"""Every kind of task on a page without a kernel: by pointer, by keyboard alone, kept over a reload, for everybody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from accessibility import violations
from kindsteps import TASKS, by_keyboard, by_pointer, check, item, press, stored, wait_until_stored
from labsteps import tab_to
from playwright.sync_api import expect
from samplepage import show, wait_until_alive, write_page

from copydesk.answers.file import AnswerFile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.mark.parametrize("task_id", TASKS)
def test_by_keyboard_alone_and_over_a_reload(page: Page, tmp_path: Path, task_id: str) -> None:
    """Each kind is answered, checked and saved with the keyboard alone, and is there after a reload."""
    show(page, write_page(tmp_path, only=task_id))
    task = item(page, task_id)
    by_keyboard(page, task_id)
    button = task.get_by_role("button", name="Check")
    if button.count():
        tab_to(page, button, limit=60)
        press(page, "Enter")
        expect(task.get_by_role("button", name="Try again")).to_be_focused()
    before = wait_until_stored(page, task_id)
    assert before["response"]["kind"] == TASKS[task_id].kind
    assert page.evaluate("() => document.activeElement !== document.body")
    page.reload()
    wait_until_alive(page)
    if button.count():
        expect(item(page, task_id).get_by_role("button", name="Try again")).to_be_visible()
    assert stored(page)[task_id]["response"] == before["response"]


def test_each_line_of_an_order_says_how_it_stands(page: Page, tmp_path: Path) -> None:
    """After a check a line that is out of its place says so in words, in the order itself and in the report."""
    show(page, write_page(tmp_path, only="F1"))
    by_pointer(page, "F1")
    item(page, "F1").get_by_role("button", name="Check", exact=True).click()
    lines = item(page, "F1").get_by_role("list", name="Your order").get_by_role("listitem")
    for line in lines.all():
        expect(line.locator(".cd-chips > .cd-chip").first).not_to_be_empty()


@pytest.mark.parametrize("graded", [False, True], ids=["practice", "graded"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, tmp_path: Path, theme: str, graded: bool) -> None:
    """Axe finds no violation in any kind, light and dark, before and after the tasks are answered."""
    show(page, write_page(tmp_path, theme=theme, graded=graded))
    assert violations(page) == []
    for task_id in TASKS:
        by_pointer(page, task_id)
        check(page, task_id)
    assert violations(page) == []


def test_two_tabs_keep_both_answers(page: Page, tmp_path: Path) -> None:
    """Answers given in two tabs of one page are both kept, and each tab shows the other's."""
    path = write_page(tmp_path)
    show(page, path)
    second = page.context.new_page()
    show(second, path)
    item(page, "A1").locator("input").first.check()
    item(second, "A2").locator("input").first.check()
    expect(item(page, "A2").locator("input:checked")).to_have_count(1)
    assert {"A1", "A2"} <= set(stored(page))


def test_the_file_goes_out_and_comes_in(page: Page, browser: Browser, tmp_path: Path) -> None:
    """The downloaded answers fit the schema, and a fresh profile that imports them shows them."""
    path = write_page(tmp_path)
    show(page, path)
    item(page, "A1").locator("input").nth(1).check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download answers").first.click()
    waiting.value.save_as(tmp_path / "answers.json")
    content = AnswerFile.model_validate_json((tmp_path / "answers.json").read_text(encoding="utf-8"))
    assert set(content.answers) == {"A1"}
    fresh = browser.new_context().new_page()
    show(fresh, path)
    fresh.locator("input[type=file]").first.set_input_files(tmp_path / "answers.json")
    expect(item(fresh, "A1").locator("input:checked")).to_have_count(1)
    fresh.context.close()


@pytest.mark.parametrize(
    "change",
    [{"schema": "copydesk/answers/2"}, {"lesson": "03-sources"}, {"course": "elsewhere"}, None],
    ids=["newer schema", "another lesson", "another course", "broken"],
)
def test_a_wrong_file_is_refused_and_changes_nothing(page: Page, tmp_path: Path, change: dict[str, str] | None) -> None:
    """A file of a newer schema, another lesson or course, or a broken one is refused in words; answers stay."""
    show(page, write_page(tmp_path))
    item(page, "A1").locator("input").first.check()
    before = stored(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download answers").first.click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.json"
    wrong.write_text(text[: len(text) // 2] if change is None else json.dumps(json.loads(text) | change))
    said = page.locator(".copydesk [role=status]").first
    page.locator("input[type=file]").first.set_input_files(wrong)
    expect(said).not_to_be_empty()
    assert stored(page) == before


NO_STORAGE = {
    "forbidden": "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'x') } })",
    "full": "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }",
}


@pytest.mark.parametrize("script", NO_STORAGE.values(), ids=NO_STORAGE)
def test_without_storage_the_answers_can_still_be_downloaded(page: Page, tmp_path: Path, script: str) -> None:
    """Where the browser's storage is forbidden or full the learner is told, can go on, and can download."""
    page.add_init_script(script)
    show(page, write_page(tmp_path))
    item(page, "A1").locator("input").first.check()
    expect(page.locator(".cd-status[data-state=problem]").first).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download answers").first.click()
    assert "A1" in json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))["answers"]
