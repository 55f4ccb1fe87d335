"""Gives the corrected copy in a notebook the answers to the other lessons, from the same folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.desk.confidence import saved_answers
from copydesk.views.content import entries_content
from copydesk.views.corrected_copy import copy_content

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.course import Course
    from copydesk.views.shapes import CopyContent


def learners_copy(course: Course, lesson: str, folder: Path, *, is_live: bool) -> CopyContent:
    """Return the content of a corrected copy; in a notebook, with the answers to all lessons but its own.

    Those to its own come from the view's store, so that corrections show at once. ``folder`` has the answer files.
    """
    content = copy_content(course, lesson=lesson)
    for row in content["copy"]["lessons"] if is_live else []:
        if row["lesson"] == lesson:
            content["tasks"] = [{"id": task["id"], "kind": "edit"} for task in row["edits"]]
            content["tasks"] += [{"id": task["id"], "kind": "verdict"} for task in row["notes"]]
        else:
            row["entries"] = entries_content(saved_answers(folder, course.facts.id, row["lesson"]))
    return content
