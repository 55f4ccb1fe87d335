"""Where a class stands, lesson by lesson: who has submitted, what awaits marking by whom, what a platform has."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from copydesk.grading.files.csv_files import read_csv
from copydesk.grading.files.inputs import find_files
from copydesk.grading.files.result_names import TEXTS
from copydesk.grading.marking.folder import MarkingFolder
from copydesk.grading.marking.readers import progress_of, total_progress
from copydesk.grading.marking.session import written_entries
from copydesk.grading.results.course_import import COURSE
from copydesk.grading.results.exports import POINTS, find_columns
from copydesk.grading.results.lesson_marks import LessonMarks
from copydesk.grading.results.platform_grades import EXCUSED
from copydesk.grading.run.own_results import OwnResults
from copydesk.grading.run.run import read_rules
from copydesk.grading.run.selecting import select_submissions
from copydesk.grading.submissions.roster_status import Matching

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.class_file.reading import ClassSettings
    from copydesk.grading.files.csv_files import CsvTable
    from copydesk.grading.marking.readers import MarkerProgress
    from copydesk.grading.results.exports import Export
    from copydesk.grading.run.options import Options
    from copydesk.grading.submissions.learners import Learner
    from copydesk.grading.submissions.record import GradedSubmission

State = Literal["in time", "late", "missing", "by hand"]
STATES: tuple[State, ...] = ("in time", "late", "missing", "by hand")
"""What a learner's lesson is like: submitted, not submitted, or decided by hand without a submission."""


class Filled(NamedTuple):
    """How many learners' cells for a lesson hold something in a platform's export, and in the file that is to go back.

    ``results`` is None if there is no such file yet.
    """

    export: str
    there: int
    results: int | None


class LessonStatus(NamedTuple):
    """Where one lesson of a class stands.

    ``learners`` has the names by state. ``texts`` are the written answers that count, ``unmarked`` those without marks
    that count; ``markers`` say how far each has got.
    """

    lesson: str
    due: datetime | None
    learners: Mapping[State, Sequence[str]]
    texts: int
    unmarked: int
    markers: tuple[MarkerProgress, ...]
    filled: tuple[Filled, ...]


def class_status(
    settings: ClassSettings, banks: Mapping[str, Bank], *, kept: Sequence[Bank], options: Options
) -> list[LessonStatus]:
    """Return where each lesson of a class stands, by what is in its folders now; nothing is written.

    Raises:
        GradingError: a list of learners, the marks or a result cannot be read.
    """
    options = replace(options, pages=False)
    rules, exports = read_rules(banks, kept, None, options)
    files, _ = find_files(settings.submissions, leave_out=[*OwnResults(settings.results).paths, *options.places])
    selection, rules = select_submissions(files, rules)
    matching = Matching(rules.roster, selection.rows, rules.download) if rules.roster else None
    marks = LessonMarks(rules.versions, rules.deadlines, rules.manual_marks)
    by_lesson: dict[str, list[GradedSubmission]] = {lesson: [] for lesson in settings.file.lessons}
    for submission in selection.counted.values():
        if submission.lesson in by_lesson:
            by_lesson[submission.lesson].append(submission)
    filled = _filled([export for export in exports if export.lesson != COURSE], banks, options, settings.results)
    statuses = []
    for lesson, submissions in by_lesson.items():
        bank = rules.versions.now[lesson]
        status = LessonStatus(
            lesson=lesson,
            due=settings.due(lesson),
            learners=_learners(lesson, submissions, marks, matching),
            texts=_text_count(submissions, bank),
            unmarked=sum(submission.points.count(None) for submission in submissions),
            markers=tuple(_markers(settings.marks, bank)),
            filled=tuple(filled.get(lesson, ())),
        )
        statuses.append(status)
    return statuses


def _learners(
    lesson: str, submissions: Sequence[GradedSubmission], marks: LessonMarks, matching: Matching | None
) -> dict[State, list[str]]:
    """Return the names of the learners by the state of their lesson."""
    names: dict[State, list[str]] = {state: [] for state in STATES}
    for submission in submissions:
        state: State = "late" if submission.is_late else "in time"
        learners: Sequence[Learner | None] = matching.learners(submission) if matching else []
        for learner in learners or [None]:
            names[state].append(_name(submission, learner))
    for learner in matching.learners_without_submission(lesson) if matching else ():
        is_decided = marks.without_submission(learner, lesson).manual is not None
        names["by hand" if is_decided else "missing"].append(learner.name or learner.key)
    return {state: sorted(found, key=str.casefold) for state, found in names.items()}


def _name(submission: GradedSubmission, learner: Learner | None) -> str:
    return submission.label if learner is None else learner.name or learner.key


def _text_count(submissions: Sequence[GradedSubmission], bank: Bank) -> int:
    """Return how many written answers some submissions have."""
    tasks = [task.id for task, _ in written_entries(bank)]
    count = 0
    for submission in submissions:
        count += sum(task not in submission.unanswered for task in tasks)
    return count


def _markers(top: Path, bank: Bank) -> Iterator[MarkerProgress]:
    """Yield how far each marker of a lesson has got; nothing before its texts are extracted."""
    folder = MarkingFolder(top, bank.lesson)
    if not (folder.path / TEXTS).is_file():
        return
    tasks = [task for task, _ in written_entries(bank)]
    shared = total_progress(folder, tasks)
    if shared:
        yield from (row for row in shared if row.texts)
        return
    roles = dict.fromkeys((file.head.marker, file.head.role) for file in folder.marks_files())
    for marker, role in roles:
        yield progress_of(folder, tasks, marker=marker, role=role)


def _filled(
    exports: Sequence[Export], banks: Mapping[str, Bank], options: Options, results: Path
) -> dict[str, list[Filled]]:
    """Return, by lesson, how many marks each export has, and how many the file for the platform."""
    filled: dict[str, list[Filled]] = defaultdict(list)
    for export in exports:
        lessons = [export.lesson] if export.lesson else list(banks)
        columns, _ = find_columns(export, lessons, banks, options.columns)
        path = results / export.import_name
        table = read_csv(path) if path.is_file() else None
        rows = [learner.rows["list"][0] for learner in export.learners.learners]
        for lesson, column in columns.items():
            there = _filled_count(export.table, rows, column)
            to_go = None if table is None else _filled_count(table, rows, column)
            filled[lesson].append(Filled(export.shown_name, there, to_go))
    return filled


def _filled_count(table: CsvTable, rows: Iterable[int], column: int) -> int:
    """Return how many of some rows, as far as the table has them, are filled in a column."""
    return sum(_is_filled(table.value(row, column)) for row in rows if row < len(table.rows))


def _is_filled(cell: str) -> bool:
    """Return whether a cell holds a mark, or that the learner is excused."""
    return POINTS.fullmatch(cell) is not None or cell.upper() == EXCUSED
