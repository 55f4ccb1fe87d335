"""The record of one graded submission, which tables, feedback, report and regrading read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from copydesk.grading.submissions.names import strip_quotes

if TYPE_CHECKING:
    from datetime import datetime

    from copydesk.grading.files.problems import SubmissionProblem
    from copydesk.grading.submissions.platforms import Sender
    from copydesk.grading.submissions.roster import Match

Value = TypeVar("Value")
BY_HAND = "matches.csv"
"""What a match is called if the instructor wrote it down for one submission."""

LIKE_A_SENDER = re.compile(r"\((canvas|moodle|alias)\b[^()]*\)\s*$", re.IGNORECASE)

Identity = tuple[str, str, str]
"""Whose word it is (roster, canvas, moodle, alias or file), the name itself in one spelling, and the lesson."""

Place = tuple[str, str, str]
"""The file of a submission, its lesson, and the hash of what it says."""


@dataclass(frozen=True, slots=True)
class GradedSubmission:
    """One graded submission, light enough for a hundred thousand of them.

    ``points`` has an entry for each task of the bank in its order: None while it awaits marking. ``statements`` says
    how many of the statements of a baseline form are answered, for example ``20 of 20 (A)``. ``encoded_answers`` is
    the data that the class report counts (``report/counts.py``). ``sender`` is who a platform says submitted, ``match``
    the learner on the roster. ``version`` is the fingerprint of the older bank by which it was graded, empty for that
    of today; ``appeals`` are the places of its appeals in the file of all that were accepted. ``is_submitted`` is false
    for one that was only saved. ``times``, ``texts`` and ``wrong_answers`` are what is compared with the work of others
    (``similarity/``). ``name_in_submission`` is the name that came with the submission, where the instructor said by
    hand whose it is. ``late_seconds`` is how late it is, 0 if it is in time; ``taking_part`` how many of the lesson's
    practice tasks are answered, and how many there are.
    """

    identity: Identity
    learner: str
    lesson: str
    file: str
    moment: datetime
    digest: str
    points: tuple[float | None, ...]
    unanswered: tuple[str, ...]
    notices: tuple[str, ...]
    problems: tuple[SubmissionProblem, ...]
    statements: str = ""
    encoded_answers: bytes = b""
    sender: Sender | None = None
    match: Match | None = None
    is_late: bool = False
    late_seconds: int = 0
    taking_part: tuple[int, int] = (0, 0)
    version: str = ""
    appeals: tuple[int, ...] = ()
    is_submitted: bool = True
    times: bytes = b""
    texts: tuple[tuple[str, bytes], ...] = ()
    wrong_answers: bytes = b""
    name_in_submission: str = ""

    @property
    def place(self) -> Place:
        """Return the file, the lesson and the hash by which a submission is found again."""
        return self.file, self.lesson, self.digest

    @property
    def label(self) -> str:
        """Return the name of the submission in problems.csv."""
        return submission_label(self.name_in_submission or self.learner, self.sender)

    @property
    def is_vouched_for(self) -> bool:
        """Return whether a platform or the instructor says whose it is, and not the file alone."""
        by_hand = bool(self.name_in_submission) or (self.match is not None and self.match.how == BY_HAND)
        return by_hand or self.sender is not None

    @property
    def is_one_learners(self) -> bool:
        """Return whether its owner rests on more than a word that two people may have chosen."""
        is_listed = self.match is not None and self.match.is_sure and self.match.how in {"id", "e-mail", "name"}
        return self.is_vouched_for or is_listed

    @property
    def content(self) -> tuple[object, ...]:
        """Return the data shared by a file and a notebook of one submission, and by no other submission."""
        return self.moment, self.lesson, self.version, self.points, self.unanswered, self.encoded_answers

    def is_same(self, other: GradedSubmission) -> bool:
        """Return whether two submissions of one learner are one: made at the same moment, in a file and a notebook."""
        return self.content == other.content

    @property
    def rank(self) -> tuple[object, ...]:
        """Return the sort key of a learner's submissions, of which the greatest counts.

        One that is the learner's only by an alias never counts before one that a platform or the instructor says is
        theirs, nor what was only saved before what was submitted. Then the latest counts; if all are late, the
        earliest. Then the content decides, then the name.
        """
        moment = self.moment.timestamp()
        in_order = -moment if self.is_late else moment
        return self.is_vouched_for, self.is_submitted, not self.is_late, in_order, self.digest, self.file


@lru_cache(maxsize=4096, typed=True)
def shared(value: Value) -> Value:
    """Return an equal value, always the same object, so that a hundred thousand records hold it once."""
    return value


def submission_label(learner: str, sender: Sender | None) -> str:
    """Return the name of a learner's submission in problems.csv: ``lovelaceada (canvas 340)``, or the alias.

    An alias that looks like the former is told apart, so that no one is taken for another by typing it.
    """
    if sender:
        number = f"{sender.platform} {sender.id}".strip()
        return f"{learner} ({number})"
    return f"{learner} (alias)" if LIKE_A_SENDER.search(strip_quotes(learner)) else learner
