"""A translator in the browser changes what the course says, and leaves the words that it asks about."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from kindsteps import TASKS, by_keyboard, check, item
from playwright.sync_api import expect
from samplepage import show, write_page, write_views
from test_own import begin, judge, mark, own_page
from viewsteps import read_by_pointer, views_page

import copydesk
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.grading.feedback.page import page as feedback_page
from copydesk.grading.files.limits import SubmittedFile
from copydesk.grading.scores.assessment import assess
from copydesk.grading.scores.versions import collect_versions
from copydesk.grading.submissions.submission import Submission, read_submissions
from copydesk.kinds import scoring
from copydesk.views.content import bank_content
from copydesk.views.html import view_html

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from copydesk.course.bank import Bank
    from copydesk.model.task import TaskBase

COURSE = Course(find_root())
CHANGES = "elements => elements.map(element => element.translate)"
TRANSLATED = """(part) => {
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    if (parentElement.translate && !parentElement.closest("script, style")) found.push(data);
  }
  return found;
}"""
"""A script that returns the texts in an element that a translator would change, piece by piece."""
LONGEST_BY_CHANCE = 5
"""A reason may come to the same few words as a passage, and not quote it: “what the United States has argued”."""
MOMENT = "2026-11-22T10:00:00.000Z"


def is_translated(found: Locator) -> bool:
    """Return whether a translator would change the text of elements: all of them, or none."""
    expect(found.first).to_be_attached()
    (answer,) = set(found.evaluate_all(CHANGES))
    return bool(answer)


def test_words_to_mark_and_what_cards_quote_stay(page: Page, tmp_path: Path) -> None:
    """Passages and quotations on cards stay as they are; instructions, options and what a card says do not."""
    show(page, write_page(tmp_path))
    words, card = item(page, "C1"), item(page, "H1").locator(".cd-card").first
    assert not is_translated(words.locator(".cd-word, .cd-gap, .cd-passage [hidden]"))
    assert is_translated(words.locator(".cd-prompt, .cd-tool, .cd-passage-foot button"))
    assert not is_translated(card.locator(".cd-card-quote p"))
    assert not is_translated(card.locator(".cd-card-says span"))
    assert is_translated(card.locator(".cd-card-says, dd"))
    assert is_translated(page.locator(".cd-option-text"))


def test_the_article_stays_where_it_is_read(page: Page, tmp_path: Path) -> None:
    """The article, what a note quotes of it, and both wordings of the X-ray stay; what is said of them does not."""
    show(page, views_page(tmp_path))
    pane = page.locator(".cd-reading")
    read_by_pointer(pane)
    assert not is_translated(pane.locator(".cd-reading-paragraph, .cd-reading-words, .cd-reading-quote"))
    assert is_translated(pane.locator(".cd-reading-mark .cd-sr, .cd-reading-tag, .cd-reading-note"))
    assert not is_translated(page.locator(".copydesk-xray-words"))
    assert is_translated(page.locator(".copydesk-xray section > p"))


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return re.findall(r"[\w’'-]+", text.lower())


def translated_runs(part: Locator, source: str, *, longest_by_chance: int = 2) -> list[str]:
    """Return the runs of words of a source that a translator would change: those too long to be there by chance."""
    whole = f" {' '.join(words_of(source))} "
    length = longest_by_chance + 1
    found = []
    for text in part.evaluate(TRANSLATED):
        words = words_of(text)
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            if f" {run} " in whole:
                found.append(run)
    return found


def source_of(task: TaskBase) -> str:
    """Return the passages of a task, one below the other; nothing where a kind has none."""
    return "\n".join(passage.text for passage in getattr(task, "passages", ()))


def translated_passages(sections: Locator, bank: Bank) -> dict[str, list[str]]:
    """Return what a translator would change of passages, by task; each task has a section with its title."""
    found = {}
    for entry in bank.tasks:
        source = source_of(entry.task)
        if not source:
            continue
        (section,) = sections.filter(has=sections.page.get_by_role("heading", name=entry.task.title)).all()
        if runs := translated_runs(section, source, longest_by_chance=LONGEST_BY_CHANCE):
            found[entry.task.id] = runs
    return found


@pytest.mark.parametrize("task_id", TASKS)
def test_no_word_of_a_passage_is_translated(page: Page, tmp_path: Path, task_id: str) -> None:
    """Whatever its kind, an answered and checked task shows and says the words of its passages as they stand there."""
    show(page, write_page(tmp_path, only=task_id))
    by_keyboard(page, task_id)
    check(page, task_id)
    page.wait_for_timeout(200)  # an announcement waits a little
    assert translated_runs(page.locator(".copydesk").first, source_of(TASKS[task_id])) == []
    shown = page.locator(".cd-item").locator("q, del, ins, mark, .cd-card-quote p")
    assert set(shown.evaluate_all(CHANGES)) <= {False}


def reference_answers(bank: Bank) -> dict[str, Any]:
    """Return an answer file in which each task of a bank is answered as its key says, and was checked."""
    answers = {}
    for entry in bank.tasks:
        if entry.key is None:
            continue
        response = scoring.reference_response(entry.task, entry.key)
        given = response.model_dump(mode="json", by_alias=True)
        answers[entry.task.id] = {"response": given, "at": MOMENT, "attempts": 1, "checked": True}
    return {
        "schema": "copydesk/answers/1",
        "course": bank.course,
        "lesson": bank.lesson,
        "bank": bank.fingerprint(),
        "learner": {"alias": "Ada"},
        "saved": MOMENT,
        "answers": answers,
    }


def lesson_page(folder: Path, bank: Bank) -> Path:
    """Write a page with all tasks of a bank, and return its path."""
    cards = {card.id: card for card in COURSE.seeds.part("cards")}
    content = bank_content(bank, list(bank.tasks), cards, title=bank.title)
    whole: Any = {**content, "release": copydesk.__version__, "language": "en", "bank": bank.fingerprint()}
    return write_views(folder / f"{bank.lesson}.html", [view_html(whole)])


@pytest.mark.parametrize("lesson", COURSE.quizzes)
def test_no_word_of_a_lesson_s_passages_is_translated(page: Page, tmp_path: Path, lesson: str) -> None:
    """On the pages of the course, with and without a script, the words of passages stay, before and after a check."""
    bank = COURSE.quizzes[lesson]
    path = lesson_page(tmp_path, bank)
    page.set_content(path.read_text(encoding="utf-8").replace('src="copydesk.js"', ""))
    expect(page.locator(".copydesk-static")).to_be_visible()
    assert translated_passages(page.locator(".copydesk-task"), bank) == {}
    key = f"copydesk/{bank.course}/{copydesk.__version__}/{lesson}"
    kept = [key, json.dumps(reference_answers(bank))]
    page.add_init_script(f"localStorage.setItem(...{json.dumps(kept)})")
    show(page, path)
    expect(page.locator(".cd-item")).to_have_count(len(bank.tasks))  # they are drawn a few at a time
    expect(page.locator(".cd-result-said").first).to_be_attached()
    assert translated_passages(page.locator(".cd-item"), bank) == {}


@pytest.mark.parametrize("lesson", [lesson for lesson, bank in COURSE.solutions.items() if bank.tasks])
def test_no_word_of_a_passage_is_translated_in_feedback(page: Page, lesson: str) -> None:
    """The page that a learner gets back shows the words of passages as they stand there."""
    bank = COURSE.solutions[lesson]
    submitted = SubmittedFile("a.json", json.dumps(reference_answers(bank)).encode())
    (submission,) = read_submissions(submitted, {lesson: bank})
    assert isinstance(submission, Submission)
    page.set_content(feedback_page(assess(submission, collect_versions({lesson: bank})), "Ada"))
    assert translated_passages(page.locator("section.task"), bank) == {}


def test_no_word_of_an_own_text_is_translated(page: Page, tmp_path: Path) -> None:
    """A text that the learner brought stays as it is where it is marked, named and offered as a claim."""
    show(page, own_page(tmp_path))
    text = "A bridge opens. It is safe, the mayor said on Monday. Nobody was asked about it."
    begin(page, text, "The old bridge over the river")
    mark(page, "said", "c")
    judge(page)
    page.wait_for_timeout(200)
    assert translated_runs(page.locator(".copydesk"), f"{text}\nThe old bridge over the river") == []
