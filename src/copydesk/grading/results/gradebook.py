"""Writes the instructor's tables: gradebook, submissions, roster report, problems; safe to open in a spreadsheet."""

from __future__ import annotations

from itertools import chain
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.csv_files import cell, csv_text
from copydesk.grading.results.score_changes import Scored, Standing
from copydesk.grading.scores.versions import UNKNOWN
from copydesk.kinds.scoring import is_marked_by_person
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from copydesk.course.bank import Bank
    from copydesk.grading.files.problems import SubmissionProblem
    from copydesk.grading.scores.versions import Versions
    from copydesk.grading.submissions.learners import Learner
    from copydesk.grading.submissions.record import Identity, Row
    from copydesk.grading.submissions.roster import Match
    from copydesk.grading.submissions.roster_status import Matching
    from copydesk.grading.submissions.selection import Selection

Column = tuple[str, str, float]
"""A lesson, a task, and the points that it is worth."""

TOTALS = (
    "automatic points",
    "automatic maximum",
    "written points",
    "written maximum",
    "awaiting marking",
    "not answered",
    "statements answered",
    "notes",
)


class Gradebook:
    """The gradebook of a run: a row for each learner and lesson, a column for each task.

    The heads say what a task is worth, ``T1 (of 8)``; with several lessons also the lesson. A task that only older
    versions ask, or for other points, has a column of its own behind the others of its lesson. A written
    task that awaits marking is an empty cell. A baseline is never a mark: it has one column for all its statements,
    which says how many are answered. ``counts`` says how many submissions there were. With a roster there are columns
    for the learner's id, name and e-mail, and a row for each learner who submitted nothing.
    """

    def __init__(
        self, rows: Iterable[Row], versions: Versions, counts: Mapping[Identity, int], matching: Matching | None = None
    ) -> None:
        """Put the submissions that count into the order of the table; no cell is made before it is asked for."""
        self._rows = sorted(rows, key=lambda row: (row.lesson, row.learner.casefold(), row.learner, row.file))
        self._lessons = sorted({row.lesson for row in self._rows})
        self._versions, self._counts, self._matching = versions, counts, matching
        older = [version.bank for version, _ in versions.used(self._rows)]
        banks = [bank for name in self._lessons for bank in (versions.now[name], *older) if bank.lesson == name]
        self._columns = list(dict.fromkeys(column for bank in banks for column in columns(bank)))

    def text(self) -> str:
        """Return the table as the text of a CSV file."""
        return csv_text(chain([self._heads()], self._lines(), self._missing()))

    def standings(self) -> Iterator[Standing]:
        """Yield each row that stands for a submission, as ``read_standings`` finds it in the file."""
        for row in self._rows:
            scores = self._scores(row)
            for learner in self._learners(row):
                yield Standing(
                    lesson=row.lesson,
                    learner=cell(row.learner).strip(),
                    listed=tuple(text.strip() for text in _listed(learner)) if self._matching else (),
                    file=cell(row.file).strip(),
                    moment=_moment(row),
                    notes=_notes(row).strip(),
                    scores=scores,
                )

    def _scores(self, row: Row) -> dict[str, Scored]:
        """Return the scores of a submission by task; where one awaits marking, out of the maximum of its first column.

        So it is in the file, where nothing else tells which of two columns an empty cell means.
        """
        bank = self._versions.of(row)
        points, awaiting = _points(row, bank), marks_of(row, bank).awaiting
        scores: dict[str, Scored] = {}
        for column in self._columns:
            lesson, task, maximum = column
            if lesson != row.lesson:
                continue
            earned = points.get(column)
            if earned is not None:
                scores[task] = Scored(_as_written(earned), _as_written(maximum))
            elif task in awaiting and task not in scores:
                scores[task] = Scored(None, _as_written(maximum))
        return scores

    def _heads(self) -> list[str]:
        is_named = len(self._lessons) > 1
        heads = [(f"{lesson} " if is_named else "") + f"{task} (of {number(of)})" for lesson, task, of in self._columns]
        listed = ["id", "name", "e-mail", "matched by"] if self._matching else []
        return ["learner", *listed, "lesson", "file", "submitted (UTC)", "submissions", *heads, *TOTALS]

    def _lines(self) -> Iterator[list[str]]:
        for row in self._rows:
            for learner in self._learners(row):
                yield self._cells(row, learner)

    def _missing(self) -> Iterator[list[str]]:
        """Yield a line for each learner who submitted nothing for a lesson."""
        if self._matching is None:
            return
        empty = [""] * (len(self._columns) + len(TOTALS) - 1)
        for lesson in self._lessons:
            for learner in self._matching.without(lesson):
                why = cell(self._matching.why_missing(learner))
                yield ["", *_listed(learner), "", lesson, "", "", "0", *empty, why]

    def _learners(self, row: Row) -> Sequence[Learner | None]:
        """Return the learners for whom a submission has a line: None stands for one who is on no list."""
        return (self._matching.learners(row) if self._matching else []) or [None]

    def _cells(self, row: Row, learner: Learner | None) -> list[str]:
        bank = self._versions.of(row)
        points, marks = _points(row, bank), marks_of(row, bank)
        listed = [*_listed(learner), _how(self._matching.of(row))] if self._matching else []
        earned = [points.get(column) for column in self._columns]
        return [
            cell(row.learner),
            *listed,
            row.lesson,
            cell(row.file),
            _moment(row),
            str(self._counts[row.who]),
            *("" if each is None else number(each) for each in earned),
            number(marks.automatic),
            number(marks.automatic_maximum),
            "" if marks.awaiting else number(marks.written),
            number(marks.written_maximum),
            " ".join(marks.awaiting),
            " ".join(row.unanswered),
            row.statements,
            _notes(row),
        ]


def columns(bank: Bank) -> list[Column]:
    """Return what a bank has columns for: its tasks, without the statements of a baseline."""
    tasks = [entry.task for entry in bank.tasks if entry.task.group != "baseline"]
    return [(bank.lesson, task.id, task.points) for task in tasks]


def _points(row: Row, bank: Bank) -> dict[Column, float | None]:
    """Return what a submission earned, by column; None where there is no score yet."""
    tasks = [entry.task for entry in bank.tasks]
    return {(bank.lesson, task.id, task.points): points for task, points in zip(tasks, row.points, strict=True)}


def _as_written(value: float) -> float:
    """Return a number as the table has it: with as many digits as ``number`` writes."""
    return float(number(value))


def _listed(learner: Learner | None) -> list[str]:
    return [cell(learner.id), cell(learner.name), cell(learner.email)] if learner else ["", "", ""]


def _moment(row: Row) -> str:
    return f"{row.moment:%Y-%m-%d %H:%M:%S}"


def _notes(row: Row) -> str:
    return cell("; ".join(row.notices))


def _how(match: Match | None) -> str:
    return "" if match is None else match.how if match.is_sure else f"{match.how} (a guess)"


class Marks(NamedTuple):
    """The points of a submission in sum: by rule, and by hand with the tasks that still await it."""

    automatic: float
    automatic_maximum: float
    written: float
    written_maximum: float
    awaiting: tuple[str, ...]


def marks_of(row: Row, bank: Bank) -> Marks:
    """Return the points of a submission in sum."""
    scored = list(zip(bank.tasks, row.points, strict=True))
    automatic = [(entry.task.points, points or 0) for entry, points in scored if not is_marked_by_person(entry.task)]
    written = [(entry.task, points) for entry, points in scored if is_marked_by_person(entry.task)]
    return Marks(
        round(fsum(points for _, points in automatic), 2),
        fsum(maximum for maximum, _ in automatic),
        round(fsum(points or 0 for _, points in written), 2),
        fsum(task.points for task, _ in written),
        tuple(task.id for task, points in written if points is None),
    )


def submission_table(selection: Selection, versions: Versions, *, has_due: bool) -> str:
    """Return the table of all submissions, several of one learner one under the other, and which of them counts.

    One that completes another counts for the tasks that are named. What was never submitted says so.
    """
    counted = selection.counted
    ordered = sorted(
        selection.rows, key=lambda row: (row.lesson, counted[row.who].learner.casefold(), row.who, row.moment, row.file)
    )
    first = ["learner", "lesson", "file", "submitted (UTC)", "in time", "counts", "version of the tasks", "state"]
    lines = (
        [
            cell(row.called),
            row.lesson,
            cell(row.file),
            _moment(row),
            ("late" if row.is_late else "yes") if has_due else "",
            _counts(row, selection),
            UNKNOWN if UNKNOWN in row.notices else versions.notice_of(row) or "the one of now",
            "submitted" if row.is_submitted else "saved, never submitted",
        ]
        for row in ordered
    )
    return csv_text(chain([first], lines))


def _counts(row: Row, selection: Selection) -> str:
    """Return whether a submission counts, or for which tasks."""
    if row is selection.counted[row.who]:
        return "yes"
    tasks = selection.taken.get(row.place, ())
    return f"for {' '.join(tasks)}" if tasks else "no"


def roster_table(matching: Matching) -> str:
    """Return the report on the roster: each learner, how the submissions were matched, sure or a guess."""
    table = [["id", "name", "called", "matched by", "certainty"]]
    for learner in matching.roster.learners.values():
        calls = matching.calls(learner)
        if not calls and not learner.is_expected:
            continue
        table += [
            [cell(learner.id), cell(learner.name), cell(called), match.how, "sure" if match.is_sure else "guess"]
            for called, match in calls
        ]
        if not calls:
            why = "unreadable" if matching.unreadable.get(learner.key) else "nothing submitted"
            table.append([cell(learner.id), cell(learner.name), "", "", why])
    table += [["", "", cell(called), "", "not on the roster"] for called in matching.strangers]
    return csv_text(table)


def problem_table(problems: Iterable[SubmissionProblem]) -> str:
    """Return the table of problems: file, reason, remedy, and what became of it; what was not graded comes first."""
    table = [["file", "reason", "remedy", "outcome"]]
    ordered = sorted(problems, key=lambda entry: (entry.outcome != "not graded", entry))
    table += [[cell(entry.file), cell(entry.reason), cell(entry.remedy), entry.outcome] for entry in ordered]
    return csv_text(table)
