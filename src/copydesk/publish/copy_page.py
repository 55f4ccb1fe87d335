"""The page of a book with the article as the learner mended it in all lessons, to print and to save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.publish.raw_html import page_view, replace_mark
from copydesk.views.corrected_copy import copy_content

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.course import Course

MARK = "<!-- my copy -->"


def put_copy(course: Course, source: Path) -> None:
    """Put the corrected copy where a page of a staged book has ``<!-- my copy -->``."""
    replace_mark(source / "my-copy.md", MARK, lambda: copy_html(course))


def copy_html(course: Course) -> str:
    """Return the view of the corrected copy as HTML."""
    content = copy_content(course, lesson="all")
    rows = [row for row in content["copy"]["lessons"] if course.has_lesson(row["lesson"])]
    content["copy"]["lessons"] = rows
    for row in rows:
        row["page"] = f"lessons/{row['lesson']}.html"
    return page_view(content)
