"""Compares what two runs into a folder were given, so that nothing of the first is lost silently."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.csv_files import read_csv
from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.result_names import (
    COURSE_GRADEBOOK,
    COURSE_IMPORT,
    COURSE_ZIP,
    FEEDBACK_ZIP,
    GRADEBOOK,
    IMPORT,
    ROSTER_REPORT,
    SUBMISSIONS,
)
from copydesk.grading.results.score_changes import read_gradebook
from copydesk.grading.scores.appeals import APPEAL_NOTICE
from copydesk.grading.submissions.matches import NOTICE as BY_HAND
from copydesk.kinds.scoring import is_marked_by_person
from copydesk.text import t
from copydesk.text.lists import name_list

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.results.score_changes import GradebookRow
    from copydesk.grading.run.options import Options
    from copydesk.grading.run.own_results import OwnResults

Tasks = set[tuple[str, str]]
"""Tasks by lesson and id."""


class LostOption(NamedTuple):
    """An option of the previous run that this one lacks, and what follows from that; empty if said elsewhere."""

    option: str
    effect: str


def written_tasks(banks: Iterable[Bank]) -> Tasks:
    """Return the tasks that a person marks."""
    tasks: Tasks = set()
    for bank in banks:
        for entry in bank.tasks:
            if is_marked_by_person(entry.task):
                tasks.add((bank.lesson, entry.task.id))
    return tasks


def lost_options(
    out: Path, own: OwnResults, before: Sequence[GradebookRow], options: Options, written: Tasks
) -> list[LostOption]:
    """Return the options that results were made with and that are missing now; ``before`` is their gradebook.

    Raises:
        GradingError: a table there cannot be read.
    """
    lost = list(_lost_lists(out, own, before, options))
    if not (options.due or options.due_by_lesson) and _has_values(out / SUBMISSIONS, "in time"):
        lost.append(LostOption("--due", t("previous_run.no_due")))
    if not options.marks and _is_marked(before, written):
        lost.append(LostOption("--marks", t("previous_run.no_marks")))
    if not options.appeals and _is_noted(before, APPEAL_NOTICE):
        lost.append(LostOption("--appeals", t("previous_run.no_appeals")))
    if not options.matches and _is_noted(before, BY_HAND):
        lost.append(LostOption("--matches", t("previous_run.no_matches")))
    return lost


def _lost_lists(out: Path, own: OwnResults, before: Sequence[GradebookRow], options: Options) -> Iterator[LostOption]:
    """Yield the lists of learners that are no longer given: each export, or else that there was some list."""
    has_list = bool(options.roster or options.canvas or options.moodle_worksheets)
    effect = "" if has_list else t("previous_run.no_list")
    has_lost_export = False
    for file in sorted(own.names):
        export = IMPORT.fullmatch(file)
        if not export or not (out / file).is_file():
            continue
        if not _is_given(export, options):
            has_lost_export = True
            yield LostOption(_export_option(export), effect)
    if not has_list and not has_lost_export and any(row.listed for row in before):
        yield LostOption(t("previous_run.a_list"), effect)


def _is_given(export: re.Match[str], options: Options) -> bool:
    """Return whether the export from which a file with marks was made is given again."""
    if export["platform"] == "canvas":
        return options.canvas is not None
    worksheets = options.moodle_worksheets
    return export["lesson"] in worksheets if export["lesson"] else bool(worksheets)


def _export_option(export: re.Match[str]) -> str:
    """Return the option that gave the export from which a file with marks was made."""
    option = f"--{export['platform']}"
    return f"{option} {export['lesson']}=..." if export["lesson"] else option


def lost_line(out: Path, own: OwnResults, options: Options, written: Tasks) -> str:
    """Return a line on the options that the previous run was given and this one is not; empty if there are none.

    Results that can't be read any more are passed over: there's no need to mend them before grading again.
    """
    if GRADEBOOK not in own.names or not (out / GRADEBOOK).is_file():
        return ""
    try:
        before = read_gradebook(read_csv(out / GRADEBOOK), {task for _, task in written})
        lost = lost_options(out, own, before, options, written)
    except GradingError:
        return ""
    names: list[str] = []
    effects: dict[str, None] = {}
    for option, effect in lost:
        if effect:
            names.append(option)
            effects[effect] = None
    if not names:
        return ""
    values = {"options": name_list(names), "effects": name_list(list(effects))}
    if len(names) == 2:  # noqa: PLR2004  (neither of two)
        return t("previous_run.lost_two", **values)
    return t("previous_run.lost", count=len(names), **values)


def removed_line(path: Path) -> str:
    """Return, for a terminal, that a result of the previous run is gone, and how to get it back."""
    if path.name == FEEDBACK_ZIP:
        return t("previous_run.removed_feedback", path=path)
    if path.name == ROSTER_REPORT:
        return t("previous_run.removed_roster_report", path=path)
    if path.name in {COURSE_GRADEBOOK, COURSE_IMPORT, COURSE_ZIP}:
        return t("previous_run.removed_course", path=path)
    export = IMPORT.fullmatch(path.name)
    if export:
        return t("previous_run.removed_import", path=path, option=_export_option(export))
    return t("previous_run.removed", path=path)


def _is_noted(before: Iterable[GradebookRow], notice: str) -> bool:
    """Return whether any submission's notes contain a notice."""
    return any(notice in row.notes for row in before)


def _is_marked(before: Iterable[GradebookRow], written: Tasks) -> bool:
    """Return whether a text that a person marks has points."""
    for row in before:
        for task, score in row.scores.items():
            if score.points and (row.lesson, task) in written:
                return True
    return False


def _has_values(path: Path, head: str) -> bool:
    """Return whether a column that is filled in all rows or in none has values; a table may not exist."""
    if not path.is_file():
        return False
    table = read_csv(path, most=2)
    if len(table.rows) < 2 or head not in table.heads:  # noqa: PLR2004  (the heads, and one row)
        return False
    return table.value(1, table.heads.index(head)) != ""
