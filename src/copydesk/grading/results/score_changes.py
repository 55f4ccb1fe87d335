"""Reads the gradebook of an earlier run, and finds whose score differs between two of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import repeat
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.csv_files import NUMBER
from copydesk.grading.files.problems import GradingError
from copydesk.grading.submissions.names import normalize
from copydesk.text import t
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence

    from copydesk.grading.files.csv_files import CsvTable

HEAD = re.compile(r"(?:(?P<lesson>[0-9]{2}-[a-z0-9-]+) )?(?P<task>\S+) \(of (?P<points>[0-9.]+)\)")
FIRST_EDITIONS_HEADS = {"handed in (UTC)": "submitted (UTC)"}
NEEDED_HEADS = ("learner", "lesson", "file", "submitted (UTC)", "awaiting marking", "notes")
ROSTER_HEADS = ("id", "name", "e-mail")
"""The columns of what the roster says of a learner; a run without a list of learners leaves them out."""

MOST_SHOWN = 40
"""How many characters of a cell that holds no score are shown."""


class TaskScore(NamedTuple):
    """A learner's points for one task, None while it awaits marking, and the maximum."""

    points: float | None
    maximum: float


@dataclass(frozen=True, slots=True)
class GradebookRow:
    """A row of a gradebook. ``listed`` is what the roster says of the learner: id, name and e-mail, or nothing."""

    lesson: str
    learner: str
    listed: tuple[str, ...]
    file: str
    moment: str
    notes: str
    scores: dict[str, TaskScore]

    @property
    def submission(self) -> Hashable:
        """Return the key that identifies a submission."""
        return self.lesson, self.file, self.moment

    @property
    def person(self) -> Hashable:
        """Return the key that identifies a learner, lesson by lesson."""
        return self.lesson, self.listed if any(self.listed) else normalize(self.learner)


class ScoreChange(NamedTuple):
    """One score that has changed; ``after`` is None if the learner no longer has a submission."""

    before: GradebookRow
    after: GradebookRow | None
    task: str

    @property
    def scores(self) -> tuple[TaskScore | None, TaskScore | None]:
        """Return the score before and after; None if the task was not asked."""
        now = self.after.scores.get(self.task) if self.after else None
        return self.before.scores.get(self.task), now

    @property
    def words(self) -> tuple[str, str]:
        """Return the score before and after as people read it, with the maximum too if that has changed."""
        before, after = self.scores
        has_maximum = before is not None and after is not None and before.maximum != after.maximum
        old = _words(before, has_maximum=has_maximum)
        if self.after is None:
            return old, t("score_changes.no_submission")
        return old, _words(after, has_maximum=has_maximum)

    @property
    def maximum(self) -> float:
        """Return the maximum of the score now."""
        before, after = self.scores
        return (after or before or TaskScore(None, 0)).maximum

    @property
    def rise(self) -> float:
        """Return by how much the score rose; 0 if either is not a number."""
        before, after = self.scores
        if before is None or before.points is None or after is None or after.points is None:
            return 0
        return round(after.points - before.points, 2)


def _words(score: TaskScore | None, *, has_maximum: bool) -> str:
    """Return a score as people read it."""
    if score is None:
        return t("score_changes.not_asked")
    if score.points is None:
        return t("score_changes.awaiting")
    if has_maximum:
        return t("score_changes.of", points=number(score.points), maximum=number(score.maximum))
    return number(score.points)


def read_gradebook(table: CsvTable, tasks: Container[str] | None = None) -> list[GradebookRow]:
    """Return the rows of a gradebook for submissions, with the scores of all ``tasks``, or of those named.

    A spreadsheet may have saved it again.

    Raises:
        GradingError: it is not a gradebook, or a score in it is not a number.
    """
    heads = [FIRST_EDITIONS_HEADS.get(head, head) for head in table.heads]
    for head in NEEDED_HEADS:
        if head not in heads:
            raise GradingError(t("score_changes.no_gradebook", table=table.name, head=repr(head)))
    columns = [(head, heads.index(head)) for head in (*NEEDED_HEADS, *ROSTER_HEADS) if head in heads]
    task_columns = [column for column in _task_columns(heads) if tasks is None or column[1]["task"] in tasks]
    rows = []
    for place in range(1, len(table.rows)):
        cells = {head: table.value(place, column) for head, column in columns}
        if cells["file"]:
            rows.append(_gradebook_row(cells, _scores(table, place, cells, task_columns)))
    return rows


def _task_columns(heads: Sequence[str]) -> list[tuple[int, re.Match[str]]]:
    """Return the columns of tasks, each with what its head says."""
    columns = []
    for column, text in enumerate(heads):
        head = HEAD.fullmatch(text)
        if head:
            columns.append((column, head))
    return columns


def _gradebook_row(cells: Mapping[str, str], scores: dict[str, TaskScore]) -> GradebookRow:
    """Return a row of the gradebook from its cells, which are keyed by column name."""
    return GradebookRow(
        lesson=cells["lesson"],
        learner=cells["learner"],
        listed=tuple(cells[head] for head in ROSTER_HEADS if head in cells),
        file=cells["file"],
        moment=cells["submitted (UTC)"],
        notes=cells["notes"],
        scores=scores,
    )


def _scores(
    table: CsvTable, place: int, cells: Mapping[str, str], columns: Iterable[tuple[int, re.Match[str]]]
) -> dict[str, TaskScore]:
    """Return the scores in a row by task; one awaiting marking is out of the maximum of its first column."""
    awaiting = cells["awaiting marking"].split()
    scores: dict[str, TaskScore] = {}
    for column, head in columns:
        if head["lesson"] and head["lesson"] != cells["lesson"]:
            continue
        task, maximum = head["task"], float(head["points"])
        if table.value(place, column):
            scores[task] = TaskScore(_points(table, place, column), maximum)
        elif task in awaiting and task not in scores:
            scores[task] = TaskScore(None, maximum)
    return scores


def _points(table: CsvTable, row: int, column: int) -> float:
    """Return the points in a cell, which has a decimal comma if a spreadsheet wrote one."""
    text = table.value(row, column)
    if not NUMBER.fullmatch(text):
        shown = repr(text[:MOST_SHOWN])
        raise GradingError(t("score_changes.no_score", table=table.name, row=row + 1, text=shown))
    return float(text.replace(",", "."))


def pair_rows(
    before: Sequence[GradebookRow], after: Sequence[GradebookRow]
) -> tuple[list[tuple[GradebookRow, GradebookRow | None]], list[GradebookRow]]:
    """Return each learner before with the same one after, and who is new: by the submission, or else by the learner."""
    pairs: list[tuple[GradebookRow, GradebookRow | None]] = []
    old_rows, new_rows = list(before), list(after)
    for key in (attrgetter("submission"), attrgetter("person")):
        old_by_key, new_by_key = _rows_by_key(old_rows, key), _rows_by_key(new_rows, key)
        shared = old_by_key.keys() & new_by_key.keys()
        pairs += [(old_by_key[name], new_by_key[name]) for name in shared]
        old_rows = [row for row in old_rows if key(row) not in shared]
        new_rows = [row for row in new_rows if key(row) not in shared]
    pairs += zip(old_rows, repeat(None), strict=False)
    return pairs, new_rows


def _rows_by_key(rows: Sequence[GradebookRow], key: Callable[[GradebookRow], Hashable]) -> dict[Hashable, GradebookRow]:
    """Return rows by key, without those that share one."""
    counts = Counter(map(key, rows))
    return {key(row): row for row in rows if counts[key(row)] == 1}


def score_changes(before: Sequence[GradebookRow], after: Sequence[GradebookRow]) -> Iterator[ScoreChange]:
    """Yield each score that differs, by lesson, learner and task."""
    pairs, _ = pair_rows(before, after)
    for old, new in sorted(pairs, key=_order):
        new_scores = new.scores if new else {}
        for task in dict.fromkeys([*new_scores, *old.scores]):
            if old.scores.get(task) != new_scores.get(task):
                yield ScoreChange(old, new, task)


def _order(rows: tuple[GradebookRow, GradebookRow | None]) -> tuple[str, str, str]:
    """Return the sort key of a learner's changes: lesson, name and file, all of them as they were before."""
    before, _ = rows
    return before.lesson, before.learner.casefold(), before.file
