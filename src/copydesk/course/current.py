"""The course being worked in: its language, and its facts for figures, which are given a table but no course."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from copydesk.course.course import Course
from copydesk.course.documents import ContentError
from copydesk.course.settings import CourseNotFoundError, find_root
from copydesk.text import COURSE_TEXTS, DEFAULT, follow

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.course_file import CourseFacts


def follow_course(course: Course) -> None:
    """Take the language of a course for everything that people read; English if its facts can't be read."""
    try:
        language = course.facts.language
    except ContentError:
        language = DEFAULT
    follow(language, course.root / COURSE_TEXTS)


def follow_current_course() -> None:
    """Take the language of the nearest course, if there is one."""
    with suppress(CourseNotFoundError):
        follow_course(Course(find_root()))


def current_facts() -> CourseFacts:
    """Return the facts of the nearest course, read once.

    Raises:
        CourseNotFoundError: there is no course here.
        ContentError: its ``seeds/course.yml`` is wrong.
    """
    return _facts(find_root())


@cache
def _facts(root: Path) -> CourseFacts:
    return Course(root).facts


__all__ = ["current_facts", "follow_course", "follow_current_course"]
