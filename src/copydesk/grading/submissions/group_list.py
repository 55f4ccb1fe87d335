"""Reads a list of groups, and adds them to the learners of the other lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from copydesk.grading.files.csv_files import read_csv
from copydesk.grading.files.problems import GradingError, SubmissionProblem
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.submissions.id_columns import find_ids
from copydesk.grading.submissions.list_columns import find_columns
from copydesk.grading.submissions.list_entries import group_letters, group_names, read_entry
from copydesk.grading.submissions.list_form import cut_title, join_split_names, require_heads
from copydesk.grading.submissions.roster import PRINTED, Roster
from copydesk.text import t

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.grading.files.csv_files import CsvTable
    from copydesk.grading.submissions.columns import Columns


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A row of a list of groups: its number as people count, what it says of a learner, and the cells of groups."""

    number: int
    learner: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupList:
    """A list of groups as it was read: its name, and the rows that put a learner into a group."""

    name: str
    lines: tuple[GroupLine, ...]


def read_group_list(path: Path) -> GroupList:
    """Return the rows of a list with a column for learners (id, e-mail or name) and one for their groups.

    Raises:
        GradingError: it cannot be read or lacks a column.
    """
    table = join_split_names(cut_title(read_csv(path)), path)
    columns = find_ids(table, find_columns(table))
    if not columns.identifying:
        raise GradingError(t("group_list.no_learner_column", path=path))
    require_heads(table, columns, path)
    if not columns.numbers("group"):
        raise GradingError(t("group_list.no_group_column", path=path))
    lines = []
    for row in range(1, len(table.rows)):
        line = _line(table, row, columns)
        if line.learner and line.cells:
            lines.append(line)
    return GroupList(path.name, tuple(lines))


def _line(table: CsvTable, row: int, columns: Columns) -> GroupLine:
    values = {kind: table.filled_values(row, numbers) for kind, numbers in columns.by_kind.items()}
    name, ids, emails = read_entry(values, "", None)
    texts = [*ids, *values["canvas"], *emails, *([name] if name else ())]
    return GroupLine(table.first + row, tuple(texts), tuple(values["group"]))


def add_groups(roster: Roster, groups: GroupList) -> Roster:
    """Return a roster whose learners are also in the groups of a list; a row that fits no one becomes a problem."""
    learners = dict(roster.learners)
    problems = list(roster.problems)
    for line in groups.lines:
        keys = _learners_of(line, roster)
        if len(keys) != 1:
            problems.append(_problem(groups, line, fits_several=bool(keys)))
            continue
        learner = learners[min(keys)]
        learners[learner.key] = replace(
            learner,
            groups=learner.groups | group_letters(line.cells),
            group_names=learner.group_names | group_names(line.cells),
        )
    return Roster(learners, roster.participant_words, tuple(problems))


def _learners_of(line: GroupLine, roster: Roster) -> set[str]:
    """Return the learners that the cells of a row name: by id, e-mail or name."""
    keys = set()
    for text in line.learner:
        key = roster.look_up(text)
        if key:
            keys.add(key)
    return keys


def _problem(groups: GroupList, line: GroupLine, *, fits_several: bool) -> SubmissionProblem:
    """Return the row on a line that fits no learner, or several."""
    words = ", ".join(line.learner)
    reason = t(
        "group_list.several" if fits_several else "group_list.no_one",
        row=line.number,
        learner=one_line(words, PRINTED),
        group=one_line("; ".join(line.cells), PRINTED),
    )
    return SubmissionProblem(groups.name, reason, t("group_list.remedy"), "not applied")
