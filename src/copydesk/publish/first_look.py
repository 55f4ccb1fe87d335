"""The first thing to do on the start page of a book: a few practice tasks of the lesson that the course names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.course.bank_files import QUIZZES
from copydesk.publish.raw_html import page_view, replace_mark
from copydesk.text import t
from copydesk.views.content import bank_content

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.course import Course

MARK = "<!-- first look -->"


def put_first_look(course: Course, source: Path) -> None:
    """Put the tasks where the start page of a staged book has ``<!-- first look -->``."""
    replace_mark(source / "index.md", MARK, lambda: first_look_html(course))


def first_look_html(course: Course) -> str:
    """Return the view of the tasks as HTML; their answers are those of the lesson."""
    views = []
    for lesson, tasks in course.facts.first_look.items():
        if not course.has_lesson(lesson):
            continue
        bank = course.bank(QUIZZES, lesson)
        entries = [entry for entry in bank.tasks if entry.task.id in tasks]
        content = bank_content(bank, entries, {}, title=t("first_look.title"))
        views.append(page_view(content, bank=bank.fingerprint()))
    return "\n".join(['<div class="book-first-look">', *views, "</div>"])
