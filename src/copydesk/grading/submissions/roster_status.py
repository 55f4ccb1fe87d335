"""Puts the submissions of a class beside its roster: what is sure, what a guess, who is missing, who a stranger."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from copydesk.grading.files.csv_files import LONGEST_CELL
from copydesk.grading.files.limits import names_in, shown_name
from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.submissions.record import BY_HAND, called_of
from copydesk.grading.submissions.roster import NO_ALIAS, PRINTED, TWO_MEANINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from copydesk.grading.submissions.download import Download
    from copydesk.grading.submissions.learners import Learner
    from copydesk.grading.submissions.record import Row
    from copydesk.grading.submissions.roster import Match, Roster

Caller = tuple[str, str]
"""Who submitted, as far as the submission says: ``Row.who`` without the lesson."""

FIND_OUT = "find out who it is, and "
WITH_MATCHES = "make a file matches.csv with the columns 'submission' and 'learner', for “{called}” and the learner's "
WITH_MATCHES += "{known_by}, and give it with --matches"
SETTLE = FIND_OUT + "put “{called}” into a column 'alias' of the roster, in that learner's row; or " + WITH_MATCHES
FOR_A_GROUP = (
    "If it is a group's, add a column 'group' to the roster and name the group there for every member; if not, "
)
OF_A_KNOWN_GROUP = (
    "If it is the group's, make a file matches.csv with the columns 'submission' and 'learner' and a line for "
)
OF_A_KNOWN_GROUP += "each member, with “{called}” and the member's {known_by}, and give it with --matches; if not, "


class Matching:
    """Which learner each submission belongs to. A guess stands only where nothing else fits its learner.

    A group's submission is every member's who has none of their own, and who is in no other group that submitted.
    """

    def __init__(self, roster: Roster, rows: Iterable[Row], download: Download) -> None:
        """Match rows, which may be all submissions and not only those that count; ``download`` says who sent a file."""
        self.roster, self._download = roster, download
        self._known_by = _known_by(roster)
        self._rows = sorted(rows, key=lambda row: (row.called, row.file))
        sure = {row.match.key for row in self._rows if row.match and row.match.is_sure}
        guesses: defaultdict[str, set[Caller]] = defaultdict(set)
        for row in self._rows:
            if row.match and row.match.key and not row.match.is_sure:
                guesses[row.match.key].add(row.who[:2])
        self._standing = {key for key, callers in guesses.items() if key not in sure and len(callers) == 1}
        self._own = {(row.lesson, match.key) for row in self._rows if (match := self.of(row)) and match.key}
        self._groups: defaultdict[tuple[str, str], set[Caller]] = defaultdict(set)
        for row in self._rows:
            for key in row.match.keys if row.match and not row.match.key else ():
                self._groups[row.lesson, key].add(row.who[:2])
        contents: defaultdict[tuple[str, str], set[tuple[object, ...]]] = defaultdict(set)
        for row in self._rows:
            contents[row.called, row.lesson].add(row.content if row.sender is None else ())
        self._shared = {place for place, found in contents.items() if len(found) > 1}
        self._lessons: defaultdict[str, set[str]] = defaultdict(set)
        self._calls: defaultdict[str, dict[str, Match]] = defaultdict(dict)
        self.unreadable: dict[str, str] = {}
        strangers = set()
        for row in self._rows:
            match = self.of(row)
            for learner in self.learners(row):
                self._lessons[row.lesson].add(learner.key)
                if match:
                    self._calls[learner.key][row.called] = match
            if not match:
                strangers.add(row.called)
        self.strangers = sorted(strangers)

    def of(self, row: Row) -> Match | None:
        """Return the match of a submission; none where it is nobody's, or a guess that does not stand."""
        match = row.match
        return match if match and (match.is_sure or match.key in self._standing) else None

    def learners(self, row: Row) -> list[Learner]:
        """Return the learners that a submission is marked for: one, or the members of a group; none for a stranger."""
        match = self.of(row)
        if not match:
            return []
        keys = match.keys if match.key else [key for key in match.keys if not self._why_not(row, key)]
        return [self.roster.learners[key] for key in keys]

    def without(self, lesson: str) -> list[Learner]:
        """Return the learners without a submission for a lesson, in the order of the roster."""
        return [each for each in self.roster.expected if each.key not in self._lessons[lesson]]

    def calls(self, learner: Learner) -> list[tuple[str, Match]]:
        """Return under which names a learner's submissions came, and how each was matched."""
        return sorted(self._calls[learner.key].items(), key=lambda each: each[0])

    def note_unreadable(self, problems: Iterable[SubmissionProblem]) -> None:
        """Note whose files could not be graded: these learners did submit something."""
        for problem in problems:
            if problem.outcome == "not graded" and (key := self._whose(problem.file)):
                self.unreadable[key] = problem.file

    def _whose(self, file: str) -> str:
        """Return whose file it is for sure, by the platform's word or by the names of the file and its folders."""
        if sent := self._download.sender(shown_name(file)):
            matches = [self.roster.match(called_of(sent.name or sent.id, sent), sent, "")]
        else:
            matches = [self.roster.match(called_of(name, None), None, name) for name in names_in(file)]
        return next((match.key for match in matches if match.is_sure and match.key), "")

    def why_missing(self, learner: Learner) -> str:
        """Return what the gradebook says of a learner who has no submission."""
        file = self.unreadable.get(learner.key)
        return f"unreadable: {one_line(file, 120)}, see problems.csv" if file else "not submitted"

    def problems(self, counted: Iterable[Row]) -> list[SubmissionProblem]:
        """Return a row for each submission that counts and belongs to nobody on the roster, and for each guess."""
        return [problem for row in counted for problem in self._problems(row)]

    def _problems(self, row: Row) -> list[SubmissionProblem]:
        match = self.of(row)
        if match and match.is_sure:
            return self._left_out(row, match)
        called, why = one_line(row.called, PRINTED), row.match.how if row.match else ""
        remedy = SETTLE.format(called=called, known_by=self._known_by)
        if (row.called, row.lesson) in self._shared or why == NO_ALIAS:
            remedy = FIND_OUT + WITH_MATCHES.format(called=one_line(row.file, LONGEST_CELL), known_by=self._known_by)
        if match:
            reason = f"“{called}” was taken for “{self._name(match.key)}” by {match.how}, which is a guess"
            remedy = f"if it is right, {remedy.removeprefix(FIND_OUT)}; import files leave guesses out"
        elif row.match and row.match.key:
            reason = f"“{called}” may be “{self._name(row.match.key)}”, but so may somebody else who submitted"
        elif why:
            reason = f"“{called}” was matched with nobody: {why}"
        else:
            reason = f"“{called}” is nobody on the roster, or fits more than one learner on it"
        if why == TWO_MEANINGS:
            remedy = OF_A_KNOWN_GROUP.format(called=called, known_by=self._known_by) + remedy
        elif row.sender and not match and not self.roster.has_name(row.sender):
            remedy = FOR_A_GROUP + remedy
        return [SubmissionProblem(row.file, reason, remedy[:1].upper() + remedy[1:], "graded")]

    def _left_out(self, row: Row, match: Match) -> list[SubmissionProblem]:
        """Return a row for each member whom the mark of a group is not given to."""
        if match.key:
            return []
        whose = "this submission's mark" if match.how == BY_HAND else "the group's mark"
        whys = [(key, why) for key in match.keys if (why := self._why_not(row, key))]
        remedy = "Decide which mark is right, and type it in by hand; or correct the groups in the roster"
        return [
            SubmissionProblem(row.file, f"{whose} is not given to “{self._name(key)}”, who {why}", remedy, "graded")
            for key, why in whys
        ]

    def _why_not(self, row: Row, key: str) -> str:
        """Return why a member of a group does not get its mark; nothing for those who do."""
        if (row.lesson, key) in self._own:
            return "submitted alone, too"
        return "is in more than one group that submitted" if len(self._groups[row.lesson, key]) > 1 else ""

    def _name(self, key: str) -> str:
        return one_line(self.roster.learners[key].name or key, PRINTED)


def _known_by(roster: Roster) -> str:
    """Return by what the instructor's own list tells learners apart."""
    learners = roster.learners.values()
    if any(learner.id for learner in learners):
        return "id"
    return "e-mail" if any(learner.email for learner in learners) else "name"
