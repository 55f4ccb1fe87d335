"""What the instructor is told about a file that was not graded, or not in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


class GradingError(Exception):
    """Grading cannot go on at all, for a reason outside the submissions; the message says what to do."""


class WrongPlaceError(GradingError):
    """A command was given a place where there is nothing to grade, or where no results can lie; nothing was touched."""


Outcome = Literal["not graded", "graded", "superseded", "not filled in", "not applied", "to look at"]


@dataclass(frozen=True, order=True, slots=True)
class SubmissionProblem:
    """One row of ``problems.csv``: the file, the reason, the remedy, and what became of the file."""

    file: str
    reason: str
    remedy: str
    outcome: Outcome = "not graded"
