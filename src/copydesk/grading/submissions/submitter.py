"""Says who submitted a file: by the instructor's word, the platform's, the roster's, or the alias in it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.submissions.names import letters_and_digits, normalize
from copydesk.grading.submissions.person_tables import Person
from copydesk.grading.submissions.record import submission_label
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.grading.submissions.download import Download
    from copydesk.grading.submissions.learners import Learner
    from copydesk.grading.submissions.matches import Matches
    from copydesk.grading.submissions.platforms import Sender
    from copydesk.grading.submissions.record import Identity
    from copydesk.grading.submissions.roster import Match, Roster
    from copydesk.grading.submissions.submission import Submission

PRINTED = 60
"""How much of a name problems.csv prints."""


class Submitter(NamedTuple):
    """Who submitted a file: the alias in it, the word of the platform, the roster and the instructor, and a name.

    ``sent`` is the platform's word, ``learner`` a name that is never empty, ``listed`` the learner on the roster.
    ``given`` are the learners named by hand by the instructor, if there is no roster to find them on; ``doubt`` is
    who sent the file if its name is Canvas's, for which there is no other evidence.
    """

    alias: str
    sender: Sender | None
    match: Match | None
    learner: str
    roster_entry: Learner | None
    learners_by_hand: tuple[str, ...] = ()
    possible_sender: Sender | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return all names that are surely the learner's."""
        listed = (self.roster_entry.id, self.roster_entry.name, self.roster_entry.email) if self.roster_entry else ()
        return self.learner, submission_label(self.learner, self.sender), *self.learners_by_hand, *listed

    @property
    def person(self) -> Person:
        """Return who submitted, as the instructor's tables may name them: a group's members one by one, too."""
        return Person.called(self.names, self._keys)

    @property
    def _keys(self) -> tuple[str, ...]:
        """Return the learners on the roster who surely submitted."""
        return self.match.keys if self.match and self.match.is_sure else ()

    @property
    def has_own_name(self) -> bool:
        """Return whether the alias in the file is what the roster or the platform calls the learner, too."""
        if normalize(self.alias) in self.person.names:
            return True
        return self.roster_entry is not None and letters_and_digits(self.alias) in self.roster_entry.names

    @property
    def is_shared(self) -> bool:
        """Return whether the submission is several learners'."""
        return len(self._keys) > 1 or len(self.learners_by_hand) > 1

    @property
    def display_name(self) -> str:
        """Return the name of the learner on a feedback page."""
        if self.roster_entry and self.roster_entry.name:
            return self.roster_entry.name
        return ", ".join(self.learners_by_hand) or self.learner

    def identity(self, submission: Submission) -> Identity:
        """Return the identity of the submitter, by the strongest evidence, and the lesson.

        That is the roster's if the match is sure, and the instructor's; the platform's; the alias in one spelling;
        or else the file without its ending, even if two learners have the name in it.
        """
        lesson = submission.header.lesson
        if self.match and self.match.is_sure and self.match.key:
            return "roster", self.match.key, lesson
        if self.match and self.match.is_sure:
            return "group", "; ".join(self.match.members), lesson
        if self.learners_by_hand:
            return "matches", "; ".join(map(normalize, self.learners_by_hand)), lesson
        if self.sender:
            name = f"{self.sender.name.casefold()} {self.sender.id}"
            return self.sender.platform, name.strip(), lesson
        is_shared = self.match is not None and len(self.match.members) > 1
        if is_shared or not self.alias:
            return "file", str(PurePosixPath(submission.file).with_suffix("")).casefold(), lesson
        sent = f" ({self.possible_sender.name} {self.possible_sender.id})" if self.possible_sender else ""
        return "alias", normalize(self.alias) + sent, lesson

    def problems(self, file: str) -> Iterator[SubmissionProblem]:
        """Yield a row if the name of a file may name another submitter than the file itself does."""
        if self.possible_sender and not self.learners_by_hand and not (self.match and self.match.is_sure):
            learner, other = one_line(self.learner, PRINTED), one_line(self.possible_sender.name, PRINTED)
            reason = t("submitter.doubt", learner=learner, other=other, number=self.possible_sender.id)
            yield SubmissionProblem(file, reason, t("submitter.doubt.remedy"), "graded")


def submitter_of(
    submission: Submission, *, download: Download, roster: Roster | None = None, matches: Matches | None = None
) -> Submitter:
    """Return the submitter: by the instructor's word, then the platform's, and the alias where there is neither."""
    alias = " ".join(submission.header.learner.alias.split())
    sender, doubt = download.sender(submission.file), download.possible_sender(submission.file)
    name = sender.name or sender.id if sender else alias
    learner = name or PurePosixPath(submission.file).stem
    label = submission_label(learner, sender)
    if roster is None:
        by_hand = matches.learners_of(label, submission.file) if matches else ()
        return Submitter(alias, sender, None, learner, None, by_hand, doubt)
    lesson = submission.header.lesson
    match = matches.match(label, submission.file, roster, lesson=lesson) if matches else None
    if match is None:
        match = roster.match(label, sender, alias, lesson=lesson)
    listed = roster.learners[match.key] if match.is_sure and match.key else None
    return Submitter(alias, sender, match, learner, listed, possible_sender=doubt)
