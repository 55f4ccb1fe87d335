"""Decides which submission is late and which of a learner's counts, for grading and for marking alike."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.safe_text import one_line
from copydesk.text import t
from copydesk.text.lists import name_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.grading.submissions.record import GradedSubmission, Identity, Place

LONGEST_NAME, LONGEST_FILE = 60, 120
"""How much of a learner's name and of a file's problems.csv prints."""


@dataclass(slots=True)
class Selection:
    """The submissions of all learners as light rows: which one counts, and which others there are.

    ``taken`` says which tasks another submission supplies to the one that counts (``joining.complete``).
    """

    counted: dict[Identity, GradedSubmission] = field(default_factory=dict)
    not_counted: list[GradedSubmission] = field(default_factory=list)
    tasks_taken: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    _completed: dict[Identity, frozenset[str]] = field(default_factory=dict)

    @property
    def rows(self) -> list[GradedSubmission]:
        """Return all submissions, those that count first."""
        return [*self.counted.values(), *self.not_counted]

    @property
    def rows_with_counted_answers(self) -> list[GradedSubmission]:
        """Return the submissions from which an answer counts: those that count, and those that complete one."""
        completing = [row for row in self.not_counted if row.place in self.tasks_taken]
        return [*self.counted.values(), *completing]

    def enter(self, row: GradedSubmission) -> bool:
        """Keep a submission, and return whether it is the one of its learner that counts so far."""
        before = self.counted.get(row.identity)
        if before and row.rank <= before.rank:
            self.not_counted.append(row)
            return False
        if before:
            self.not_counted.append(before)
        self.counted[row.identity] = row
        return True

    def join(self, row: GradedSubmission, taken: dict[Place, tuple[str, ...]]) -> None:
        """Replace the submission that counted so far with the one that others completed."""
        self.counted[row.identity] = row
        self.tasks_taken |= taken
        self._completed[row.identity] = frozenset[str]().union(*taken.values())

    def is_from(self, row: GradedSubmission, task: str) -> bool:
        """Return whether the answer that counts for a task is the one in this submission."""
        if row.place in self.tasks_taken:
            return task in self.tasks_taken[row.place]
        return row.place == self.counted[row.identity].place and task not in self._completed.get(row.identity, ())

    def rows_to_join(self) -> dict[Identity, list[GradedSubmission]]:
        """Return, where it matters, the submission that counts, then those that answer what it leaves open."""
        others: defaultdict[Identity, list[GradedSubmission]] = defaultdict(list)
        for row in self.not_counted:
            counted = self.counted[row.identity]
            if _may_join(row, counted) and (additional_tasks(row, counted) or _is_form_open(row, counted)):
                others[row.identity].append(row)
        partial = {}
        for identity, rows in others.items():
            best_first = sorted(rows, key=lambda row: row.rank, reverse=True)
            partial[identity] = [self.counted[identity], *best_first]
        return partial

    def problems(self) -> list[SubmissionProblem]:
        """Return a row for each submission that is not the one that counts."""
        return [self._problem(row, self.counted[row.identity]) for row in self.not_counted]

    def _problem(self, row: GradedSubmission, counted: GradedSubmission) -> SubmissionProblem:
        tasks = self.tasks_taken.get(row.place)
        return _joined_row(row, counted, tasks) if tasks else superseded_row(row, counted)


def additional_tasks(row: GradedSubmission, counted: GradedSubmission) -> list[str]:
    """Return the tasks that a submission answers but the one that counts leaves open."""
    if row.version != counted.version:
        return []
    return [task for task in counted.unanswered if task not in row.unanswered]


def _may_join(row: GradedSubmission, counted: GradedSubmission) -> bool:
    """Return whether two submissions may count together: both submitted or both saved, of the same tasks, none late."""
    if row.is_late or counted.is_late or row.version != counted.version:
        return False
    return row.is_vouched_for == counted.is_vouched_for and row.is_submitted == counted.is_submitted


def _is_form_open(row: GradedSubmission, counted: GradedSubmission) -> bool:
    """Return whether the form of statements is incomplete, and another submission may complete it."""
    done, _, total = counted.statements.partition(" of ")
    return bool(total) and not total.startswith(f"{done} ") and row.statements[:1] not in {"", "0"}


def _joined_row(row: GradedSubmission, counted: GradedSubmission, tasks: Sequence[str]) -> SubmissionProblem:
    """Return the row for a submission that counts together with another one of the same learner."""
    reason = t(
        "selection.joined",
        learner=_quote(counted.learner),
        lesson=row.lesson,
        tasks=name_list(tasks),
        file=one_line(counted.file, LONGEST_FILE),
    )
    remedy = t("selection.joined.remedy") if row.sender else t("selection.two_people.remedy")
    return SubmissionProblem(row.file, reason, remedy, "graded")


def superseded_row(row: GradedSubmission, counted: GradedSubmission) -> SubmissionProblem:
    """Return the row for a submission that another one of the same learner replaced."""
    file, learner = one_line(counted.file, LONGEST_FILE), _quote(counted.learner)
    if row.is_same(counted) and row.is_submitted == counted.is_submitted:
        reason, remedy = t("selection.same", file=file), t("selection.same.remedy")
    elif counted.is_vouched_for and not row.is_vouched_for:
        reason, remedy = t("selection.copy", learner=learner, file=file), t("selection.copy.remedy")
    else:
        reason = t(f"selection.counts.{_reason_key(row, counted)}", learner=learner, lesson=row.lesson, file=file)
        reason, remedy = _explain_difference(reason, row, counted)
    return SubmissionProblem(row.file, reason, remedy, "superseded")


def _explain_difference(reason: str, row: GradedSubmission, counted: GradedSubmission) -> tuple[str, str]:
    """Return a reason with the differences from the submission that counts, and the remedy."""
    tasks = additional_tasks(row, counted)
    remedy = t("selection.two_people.remedy")
    if row.is_submitted != counted.is_submitted:
        is_later = row.moment > counted.moment
        reason = t("selection.saved_later" if is_later else "selection.saved_before", reason=reason)
        remedy = t("selection.saved.remedy")
    elif tasks:
        remedy = t("selection.more_answers.remedy")
    if tasks:
        reason = t("selection.more_answers", reason=reason, tasks=name_list(tasks))
    return reason, remedy


def _quote(learner: str) -> str:
    return repr(one_line(learner, LONGEST_NAME))


def _reason_key(row: GradedSubmission, counted: GradedSubmission) -> str:
    """Return which submission counts, as the key of a text."""
    if counted.is_submitted and not row.is_submitted:
        return "submitted"
    if row.is_late:
        return "earliest" if counted.is_late else "in_time"
    return "later" if counted.is_submitted else "saved_later"
