"""Puts the hand-ins of a class beside its roster: what is sure, what is a guess, who is missing, who is a stranger."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from copydesk.grading.display import one_line
from copydesk.grading.limits import names_in, shown_name
from copydesk.grading.platforms import sender
from copydesk.grading.problems import HandInProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from copydesk.grading.gradebook import Row
    from copydesk.grading.roster import Learner, Match, Roster

Caller = tuple[str, str]
"""Who handed in, as far as the hand-in says: ``Row.who`` without the lesson."""


class Matching:
    """Which learner each hand-in belongs to. A guess stands only where nothing else fits its learner."""

    def __init__(self, roster: Roster, rows: Iterable[Row]) -> None:
        """Match rows, which may be all hand-ins and not only those that count."""
        self.roster = roster
        self._rows = sorted(rows, key=lambda row: (row.called, row.file))
        sure = {row.match.key for row in self._rows if row.match and row.match.is_sure}
        guesses: defaultdict[str, set[Caller]] = defaultdict(set)
        for row in self._rows:
            if row.match and not row.match.is_sure:
                guesses[row.match.key].add(row.who[:2])
        self._standing = {key for key, callers in guesses.items() if key not in sure and len(callers) == 1}
        self._lessons: defaultdict[str, set[str]] = defaultdict(set)
        self._calls: defaultdict[str, dict[str, Match]] = defaultdict(dict)
        self.unreadable: dict[str, str] = {}
        strangers = set()
        for row in self._rows:
            if match := self.of(row):
                self._lessons[row.lesson].add(match.key)
                self._calls[match.key][row.called] = match
            else:
                strangers.add(row.called)
        self.strangers = sorted(strangers)

    def of(self, row: Row) -> Match | None:
        """Return the match of a hand-in; none where a guess does not stand."""
        match = row.match
        return match if match and (match.is_sure or match.key in self._standing) else None

    def without(self, lesson: str) -> list[Learner]:
        """Return the learners without a hand-in for a lesson, in the order of the roster."""
        return [each for each in self.roster.learners.values() if each.key not in self._lessons[lesson]]

    def calls(self, learner: Learner) -> list[tuple[str, Match]]:
        """Return under which names a learner's hand-ins came, and how each was matched."""
        return sorted(self._calls[learner.key].items(), key=lambda each: each[0])

    def note_unreadable(self, problems: Iterable[HandInProblem]) -> None:
        """Note whose files could not be graded: these learners did hand in something."""
        for problem in problems:
            if problem.outcome == "not graded" and (key := self._whose(problem.file)):
                self.unreadable[key] = problem.file

    def _whose(self, file: str) -> str:
        """Return whose file it is for sure, by the platform's word or by the names of the file and its folders."""
        if sent := sender(shown_name(file)):
            matches = [self.roster.match(sent, "")]
        else:
            matches = [self.roster.match(None, name) for name in names_in(file)]
        return next((match.key for match in matches if match and match.is_sure), "")

    def why_missing(self, learner: Learner) -> str:
        """Return what the gradebook says of a learner who has no hand-in."""
        file = self.unreadable.get(learner.key)
        return f"unreadable: {one_line(file, 120)}, see problems.csv" if file else "not handed in"

    def problems(self, counted: Iterable[Row]) -> list[HandInProblem]:
        """Return a row for each hand-in that counts and belongs to nobody on the roster, and for each guess."""
        return [problem for row in counted if (problem := self._problem(row))]

    def _problem(self, row: Row) -> HandInProblem | None:
        called, match = one_line(row.called, 80), self.of(row)
        if match and match.is_sure:
            return None
        if match:
            name = one_line(self.roster.learners[match.key].name or match.key, 80)
            reason = f"{called!r} was taken for {name!r} by {match.how}, which is a guess"
            remedy = (
                f"If it is right, put {called!r} into a column 'alias' of the roster; import files leave guesses out"
            )
        elif row.match:
            name = one_line(self.roster.learners[row.match.key].name or row.match.key, 80)
            reason = f"{called!r} may be {name!r}, but so may somebody else who handed in"
            remedy = "Find out who it is, and put the name into a column 'alias' of the roster"
        else:
            reason = f"{called!r} is nobody on the roster, or fits more than one learner on it"
            remedy = "Find out who it is, and put the name into a column 'alias' of the roster"
        return HandInProblem(row.file, reason, remedy, "graded")
