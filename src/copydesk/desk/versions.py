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
    """Return a task in the version that an answer file says the learner was shown; the first if it says nothing."""
    return entry.version(version_in(saved.answers.get(entry.task.id)))


def draw_version(entry: Entry, saved: AnswerFile, *, by_chance: bool) -> int | None:
    """Return the number of the version that the learner was shown or, failing that, of one drawn now.

    Without ``by_chance``, the first is drawn, so that the result is the same each time. Without a twin, there is none.
    """
    if entry.twin is None:
        return None
    old = saved.answers.get(entry.task.id)
    if old is None and by_chance:
        return secrets.choice((FIRST, SECOND))
    return SECOND if version_in(old) == SECOND else FIRST
