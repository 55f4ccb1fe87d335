"""Tells the class report who is in which section and group, and for whom each submission counts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from copydesk.grading.report.people import Credit, People
from copydesk.grading.scores.lesson_mark import marks_of
from copydesk.grading.submissions.names import letters_and_digits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from copydesk.grading.scores.versions import Versions
    from copydesk.grading.submissions.record import GradedSubmission, Identity
    from copydesk.grading.submissions.roster import Roster
    from copydesk.grading.submissions.roster_status import Matching
    from copydesk.grading.submissions.selection import Selection


def class_people(matching: Matching, selection: Selection, versions: Versions) -> People:
    """Return the sections and groups on the lists, and the submissions that count for someone there."""
    contents = _contents_of_groups(matching, selection.rows)
    by_identity: dict[Identity, Credit] = {}
    lessons = set()
    for submission in selection.counted.values():
        lessons.add(submission.lesson)
        credit = _credit(matching, submission, versions)
        if credit.members:
            credit = credit._replace(submissions=len(contents[submission.identity]))
        if credit.learners or credit.members:
            by_identity[submission.identity] = credit
    missing = {}
    for lesson in lessons:
        missing[lesson] = [learner.key for learner in matching.learners_without_submission(lesson)]
    roster = matching.roster
    return People(sections_by_learner(roster), _groups(roster), by_identity, missing)


def _contents_of_groups(
    matching: Matching, rows: Iterable[GradedSubmission]
) -> dict[Identity, set[tuple[object, ...]]]:
    """Return the different contents of what each group submitted: a file and a notebook of it may be the same."""
    contents: defaultdict[Identity, set[tuple[object, ...]]] = defaultdict(set)
    for row in rows:
        match = matching.match_for(row)
        if match and not match.key:
            contents[row.identity].add(row.content)
    return contents


def _credit(matching: Matching, submission: GradedSubmission, versions: Versions) -> Credit:
    """Return for whom a submission counts, and its points."""
    match = matching.match_for(submission)
    marks = marks_of(submission, versions.bank_of(submission))
    return Credit(
        learners=tuple(learner.key for learner in matching.learners(submission)),
        members=match.members if match and not match.key else (),
        submissions=1,
        is_late=submission.is_late,
        automatic=marks.automatic,
        automatic_maximum=marks.automatic_maximum,
        written=None if marks.awaiting else marks.written,
        written_maximum=marks.written_maximum,
    )


def sections_by_learner(roster: Roster) -> dict[str, frozenset[str]]:
    """Return the sections of each learner who is in one."""
    return {key: learner.sections for key, learner in roster.learners.items() if learner.sections}


def _groups(roster: Roster) -> dict[str, frozenset[str]]:
    """Return the members of each group; one that two lists spell differently has the spelling that sorts first."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    members: defaultdict[str, set[str]] = defaultdict(set)
    for key, learner in roster.learners.items():
        for name in learner.group_names:
            group = letters_and_digits(name) or name
            names[group].add(name)
            members[group].add(key)
    return {min(names[group]): frozenset(members[group]) for group in names}
