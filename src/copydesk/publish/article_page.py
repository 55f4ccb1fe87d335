"""The page of a book with the article: a reading pane whose layers open once the tasks they give away are done."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from copydesk.course.bank_files import EXERCISES, QUIZZES
from copydesk.publish.raw_html import page_view, replace_mark
from copydesk.views.reading_pane import course_layers, reading_content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from copydesk.course.bank import Bank, Entry
    from copydesk.course.course import Course

MARK = "<!-- article -->"


def put_article(course: Course, source: Path) -> None:
    """Put the reading pane where the page of the article in a staged book has ``<!-- article -->``."""
    replace_mark(source / "article.md", MARK, lambda: pane_html(course))


def pane_html(course: Course) -> str:
    """Return the reading pane over the lessons of the course as HTML."""
    locks = course.facts.locks
    banks: dict[str, list[Bank]] = {}
    after: dict[str, list[Entry]] = {}
    for layer, tasks in locks.items():
        after[layer] = []
        for lesson, names in tasks.items():
            if not course.has_lesson(lesson):
                continue  # its tasks are not in this book, so nothing is given away
            if lesson not in banks:
                banks[lesson] = list(_lesson_banks(course, lesson))
            for task in names:
                after[layer].append(_entry_of_lesson(banks[lesson], lesson, task))
    first = banks[min(banks)][0] if banks else next(chain(course.quizzes.values(), course.exercises.values()))
    content = reading_content(first, course_layers(course), layers=locks, after=after)
    for row in content["required"]:
        row["lesson"], row["task"] = row["id"].split("/")
        row["page"] = f"{_folder(banks[row['lesson']], row['task'])}/{row['lesson']}.html#task-{row['task']}"
    content["lesson"] = "all"
    return page_view(content)


def _lesson_banks(course: Course, lesson: str) -> Iterator[Bank]:
    """Yield the banks of a lesson that learners are shown: its quiz and its exercise."""
    for folder in (QUIZZES, EXERCISES):
        if course.has_bank(folder, lesson):
            yield course.bank(folder, lesson)


def _folder(banks: list[Bank], task_id: str) -> str:
    """Return the folder with the book's page that shows a task."""
    bank, _ = _find_task(banks, task_id)
    return "lessons" if bank.purpose == "practice" else "exercises"


def _find_task(banks: list[Bank], task_id: str) -> tuple[Bank, Entry]:
    """Return a task and the first bank that has it."""
    for bank in banks:
        for entry in bank.tasks:
            if entry.task.id == task_id:
                return bank, entry
    raise KeyError(task_id)


def _entry_of_lesson(banks: list[Bank], lesson: str, task_id: str) -> Entry:
    """Return a task with its lesson before its id, so that tasks of several lessons can appear together."""
    _, entry = _find_task(banks, task_id)
    return entry.model_copy(update={"task": entry.task.model_copy(update={"id": f"{lesson}/{task_id}"})})
