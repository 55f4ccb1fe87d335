"""Finds what a removed lesson has left behind: its other files, and the pages that still lead to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from copydesk.course.bank_files import CLOSING, EXERCISES, QUIZZES, SOLUTIONS
from copydesk.course.documents import Problem
from copydesk.course.settings import lesson_slugs
from copydesk.model.base import is_removed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.checks.course import CourseFiles

FILES = (
    "exercises/*.ipynb",
    "solutions/*.ipynb",
    *(f"{folder}/*.yml" for folder in (QUIZZES, EXERCISES, CLOSING, SOLUTIONS)),
    "book/instructors/*.md",
)
"""The other files of a lesson, which have its name."""

LINK = re.compile(r"\]\((?:\.\./lessons/)?(?P<slug>[0-9]{2}-[a-z0-9-]+)\.ipynb[#)]")


def left_files(course: CourseFiles) -> Iterator[Problem]:
    """Yield every file of a lesson whose notebook is not there."""
    lessons = lesson_slugs(course.root)
    for pattern in FILES if lessons else ():
        for path in sorted(course.root.glob(pattern)):
            if is_removed(path.stem, lessons):
                yield Problem(
                    path.relative_to(course.root).as_posix(),
                    0,
                    "",
                    f"its lesson, lessons/{path.stem}.ipynb, is not there",
                    "Delete this file too, or put the lesson back.",
                )


def removed_summary(course: CourseFiles) -> Iterator[str]:
    """Yield, for each removed lesson that pages still lead to, a line with these pages."""
    lessons = lesson_slugs(course.root)
    pages: dict[str, list[str]] = {}
    for pattern in ("lessons/*.ipynb", "exercises/*.ipynb", "book/**/*.md"):
        for path in sorted(course.root.glob(pattern)):
            name = path.relative_to(course.root).as_posix()
            for slug in sorted(set(LINK.findall(path.read_text(encoding="utf-8")))):
                if is_removed(slug, lessons):
                    pages.setdefault(slug, []).append(name)
    for slug, names in sorted(pages.items()):
        yield (
            f"Lesson {slug} isn't there. The book leads past it; in the files themselves, these links lead nowhere: "
            f"{', '.join(names)}."
        )
