"""Says what the run before into a folder was given and this one is not, so that nothing gets lost without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.csv_files import read_csv
from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.result_names import FEEDBACK_ZIP, GRADEBOOK, IMPORTS, ROSTER_REPORT, SUBMISSIONS
from copydesk.grading.files.safe_text import listed
from copydesk.grading.results.score_changes import read_standings
from copydesk.grading.scores.appeals import NOTICE
from copydesk.grading.submissions.matches import NOTICE as BY_HAND
from copydesk.kinds.scoring import is_marked_by_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.results.score_changes import Standing
    from copydesk.grading.run.options import Options
    from copydesk.grading.run.own_results import OwnResults

Tasks = set[tuple[str, str]]
"""Tasks by lesson and id."""

A_LIST = "a list of learners (--roster, --canvas or --moodle)"
NOT_LISTED = "no submission was looked up on a list of learners"
HELD = {
    FEEDBACK_ZIP: ("the feedback pages", "leave out --no-feedback"),
    ROSTER_REPORT: ("how the run before matched submissions and learners", "give --roster, --canvas or --moodle"),
    **{file: ("the marks of the run before", f"give --{name}") for name, file in IMPORTS.items()},
}
"""What each result held that not every run has, and what to do to get it again."""


class Lost(NamedTuple):
    """An option of the run before that this one lacks, and what follows from that; nothing where that is said else."""

    option: str
    effect: str


def written_tasks(banks: Iterable[Bank]) -> Tasks:
    """Return the tasks that a person marks."""
    return {(bank.lesson, entry.task.id) for bank in banks for entry in bank.tasks if is_marked_by_person(entry.task)}


def lost_options(
    out: Path, own: OwnResults, before: Sequence[Standing], options: Options, written: Tasks
) -> list[Lost]:
    """Return what results in a folder were made with, their gradebook being ``before``, and what is not given now.

    Raises:
        GradingError: a table there cannot be read.
    """
    has_list = bool(options.roster or options.canvas or options.moodle)
    exports = [
        f"--{name}"
        for name, file in IMPORTS.items()
        if file in own.names and (out / file).is_file() and not getattr(options, name)
    ]
    lost = [Lost(name, "" if has_list else NOT_LISTED) for name in exports]
    if not has_list and not exports and any(each.listed for each in before):
        lost.append(Lost(A_LIST, NOT_LISTED))
    if not options.due and _has(out / SUBMISSIONS, "in time"):
        lost.append(Lost("--due", "no submission counts as late"))
    if not options.marks and _is_marked(before, written):
        lost.append(Lost("--marks", "written work has no marks"))
    if not options.appeals and any(NOTICE in each.notes for each in before):
        lost.append(Lost("--appeals", "no appeal counts"))
    if not options.matches and any(BY_HAND in each.notes for each in before):
        lost.append(Lost("--matches", "nothing that you had matched by hand was"))
    return lost


def lost_line(out: Path, own: OwnResults, options: Options, written: Tasks) -> str:
    """Return, for a terminal, what the run before was given and this one is not; empty where there is nothing.

    Results that cannot be read any more say nothing: whoever grades anew need not mend them first.
    """
    if GRADEBOOK not in own.names or not (out / GRADEBOOK).is_file():
        return ""
    try:
        lost = lost_options(out, own, read_standings(read_csv(out / GRADEBOOK)), options, written)
    except GradingError:
        return ""
    lost = [each for each in lost if each.effect]
    if not lost:
        return ""
    count = len(lost)
    were, had, again = ("was", "none", "it") if count == 1 else ("were", "none of them", "them")
    had = "neither" if count == 2 else had  # noqa: PLR2004  (of two)
    effects = listed(list(dict.fromkeys(each.effect for each in lost)))
    names = listed([each.option for each in lost])
    said = f"Last time, {names} {were} given; this run had {had}, so {effects}"
    return f"{said}. If you did not mean that, give {again} again"


def removed_line(path: Path) -> str:
    """Return, for a terminal, that a result of the run before is gone, and how to get it again."""
    if path.name not in HELD:
        return f"{path} was removed: this run has no such file"
    what, remedy = HELD[path.name]
    return f"{path} was removed: it held {what}. To get it again, {remedy}"


def _is_marked(before: Sequence[Standing], written: Tasks) -> bool:
    """Return whether a text that a person marks has points."""
    scores = ((each.lesson, task, score) for each in before for task, score in each.scores.items())
    return any(score.points and (lesson, task) in written for lesson, task, score in scores)


def _has(path: Path, head: str) -> bool:
    """Return whether a column that is filled in all rows or in none says anything; a table may not be there."""
    if not path.is_file():
        return False
    table = read_csv(path, most=2)
    columns = [column for column, name in enumerate(table.heads) if name == head]
    return any(table.value(1, column) for column in columns if len(table.rows) > 1)
