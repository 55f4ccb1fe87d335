"""Joins submissions of one learner that complete each other, task by task, as the learner's own store does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING

from copydesk.answers.file import Answer
from copydesk.grading.files.inputs import read_file
from copydesk.grading.files.limits import SubmittedFile
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.run.one_file import GradedFile, grade_submission
from copydesk.grading.submissions.submission import Submission, read_submissions
from copydesk.text import t
from copydesk.text.lists import name_list

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from copydesk.course.bank import Bank
    from copydesk.grading.files.inputs import InputFile
    from copydesk.grading.run.rules import Rules
    from copydesk.grading.submissions.record import GradedSubmission, Place
    from copydesk.grading.submissions.selection import Selection

NEVER = datetime.min.replace(tzinfo=UTC)


def join_partial(selection: Selection, files: Sequence[InputFile], rules: Rules) -> Iterator[GradedFile]:
    """Join what belongs together, and yield each submission that was completed, graded again.

    Only the files of a few learners are read a second time: a run keeps no answers in memory.
    """
    groups = selection.rows_to_join()
    if not groups:
        return
    answers: dict[Place, Submission] = {}
    for graded, submission in read_again(files, chain.from_iterable(groups.values()), rules.versions.now):
        answers[graded.place] = submission
    for group in groups.values():
        counted = group[0]
        first, *others = [answers[graded.place] for graded in group if graded.place in answers]
        if not counted.is_one_learners:
            others = _others_without_overlap(first, others)
        merged, origins = _merged(first, others)
        taken = _taken_tasks(counted, first, origins, rules)
        if taken:
            joined = grade_submission(merged, rules)
            notices = (*joined.submission.notices, *_notices(taken))
            joined_submission = replace(joined.submission, notices=notices)
            selection.join(joined_submission, taken)
            yield GradedFile(joined_submission, joined.page)


def _notices(taken: Mapping[Place, Sequence[str]]) -> Iterator[str]:
    """Yield which file each task supplied by another submission comes from."""
    for (file, _, _), tasks in taken.items():
        yield t("joining.from", tasks=name_list(tasks), file=one_line(file, 120))


def read_again(
    files: Iterable[InputFile], submissions: Iterable[GradedSubmission], banks: Mapping[str, Bank]
) -> Iterator[tuple[GradedSubmission, Submission]]:
    """Yield graded submissions with all their answers, in the order of their files."""
    by_place = {submission.place: submission for submission in submissions}
    names = {submission.file for submission in by_place.values()}
    holders: set[str] = set()
    for name in names:
        holders.update(_holders(name))
    for file in files:
        if file.name in holders:
            yield from _submissions(file, names, by_place, banks)


def _submissions(
    file: InputFile, names: Collection[str], by_place: Mapping[Place, GradedSubmission], banks: Mapping[str, Bank]
) -> Iterator[tuple[GradedSubmission, Submission]]:
    """Yield the submissions in a file that are asked for by their places."""
    for document in read_file(file, lambda _count: None):
        if not isinstance(document, SubmittedFile) or document.name not in names:
            continue
        for submission in read_submissions(document, banks):
            if not isinstance(submission, Submission):
                continue
            graded = by_place.get((submission.file, submission.header.lesson, submission.digest))
            if graded:
                yield graded, submission


def _holders(file: str) -> Iterator[str]:
    """Yield a file and everything it may be in: folders and zip files."""
    yield file
    end = file.rfind("/")
    while end > 0:
        yield file[:end]
        end = file.rfind("/", 0, end)


def _others_without_overlap(first: Submission, others: Iterable[Submission]) -> list[Submission]:
    """Return the submissions that answer no task another one answers: these are unlikely to be two people's."""
    disjoint, answered = [], _answered(first)
    for other in others:
        if answered.isdisjoint(_answered(other)):
            disjoint.append(other)
            answered |= _answered(other)
    return disjoint


def _answered(submission: Submission) -> set[str]:
    """Return the tasks that a submission answers, except those for which it only says which version was drawn."""
    return {task for task, answer in submission.answers.items() if not _is_only_drawn(answer)}


def _is_only_drawn(answer: object) -> bool:
    return isinstance(answer, Answer) and answer.is_only_drawn


def _merged(first: Submission, others: Iterable[Submission]) -> tuple[Submission, dict[str, Submission]]:
    """Return a submission with the newest answer to each task, and the source of each task taken from another.

    An answer brings with it the version of the task that it was given to.
    """
    answers = dict(first.answers)
    origins: dict[str, Submission] = {}
    for other in others:
        if other.header.bank != first.header.bank:
            continue
        for task, answer in other.answers.items():
            if _is_only_drawn(answer):
                continue
            if task not in answers or _moment(answer) > _moment(answers[task]):
                answers[task] = answer
                origins[task] = other
    return first._replace(header=first.header.model_copy(update={"answers": answers})), origins


def _moment(answer: object) -> datetime:
    """Return when an answer was last changed; a malformed one is older than any."""
    return answer.at if isinstance(answer, Answer) else NEVER


def _taken_tasks(
    counted: GradedSubmission, first: Submission, origins: Mapping[str, Submission], rules: Rules
) -> dict[Place, tuple[str, ...]]:
    """Return which tasks each other submission supplies; nothing if none of them was open."""
    version = rules.versions.find(first.header)
    bank = version.bank if version else rules.versions.now[counted.lesson]
    taken: dict[Place, tuple[str, ...]] = {}
    fills_gap = False
    for entry in bank.tasks:
        task = entry.task.id
        if task not in origins:
            continue
        place = (origins[task].file, counted.lesson, origins[task].digest)
        taken[place] = (*taken.get(place, ()), task)
        fills_gap = fills_gap or task in counted.unanswered or task not in first.answers
    return taken if fills_gap else {}
