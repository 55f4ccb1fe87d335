"""The authoring page, worked by keyboard alone on a new course, down to what stands in its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from accessibility import violations
from authoringpage import authoring_page
from playwright.sync_api import expect

from copydesk.scaffold.course_folder import make_course
from copydesk.scaffold.intake import source_from_text

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

ARTICLE = """Ferry stops for the winter

The ferry between Oxmere and Skelmouth will stop on Monday, the harbour office said. Its captain claimed that the boat
could sail in any weather. The mayor called the decision sensible. About two hundred people use the ferry every day.
According to the harbour office, waves of four metres are expected. Fishermen in Skelmouth doubt that.
"""
LESSON = "01-ferry"
TASKS = f"solutions/tasks/{LESSON}.yml"
NAME = """() => {
  const focused = document.activeElement;
  const label = focused.labels?.[0]?.textContent ?? "";
  return (focused.getAttribute("aria-label") ?? (label || focused.textContent)).trim();
}"""
MOST_TABS = 120


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a new course on an invented text."""
    folder = tmp_path / "ferry-course"
    make_course(folder, source_from_text(ARTICLE), language="en", lesson=LESSON)
    return folder


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press Tab until the control of this name has the focus; its whole name may be longer."""
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        if page.evaluate(NAME).startswith(name):
            return
    raise AssertionError(name)


def write(page: Page, name: str, text: str) -> None:
    """Go to a field and write in it."""
    tab_to(page, name)
    page.keyboard.insert_text(text)


def open_task(page: Page, kind: str) -> None:
    """Choose the last unwritten task of a kind in the list, which is in the exercise, by going back to it."""
    tab_to(page, f"{kind}No title yet", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".cd-author-form h3")).to_be_focused()


def entries(course: Path) -> dict[str, dict[str, Any]]:
    """Return the raw tasks of the exercise, by id."""
    text = (course / TASKS).read_text(encoding="utf-8")
    return {entry["id"]: entry for entry in yaml.safe_load(text)["tasks"]}


def test_a_choice_and_a_key_of_marked_words_are_written_by_keyboard(browser: Browser, course: Path) -> None:
    """Someone writes two tasks with keys alone, sees what guesses earn, saves, and finds it all in the file."""
    file = course / TASKS
    first_line = file.read_text(encoding="utf-8").split("\n")[0]
    with authoring_page(browser, course) as page:
        write(page, "Who owns the text", "The text is invented.")
        open_task(page, "Choice")
        write(page, "Title", "Who says so?")
        write(page, "What should learners do?", "Who says that the ferry will stop?")
        for place, words in enumerate(("The captain", "The mayor", "The harbour office"), 1):
            write(page, f"Answer {place}", words)
            write(page, f"Why? Answer {place}", f"Look at the end of the sentence: {words}.")
        expect(page.locator(".cd-author-learner h3")).to_have_text("Who says so?")
        expect(page.locator(".cd-author-unwritten")).to_have_text("All texts are written.")
        expect(page.locator(".cd-author-guesses")).to_contain_text("earns 100%")

        open_task(page, "Marking words")
        write(page, "Title", "Sources")
        write(page, "What should learners do?", "Mark who says something.")
        write(page, "Label 1", "Source")
        expect(page.locator(".cd-author-form .cd-tool").first).to_contain_text("Source")
        mark(page, "According", skip=3, extend=1)
        write(page, "Why? Source: “harbour office”", "It stands behind “according to”.")
        mark(page, "Fishermen", extend=2)
        write(page, "Why? Source: “Fishermen in Skelmouth”", "To doubt something is to say something.")
        expect(page.locator(".cd-author-unwritten")).to_have_text("All texts are written.")
        page.keyboard.press("Control+s")
        expect(page.locator(".cd-author-status")).to_contain_text("Saved at")
    choice, spans = entries(course)["T2"], entries(course)["T1"]
    assert choice["prompt"] == "Who says that the ferry will stop?"
    assert [option["text"] for option in choice["options"]] == ["The captain", "The mayor", "The harbour office"]
    assert spans["labels"] == [{"id": "mark", "text": "Source", "key": "s"}]
    marks = [(span["passage"], span["quote"]) for span in spans["key"]["labels"]["mark"]]
    assert marks == [("S05", "harbour office"), ("S06", "Fishermen in Skelmouth")]
    assert file.read_text(encoding="utf-8").split("\n")[0] == first_line
    assert "The text is invented." in (course / "seeds" / "course.yml").read_text(encoding="utf-8")


def mark(page: Page, word: str, *, skip: int = 0, extend: int) -> None:
    """Go to the next passage, which begins with a word, take words of it, and mark them with the first label."""
    tab_to(page, word)
    for _ in range(skip):
        page.keyboard.press("ArrowRight")
    for _ in range(extend):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("s")


def test_what_was_removed_comes_back(browser: Browser, course: Path) -> None:
    """A task that was removed is offered back, and stands where it stood."""
    with authoring_page(browser, course) as page:
        rows = page.locator(".cd-author-file").nth(1).locator("li")
        count = rows.count()
        rows.nth(1).get_by_role("button").click()
        page.get_by_role("group", name="The whole task").get_by_role("button", name="Remove").click()
        expect(rows).to_have_count(count - 1)
        page.get_by_role("button", name="Undo").click()
        expect(rows).to_have_count(count)
        expect(rows.nth(1).get_by_role("button")).to_have_attribute("aria-current", "true")


def test_a_fault_is_said_at_its_field(browser: Browser, course: Path) -> None:
    """An empty field says so while it is empty, and a line above the form leads to it."""
    with authoring_page(browser, course) as page:
        page.locator(".cd-author-row", has_text="Choice").first.click()
        title = page.get_by_role("textbox", name="Title", exact=True)
        title.fill("A title")
        page.locator(".cd-author-row", has_text="Marking words").first.click()
        page.locator(".cd-author-row", has_text="A title").click()
        expect(title).to_have_value("A title")
        title.fill("")
        expect(title).to_have_attribute("aria-invalid", "true")
        expect(title).to_have_accessible_description("Nothing is written here yet: Title")
        page.get_by_role("button", name="Nothing is written here yet").click()
        expect(title).to_be_focused()
        title.fill("Another title")
        expect(title).not_to_have_attribute("aria-invalid", "true")
        expect(page.locator(".cd-author-learner h3")).to_have_text("Another title")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 390)])
def test_axe_finds_nothing(browser: Browser, course: Path, scheme: str, width: int) -> None:
    """axe-core finds no fault in the course's form and in three tasks, and a narrow page scrolls only downwards."""
    with authoring_page(browser, course, width=width, scheme=scheme) as page:
        found = [violations(page)]
        for kind in ("Choice", "Marking words", "Mending"):
            page.locator(".cd-author-row", has_text=kind).first.click()
            expect(page.locator(".cd-author-form h3").first).to_have_text(kind)
            expect(page.locator(".cd-author-learner .cd-item")).to_be_visible()
            found.append(violations(page))
        assert found == [[], [], [], []]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
