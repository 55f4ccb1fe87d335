"""Assesses a submission by the keys of its lesson: every answer is checked and scored on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic import TypeAdapter, ValidationError

from copydesk.answers.baseline import FormState, form_state
from copydesk.answers.file import Answer, version_in
from copydesk.course.bank import FIRST, SECOND
from copydesk.course.bank_files import BANKS
from copydesk.grading.files.problems import SubmissionProblem, problem
from copydesk.grading.scores.versions import UNKNOWN_VERSION, Version
from copydesk.grading.submissions.submission import Submission, first_fault
from copydesk.kinds.scoring import score, validation_errors
from copydesk.kinds.table import kind_of
from copydesk.kinds.written.model import WrittenResponse, WrittenTask
from copydesk.text import t
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.course.bank import Bank, Entry
    from copydesk.grading.marking.final_marks import FinalMarks
    from copydesk.grading.scores.versions import Versions
    from copydesk.kinds.union import Key, Task
    from copydesk.model.score import Score

ANSWER = TypeAdapter(Answer).validator


class TaskResult(NamedTuple):
    """The result of one task.

    ``fault`` tells the learner in a sentence why the answer could not be used, ``detail`` tells the
    instructor more, ``appeal`` is the reason for an accepted appeal; all three are mostly empty.
    ``by_key_of_now`` is the points that today's key would give, where an earlier one gives more and counts.
    ``task`` and ``key`` are of the version that the learner was shown: ``version`` is its number, 0 if the task has
    no twin.
    """

    task: Task
    key: Key
    answer: Answer | None
    score: Score
    fault: str = ""
    detail: str = ""
    appeal: str = ""
    by_key_of_now: float | None = None
    version: int = 0


class Assessment(NamedTuple):
    """The results of a whole submission, task by task in the order of its ``version`` of the bank.

    ``appeals`` are the places of this learner's appeals among all accepted ones.
    """

    submission: Submission
    version: Version
    results: tuple[TaskResult, ...]
    notices: tuple[str, ...]
    problems: tuple[SubmissionProblem, ...]
    appeals: tuple[int, ...] = ()

    @property
    def bank(self) -> Bank:
        """Return the tasks by which the submission was graded."""
        return self.version.bank

    @property
    def form(self) -> FormState | None:
        """Return how complete the baseline form is; None if the lesson has none."""
        tasks, answers = [], {}
        for result in self.results:
            tasks.append(result.task)
            if result.answer:
                answers[result.task.id] = result.answer
        return form_state(tasks, answers)


def assess(submission: Submission, versions: Versions, released: FinalMarks | None = None) -> Assessment:
    """Return the scores of a submission; an answer that cannot be used earns 0 and never affects another.

    It is graded by the version of the tasks that it was made with, or by today's if no one kept that. Answers
    to tasks that the version does not have (practice, for example) are ignored. ``released`` are the marks of
    written work that count.
    """
    own_version = versions.find(submission.header)
    version = own_version or Version(versions.now[submission.header.lesson])
    results = tuple(_results(submission, version, released))
    problems = [_fault_row(submission, result) for result in results if result.fault]
    if own_version is None:
        problems.append(_unknown_version_row(submission, version.bank))
    notices = [*_notices(submission, version, is_known=own_version is not None)]
    notices += [_earlier_key_notice(result) for result in results if result.by_key_of_now is not None]
    return Assessment(submission, version, results, tuple(notices), tuple(problems))


def _fault_row(submission: Submission, result: TaskResult) -> SubmissionProblem:
    """Return the row for an answer that cannot be used."""
    why = result.fault + result.detail
    return problem(submission.file, "assessment.fault", outcome="graded", task=result.task.id, why=why)


def _unknown_version_row(submission: Submission, bank: Bank) -> SubmissionProblem:
    """Return the row for a submission that was made with a version of the tasks that no one kept."""
    unknown = submission.answers.keys() - set(bank.task_ids)
    folder = f"{BANKS}/{bank.lesson}"
    if unknown:
        return problem(
            submission.file, "assessment.unknown_tasks", outcome="graded", folder=folder, number=len(unknown)
        )
    return problem(submission.file, "assessment.unknown_version", outcome="graded", folder=folder)


def _notices(submission: Submission, version: Version, *, is_known: bool) -> Iterator[str]:
    """Yield the gradebook's notices on a submission."""
    if version.changed:
        yield version.notice
    if not is_known:
        yield UNKNOWN_VERSION
    if not submission.header.learner.alias:
        yield t("assessment.no_alias")
    if submission.header.handed_in is None:
        yield t("assessment.not_submitted")


def _earlier_key_notice(result: TaskResult) -> str:
    """Return the gradebook's notice on a task for which an earlier key counts."""
    return t(
        "assessment.earlier_key",
        task=result.task.id,
        points=number(result.score.points or 0),
        now=number(result.by_key_of_now or 0),
    )


def _results(submission: Submission, graded_by: Version, released: FinalMarks | None) -> Iterator[TaskResult]:
    lesson = graded_by.bank.lesson
    for entry in graded_by.bank.tasks:
        data = submission.answers.get(entry.task.id)
        version = _shown_version(entry, data)
        shown = entry.version(version)
        task, key = shown.task, shown.key
        if key is None:
            raise ValueError(t("assessment.no_key", task=task.id, lesson=lesson))
        answer, fault, detail = _read(data)
        if answer and answer.version == SECOND and not entry.twin:
            answer, fault = None, t("assessment.no_version", version=SECOND)
        try:
            result = score(task, key, answer.response if answer else None)
        except ValueError as error:
            answer, fault, result = None, str(error), score(task, key, None)
        if released and result.status == "awaiting marking":
            result = _marked(released, lesson, task, answer) or result
        found = TaskResult(task, key, answer, result, fault, detail, version=version)
        yield _better(found, graded_by.earlier_key(task.id, version))


def _better(result: TaskResult, earlier: Key | None) -> TaskResult:
    """Return a result by today's key, or by an earlier one if that gives more: no correction lowers a score."""
    if earlier is None or result.answer is None or result.score.points is None:
        return result
    points = result.score.points
    then = score(result.task, earlier, result.answer.response)
    if then.points is None or then.points <= points:
        return result
    return result._replace(key=earlier, score=then, by_key_of_now=points)


def _shown_version(entry: Entry, data: object) -> int:
    """Return the number of the version that a learner was shown, according to the file; 0 if there is only one.

    Nothing is drawn again: a file that does not say, or says something impossible, counts as the first.
    """
    if entry.twin is None:
        return 0
    return SECOND if version_in(data) == SECOND else FIRST


def _marked(released: FinalMarks, lesson: str, task: Task, answer: Answer | None) -> Score | None:
    """Return the score of a text by the marks that count, if there are any."""
    if answer is None or not isinstance(task, WrittenTask) or not isinstance(answer.response, WrittenResponse):
        return None
    return released.score(lesson, task, answer.response.text)


def usable_answer(task: Task, data: object) -> Answer | None:
    """Return an answer that fits its task, or None."""
    answer, _, _ = _read(data)
    return None if answer is None or validation_errors(task, answer.response) else answer


def _read(data: object) -> tuple[Answer | None, str, str]:
    """Return an answer or None, the fault in its form, and the detail; no answer at all is fine."""
    if data is None:
        return None, "", ""
    try:
        answer = data if isinstance(data, Answer) else ANSWER.validate_python(data)
    except ValidationError as error:
        return None, t("assessment.no_answer"), f" ({first_fault(error)})"
    fault = kind_of(answer.response.kind).size_error(answer.response)
    return (None, fault, "") if fault else (answer, "", "")
