"""How somebody answers one task of each kind: with the keyboard alone, and with a pointer."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from browsing import expect
from labsteps import pick, tab_to
from samplepage import sample_bank

from copydesk import __version__

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

TASKS = {entry.task.id: entry.task for entry in sample_bank().tasks}
Steps = Callable[["Page", "Locator"], None]
VALUES = {"day": "4", "month": "5", "year": "2026", "number": "3", "text": "Three plain words"}
"""What is typed into a field, by the part of a date that it asks for or by its type."""


def item(page: Page, task_id: str) -> Locator:
    """Return the section of a task, once it is there: JupyterLab shows one after the other."""
    section = page.locator(".cd-item", has=page.get_by_role("heading", name=TASKS[task_id].title)).first
    expect(section).to_be_attached()
    return section


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def mark_source_and_cue(task: Locator) -> None:
    """Answer P2 of lesson 02 with a pointer: the source, one cue of two, and a reason; and check."""
    task.get_by_role("button", name="Source").click()
    task.locator(".cd-word", has_text="China").first.click()
    task.get_by_role("button", name="Cue").click()
    task.locator(".cd-word", has_text="hinted").first.click()
    task.get_by_text("I asked who told us").click()
    task.get_by_role("button", name="Check").click()
    expect(task.get_by_role("button", name="Try again")).to_be_visible()


def fill_value(page: Page, task: Locator) -> None:
    """Fill in every field of the value task, moving with Tab."""
    fields = task.locator("input, textarea")
    tab_to(page, fields.first)
    for index in range(fields.count()):
        field = fields.nth(index)
        tab_to(page, field, limit=20)
        page.keyboard.type(value_for(field))


def value_for(field: Locator) -> str:
    """Return what is typed into a field of the value task."""
    return VALUES[field.get_attribute("data-part") or field.get_attribute("type") or "text"]


def choose(page: Page, task: Locator) -> None:
    """Pick the first option."""
    pick(page, task.locator("input").first)


def sort(page: Page, task: Locator) -> None:
    """Put every item into the first class."""
    for row in range(len(TASKS["B1"].items)):
        pick(page, task.locator("input[type=radio]").nth(3 * row), limit=60)


def spans(page: Page, task: Locator) -> None:
    """Mark two words, call the other passage clean, and give a reason."""
    tab_to(page, task.locator(".cd-word").first)
    press(page, "End", "Shift+ArrowLeft", "s")
    tab_to(page, task.get_by_role("button", name="Nothing to mark here"), limit=10)
    press(page, "Space")
    pick(page, task.get_by_role("radio").first, limit=10)


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
    pick(page, task.get_by_role("radio").first)
    tab_to(page, task.get_by_role("checkbox").first)
    press(page, "Space")


def drawer(page: Page, task: Locator) -> None:
    """Open two cards."""
    for name in ("International Criminal Court", "The Wall Street Journal"):
        tab_to(page, task.get_by_role("button", name=name).first, limit=30)
        press(page, "Enter")


def mend(page: Page, task: Locator) -> None:
    """Replace two words, strike one, and put it back."""
    tab_to(page, task.locator(".cd-word").first)
    press(page, *["ArrowRight"] * 3, "Shift+ArrowRight", "Enter")
    page.keyboard.type("said")
    press(page, "Enter", "End", "Delete", "p")


KEYBOARD: dict[str, Steps] = {
    "choice": choose,
    "sort": sort,
    "spans": spans,
    "value": fill_value,
    "written": write,
    "order": order,
    "arrows": arrows,
    "verdict": verdict,
    "drawer": drawer,
    "edit": mend,
}


def by_keyboard(page: Page, task_id: str) -> None:
    """Answer a task with the keyboard alone."""
    KEYBOARD[TASKS[task_id].kind](page, item(page, task_id))


def by_pointer(page: Page, task_id: str) -> None:
    """Answer a task with a pointer; the keyboard only types."""
    POINTER[TASKS[task_id].kind](item(page, task_id))


def click_first(task: Locator) -> None:
    """Click the first option."""
    task.locator("label").first.click()


def click_classes(task: Locator) -> None:
    """Click the first class of every item."""
    for row in range(len(TASKS["B1"].items)):
        task.locator("input[type=radio]").nth(3 * row).check()


def click_words(task: Locator) -> None:
    """Choose a label, draw it across two words, call the other passage clean, and click a reason."""
    task.get_by_role("button", name="Source").click()
    task.locator(".cd-word", has_text="harbour").drag_to(task.locator(".cd-word", has_text="office"))
    task.get_by_role("button", name="Nothing to mark here").click()
    task.get_by_text("I asked who told us.").click()


def fill_fields(task: Locator) -> None:
    """Click and fill every field."""
    for field in task.locator("input, textarea").all():
        field.click()
        field.fill(value_for(field))


def click_and_write(task: Locator) -> None:
    """Click the box and write a sentence."""
    task.get_by_role("textbox").click()
    task.get_by_role("textbox").fill("The office says so, and names no inspector.")


def click_down(task: Locator) -> None:
    """Click the first button that moves an item down."""
    task.get_by_role("button", name="down").first.click()


def click_link(task: Locator) -> None:
    """Choose both ends and the relation of a link, and add it."""
    for place, select in enumerate(task.get_by_role("combobox").all()):
        select.select_option(index=1 + place % 2)
    task.get_by_role("button", name="Add").click()


def click_verdict(task: Locator) -> None:
    """Click the first support and the first card."""
    task.get_by_role("radio").first.check()
    task.get_by_role("checkbox").first.check()


def click_cards(task: Locator) -> None:
    """Open two cards."""
    for name in ("International Criminal Court", "The Wall Street Journal"):
        task.get_by_role("button", name=name).first.click()


def click_and_mend(task: Locator) -> None:
    """Draw across two words and replace them; strike a word of the other passage."""
    task.locator(".cd-word", has_text="has").first.drag_to(task.locator(".cd-word", has_text="told"))
    task.get_by_role("button", name="Replace …").click()
    task.get_by_role("textbox", name="Replace").fill("said")
    task.get_by_role("button", name="Apply").click()
    task.locator(".cd-word", has_text="Nobody").click()
    task.get_by_role("button", name="Strike").click()


POINTER: dict[str, Callable[[Locator], None]] = {
    "choice": click_first,
    "sort": click_classes,
    "spans": click_words,
    "value": fill_fields,
    "written": click_and_write,
    "order": click_down,
    "arrows": click_link,
    "verdict": click_verdict,
    "drawer": click_cards,
    "edit": click_and_mend,
}


def check(page: Page, task_id: str) -> None:
    """Click the task's button Check, if it has one."""
    for button in item(page, task_id).get_by_role("button", name="Check", exact=True).all():
        button.click()


def stored(page: Page, lesson: str = "00-samples") -> dict[str, Any]:
    """Return the answers to a lesson that the page keeps in the browser."""
    text = page.evaluate("(key) => localStorage.getItem(key)", f"copydesk/mariupol/{__version__}/{lesson}")
    answers: dict[str, Any] = json.loads(text or "{}").get("answers", {})
    return answers


def wait_until_stored(page: Page, task_id: str) -> dict[str, Any]:
    """Wait until an answer is called saved and return what the page keeps of it."""
    expect(page.locator(".cd-foot .cd-status")).to_have_attribute("data-state", "saved")
    answer: dict[str, Any] = stored(page)[task_id]
    return answer
