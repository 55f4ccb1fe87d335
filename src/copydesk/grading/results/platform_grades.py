"""Fills marks into the file that Canvas or Moodle exported, so that the platform can import it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.problems import SubmissionProblem, WrongPlaceError
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.scores.lesson_mark import marks_of
from copydesk.grading.submissions.learners import POINTS_POSSIBLE, LearnerList, maximum_columns, read_learners
from copydesk.grading.submissions.list_columns import GRADE_HEADS
from copydesk.grading.submissions.names import letters_and_digits
from copydesk.text import t
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.files.csv_files import CsvTable
    from copydesk.grading.scores.versions import Versions
    from copydesk.grading.submissions.record import GradedSubmission
    from copydesk.grading.submissions.roster_status import Matching

CANVAS_NUMBER = re.compile(r"\s*\([0-9]+\)\s*$")
POINTS = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
EMPTY = frozenset({"", "-", "\N{EN DASH}"})
EXCUSED = "EX"
MOST_HEADS = 3
"""How many likely headings are named."""


@dataclass(frozen=True, slots=True)
class Export:
    """A platform's export, read as a table and as a list of learners."""

    platform: str
    learners: LearnerList

    @property
    def table(self) -> CsvTable:
        """Return the export as a table into which marks are put."""
        return self.learners.table

    @property
    def shown_name(self) -> str:
        """Return the name of the file as it appears in a sentence."""
        return one_line(self.table.name, 80)


class Cause(NamedTuple):
    """Why marks do not go in: in a few words after their number, and where it is the only cause."""

    counted: str
    alone: str


def _plain_cause(text: str) -> Cause:
    return Cause(text, text)


def _cause_with(text: str) -> Cause:
    """Return a cause that reads *4 with no row in it*."""
    return Cause(t("platform_grades.with", cause=text), text)


@dataclass(slots=True)
class ImportReport:
    """How many marks went into an export, and how many did not, by cause."""

    platform: str
    filled: int = 0
    left: Counter[Cause] = field(default_factory=Counter)
    problems: list[SubmissionProblem] = field(default_factory=list)

    def leave(self, cause: Cause, problem: SubmissionProblem | None = None, *, count: int = 1) -> None:
        """Count marks that do not go in."""
        self.left[cause] += count
        if problem:
            self.problems.append(problem)

    def line(self, path: Path, problems: Path) -> str:
        """Return, for a terminal, how many marks are in the file and why the others are not."""
        causes = self._causes()
        if not self.filled:
            causes = causes or t("platform_grades.nothing_submitted")
            return t("platform_grades.none_filled", path=path, causes=causes, problems=problems)
        filled = t("platform_grades.filled", count=self.filled, path=path)
        if not self.left:
            return filled
        left = self.left.total()
        return t("platform_grades.left", filled=filled, count=left, causes=causes, problems=problems)

    def _causes(self) -> str:
        """Return all causes, each with the number of its marks if there are several."""
        if len(self.left) == 1:
            (cause,) = self.left
            return cause.alone
        texts = []
        for cause, count in sorted(self.left.items()):
            text = t("platform_grades.cause", count=count, cause=cause.counted)
            texts.append(text)
        return ", ".join(texts)


def read_export(path: Path, platform: str) -> Export:
    """Return an export of ``canvas`` or ``moodle``.

    Raises:
        GradingError: it cannot be read or is not such an export.
    """
    return Export(platform, read_learners(path, platform))


def fill_marks(
    export: Export, counted: Iterable[GradedSubmission], versions: Versions, matching: Matching, options: Sequence[str]
) -> ImportReport:
    """Put marks into an export, and return how many, with a row for each that could not be put in.

    ``options`` name a lesson's column where its head does not: ``02-NAME=Week 2 (4711)``, or the
    head alone if there is one lesson. A mark goes in only if the learner is sure; a group's goes to all its
    members. Learners without a submission, other cells, and anything not a number, such as EX, stay as they are.
    """
    submissions = sorted(counted, key=_order)
    per_lesson = Counter(submission.lesson for submission in submissions)
    is_only = len(per_lesson) == 1
    report = ImportReport(export.platform)
    columns: dict[str, int] = {}
    for lesson, count in per_lesson.items():
        head = _named_head(options, lesson, versions.now, is_only=is_only)
        places = _lesson_columns(export, versions.now[lesson], head, is_only=is_only)
        if len(places) == 1:
            columns[lesson] = places[0]
            continue
        reason, remedy = _no_column(export, lesson, head, options, is_several=bool(places))
        problem = SubmissionProblem(export.table.name, reason, remedy, "not filled in")
        report.leave(_plain_cause(reason), problem, count=count)
    for submission in submissions:
        if submission.lesson in columns:
            bank = versions.bank_of(submission)
            _fill_submission(report, export, submission, bank, matching, columns[submission.lesson])
    return report


def _order(submission: GradedSubmission) -> tuple[str, str]:
    return submission.lesson, submission.file


def _fill_submission(
    report: ImportReport, export: Export, submission: GradedSubmission, bank: Bank, matching: Matching, column: int
) -> None:
    """Put in the mark of one submission, for each learner it belongs to."""
    match = matching.match_for(submission)
    learners = matching.learners(submission) if match and match.is_sure else []
    if not learners:
        report.leave(_cause_with(t("platform_grades.no_learner")))
    for learner in learners:
        rows = [row for row in learner.rows.get(export.platform, ()) if column < len(export.table.rows[row])]
        if rows:
            _put_mark(report, export, rows, column, submission, bank)
            continue
        learner_name = one_line(learner.name or submission.label, 80)
        reason = t("platform_grades.not_in_export", export=export.shown_name, learner=learner_name)
        problem = SubmissionProblem(submission.file, reason, t("platform_grades.not_in_export.remedy"), "graded")
        report.leave(_cause_with(t("platform_grades.no_row")), problem)


def _named_head(options: Sequence[str], lesson: str, lessons: Collection[str], *, is_only: bool) -> str:
    """Return the head named for a lesson, or nothing; one without a lesson is for the only lesson."""
    for option in options:
        name, equals, head = option.partition("=")
        if equals and name.strip() == lesson:
            return head.strip()
    if not is_only:
        return ""
    for option in options:
        name, equals, _ = option.partition("=")
        if not equals or name.strip() not in lessons:
            return option.strip()
    return ""


def _lesson_columns(export: Export, bank: Bank, named_head: str, *, is_only: bool) -> list[int]:
    """Return the columns that may be a lesson's: the one named, or those whose head is its slug or title."""
    if named_head:
        return _named_columns(export.table.heads, named_head)
    if export.platform == "moodle":
        return _grade_columns(export) if is_only else []  # a grading worksheet is for one assignment
    names = set(map(letters_and_digits, bank.names()))
    return [column for column, head in enumerate(export.table.heads) if _letters_without_number(head) in names]


def _named_columns(heads: Sequence[str], named_head: str) -> list[int]:
    """Return the columns whose head was named: exactly, or else by its letters, with or without the number."""
    exact, similar = [], []
    for column, head in enumerate(heads):
        if head == named_head:
            exact.append(column)
        if letters_and_digits(named_head) in {letters_and_digits(head), _letters_without_number(head)}:
            similar.append(column)
    return exact or similar


def _grade_columns(export: Export) -> list[int]:
    """Return the column of grades in Moodle's worksheet, by its name or else by its place."""
    named = [column for column, head in enumerate(export.table.heads) if letters_and_digits(head) in GRADE_HEADS]
    if len(named) == 1:
        return named
    before = _column_before_maximum(export.table)
    return [] if before is None else [before]


def _column_before_maximum(table: CsvTable) -> int | None:
    """Return the column before the maximum grade, which holds the grade in every language."""
    for column in maximum_columns(table):
        if _may_hold_grades(table, column - 1):
            return column - 1
    return None


def _may_hold_grades(table: CsvTable, column: int) -> bool:
    """Return whether each cell of a column is empty or a number."""
    for row in range(1, len(table.rows)):
        value = table.value(row, column)
        if value not in EMPTY and not POINTS.fullmatch(value):
            return False
    return True


def require_columns(options: Sequence[str], exports: Sequence[Export], lessons: Iterable[str]) -> None:
    """Raise ``WrongPlaceError`` if a column is named for a lesson that does not exist, or there is no export."""
    if options and not exports:
        raise WrongPlaceError(t("platform_grades.no_export"))
    names = list(lessons)
    heads: set[str] = set()
    for export in exports:
        heads.update(export.table.heads)
    for option in options:
        lesson, equals, _ = option.partition("=")
        if equals and lesson.strip() not in names and option.strip() not in heads:
            raise _no_such_lesson(option, lesson.strip(), names)


def _no_such_lesson(option: str, lesson: str, names: Sequence[str]) -> WrongPlaceError:
    near = get_close_matches(lesson, names, n=1)
    if near:
        hint = t("platform_grades.near_lesson", lesson=near[0])
    else:
        hint = t("platform_grades.all_lessons", lessons=", ".join(names))
    return WrongPlaceError(t("platform_grades.no_such_lesson", option=repr(option), lesson=repr(lesson), hint=hint))


def _no_column(
    export: Export, lesson: str, named_head: str, options: Sequence[str], *, is_several: bool
) -> tuple[str, str]:
    """Return why a lesson's marks go into no column, and the remedy, with likely headings."""
    prefix = f'--column "{lesson}='
    if named_head:
        return _no_named_column(export, lesson, named_head, prefix, is_several=is_several)
    for option in options:
        if "=" not in option:
            head = option.strip()
            reason = t("platform_grades.no_lesson_named", head=one_line(head, 60), lesson=lesson)
            return reason, t("platform_grades.no_lesson_named.remedy", options=_likely_options(export, head, prefix))
    key = "several_columns" if is_several else "no_column"
    return t(f"platform_grades.unnamed.{key}", lesson=lesson), t("platform_grades.unnamed_remedy", prefix=prefix)


def _no_named_column(export: Export, lesson: str, named_head: str, prefix: str, *, is_several: bool) -> tuple[str, str]:
    """Return why a heading that was named is not in the export, and the remedy."""
    head, likely = one_line(named_head, 60), _likely_options(export, named_head, prefix)
    if is_several:
        reason = t("platform_grades.fits_several", head=head, lesson=lesson)
        return reason, t("platform_grades.fits_several.remedy", options=likely)
    if _longer_heads(export, named_head):
        reason = t("platform_grades.part_of_heading", head=head, lesson=lesson)
        return reason, t("platform_grades.part_of_heading.remedy", options=likely)
    reason = t("platform_grades.no_heading", head=head, lesson=lesson)
    return reason, t("platform_grades.no_heading.remedy", export=export.shown_name, options=likely)


def _longer_heads(export: Export, named_head: str) -> list[str]:
    """Return the headings that contain the one that was named."""
    part = letters_and_digits(named_head)
    return [head for head in export.table.heads if part and part in letters_and_digits(head)]


def _likely_options(export: Export, named_head: str, prefix: str) -> str:
    """Return likely options, one for each heading close to the one that was named."""
    heads = list(filter(None, export.table.heads))
    by_spelling = {CANVAS_NUMBER.sub("", head).casefold(): head for head in heads}
    by_spelling |= zip(map(str.casefold, heads), heads, strict=True)
    near = get_close_matches(named_head.casefold(), by_spelling, n=2 * MOST_HEADS, cutoff=0.5)
    likely = dict.fromkeys([*_longer_heads(export, named_head), *map(by_spelling.__getitem__, near)])
    options = [f'{prefix}{one_line(head, 80)}"' for head in list(likely)[:MOST_HEADS]]
    return t("feedback.or").join(options) or t("platform_grades.no_likely_option", prefix=prefix)


def _letters_without_number(head: str) -> str:
    """Return the letters of a column's head without the number that Canvas appends to it."""
    return letters_and_digits(CANVAS_NUMBER.sub("", head))


def _put_mark(
    report: ImportReport, export: Export, rows: Sequence[int], column: int, submission: GradedSubmission, bank: Bank
) -> None:
    """Put in one mark, out of what the platform says the assignment is worth, or note why not."""
    marks = marks_of(submission, bank)
    maximum = _assignment_points(export, rows[0], column)
    other_text = _other_text(export.table, rows, column)
    if other_text:
        _leave_cell(report, export, other_text, submission)
    elif maximum == marks.total_maximum and not marks.awaiting:
        _write(report, export, rows, column, marks.total)
    elif maximum == marks.automatic_maximum:
        _write(report, export, rows, column, marks.automatic)
    elif maximum == marks.total_maximum:
        tasks = ", ".join(marks.awaiting)
        reason = t("platform_grades.awaiting", export=export.shown_name, tasks=tasks)
        problem = SubmissionProblem(submission.file, reason, t("platform_grades.awaiting.remedy"), "graded")
        report.leave(_cause_with(t("platform_grades.unmarked", tasks=tasks)), problem)
    else:
        by_rule, whole = number(marks.automatic_maximum), number(marks.total_maximum)
        points = t("platform_grades.unknown_points") if maximum is None else number(maximum)
        reason = t("platform_grades.other_maximum", export=export.shown_name, points=points)
        remedy = t("platform_grades.other_maximum.remedy", by_rule=by_rule, whole=whole)
        cause = t("platform_grades.worth", points=points, by_rule=by_rule, whole=whole)
        report.leave(_plain_cause(cause), SubmissionProblem(submission.file, reason, remedy, "graded"))


def _leave_cell(report: ImportReport, export: Export, text: str, submission: GradedSubmission) -> None:
    """Note that the cell holds something that is not a mark, such as that a learner is excused."""
    reason = t("platform_grades.other_text", export=export.shown_name, text=one_line(text, 80))
    if text.upper() == EXCUSED:
        cause, remedy = _plain_cause(t("platform_grades.excused")), t("platform_grades.excused.remedy")
    else:
        cause = _cause_with(t("platform_grades.text_in_cell", text=one_line(text, 20)))
        remedy = t("platform_grades.text_in_cell.remedy")
    report.leave(cause, SubmissionProblem(submission.file, reason, remedy, "graded"))


def _other_text(table: CsvTable, rows: Iterable[int], column: int) -> str:
    """Return the text of the first cell that may not be overwritten; empty if all may be."""
    for row in rows:
        text = table.value(row, column)
        if not _is_mark(text):
            return text
    return ""


def _is_mark(text: str) -> bool:
    """Return whether a cell may be overwritten: it is empty or holds a mark in numbers."""
    return text in EMPTY or POINTS.fullmatch(text.removeprefix("-")) is not None


def _write(report: ImportReport, export: Export, rows: Iterable[int], column: int, mark: float) -> None:
    for row in rows:
        export.table.put(row, column, number(mark))
    report.filled += 1


def _assignment_points(export: Export, row: int, column: int) -> float | None:
    """Return how many points an assignment has on the platform; in Moodle's worksheet the next column says so."""
    if export.platform == "moodle":
        return _parsed_points(export.table.value(row, column + 1))
    for first_row in range(1, len(export.table.rows)):
        if export.table.value(first_row, 0).casefold().startswith(POINTS_POSSIBLE):
            return _parsed_points(export.table.value(first_row, column))
    return None


def _parsed_points(text: str) -> float | None:
    return float(text.replace(",", ".")) if POINTS.fullmatch(text) else None
