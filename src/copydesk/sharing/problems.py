"""What is wrong with a packed course, as problems with their remedies."""

from __future__ import annotations

from copydesk.course.documents import Problem
from copydesk.grading.files.safe_text import one_line
from copydesk.text import t


class SharingError(Exception):
    """A course cannot be packed or opened, for a reason outside its files; the message says what to do."""


def fault(file: str, key: str, /, **values: object) -> Problem:
    """Return a problem of one file in a pack: the text ``key`` of the catalogue, and the remedy for all of them.

    Values that someone else may have written are made fit to be shown.
    """
    shown = {name: one_line(value) if isinstance(value, str) else value for name, value in values.items()}
    return Problem(one_line(file, 120), 0, "", t(key, **shown), t("pack.ask_again"))
