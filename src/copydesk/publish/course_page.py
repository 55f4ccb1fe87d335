"""The page of a book on which a learner finds all lessons: how far each is, and the answers to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk._version import __version__
from copydesk.course.bank_files import EXERCISES, QUIZZES
from copydesk.release.notebooks import read_notebook
from copydesk.text import language, t
from copydesk.views.content import course_content
from copydesk.views.html import view_html

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.course.course import Course
    from copydesk.views.shapes import PageKind

PLACE = "<!-- my course -->"
PAGES: tuple[tuple[PageKind, str, str], ...] = (("lesson", "lessons", QUIZZES), ("exercise", "exercises", EXERCISES))
"""Kinds of pages, with the folder of the book that holds them and the folder of their banks."""


def put_course(course: Course, source: Path) -> None:
    """Put the view of all lessons where a page of a staged book has ``<!-- my course -->``."""
    page = source / "my-course.md"
    if not page.is_file():
        return
    text = page.read_text(encoding="utf-8")
    html = "\n".join(line for line in course_html(course).splitlines() if line.strip())
    page.write_text(text.replace(PLACE, f"```{{raw}} html\n{html}\n```"), encoding="utf-8", newline="\n")


def course_html(course: Course) -> str:
    """Return the view of all lessons that have tasks, in the order of their numbers, as HTML."""
    lessons: dict[str, list[tuple[PageKind, str, Bank]]] = {}
    for notebook in sorted((course.root / "lessons").glob("*.ipynb")):
        slug = notebook.stem
        pages = [
            (kind, f"{folder}/{slug}.html", course.bank(banks, slug))
            for kind, folder, banks in PAGES
            if course.has_bank(banks, slug)
        ]
        if pages:
            lessons[heading(notebook)] = pages
    content = course_content(lessons, title=t("course.title"))
    content["release"] = __version__
    content["language"] = language()
    content["bank"] = ""
    return view_html(content)


def heading(notebook: Path) -> str:
    """Return the first heading of a notebook, or its name where it has none."""
    for cell in read_notebook(notebook, notebook.name).cells:
        for line in cell.source.splitlines() if cell.cell_type == "markdown" else ():
            if line.startswith("# "):
                return str(line.removeprefix("# ").strip())
    return notebook.stem
