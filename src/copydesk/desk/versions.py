"""Which version of a task with a twin a learner is shown: drawn once, and kept in the answer file."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from copydesk.answers.file import version_in
from copydesk.course.bank import FIRST, SECOND

if TYPE_CHECKING:
    from copydesk.answers.file import AnswerFile
    from copydesk.course.bank import Entry


def shown_version(entry: Entry, saved: AnswerFile) -> Entry:
    """Return a task in the version that the learner was shown, by an answer file; the first where it says nothing."""
    return entry.version(version_in(saved.answers.get(entry.task.id)))


def draw_version(entry: Entry, saved: AnswerFile, *, by_chance: bool) -> int | None:
    """Return the number of the version that the learner was shown, or else of one that is drawn now.

    Without chance the first is drawn, so that the same comes out each time. A task without a twin has no number.
    """
    if entry.twin is None:
        return None
    old = saved.answers.get(entry.task.id)
    if old is None and by_chance:
        return secrets.choice((FIRST, SECOND))
    return SECOND if version_in(old) == SECOND else FIRST
