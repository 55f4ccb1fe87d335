"""The page of a book that is the article: a reading pane whose layers open when what they give away is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk._version import __version__
from copydesk.course.bank_files import EXERCISES, QUIZZES
from copydesk.text import language
from copydesk.views.html import view_html
from copydesk.views.reading_pane import layers_from, reading_content

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.bank import Bank, Entry
    from copydesk.course.course import Course

PLACE = "<!-- article -->"


def put_article(course: Course, source: Path) -> None:
    """Put the reading pane where the page of the article in a staged book has ``<!-- article -->``."""
    page = source / "article.md"
    if page.is_file() and PLACE in (text := page.read_text(encoding="utf-8")):
        html = "\n".join(line for line in pane_html(course).splitlines() if line.strip())
        page.write_text(text.replace(PLACE, f"```{{raw}} html\n{html}\n```"), encoding="utf-8", newline="\n")


def pane_html(course: Course) -> str:
    """Return the reading pane over the lessons of the course as HTML."""
    locks = course.facts.locks
    banks: dict[str, list[Bank]] = {}
    for lesson in {lesson for tasks in locks.values() for lesson in tasks}:
        folders = [folder for folder in (QUIZZES, EXERCISES) if course.has_bank(folder, lesson)]
        banks[lesson] = [course.bank(folder, lesson) for folder in folders]
    after: dict[str, list[Entry]] = {
        layer: [_entry(banks[lesson], lesson, task) for lesson, names in tasks.items() for task in names]
        for layer, tasks in locks.items()
    }
    first = banks[min(banks)][0]
    content = reading_content(first, layers_from(course), layers=locks, after=after)
    for row in content["required"]:
        row["lesson"], row["task"] = row["id"].split("/")
        row["page"] = f"{_folder(banks[row['lesson']], row['task'])}/{row['lesson']}.html#task-{row['task']}"
    content["lesson"] = "all"
    content["release"] = __version__
    content["language"] = language()
    content["bank"] = ""
    return view_html(content)


def _folder(banks: list[Bank], task_id: str) -> str:
    """Return the folder of the book's page that shows a task."""
    bank = next(bank for bank in banks if any(entry.task.id == task_id for entry in bank.tasks))
    return "lessons" if bank.purpose == "practice" else "exercises"


def _entry(banks: list[Bank], lesson: str, task_id: str) -> Entry:
    """Return a task with its lesson before its id, so that tasks of several lessons can stand side by side."""
    entry = next(entry for bank in banks for entry in bank.tasks if entry.task.id == task_id)
    return entry.model_copy(update={"task": entry.task.model_copy(update={"id": f"{lesson}/{task_id}"})})
