"""The page of a book that shows a learner all lessons: progress in each, and the answers to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.course.bank_files import EXERCISES, QUIZZES
from copydesk.model.base import is_numbered
from copydesk.publish.raw_html import page_view, replace_mark
from copydesk.release.notebooks import read_notebook
from copydesk.text import t
from copydesk.views.content import course_content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.course.course import Course
    from copydesk.views.shapes import PageKind

MARK = "<!-- my course -->"
PAGES: tuple[tuple[PageKind, str, str], ...] = (("lesson", "lessons", QUIZZES), ("exercise", "exercises", EXERCISES))
"""Kinds of pages, with their folder in the book and the folder of their banks."""


def put_course(course: Course, source: Path) -> None:
    """Put the view of all lessons where a page of a staged book has ``<!-- my course -->``."""
    replace_mark(source / "my-course.md", MARK, lambda: course_html(course))


def course_html(course: Course) -> str:
    """Return the view of all lessons that have tasks, in order of number, as HTML."""
    lessons: dict[str, list[tuple[PageKind, str, Bank]]] = {}
    for notebook in sorted((course.root / "lessons").glob("*.ipynb"), key=_order):
        pages = list(_lesson_pages(course, notebook.stem))
        if pages:
            lessons[heading(notebook)] = pages
    content = course_content(lessons, title=t("course.title"))
    return page_view(content)


def _order(notebook: Path) -> tuple[bool, str]:
    """Return the sort key of a lesson: one without a number comes first, as in the table of contents."""
    return is_numbered(notebook.stem), notebook.stem


def _lesson_pages(course: Course, slug: str) -> Iterator[tuple[PageKind, str, Bank]]:
    """Yield the kind, the address and the bank of each page of a lesson that has tasks."""
    for kind, folder, banks in PAGES:
        if course.has_bank(banks, slug):
            yield kind, f"{folder}/{slug}.html", course.bank(banks, slug)


def heading(notebook: Path) -> str:
    """Return the first heading of a notebook, or its name if it has none."""
    for cell in read_notebook(notebook, notebook.name).cells:
        if cell.cell_type != "markdown":
            continue
        for line in cell.source.splitlines():
            if line.startswith("# "):
                return str(line.removeprefix("# ").strip())
    return notebook.stem
