"""What a page without a kernel says of an answer: three states, a question before gaps, a receipt, wrong picks."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from accessibility import clipped_texts, small_controls, unmarked_focus, violations
from labsteps import tab_to
from playwright.sync_api import expect
from samplepage import sample_bank, show, wait_until_alive, write_page, write_views

import copydesk
from copydesk.kinds import scoring
from copydesk.publish.course_page import course_html
from copydesk.views.content import submission_content

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from copydesk.course.bank import Entry

LESSON = "02-attribution"
T1 = "T1 · Mark who says what"
PRINTED = "window.print = () => { window.top.printed = document.body.innerText; };"


@patch.dict(os.environ, COPYDESK_RENDER="static")
def exercise_page(folder: Path, *, theme: str = "light") -> Path:
    """Write a page with progress, a locked layer, three tasks and submission of lesson 02, and *My course* below."""
    desk = copydesk.open(LESSON, answers=folder / "answers")
    assert desk.task_bank is not None
    views = [
        desk.progress(),
        desk.read(layers=["attributions"], after={"attributions": ["T1", "P3"]}),
        *(desk.task(name) for name in ("T1", "T5", "W1")),
        desk._show(submission_content(desk.task_bank, title="Submit")),
    ]
    html = [view._repr_html_() for view in views]
    return write_views(folder / f"exercise-{theme}.html", [*html, course_html(desk.course)], theme=theme)


@pytest.fixture
def shown(page: Page, tmp_path: Path) -> Page:
    """Return that page, with one word of nine passages marked."""
    page.add_init_script(PRINTED)
    show(page, exercise_page(tmp_path))
    mark_one_word(page)
    return page


def mark_one_word(page: Page) -> None:
    """Mark a word of the first passage as a source."""
    task = page.locator(".cd-item", has=page.get_by_role("heading", name="Mark who says what"))
    task.get_by_role("button", name="Source").click()
    task.locator(".cd-word").nth(2).click()


def submission_view(page: Page) -> Locator:
    """Return the submission view."""
    return page.locator("[data-copydesk=submission]")


def ask(page: Page) -> Locator:
    """Type a name, press Enter, and return the question."""
    view = submission_view(page)
    view.get_by_role("textbox").fill("Robin")
    page.keyboard.press("Enter")
    return view.get_by_role("alertdialog")


def test_one_word_of_nine_passages_is_nowhere_called_complete(shown: Page) -> None:
    """Progress, submission view and My course say how far a task is that is begun, and colour it like no result."""
    shown.locator(".cd-progress-all summary").click()
    for view in ("progress", "submission"):
        row = shown.locator(f"[data-copydesk={view}] .cd-todo > li", has_text=T1)
        expect(row).to_contain_text("Started: 1 of 9 passages")
    expect(shown.locator("[data-copydesk=progress] .cd-box[data-state=begun]")).to_have_count(1)
    expect(submission_view(shown)).to_contain_text("0 of 7 complete")
    shown.reload()
    wait_until_alive(shown)
    line = shown.locator(".cd-course > li", has_text="Who says so?")
    expect(line).to_contain_text("0 of 7 complete, one started")
    expect(line.locator(".cd-todo > li")).to_have_text([f"{T1}Started: 1 of 9 passages"])
    link = line.get_by_role("link", name=T1)
    expect(link).to_have_attribute("href", f"exercises/{LESSON}.html#task-T1")


def test_gaps_are_asked_about_by_keyboard(shown: Page) -> None:
    """The question lists the gaps and has the focus; Escape and Not yet end it, a gap leads to its task."""
    question = ask(shown)
    expect(question).to_have_accessible_name("7 tasks aren’t complete. Submit anyway?")
    expect(question.locator("li").first).to_have_text(f"{T1}Started: 1 of 9 passages")
    expect(question.get_by_role("button", name="Not yet")).to_be_focused()
    button = submission_view(shown).get_by_role("button", name="Make my submission file")
    shown.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(button).to_be_focused()
    shown.keyboard.press("Enter")
    expect(question).to_be_visible()
    shown.keyboard.press("Enter")
    expect(question).to_be_hidden()
    expect(button).to_be_focused()
    shown.keyboard.press("Enter")
    gap = question.get_by_role("button", name="T5 ·")
    tab_to(shown, gap, limit=10)
    shown.keyboard.press("Enter")
    expect(shown.get_by_role("heading", name="Fifteen sentences without a source")).to_be_focused()
    expect(question.get_by_text("T2 · Whose word is it?")).to_be_visible()
    expect(question.get_by_role("button", name="T2 ·")).to_have_count(0)


def test_the_question_follows_what_is_done_meanwhile(shown: Page) -> None:
    """A gap that is filled while the question stands is no longer in it."""
    question = ask(shown)
    expect(question.locator("li")).to_have_count(7)
    task = shown.locator(".cd-item", has=shown.get_by_role("heading", name="Fifteen sentences without a source"))
    task.locator("input").first.check()
    expect(question.locator("li")).to_have_count(6)
    expect(question).to_contain_text("6 tasks aren’t complete.")


def test_the_receipt_is_on_the_page(shown: Page) -> None:
    """The receipt says file, name, time and how far each task is, can be printed, and tells of later changes."""
    question = ask(shown)
    with shown.expect_download() as download:
        question.get_by_role("button", name="Submit anyway").press("Enter")
    view = submission_view(shown)
    receipt = view.get_by_role("region", name="Receipt")
    expect(receipt.get_by_role("heading")).to_be_focused()
    expect(receipt).to_contain_text(f"Your submission file is ready: {download.value.suggested_filename}")
    expect(receipt).to_contain_text("Made for Robin on 20")
    expect(receipt).to_contain_text("7 tasks aren’t complete.")
    expect(receipt.locator("li").first).to_have_text(f"{T1}Started: 1 of 9 passages")
    expect(receipt).to_contain_text("upload this one file where your course asks for it")
    receipt.get_by_role("button", name="Print this receipt").click()
    printed = shown.evaluate("() => window.printed")
    assert "Made for Robin" in printed
    assert "Submit anyway" not in printed
    with shown.expect_download() as again:
        receipt.get_by_role("button", name="Download the file").click()
    assert Path(again.value.path()).read_bytes() == Path(download.value.path()).read_bytes()
    expect(view.get_by_text("You’ve changed answers since")).to_be_hidden()
    shown.get_by_role("textbox").first.fill("A few words more.")
    expect(view.get_by_text("You’ve changed answers since")).to_be_visible()
    expect(receipt.locator("li").last).to_contain_text("Not started")


def test_a_lock_says_in_words_what_to_do_first(shown: Page) -> None:
    """A locked layer names its tasks by their titles, and leads to those that are on the page."""
    pane = shown.locator("[data-copydesk=reading]")
    pane.get_by_role("radio", name="Attributions").check()
    lock = pane.locator(".cd-reading-locked")
    expect(lock).to_contain_text("This layer gives away answers. Do these first:")
    expect(lock.locator("li")).to_have_text(["Mark who says what", "On your own"])
    lock.get_by_role("button", name="Mark who says what").click()
    expect(shown.get_by_role("heading", name="Mark who says what")).to_be_focused()


def test_a_page_opened_at_a_task_goes_there(page: Page, tmp_path: Path) -> None:
    """An address that ends with a task shows that task."""
    page.goto(f"{exercise_page(tmp_path).as_uri()}#task-W1")
    expect(page.get_by_role("heading", name="Rewrite S08 and S09")).to_be_focused()
    expect(page.get_by_role("heading", name="Rewrite S08 and S09")).to_be_in_viewport()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing(page: Page, tmp_path: Path, theme: str, width: int) -> None:
    """Axe finds no violation in lists, lock, question and receipt; controls are large enough, and no text is cut."""
    page.set_viewport_size({"width": width, "height": 900})
    show(page, exercise_page(tmp_path, theme=theme))
    mark_one_word(page)
    page.locator(".cd-progress-all summary").click()
    page.locator("[data-copydesk=reading]").get_by_role("radio", name="Attributions").check()
    question = ask(page)
    assert violations(page) == []
    question.get_by_role("button", name="Submit anyway").click()
    expect(submission_view(page).get_by_role("region", name="Receipt")).to_be_visible()
    assert violations(page) == []
    assert small_controls(page) == []
    assert clipped_texts(page) == []
    page.keyboard.press("Tab")  # a focus that follows a key is shown
    assert unmarked_focus(page) == []


def checked(entry: Entry, *, right: bool) -> dict[str, Any]:
    """Return a checked answer: the reference, or the careless one that earns least."""
    assert entry.key is not None
    scored = [
        (scoring.score(entry.task, entry.key, each).share or 0, each)
        for _, each in scoring.guessing_strategies(entry.task)
    ]
    response = scoring.reference_response(entry.task, entry.key) if right else min(scored, key=lambda pair: pair[0])[1]
    more = {"confidence": 0.9, "at": "2026-11-22T10:00:00.000Z", "attempts": 1, "checked": True, "hints": 0}
    reason = next(iter(entry.task.reasons), "")
    return {"response": response.model_dump(mode="json", by_alias=True), "reason": reason, **more}


SCORED = [entry for entry in sample_bank().tasks if scoring.guessing_strategies(entry.task)]
GREENISH = """(item) => {
  const probe = document.createElement("i");
  probe.style.color = "var(--cd-right)";
  item.append(probe);
  const green = getComputedStyle(probe).color;
  probe.remove();
  const coloured = ({color, borderInlineStartColor, borderInlineStartWidth, backgroundImage}) =>
    color === green || backgroundImage.includes(green)
      || (borderInlineStartColor === green && borderInlineStartWidth !== "0px");
  return [...item.querySelectorAll("[data-tone=wrong], [data-tone=wrong] *")]
    .filter((part) => coloured(getComputedStyle(part))).map((part) => part.outerHTML.slice(0, 160));
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_wrong_picks_are_not_green(page: Page, tmp_path: Path, theme: str) -> None:
    """Nothing of a wrong pick has the colour of right ones, in any kind; it says so in words and with a drawing."""
    bank = sample_bank()
    path = write_page(tmp_path, theme=theme)
    page.goto(path.as_uri())
    answers = {entry.task.id: checked(entry, right=False) for entry in SCORED}
    file = {
        "schema": "copydesk/answers/1",
        "course": bank.course,
        "lesson": bank.lesson,
        "bank": bank.fingerprint(),
        "learner": {"alias": ""},
        "saved": "2026-11-22T10:00:00.000Z",
        "answers": answers,
    }
    key = f"copydesk/{bank.course}/{copydesk.__version__}/{bank.lesson}"
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, json.dumps(file)])
    page.reload()
    wait_until_alive(page)
    expect(page.locator(".cd-item[data-checked=true]")).to_have_count(len(SCORED))
    for item in page.locator(".cd-item[data-checked=true]").all():
        assert item.evaluate(GREENISH) == []
    picked = page.locator("[data-tone=wrong]:has(:checked)")
    assert picked.count() >= 3
    for wrong in picked.all():
        expect(wrong.locator(".cd-chip.cd-wrong .cd-icon").first).to_be_visible()
        expect(wrong.locator(".cd-chip.cd-wrong").first).not_to_be_empty()


def test_nothing_is_green_before_a_check(shown: Page) -> None:
    """An answer that nobody has checked is called complete in ink, not in the colour of right ones."""
    task = shown.locator(".cd-item", has=shown.get_by_role("heading", name="Fifteen sentences without a source"))
    task.locator("input").first.check()
    row = submission_view(shown).locator(".cd-todo > li", has_text="T5 ·")
    expect(row).to_contain_text("Complete")
    ink, right = shown.evaluate("""() => ["--cd-ink", "--cd-right"].map((name) => {
      const probe = document.querySelector(".copydesk").appendChild(document.createElement("i"));
      probe.style.color = `var(${name})`;
      const {color} = getComputedStyle(probe);
      probe.remove();
      return color;
    })""")
    assert ink != right
    for part in (row.locator(".cd-chip"), task.locator(".cd-left")):
        expect(part).to_have_css("color", ink)
