"""Joins submissions of one learner that complete each other, task by task, as the learner's own store does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from copydesk.answers.file import Answer
from copydesk.grading.files.inputs import read
from copydesk.grading.files.limits import Document
from copydesk.grading.files.safe_text import listed, one_line
from copydesk.grading.run.one_file import Settled, settled
from copydesk.grading.submissions.submission import Submission, read_submissions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from copydesk.course.bank import Bank
    from copydesk.grading.files.inputs import Found
    from copydesk.grading.run.rules import Rules
    from copydesk.grading.submissions.record import Place, Row
    from copydesk.grading.submissions.selection import Selection

NEVER = datetime.min.replace(tzinfo=UTC)


def complete(selection: Selection, found: Sequence[Found], rules: Rules) -> Iterator[Settled]:
    """Join what belongs together, and yield each submission that was completed, graded anew.

    The files are read a second time, those of a few learners only: a run keeps no answers in memory.
    """
    groups = selection.partial()
    if not groups:
        return
    wanted = [row for rows in groups.values() for row in rows]
    given = {row.place: submission for row, submission in read_again(found, wanted, rules.versions.now)}
    for rows in groups.values():
        first, *others = (given[row.place] for row in rows if row.place in given)
        if not rows[0].is_one_learners:
            others = _without_overlap(first, others)
        merged, origins = _merged(first, others)
        taken = _taken(rows[0], first, origins, rules)
        if not taken:
            continue
        made = settled(merged, rules)
        sentences = (f"{listed(tasks)} from {one_line(place[0], 120)}" for place, tasks in taken.items())
        row = replace(made.row, notices=(*made.row.notices, *sentences))
        selection.join(row, taken)
        yield Settled(row, made.page)


def read_again(
    found: Iterable[Found], rows: Iterable[Row], banks: Mapping[str, Bank]
) -> Iterator[tuple[Row, Submission]]:
    """Yield the submissions of some rows with all their answers, in the order of their files."""
    wanted = {row.place: row for row in rows}
    files = {row.file for row in wanted.values()}
    holders = {name for file in files for name in _holders(file)}
    for file in found:
        if file.name in holders:
            yield from _submissions(file, files, wanted, banks)


def _submissions(
    file: Found, files: Collection[str], wanted: Mapping[Place, Row], banks: Mapping[str, Bank]
) -> Iterator[tuple[Row, Submission]]:
    for document in read(file, lambda _count: None):
        if not isinstance(document, Document) or document.name not in files:
            continue
        for each in read_submissions(document, banks):
            if isinstance(each, Submission) and (row := wanted.get((each.file, each.header.lesson, each.digest))):
                yield row, each


def _holders(file: str) -> Iterator[str]:
    """Yield a file and all that it may be in: folders and zip files."""
    yield file
    end = file.rfind("/")
    while end > 0:
        yield file[:end]
        end = file.rfind("/", 0, end)


def _without_overlap(first: Submission, others: Iterable[Submission]) -> list[Submission]:
    """Return the submissions that answer nothing which another one answers: these are hardly two people's."""
    kept, answered = [], set(first.answers)
    for other in others:
        if answered.isdisjoint(other.answers):
            kept.append(other)
            answered |= set(other.answers)
    return kept


def _merged(first: Submission, others: Iterable[Submission]) -> tuple[Submission, dict[str, Submission]]:
    """Return a submission with the newest answer to each task, and from which submission those of others are."""
    answers = dict(first.answers)
    origins: dict[str, Submission] = {}
    for other in others:
        if other.header.bank != first.header.bank:
            continue
        for task, answer in other.answers.items():
            if task not in answers or _moment(answer) > _moment(answers[task]):
                answers[task], origins[task] = answer, other
    return first._replace(header=first.header.model_copy(update={"answers": answers})), origins


def _moment(answer: object) -> datetime:
    """Return when an answer was changed last; one that has not the form of an answer is older than any."""
    return answer.at if isinstance(answer, Answer) else NEVER


def _taken(
    counted: Row, first: Submission, origins: Mapping[str, Submission], rules: Rules
) -> dict[Place, tuple[str, ...]]:
    """Return which tasks each other submission gives; nothing where none of them was open."""
    version = rules.versions.find(first.header)
    bank = version.bank if version else rules.versions.now[counted.lesson]
    tasks = [entry.task.id for entry in bank.tasks if entry.task.id in origins]
    if not any(task in counted.unanswered or task not in first.answers for task in tasks):
        return {}
    given: dict[Place, list[str]] = {}
    for task in tasks:
        other = origins[task]
        given.setdefault((other.file, counted.lesson, other.digest), []).append(task)
    return {place: tuple(names) for place, names in given.items()}
