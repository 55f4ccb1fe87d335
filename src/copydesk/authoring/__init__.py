"""The authoring page: tasks, keys and facts of a course, written in forms and saved in the files of the course."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.authoring.widget import AuthoringWidget


def author(lesson: str = "") -> AuthoringWidget:
    """Show the authoring page of the nearest course, at a lesson if one is named."""
    from copydesk.authoring.authoring import Authoring  # noqa: PLC0415  (only where it is shown)
    from copydesk.authoring.widget import AuthoringWidget  # noqa: PLC0415
    from copydesk.course.settings import find_root  # noqa: PLC0415

    return AuthoringWidget(Authoring(find_root()), lesson=lesson)


__all__ = ["author"]
