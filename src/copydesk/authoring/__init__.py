"""The authoring page: tasks, keys and facts of a course, written in forms and saved in the files of the course."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.authoring.authoring import Authoring
    from copydesk.authoring.widget import AuthoringWidget


def author(lesson: str = "") -> AuthoringWidget:
    """Show the authoring page of the nearest course, at a lesson if one is named."""
    from copydesk.authoring.widget import AuthoringWidget  # noqa: PLC0415  (only where it is shown)
    from copydesk.course.settings import find_root  # noqa: PLC0415

    return AuthoringWidget(_course_being_written(find_root()), lesson=lesson)


@cache
def _course_being_written(root: Path) -> Authoring:
    """Return the course with what isn't saved yet: a page that is loaded again runs its notebook again."""
    from copydesk.authoring.authoring import Authoring  # noqa: PLC0415

    return Authoring(root)


__all__ = ["author"]
