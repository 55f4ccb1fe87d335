"""Says what was found alike: one row to look at for each pair or group, and a table with all the numbers."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from copydesk.grading.files.csv_files import csv_text, safe_cell
from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.similarity.answers import same_answers
from copydesk.grading.similarity.texts import same_texts
from copydesk.grading.similarity.times import same_times
from copydesk.grading.similarity.works import Finding, Groups, Person, Work, one_for_each, works_of
from copydesk.text import t
from copydesk.text.lists import first_names, name_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from copydesk.grading.report.counts import Layout
    from copydesk.grading.submissions.record import GradedSubmission

MOST_NAMES = 6
HEADS = ("group", "learners", "lessons", "files", "shared", "observed", "expected", "measure", "pairs_by_chance")
Group = list[Finding]
"""All that was found on people who hang together."""


def similar_work(submissions: Iterable[GradedSubmission], layouts: Mapping[str, Layout]) -> list[Group]:
    """Return what is alike beyond chance, group by group; the groups have no person in common.

    No two submissions are compared that have nothing rare in common, so that a class of thousands takes hardly longer
    for each learner.
    """
    works = works_of(submissions)
    counted = one_for_each(works)
    findings = list(chain(same_texts(counted, layouts), same_times(works, layouts), same_answers(counted)))
    people: Groups[Person] = Groups()
    for finding in findings:
        for work in finding.works:
            people.link(finding.works[0].person, work.person)
    groups: defaultdict[Person, Group] = defaultdict(list)
    for finding in findings:
        groups[people.head(finding.works[0].person)].append(finding)
    return sorted(groups.values(), key=lambda group: min(work.rank for finding in group for work in finding.works))


def similar_problems(groups: Iterable[Group]) -> list[SubmissionProblem]:
    """Return a row for each group, with all that its members have in common."""
    return list(map(_problem, groups))


def _problem(group: Group) -> SubmissionProblem:
    works = sorted({work for finding in group for work in finding.works}, key=lambda work: work.rank)
    reasons = list(dict.fromkeys(finding.reason for finding in group))
    if _is_all_the_same(works):
        reasons.append(t("similar.all_the_same"))
    reason = t(
        "similar.reason",
        learners=name_list(first_names(list(_names(works)), MOST_NAMES)),
        lessons=name_list(_lessons(works)),
        reasons="; ".join(first_names(reasons, MOST_NAMES)),
    )
    return SubmissionProblem(works[0].submission.file, reason, t("similar.reason.remedy"), "to look at")


def _names(works: Iterable[Work]) -> Iterator[str]:
    """Yield each person with the first of their files, and how many more there are."""
    files: defaultdict[Person, list[str]] = defaultdict(list)
    labels: dict[Person, str] = {}
    for work in works:
        labels.setdefault(work.person, one_line(work.submission.label, 60))
        files[work.person].append(one_line(work.submission.file, 80))
    for person, label in labels.items():
        yield f"{label!r} ({name_list(first_names(files[person], 1))})"


def _lessons(works: Iterable[Work]) -> list[str]:
    return sorted({work.submission.lesson for work in works})


def _is_all_the_same(works: Iterable[Work]) -> bool:
    """Return whether all answers of a group are the same, and were changed at the same times."""
    contents: defaultdict[str, set[tuple[object, ...]]] = defaultdict(set)
    for work in works:
        submission = work.submission
        contents[submission.lesson].add((submission.encoded_answers, submission.points, submission.times))
    return all(len(versions) == 1 for versions in contents.values())


def similar_table(groups: Iterable[Group]) -> str:
    """Return the table with a row for each finding."""
    table: list[Sequence[str]] = [HEADS]
    for number, group in enumerate(groups, 1):
        for finding in group:
            table.append(_row(number, finding))  # noqa: PERF401  (two loops)
    return csv_text(table)


def _row(number: int, finding: Finding) -> list[str]:
    labels = dict.fromkeys(one_line(work.submission.label, 60) for work in finding.works)
    files = [work.submission.file for work in finding.works]
    return [
        str(number),
        safe_cell("; ".join(labels)),
        "; ".join(_lessons(finding.works)),
        safe_cell("; ".join(files)),
        safe_cell(finding.shared),
        finding.observed,
        finding.expected,
        finding.measure,
        finding.chance,
    ]
