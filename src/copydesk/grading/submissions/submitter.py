"""Says who submitted a file: by the instructor's word, the platform's, the roster's, or the alias in it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.submissions.names import plain
from copydesk.grading.submissions.record import called_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.grading.submissions.download import Download
    from copydesk.grading.submissions.learners import Learner
    from copydesk.grading.submissions.matches import Matches
    from copydesk.grading.submissions.platforms import Sender
    from copydesk.grading.submissions.record import Identity
    from copydesk.grading.submissions.roster import Match, Roster
    from copydesk.grading.submissions.submission import Submission


class Submitter(NamedTuple):
    """Who submitted: the alias in the file, what a platform, the roster and the instructor say, and what to call them.

    ``given`` are the learners that the instructor named by hand, where there is no roster to find them on; ``doubt`` is
    who sent the file if its name is Canvas', which nothing else says.
    """

    alias: str
    sent: Sender | None
    match: Match | None
    learner: str
    listed: Learner | None
    given: tuple[str, ...] = ()
    doubt: Sender | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return all that the learner is called for sure."""
        listed = (self.listed.id, self.listed.name, self.listed.email) if self.listed else ()
        return self.learner, called_of(self.learner, self.sent), *self.given, *listed

    @property
    def shown(self) -> str:
        """Return what a feedback page calls the learner."""
        return (self.listed.name if self.listed else "") or ", ".join(self.given) or self.learner

    def identity(self, submission: Submission) -> Identity:
        """Return who submitted, by the strongest word there is, and the lesson.

        That is the roster's where the match is sure, and the instructor's; the platform's; the alias in one spelling;
        or else the file without its ending, also where two learners have the name in it.
        """
        lesson = submission.header.lesson
        if self.match and self.match.is_sure and self.match.key:
            return "roster", self.match.key, lesson
        if self.match and self.match.is_sure:
            return "group", "; ".join(self.match.members), lesson
        if self.given:
            return "matches", "; ".join(map(plain, self.given)), lesson
        if self.sent:
            return self.sent.platform, f"{self.sent.name.casefold()} {self.sent.id}".strip(), lesson
        is_shared = self.match is not None and len(self.match.members) > 1
        if is_shared or not self.alias:
            return "file", str(PurePosixPath(submission.file).with_suffix("")).casefold(), lesson
        sent = f" ({self.doubt.name} {self.doubt.id})" if self.doubt else ""
        return "alias", plain(self.alias) + sent, lesson

    def problems(self, file: str) -> Iterator[SubmissionProblem]:
        """Yield a row where the name of a file may say that another submitted it than the file itself does."""
        if self.doubt and not self.given and not (self.match and self.match.is_sure):
            reason = f"it was taken for “{one_line(self.learner, 60)}”'s, as it says itself; if it comes from Canvas, "
            reason += f"it is “{one_line(self.doubt.name, 60)}”'s, number {self.doubt.id}"
            remedy = "If it does, give Canvas' export with --canvas; nothing to do otherwise"
            yield SubmissionProblem(file, reason, remedy, "graded")


def submitter_of(
    submission: Submission, *, download: Download, roster: Roster | None = None, matches: Matches | None = None
) -> Submitter:
    """Return who submitted: the instructor's word first, then the platform's, and the alias where there is neither."""
    alias = " ".join(submission.header.learner.alias.split())
    sent, doubt = download.sender(submission.file), download.doubt(submission.file)
    learner = (sent.name or sent.id if sent else alias) or PurePosixPath(submission.file).stem
    called = called_of(learner, sent)
    if roster is None:
        given = matches.of(called, submission.file) if matches else ()
        return Submitter(alias, sent, None, learner, None, given, doubt)
    by_hand = matches.match(called, submission.file, roster) if matches else None
    match = by_hand or roster.match(called, sent, alias)
    listed = roster.learners[match.key] if match.is_sure and match.key else None
    return Submitter(alias, sent, match, learner, listed, doubt=doubt)
