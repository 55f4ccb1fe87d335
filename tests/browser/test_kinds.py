"""Every kind of task on a page without a kernel: by pointer, by keyboard alone, kept over a reload, for everybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from labsteps import tab_to
from playwright.sync_api import expect
from samplepage import sample_bank, write_page

from copydesk import __version__
from copydesk.course import find_root
from copydesk.model.answer import AnswerFile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

AXE = Path(find_root()) / "js" / "node_modules" / "axe-core" / "axe.min.js"
TASKS = {entry.task.id: entry.task for entry in sample_bank().tasks}
Steps = Callable[["Page", "Locator"], None]


def show(page: Page, path: Path) -> None:
    """Open a page and wait until its views are alive."""
    page.goto(path.as_uri())
    page.wait_for_selector(".copydesk .cd-item")


def item(page: Page, task_id: str) -> Locator:
    """Return the section of a task."""
    return page.locator(".cd-item", has=page.get_by_role("heading", name=TASKS[task_id].title)).first


def stored(page: Page) -> dict[str, Any]:
    """Return the answers that the page keeps in the browser."""
    text = page.evaluate("(key) => localStorage.getItem(key)", f"copydesk/mariupol/{__version__}/00-samples")
    answers: dict[str, Any] = json.loads(text or "{}").get("answers", {})
    return answers


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def fill_value(page: Page, task: Locator) -> None:
    """Fill in every field of the value task, moving with Tab."""
    tab_to(page, task.locator("input").first)
    for index in range(task.locator("input").count()):
        field = task.locator("input").nth(index)
        tab_to(page, field, limit=20)
        kind = field.get_attribute("type")
        page.keyboard.type("05042026" if kind == "date" else "3" if kind == "number" else "Three plain words")


def choose(page: Page, task: Locator) -> None:
    """Pick the first option."""
    tab_to(page, task.locator("input").first)
    press(page, "Space")


def sort(page: Page, task: Locator) -> None:
    """Put every item into the first class."""
    for row in range(len(TASKS["B1"].items)):
        tab_to(page, task.locator(f"[name]:nth-match(input[type=radio], {3 * row + 1})"), limit=60)
        press(page, "Space")


def spans(page: Page, task: Locator) -> None:
    """Mark two words, call the other passage clean, and give a reason."""
    tab_to(page, task.locator(".cd-word").first)
    press(page, "End", "Shift+ArrowLeft", "s")
    tab_to(page, task.get_by_role("button", name="Nothing to mark here"), limit=10)
    press(page, "Space")
    tab_to(page, task.get_by_role("radio").first, limit=10)
    press(page, "Space")


def write(page: Page, task: Locator) -> None:
    """Write a sentence."""
    tab_to(page, task.get_by_role("textbox"))
    page.keyboard.type("The office says so, and names no inspector.")


def order(page: Page, task: Locator) -> None:
    """Move the first item down."""
    tab_to(page, task.get_by_role("button", name="down").first)
    press(page, "Enter")


def arrows(page: Page, task: Locator) -> None:
    """Link two nodes."""
    for select in range(task.get_by_role("combobox").count()):
        tab_to(page, task.get_by_role("combobox").nth(select), limit=80)
        press(page, *["ArrowDown"] * (select + 1))
    tab_to(page, task.get_by_role("button", name="Add"), limit=10)
    press(page, "Enter")


def verdict(page: Page, task: Locator) -> None:
    """Pick the first support and cite the first card."""
    tab_to(page, task.get_by_role("radio").first)
    press(page, "Space")
    tab_to(page, task.get_by_role("checkbox").first)
    press(page, "Space")


def drawer(page: Page, task: Locator) -> None:
    """Open two cards."""
    for name in ("The court", "Where news"):
        tab_to(page, task.get_by_role("button", name=name).first, limit=30)
        press(page, "Enter")


STEPS: dict[str, Steps] = {
    "choice": choose,
    "sort": sort,
    "spans": spans,
    "value": fill_value,
    "written": write,
    "order": order,
    "arrows": arrows,
    "verdict": verdict,
    "drawer": drawer,
}


def by_keyboard(task_id: str) -> Steps:
    """Return the keys that answer a task."""
    return STEPS[TASKS[task_id].kind]


@pytest.mark.parametrize("task_id", TASKS)
def test_by_keyboard_alone_and_over_a_reload(page: Page, tmp_path: Path, task_id: str) -> None:
    """Each kind is answered, checked and saved with the keyboard alone, and is there after a reload."""
    show(page, write_page(tmp_path, only=task_id))
    task = item(page, task_id)
    by_keyboard(task_id)(page, task)
    check = task.get_by_role("button", name="Check")
    if check.count():
        tab_to(page, check, limit=60)
        press(page, "Enter")
        expect(task.get_by_role("button", name="Try again")).to_be_focused()
    page.wait_for_timeout(900)
    before = stored(page)[task_id]
    assert before["response"]["kind"] == TASKS[task_id].kind
    assert page.evaluate("() => document.activeElement !== document.body")
    page.reload()
    page.wait_for_selector(".copydesk .cd-item")
    if check.count():
        expect(item(page, task_id).get_by_role("button", name="Try again")).to_be_visible()
    assert stored(page)[task_id]["response"] == before["response"]


@pytest.mark.parametrize("graded", [False, True], ids=["practice", "graded"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, tmp_path: Path, theme: str, graded: bool) -> None:
    """Axe finds no violation in any kind, light and dark, before and after the tasks are answered."""
    show(page, write_page(tmp_path, theme=theme, graded=graded))
    page.add_script_tag(path=AXE)
    for answered in (False, True):
        if answered:
            for task_id in TASKS:
                by_keyboard(task_id)(page, item(page, task_id))
            for task_id in TASKS:
                for check in item(page, task_id).get_by_role("button", name="Check").all():
                    check.click()
        result = page.evaluate("() => axe.run()")
        found = [(each["id"], each["nodes"][0]["html"][:200]) for each in result["violations"]]
        assert found == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_narrow_page_does_not_scroll_sideways(page: Page, tmp_path: Path, direction: str) -> None:
    """At 320 px, left to right and right to left, no kind is wider than the window."""
    page.set_viewport_size({"width": 320, "height": 700})
    show(page, write_page(tmp_path, direction=direction))
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320


def test_targets_are_large_enough(page: Page, tmp_path: Path) -> None:
    """No button, box or select is smaller than 24 px, and none is without a name."""
    show(page, write_page(tmp_path))
    small = page.evaluate(
        """() => [...document.querySelectorAll('.copydesk :is(button, select, input)')].filter((control) => {
          const box = (control.closest('label') ?? control).getBoundingClientRect();
          return box.width > 0 && (box.width < 24 || box.height < 24);
        }).map((control) => control.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_two_tabs_keep_both_answers(page: Page, tmp_path: Path) -> None:
    """Answers given in two tabs of one page are both kept, and each tab shows the other's."""
    path = write_page(tmp_path)
    show(page, path)
    second = page.context.new_page()
    show(second, path)
    item(page, "A1").locator("input").first.check()
    item(second, "A2").locator("input").first.check()
    page.wait_for_timeout(500)
    assert {"A1", "A2"} <= set(stored(page))
    expect(item(page, "A2").locator("input:checked")).to_have_count(1)


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


def test_without_a_script_every_task_can_be_read(browser: Browser, tmp_path: Path) -> None:
    """With JavaScript off the page is a document: every prompt, and explanations folded in details."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(write_page(tmp_path).as_uri())
    for task in TASKS.values():
        expect(page.get_by_role("heading", name=task.title, exact=True)).to_be_visible()
    assert page.locator("details").count() > 10
    context.close()
