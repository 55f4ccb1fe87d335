"""A submission meets the keys of its lesson: every answer is checked and scored by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic import TypeAdapter, ValidationError

from copydesk.answers.baseline import FormState, form_state
from copydesk.answers.file import Answer
from copydesk.course.bank_files import BANKS
from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.scores.versions import UNKNOWN, Version
from copydesk.grading.submissions.submission import Submission, explain
from copydesk.kinds.scoring import score, validation_errors
from copydesk.kinds.table import kind_of
from copydesk.kinds.written.model import WrittenResponse, WrittenTask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.course.bank import Bank
    from copydesk.grading.marking.final_marks import Released
    from copydesk.grading.scores.versions import Versions
    from copydesk.kinds.union import Key, Task
    from copydesk.model.score import Score

ANSWER = TypeAdapter(Answer).validator
ASK = "Ask the learner to open the task, answer it again and submit again"


class TaskResult(NamedTuple):
    """What came out for one task.

    ``fault`` tells the learner in a sentence why the answer could not be used, ``detail`` tells the
    instructor more, ``appeal`` is the reason of an appeal that was accepted; all three are mostly empty.
    """

    task: Task
    key: Key
    answer: Answer | None
    score: Score
    fault: str = ""
    detail: str = ""
    appeal: str = ""


class Assessment(NamedTuple):
    """What came out for a whole submission, task by task in the order of its ``version`` of the bank.

    ``appeals`` are the places of the appeals of this learner among all that were accepted.
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
        """Return how far the baseline form is; nothing where the lesson has none."""
        given = {result.task.id: result.answer for result in self.results if result.answer}
        return form_state((result.task for result in self.results), given)


def assess(submission: Submission, versions: Versions, released: Released | None = None) -> Assessment:
    """Return the scores of a submission; an answer that cannot be used earns 0 and never costs another.

    It is graded by the version of the tasks that it was made with, or by the one of now where nobody kept that. Answers
    to tasks that the version does not have (practice, for example) are passed over. ``released`` are the marks of
    written work that count.
    """
    known = versions.find(submission.header)
    version = known or Version(versions.now[submission.header.lesson])
    results = tuple(_results(submission, version.bank, released))
    problems = [
        SubmissionProblem(
            submission.file, f"the answer to {result.task.id} earned 0. {result.fault}{result.detail}", ASK, "graded"
        )
        for result in results
        if result.fault
    ]
    notices = [version.notice] if version.changed else []
    if known is None:
        unknown = len(set(submission.answers) - {result.task.id for result in results})
        reason = f"it was made with a version of the tasks that is not in {BANKS}/{version.bank.lesson}"
        reason += f", and {unknown} of its answers name tasks that there are not now" if unknown else ""
        remedy = "Put the file of that version there, from a copy of the course as the learner had it, and run again; "
        remedy += "till then every answer that fits is graded by the key of now"
        problems.append(SubmissionProblem(submission.file, reason, remedy, "graded"))
        notices.append(UNKNOWN)
    if not submission.header.learner.alias:
        notices.append("no alias; called by the file name")
    if submission.header.handed_in is None:
        notices.append("saved but not submitted")
    return Assessment(submission, version, results, tuple(notices), tuple(problems))


def _results(submission: Submission, bank: Bank, released: Released | None) -> Iterator[TaskResult]:
    for entry in bank.tasks:
        if entry.key is None:
            msg = f"task {entry.task.id!r} of {bank.lesson} has no key; grade with the banks of solutions/tasks"
            raise ValueError(msg)
        answer, fault, detail = _read(submission.answers.get(entry.task.id))
        try:
            result = score(entry.task, entry.key, answer.response if answer else None)
        except ValueError as error:
            answer, fault, result = None, str(error), score(entry.task, entry.key, None)
        if released and result.status == "awaiting marking":
            result = _marked(released, bank.lesson, entry.task, answer) or result
        yield TaskResult(entry.task, entry.key, answer, result, fault, detail)


def _marked(released: Released, lesson: str, task: Task, answer: Answer | None) -> Score | None:
    """Return the score of a text by the marks that count, if there are some."""
    if answer is None or not isinstance(task, WrittenTask) or not isinstance(answer.response, WrittenResponse):
        return None
    return released.score(lesson, task, answer.response.text)


def usable_answer(task: Task, data: object) -> Answer | None:
    """Return an answer that fits its task, or None."""
    answer, _, _ = _read(data)
    return None if answer is None or validation_errors(task, answer.response) else answer


def _read(data: object) -> tuple[Answer | None, str, str]:
    """Return an answer, or None, the fault of its form and its detail; no answer at all is no fault."""
    if data is None:
        return None, "", ""
    try:
        answer = data if isinstance(data, Answer) else ANSWER.validate_python(data)
    except ValidationError as error:
        return None, "It does not have the form of an answer.", f" ({explain(error)})"
    fault = kind_of(answer.response.kind).size_error(answer.response)
    return (None, fault, "") if fault else (answer, "", "")
