"""What the instructor is told about a file that was not graded, or not in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from copydesk.text import t


class GradingError(Exception):
    """Grading cannot go on at all, for a reason outside the submissions; the message says what to do."""


class WrongPlaceError(GradingError):
    """A command was given a place with nothing to grade, or where no results can be written; nothing was touched."""


Outcome = Literal["not graded", "graded", "superseded", "not filled in", "not applied", "to look at"]


@dataclass(frozen=True, order=True, slots=True)
class SubmissionProblem:
    """One row of ``problems.csv``: the file, the reason, the remedy, and what became of the file."""

    file: str
    reason: str
    remedy: str
    outcome: Outcome = "not graded"


def system_reason(error: OSError) -> str:
    """Return the system's message for an error."""
    return error.strerror or type(error).__name__


def problem(file: str, key: str, /, *, outcome: Outcome = "not graded", **values: object) -> SubmissionProblem:
    """Return a row: the reason is the text ``key`` of the catalogue, the remedy the text ``key.remedy``.

    ``values`` fill the placeholders of both.
    """
    return SubmissionProblem(file, t(key, **values), t(f"{key}.remedy", **values), outcome)
