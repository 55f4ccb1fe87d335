"""Makes the exercises anew after each save, as ``copydesk release`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.course.bank_files import SOLUTIONS, kept_bank_name
from copydesk.model.task import is_unwritten
from copydesk.release.exercises import release

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.course import Course


class Releases:
    """The releases of one sitting, from opening the page to closing it.

    A release keeps the key with which a question was first shown, because someone may have been graded by it. While its
    author is still at work no one was: a question that was first released in this sitting gets its present key, and
    one that was not wholly written, and has changed since, is forgotten.
    """

    def __init__(self) -> None:
        """Begin a sitting."""
        self._drafts: set[Path] = set()

    def release(self, course: Course) -> list[str]:
        """Bring the exercises up to date; return the names of those that changed.

        Raises:
            ContentError: a solution cannot be cut; the exercises are as they were.
            OSError: a file cannot be written.
        """
        old = {path: path.read_bytes() for path in self._present_drafts(course)}
        for path in old:
            path.unlink()
        try:
            changed = release(course, check=False)
        except BaseException:
            for path, content in old.items():
                path.write_bytes(content)
            raise
        banks, exercises = course.root / "solutions" / "banks", course.root / "exercises"
        self._drafts.update(path for path in changed if path.is_relative_to(banks))
        self._forget_unwritten(course)
        return [path.relative_to(course.root).as_posix() for path in changed if path.is_relative_to(exercises)]

    def _forget_unwritten(self, course: Course) -> None:
        """Remove the kept banks of this sitting whose questions have changed since and were never wholly written."""
        for path in self._drafts.difference(self._present_drafts(course)):
            if path.is_file() and is_unwritten(path.read_text(encoding="utf-8")):
                path.unlink()
                self._drafts.discard(path)

    def _present_drafts(self, course: Course) -> list[Path]:
        """Return the kept banks of this sitting that have the questions of today, and maybe an older key."""
        present = []
        for lesson in course.lessons(SOLUTIONS):
            path = course.root / kept_bank_name(course.bank(SOLUTIONS, lesson))
            if path in self._drafts and path.is_file():
                present.append(path)
        return present
