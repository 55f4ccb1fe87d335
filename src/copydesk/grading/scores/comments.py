"""Reads ``comments.csv``: what an instructor tells one learner about a task or a lesson, on the feedback page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.submissions.person_tables import PersonTable, read_person_table, require_right_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.submissions.person_tables import LineFault, Person, PersonLine
    from copydesk.grading.submissions.roster import Roster


class Comment(NamedTuple):
    """A comment for one learner; ``task`` is empty if it is about the whole lesson."""

    task: str
    text: str


class Comments(NamedTuple):
    """All comments, as the instructor's table has them."""

    table: PersonTable

    def find(self, person: Person, lesson: str) -> list[Comment]:
        """Return the comments for a person about a lesson, in the order of the table."""
        lines = self.table.lines_for(person, lesson)
        return [Comment(line.cells.get("task", ""), line.cells["comment"]) for line in lines]


def read_comments(path: Path, banks: Mapping[str, Bank], roster: Roster | None) -> Comments:
    """Return the comments in a table with the columns ``learner``, ``lesson``, ``task`` and ``comment``.

    Raises:
        GradingError: the table cannot be read.
        ContentError: a line has no lesson, no comment, or names a task that its lesson does not have.
    """
    table = read_person_table(
        path, columns=("task", "comment"), needed=("lesson", "comment"), lessons=banks, roster=roster
    )

    def faults(line: PersonLine) -> Iterator[LineFault]:
        tasks = ", ".join(banks[line.lesson].task_ids) if line.lesson in banks else ""
        for key in _faults(line, banks):
            yield key, {"tasks": tasks, "task": repr(line.cells.get("task", "")), "lesson": line.lesson}

    require_right_lines(table, faults)
    return Comments(table)


def _faults(line: PersonLine, banks: Mapping[str, Bank]) -> Iterator[str]:
    """Yield the keys of what is wrong with a line."""
    if not line.lesson:
        yield "comments.no_lesson"
        return
    task = line.cells.get("task", "")
    if task and task not in banks[line.lesson].task_ids:
        yield "comments.no_task"
    if not line.cells["comment"]:
        yield "comments.no_comment"
