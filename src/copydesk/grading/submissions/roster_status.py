"""Compares the submissions of a class with its roster: sure matches, guesses, missing learners, strangers."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING

from copydesk.grading.files.csv_files import LONGEST_CELL
from copydesk.grading.files.limits import display_name, possible_learner_names
from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.submissions.record import BY_HAND, submission_label
from copydesk.grading.submissions.roster import (
    BY_BARE_NAME,
    BY_DAMAGED_ID,
    BY_NUMBER_ALONE,
    BY_PART,
    NO_ALIAS,
    PRINTED,
    TWO_MEANINGS,
)
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.grading.submissions.download import Download
    from copydesk.grading.submissions.learners import Learner
    from copydesk.grading.submissions.record import GradedSubmission
    from copydesk.grading.submissions.roster import Match, Roster

SubmitterKey = tuple[str, str]
"""Who submitted, as far as the submission says: ``Row.who`` without the lesson."""

LONGEST_FILE = 120
GUESSES = {BY_NUMBER_ALONE: "number", BY_BARE_NAME: "bare_name", BY_PART: "part", BY_DAMAGED_ID: "damaged_id"}
"""The keys of the texts for the ways to guess."""


class Matching:
    """Which learner each submission belongs to. A guess stands only if nothing else fits its learner.

    A group's submission counts for each member who has none of their own and is in no other group that submitted.
    """

    def __init__(self, roster: Roster, rows: Iterable[GradedSubmission], download: Download) -> None:
        """Match rows, which may be all submissions, not only those that count; ``download`` says who sent a file."""
        self.roster, self._download = roster, download
        self._identifying_kind = _identifying_kind(roster)
        self._rows = sorted(rows, key=lambda row: (row.label, row.file))
        self._standing_guesses = self._find_standing_guesses()
        self._single_learners = self._find_single_learners()
        self._groups = self._find_groups()
        self._shared_labels = self._find_shared_labels()
        self._hidden_lessons = self._find_hidden_lessons()
        self._lessons: defaultdict[str, set[str]] = defaultdict(set)
        self._labels: defaultdict[str, dict[str, Match]] = defaultdict(dict)
        self.unreadable: defaultdict[str, list[str]] = defaultdict(list)
        self._all_lessons: frozenset[str] = frozenset()
        self.strangers = self._note_learners()

    def _find_standing_guesses(self) -> set[str]:
        """Return the learners whose guesses stand: those with no sure submission and no other guess."""
        sure: set[str] = set()
        guesses: defaultdict[str, set[SubmitterKey]] = defaultdict(set)
        for row in self._rows:
            if row.match is None:
                continue
            if row.match.is_sure:
                sure.add(row.match.key)
            elif row.match.key:
                guesses[row.match.key].add(row.identity[:2])
        return {key for key, submitters in guesses.items() if key not in sure and len(submitters) == 1}

    def _find_single_learners(self) -> set[tuple[str, str]]:
        """Return the lessons and learners of all submissions that are one learner's."""
        alone = set()
        for row in self._rows:
            match = self.match_for(row)
            if match and match.key:
                alone.add((row.lesson, match.key))
        return alone

    def _find_groups(self) -> defaultdict[tuple[str, str], set[SubmitterKey]]:
        """Return the groups that submitted, by lesson and member."""
        groups: defaultdict[tuple[str, str], set[SubmitterKey]] = defaultdict(set)
        for row in self._rows:
            if row.match is None or row.match.key:
                continue
            for key in row.match.keys:
                groups[row.lesson, key].add(row.identity[:2])
        return groups

    def _find_shared_labels(self) -> set[tuple[str, str]]:
        """Return the labels, with lessons, shared by different submissions; those of a platform count as one."""
        contents: defaultdict[tuple[str, str], set[tuple[object, ...]]] = defaultdict(set)
        for row in self._rows:
            contents[row.label, row.lesson].add(row.content if row.sender is None else ())
        return {place for place, different in contents.items() if len(different) > 1}

    def _find_hidden_lessons(self) -> set[str]:
        """Return the lessons whose submissions come from participants with no name; empty is any lesson."""
        hidden = {learner.hidden_in for learner in self.roster.learners.values() if learner.hidden_in is not None}
        for row in self._rows:
            if row.sender is None or not row.sender.is_anonymous:
                continue
            if all(learner.is_hidden for learner in self.learners(row)):
                hidden.add(row.lesson)
        return hidden

    def _note_learners(self) -> list[str]:
        """Note which lessons and labels each learner has, and return the labels of strangers."""
        strangers = set()
        for row in self._rows:
            match = self.match_for(row)
            if match is None:
                strangers.add(row.label)
                continue
            for learner in self.learners(row):
                self._lessons[row.lesson].add(learner.key)
                self._labels[learner.key][row.label] = match
        return sorted(strangers)

    def match_for(self, row: GradedSubmission) -> Match | None:
        """Return the match of a submission; None if it is no one's, or a guess that does not stand."""
        match = row.match
        return match if match and (match.is_sure or match.key in self._standing_guesses) else None

    def learners(self, row: GradedSubmission) -> list[Learner]:
        """Return the learners that a submission is marked for: one, or the members of a group; none for a stranger."""
        match = self.match_for(row)
        if not match:
            return []
        if match.key:
            return [self.roster.learners[match.key]]
        return [self.roster.learners[key] for key in match.keys if not self._other_submission(row, key)]

    def hides_names(self, lesson: str = "") -> bool:
        """Return whether a platform hides whose submissions for a lesson are, or for any lesson if none is named."""
        return not self._hidden_lessons.isdisjoint({lesson, ""}) if lesson else bool(self._hidden_lessons)

    def learners_without_submission(self, lesson: str) -> list[Learner]:
        """Return the learners known to have no submission for a lesson, in the order of the roster.

        Where names are hidden, these are participants of the worksheet, and it is not known who on the roster they are.
        """
        missing = []
        for learner in self.roster.expected:
            is_known = learner.takes_part_in(lesson) if learner.is_hidden else not self.hides_names(lesson)
            if is_known and learner.key not in self._lessons[lesson]:
                missing.append(learner)
        return missing

    def lessons_with_hidden_names(self, lessons: Iterable[str]) -> tuple[str, ...]:
        """Return the lessons for which it isn't known who on the roster submitted nothing."""
        has_names = any(not learner.is_hidden for learner in self.roster.expected)
        return tuple(lesson for lesson in lessons if has_names and self.hides_names(lesson))

    def moodle_numbers(self, row: GradedSubmission) -> list[str] | None:
        """Return the numbers under which Moodle takes a page; empty for the sender's own, None if there is none.

        A team's number is no learner's, or another learner's: its members have their own.
        """
        match, sender = self.match_for(row), row.sender
        if sender is None:
            return None
        learners = self.learners(row) if match and match.is_sure else []
        if not match or match.key:
            owner = self.roster.learner_with_number(sender, row.lesson)
            is_own = owner is None or owner in {learner.key for learner in learners}
            if is_own or (learners and not sender.is_numbered):  # a download of another assignment than the worksheet
                return [""]
        numbers = [learner.number("moodle", row.lesson) for learner in learners]
        return list(filter(None, numbers)) or None

    def aliases_of(self, learner: Learner) -> list[tuple[str, Match]]:
        """Return the labels of a learner's submissions, and how each was matched."""
        return sorted(self._labels[learner.key].items(), key=itemgetter(0))

    def note_unreadable(self, problems: Iterable[SubmissionProblem], lessons: Iterable[str]) -> None:
        """Note whose files could not be graded: these learners did submit something for one of the lessons."""
        self._all_lessons = frozenset(lessons)
        for problem in problems:
            key = self._sure_key(problem.file) if problem.outcome == "not graded" else ""
            if key:
                self.unreadable[key].append(problem.file)

    def sent_again(self, problem: SubmissionProblem) -> SubmissionProblem:
        """Return the row of a file that could not be graded, or another one if a second file of its learner counts.

        That is known only if the name of the file, or of a folder or zip file that it is in, has the lesson in it.
        """
        key = self._sure_key(problem.file) if problem.outcome == "not graded" else ""
        lessons = self._lessons_in_name(problem.file)
        if not key or not lessons or any(key not in self._lessons[lesson] for lesson in lessons):
            return problem
        reason = t("roster_status.sent_again", reason=problem.reason, name=self._name(key))
        return SubmissionProblem(problem.file, reason, t("roster_status.sent_again.remedy"), "superseded")

    def unreadable_file(self, learner: str, lesson: str) -> str:
        """Return a file of a learner that could not be read and may be for a lesson; empty if there is none.

        If the name of the file, or of a folder or zip file that it is in, has a lesson in it, it is for that one.
        """
        for file in self.unreadable.get(learner, ()):
            named = self._lessons_in_name(file)
            if not named or lesson in named:
                return file
        return ""

    def _lessons_in_name(self, file: str) -> set[str]:
        """Return the lessons that the name of a file, or of a folder or zip file that it is in, has in it."""
        return {name for name in self._all_lessons if name in file}

    def _sure_key(self, file: str) -> str:
        """Return the learner whose file it surely is, by the platform or by the names of the file and its folders."""
        for match in self._matches_of_file(file):
            if match.is_sure and match.key:
                return match.key
        return ""

    def _matches_of_file(self, file: str) -> Iterator[Match]:
        sender = self._download.sender(display_name(file))
        if sender:
            yield self.roster.match(submission_label(sender.name or sender.id, sender), sender, "")
            return
        for name in possible_learner_names(file):
            yield self.roster.match(submission_label(name, None), None, name)

    def why_missing(self, learner: Learner, lesson: str) -> str:
        """Return the gradebook's note on a learner who has no submission for a lesson."""
        file = self.unreadable_file(learner.key, lesson)
        if not file:
            return t("roster_status.not_submitted")
        return t("roster_status.unreadable", file=one_line(file, LONGEST_FILE))

    def problems(self, counted: Iterable[GradedSubmission]) -> list[SubmissionProblem]:
        """Return a row for each submission that counts and belongs to no one on the roster, and for each guess."""
        problems: list[SubmissionProblem] = []
        for row in counted:
            match = self.match_for(row)
            if match is None:
                problems += self._stranger_rows(row)
            elif match.is_sure:
                problems += self._left_out_rows(row, match)
            else:
                problems.append(self._guess_row(row, match))
        return problems

    def _guess_row(self, row: GradedSubmission, match: Match) -> SubmissionProblem:
        """Return the row for a submission whose learner is a guess."""
        label, name = one_line(row.label, PRINTED), self._name(match.key)
        by = t(f"roster_status.guess_by.{GUESSES[match.how]}")
        reason = t("roster_status.guess", label=label, name=name, by=by)
        remedy = t("roster_status.guess.remedy", action=self._action(row))
        return SubmissionProblem(row.file, reason, _capitalize(remedy), "graded")

    def _stranger_rows(self, row: GradedSubmission) -> Iterator[SubmissionProblem]:
        """Yield the row for a submission that belongs to no one; those that Canvas hides have a table of their own."""
        if row.sender and row.sender.is_hidden:
            reason = t("roster_status.hidden_name", label=one_line(row.label, PRINTED))
            remedy = t("roster_status.hidden_name.remedy", lesson=row.lesson)
            yield SubmissionProblem(row.file, reason, remedy, "graded")
        elif not (row.sender and row.sender.is_anonymous):
            yield self._stranger_row(row)

    def _stranger_row(self, row: GradedSubmission) -> SubmissionProblem:
        """Return the row for a submission that belongs to no one."""
        label, why = one_line(row.label, PRINTED), row.match.how if row.match else ""
        if row.match and row.match.key:
            reason = t("roster_status.open_guess", label=label, name=self._name(row.match.key))
        elif why:
            reason = t("roster_status.no_match", label=label, why=why)
        else:
            reason = t("roster_status.stranger", label=label)
        remedy = t("roster_status.find_out.remedy", action=self._action(row))
        if why == t(TWO_MEANINGS):
            remedy = t("roster_status.known_group.remedy", label=label, known_by=self._identifying_kind, remedy=remedy)
        elif row.sender and not self.roster.has_name(row.sender):
            remedy = t("roster_status.group.remedy", remedy=remedy)
        return SubmissionProblem(row.file, reason, _capitalize(remedy), "graded")

    def _action(self, row: GradedSubmission) -> str:
        """Return what to do to make a submission a learner's, as part of a remedy."""
        is_shared = (row.label, row.lesson) in self._shared_labels
        has_no_alias = row.match is not None and row.match.how == t(NO_ALIAS)
        if is_shared or has_no_alias:
            file = one_line(row.file, LONGEST_CELL)
            return t("roster_status.write_match", label=file, known_by=self._identifying_kind)
        label = one_line(row.label, PRINTED)
        return t("roster_status.write_alias_or_match", label=label, known_by=self._identifying_kind)

    def _left_out_rows(self, row: GradedSubmission, match: Match) -> Iterator[SubmissionProblem]:
        """Yield a row for each member who is not given the group's mark."""
        for key in () if match.key else match.keys:
            other = self._other_submission(row, key)
            if not other:
                continue
            mark = "roster_status.left_out" if match.how == BY_HAND else "roster_status.left_out_of_group"
            reason = t(mark, name=self._name(key), why=t(f"roster_status.left_out.{other}"))
            yield SubmissionProblem(row.file, reason, t("roster_status.left_out.remedy"), "graded")

    def _other_submission(self, row: GradedSubmission, key: str) -> str:
        """Return which other submission keeps the group's mark from a member, as a key; empty if none."""
        if (row.lesson, key) in self._single_learners:
            return "own"
        return "groups" if len(self._groups[row.lesson, key]) > 1 else ""

    def _name(self, key: str) -> str:
        return one_line(self.roster.learners[key].name or key, PRINTED)


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]


def _identifying_kind(roster: Roster) -> str:
    """Return how the instructor's own list tells learners apart."""
    kind = "name"
    for learner in roster.learners.values():
        if learner.id:
            return t("roster_status.known_by.id")
        if learner.email:
            kind = "email"
    return t(f"roster_status.known_by.{kind}")
