"""Reads the facts of the course being worked in, for figures, which are given a table but no course."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from copydesk.course.course import Course
from copydesk.course.settings import find_root

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.course_file import CourseFacts


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


__all__ = ["current_facts"]
