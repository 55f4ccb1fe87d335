"""Reads accepted appeals: points that a person gave one learner for one task, whatever the key says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import yaml
from pydantic import Field

from copydesk.course.documents import ContentError, Problem, read_document, validate_document
from copydesk.grading.files.csv_files import safe_cell
from copydesk.grading.files.problems import GradingError, SubmissionProblem, problem
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.submissions.names import normalize
from copydesk.kinds.scoring import is_marked_by_person
from copydesk.model.base import Frozen, Identifier, Slug, Text
from copydesk.text import t
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from copydesk.grading.scores.assessment import Assessment, TaskResult
    from copydesk.grading.scores.versions import Versions
    from copydesk.grading.submissions.record import GradedSubmission
    from copydesk.grading.submissions.submission import Submission
    from copydesk.model.score import Status

APPEAL_NOTICE = "points after an appeal"
"""The part of a note in the gradebook by which a later run knows that an appeal counted."""


class Appeal(Frozen):
    """Points for one answer by one learner, with the reason, which the learner reads.

    ``learner`` is what the gradebook calls the learner, or their id, name or e-mail on the roster; if that fits two,
    ``file`` is the file of the submission, as the gradebook has it.
    """

    learner: Text
    lesson: Slug
    task: Identifier
    points: float = Field(gt=0)
    why: Text
    file: str = ""


class AppealsFile(Frozen):
    """The file of all accepted appeals."""

    schema_: Literal["copydesk/appeals/1"] = Field(alias="schema")
    accepted: tuple[Appeal, ...]


@dataclass(frozen=True, slots=True)
class Appeals:
    """Accepted appeals, in the order of their file ``name``."""

    name: str
    accepted: tuple[Appeal, ...]

    def apply(self, assessment: Assessment, names: Iterable[str]) -> Assessment:
        """Return an assessment with the points given to a learner, who is known by all these ``names``.

        An appeal lowers no one's score: if the key gives more, that counts.
        """
        appealed = self._places(assessment.submission, names)
        results, notices, problems, places = [], list(assessment.notices), list(assessment.problems), []
        for result in assessment.results:
            place = appealed.get(result.task.id)
            if place is None:
                results.append(result)
                continue
            appeal = self.accepted[place]
            raised = _raised(result, appeal)
            results.append(raised)
            places.append(place)
            problems += self._too_low(result, appeal)
            if raised is not result:
                notices.append(_notice(result, raised))
        if not places:
            return assessment
        return assessment._replace(
            results=tuple(results), notices=tuple(notices), problems=tuple(problems), appeals=tuple(sorted(places))
        )

    def _places(self, submission: Submission, names: Iterable[str]) -> dict[str, int]:
        """Return the places of the appeals for a submission of a learner, by task."""
        called = {normalize(name) for name in names if name}
        places = {}
        for place, appeal in enumerate(self.accepted):
            is_of_submission = appeal.lesson == submission.header.lesson and appeal.file in {"", submission.file}
            if is_of_submission and normalize(appeal.learner) in called:
                places[appeal.task] = place
        return places

    def _too_low(self, result: TaskResult, appeal: Appeal) -> list[SubmissionProblem]:
        """Return a row if an answer has more points without the appeal than with it."""
        points = result.score.points
        if points is None or points <= appeal.points:
            return []
        row = problem(
            self.name,
            "appeals.below_marks" if is_marked_by_person(result.task) else "appeals.below_key",
            outcome="not applied",
            appeal=_label(appeal),
            points=number(points),
            maximum=number(result.score.maximum),
            appealed=number(appeal.points),
        )
        return [row]

    def reasons(self, counted: Iterable[GradedSubmission]) -> dict[tuple[str, str, str], str]:
        """Return why each appeal was accepted, by lesson, file (as the gradebook has it) and task."""
        reasons = {}
        for row in counted:
            for place in row.appeals:
                appeal = self.accepted[place]
                reasons[row.lesson, safe_cell(row.file), appeal.task] = appeal.why
        return reasons

    def problems(self, counted: Iterable[GradedSubmission]) -> list[SubmissionProblem]:
        """Return a row for each appeal that belongs to no submission that counts.

        Raises:
            GradingError: one belongs to two learners.
        """
        files_of: dict[int, list[str]] = {}
        for row in counted:
            for place in row.appeals:
                files_of.setdefault(place, []).append(row.file)
        rows = []
        for place, appeal in enumerate(self.accepted):
            files = sorted(files_of.get(place, ()))
            if len(files) > 1:
                msg = t("appeals.several", file=self.name, appeal=_label(appeal), count=len(files), first=files[0])
                raise GradingError(msg)
            if not files:
                rows.append(problem(self.name, "appeals.unused", outcome="not applied", appeal=_label(appeal)))
        return rows


def read_appeals(path: Path, versions: Versions) -> Appeals:
    """Read the accepted appeals.

    Raises:
        ContentError: the file is not a list of appeals, or one names a task that no one was asked, or too many points.
    """
    document = read_document(path)
    _write_learners_as_text(document.data, path)
    file: AppealsFile = validate_document(document, AppealsFile)
    maxima = _maxima(versions)
    counts = Counter(_identity(appeal) for appeal in file.accepted)
    problems = []
    for index, appeal in enumerate(file.accepted):
        maximum = maxima.get((appeal.lesson, appeal.task))
        key = _fault(appeal, maximum, counts[_identity(appeal)])
        if not key:
            continue
        values = {
            "lesson": appeal.lesson,
            "task": appeal.task,
            "points": number(appeal.points),
            "maximum": number(maximum or 0),
        }
        line = document.line_of(("accepted", index))
        name = one_line(appeal.learner, 60)
        problems.append(Problem(document.name, line, name, t(key, **values), t(f"{key}.remedy", **values)))
    if problems:
        raise ContentError(problems)
    return Appeals(document.name, file.accepted)


def _maxima(versions: Versions) -> dict[tuple[str, str], float]:
    """Return the maximum of each task, by lesson and task, the highest that it had in any version."""
    maxima: dict[tuple[str, str], float] = {}
    for version in versions.by_fingerprint.values():
        for entry in version.bank.tasks:
            place = version.bank.lesson, entry.task.id
            maxima[place] = max(maxima.get(place, 0), entry.task.points)
    return maxima


def _identity(appeal: Appeal) -> tuple[str, str, str, str]:
    """Return the key that no two appeals share."""
    return normalize(appeal.learner), appeal.lesson, appeal.task, appeal.file


def _fault(appeal: Appeal, maximum: float | None, count: int) -> str:
    """Return the key of what is wrong with an appeal, of which there are ``count``; empty if nothing is."""
    if maximum is None:
        return "appeals.no_task"
    if appeal.points > maximum:
        return "appeals.too_many"
    return "appeals.twice" if count > 1 else ""


def _write_learners_as_text(data: Any, path: Path) -> None:  # noqa: ANN401  (whatever the file holds)
    """Restore each learner as written: YAML takes the id 001200 for a number, and an octal one."""
    entries = _entries(data)
    if all(isinstance(entry["learner"], str) for entry in entries):
        return
    written = _entries(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))  # noqa: S506  (makes texts only)
    for entry, text in zip(entries, written, strict=True):
        if isinstance(text["learner"], str) and text["learner"]:
            entry["learner"] = text["learner"]


def _entries(data: Any) -> list[dict[str, Any]]:  # noqa: ANN401  (whatever the file holds)
    """Return the entries that name a learner."""
    accepted = data.get("accepted") if isinstance(data, dict) else None
    return [entry for entry in accepted or () if isinstance(entry, dict) and "learner" in entry]


def _label(appeal: Appeal) -> str:
    """Return what an appeal is called in a row of problems."""
    learner = one_line(appeal.learner, 60)
    return t("appeals.appeal", learner=learner, lesson=appeal.lesson, task=appeal.task)


def _notice(result: TaskResult, raised: TaskResult) -> str:
    """Return the note on an answer with more points; a later run looks for it, so it is the same in every language."""
    points = result.score.points
    before = "awaiting marking" if points is None else f"{number(points)} by the key"
    return f"{result.task.id}: {number(raised.score.points or 0)} {APPEAL_NOTICE}, {before}"


def _raised(result: TaskResult, appeal: Appeal) -> TaskResult:
    """Return a result with the points of an appeal, if these are higher."""
    score = result.score
    points = min(appeal.points, score.maximum)
    if score.points is not None and score.points >= points:
        return result
    share = points / score.maximum if score.maximum else 0
    status: Status = "scored" if score.status == "awaiting marking" else score.status
    return result._replace(score=score._replace(share=share, status=status), appeal=appeal.why)
