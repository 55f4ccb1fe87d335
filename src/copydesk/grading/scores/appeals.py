"""Reads accepted appeals: points that a person gave one learner for one task, whatever the key says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import yaml
from pydantic import Field

from copydesk.course.documents import ContentError, Problem, read_document, validate_document
from copydesk.grading.files.csv_files import cell
from copydesk.grading.files.problems import GradingError, SubmissionProblem
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.submissions.names import normalize
from copydesk.kinds.scoring import is_marked_by_person
from copydesk.model.base import Frozen, Identifier, Slug, Text
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from copydesk.grading.scores.assessment import Assessment, TaskResult
    from copydesk.grading.scores.versions import Versions
    from copydesk.grading.submissions.record import Row
    from copydesk.model.score import Status

NOTICE = "points after an appeal"


class Appeal(Frozen):
    """Points for one answer of one learner, with the reason, which the learner reads.

    ``learner`` is what the gradebook calls the learner, or the id, name or e-mail of the roster; where that fits two,
    ``file`` is the file of the submission, as the gradebook has it.
    """

    learner: Text
    lesson: Slug
    task: Identifier
    points: float = Field(gt=0)
    why: Text
    file: str = ""


class AppealsFile(Frozen):
    """The file with all appeals that were accepted."""

    schema_: Literal["copydesk/appeals/1"] = Field(alias="schema")
    accepted: tuple[Appeal, ...]


@dataclass(frozen=True, slots=True)
class Appeals:
    """Appeals that were accepted, in the order of their file ``name``."""

    name: str
    accepted: tuple[Appeal, ...]

    def apply(self, assessment: Assessment, names: Iterable[str]) -> Assessment:
        """Return an assessment with the points that were given to a learner, who is called all these ``names``.

        An appeal lowers nobody: where the key gives more, that counts.
        """
        submission, called = assessment.submission, {normalize(name) for name in names if name}
        mine = {
            appeal.task: place
            for place, appeal in enumerate(self.accepted)
            if appeal.lesson == submission.header.lesson
            and appeal.file in {"", submission.file}
            and normalize(appeal.learner) in called
        }
        places = tuple(sorted(mine[each.task.id] for each in assessment.results if each.task.id in mine))
        if not places:
            return assessment
        results, notices, problems = [], list(assessment.notices), list(assessment.problems)
        for result in assessment.results:
            raised = _raised(result, self.accepted[mine[result.task.id]]) if result.task.id in mine else result
            results.append(raised)
            if result.task.id in mine:
                problems += self._too_low(result, self.accepted[mine[result.task.id]])
            if raised is not result:
                was = "awaiting marking" if result.score.points is None else f"{number(result.score.points)} by the key"
                notices.append(f"{result.task.id}: {number(raised.score.points or 0)} {NOTICE}, {was}")
        return assessment._replace(
            results=tuple(results), notices=tuple(notices), problems=tuple(problems), appeals=places
        )

    def _too_low(self, result: TaskResult, appeal: Appeal) -> list[SubmissionProblem]:
        """Return a row where an answer has more points without the appeal than with it."""
        there = result.score.points
        if there is None or there <= appeal.points:
            return []
        whose = "the marks give" if is_marked_by_person(result.task) else "the key gives"
        gives = f"{whose} {number(there)} of {number(result.score.maximum)} already, the appeal {number(appeal.points)}"
        reason = f"{_what(appeal)} is not applied: {gives}; an appeal never lowers a score"
        remedy = "Nothing to do; you can take the appeal out of the file"
        return [SubmissionProblem(self.name, reason, remedy, "not applied")]

    def reasons(self, counted: Iterable[Row]) -> dict[tuple[str, str, str], str]:
        """Return why each appeal was accepted, by lesson, file (as the gradebook has it) and task."""
        return {
            (row.lesson, cell(row.file), self.accepted[place].task): self.accepted[place].why
            for row in counted
            for place in row.appeals
        }

    def problems(self, counted: Iterable[Row]) -> list[SubmissionProblem]:
        """Return a row for each appeal that belongs to no submission that counts.

        Raises:
            GradingError: one belongs to two learners.
        """
        found: dict[int, list[str]] = {}
        for row in counted:
            for place in row.appeals:
                found.setdefault(place, []).append(row.file)
        rows = []
        for place, appeal in enumerate(self.accepted):
            what = _what(appeal)
            files = sorted(found.get(place, ()))
            if len(files) > 1:
                msg = f"{self.name}: {what} fits {len(files)} learners. Add the line 'file: {files[0]}' or another's"
                raise GradingError(msg)
            if not files:
                reason = f"{what} belongs to no submission that counts"
                remedy = "Write the learner, and the file if there is one, as they stand in gradebook.csv"
                rows.append(SubmissionProblem(self.name, reason, remedy, "not applied"))
        return rows


def read_appeals(path: Path, versions: Versions) -> Appeals:
    """Read the appeals that were accepted.

    Raises:
        ContentError: the file is not a list of appeals, or one names a task that nobody was asked, or too many points.
    """
    document = read_document(path)
    _write_learners_as_text(document.data, path)
    file: AppealsFile = validate_document(document, AppealsFile)
    most: dict[tuple[str, str], float] = {}
    for version in versions.known.values():
        for entry in version.bank.tasks:
            place = version.bank.lesson, entry.task.id
            most[place] = max(most.get(place, 0), entry.task.points)
    twice = Counter((normalize(each.learner), each.lesson, each.task, each.file) for each in file.accepted)
    problems = []
    for index, appeal in enumerate(file.accepted):
        maximum = most.get((appeal.lesson, appeal.task))
        if maximum is None:
            what, remedy = f"{appeal.lesson} has no task {appeal.task!r}", "Correct the lesson or the task."
        elif appeal.points > maximum:
            what = f"{number(appeal.points)} points for {appeal.task}, which is of {number(maximum)}"
            remedy = f"Write at most {number(maximum)}."
        elif twice[normalize(appeal.learner), appeal.lesson, appeal.task, appeal.file] > 1:
            what, remedy = "two appeals of one learner for one task", "Keep the one that was accepted last."
        else:
            continue
        line = document.line_of(("accepted", index))
        problems.append(Problem(document.name, line, one_line(appeal.learner, 60), what, remedy))
    if problems:
        raise ContentError(problems)
    return Appeals(document.name, file.accepted)


def _write_learners_as_text(data: Any, path: Path) -> None:  # noqa: ANN401  (whatever the file holds)
    """Put in each learner as it is written: YAML takes the id 001200 for a number, and an octal one."""
    entries = _entries(data)
    if all(isinstance(each["learner"], str) for each in entries):
        return
    written = _entries(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))  # noqa: S506  (makes texts only)
    for entry, text in zip(entries, written, strict=True):
        if isinstance(text["learner"], str) and text["learner"]:
            entry["learner"] = text["learner"]


def _entries(data: Any) -> list[dict[str, Any]]:  # noqa: ANN401  (whatever the file holds)
    accepted = data.get("accepted") if isinstance(data, dict) else None
    return [each for each in accepted or () if isinstance(each, dict) and "learner" in each]


def _what(appeal: Appeal) -> str:
    return f"the appeal of {one_line(appeal.learner, 60)!r} for {appeal.lesson} {appeal.task}"


def _raised(result: TaskResult, appeal: Appeal) -> TaskResult:
    """Return a result with the points of an appeal, if these are more."""
    score = result.score
    points = min(appeal.points, score.maximum)
    if score.points is not None and score.points >= points:
        return result
    share = points / score.maximum if score.maximum else 0
    status: Status = "scored" if score.status == "awaiting marking" else score.status
    return result._replace(score=score._replace(share=share, status=status), appeal=appeal.why)
