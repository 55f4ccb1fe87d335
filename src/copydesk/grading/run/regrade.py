"""Grades again after a key was changed or an appeal accepted, and records whose score changed, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copydesk.grading.files.csv_files import csv_text, read_csv, safe_cell
from copydesk.grading.files.places import require_places
from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.result_names import GRADEBOOK, REKEYED
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.files.writing import make_folder, write
from copydesk.grading.results.score_changes import ROSTER_HEADS, pair_rows, read_gradebook, score_changes
from copydesk.grading.results.summary import mark_words, next_steps
from copydesk.grading.run.options import Options
from copydesk.grading.run.own_results import OwnResults
from copydesk.grading.run.previous_run import lost_options, written_tasks
from copydesk.grading.run.run import grade
from copydesk.grading.scores.appeals import APPEAL_NOTICE
from copydesk.text import t
from copydesk.text.last_lines import last_lines
from copydesk.text.lists import name_list
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.results.score_changes import GradebookRow, ScoreChange
    from copydesk.grading.results.summary import GradingReport, MarkWords
    from copydesk.grading.run.previous_run import Tasks
    from copydesk.grading.run.tally import Progress

BEFORE_NAME = re.compile(r"([0-9]{3,})-before\.csv")
MOST_LINES = 200
HEADS = ("date", "because", "learner", *ROSTER_HEADS, "lesson", "task", "from", "to", "of", "why", "file")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why everything is graded again, in the instructor's words, and the date they give, which may be empty."""

    because: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class RegradeReport:
    """The outcome of grading again: each change with its reason, who is new, and the file that has it all."""

    grading: GradingReport
    changes: tuple[tuple[ScoreChange, str], ...]
    new: int
    path: Path

    def summary(self, words: MarkWords = mark_words) -> str:
        """Return the changes in lines for a terminal, each with learner, old and new score and reason; then a summary.

        ``words`` say how the written answers of a lesson are marked, with the command.
        """
        return "\n".join([*self._change_lines(), *self._last_lines(words)])

    def _change_lines(self) -> Iterator[str]:
        for change, why in self.changes[:MOST_LINES]:
            yield _change_line(change, why)
        if len(self.changes) > MOST_LINES:
            yield t("regrade.more", count=len(self.changes) - MOST_LINES)

    def _last_lines(self, words: MarkWords) -> list[str]:
        """Return the last lines: those of the grading, with how many scores changed before them."""
        done = [self._count_line()]
        if self.new:
            done.append(t("regrade.new", count=self.new))
        grading = self.grading
        return last_lines([*done, *grading.done()], grading.left(), next_steps(grading, words))

    def _count_line(self) -> str:
        """Return how many scores changed, and where all changes are."""
        if not self.changes:
            return t("regrade.nobody_line", path=self.path)
        up = down = 0
        people = set()
        for change, _ in self.changes:
            people.add(change.before.person)
            up += change.rise > 0
            down += change.rise < 0
        scores, learners = t("regrade.scores", count=len(self.changes)), t("regrade.learners", count=len(people))
        return t("regrade.moved", scores=scores, learners=learners, up=up, down=down, path=self.path)


def _change_line(change: ScoreChange, why: str) -> str:
    """Return one change for a terminal."""
    old, new = change.words
    return t(
        "regrade.change",
        learner=one_line(_name(change.before), 60),
        lesson=change.before.lesson,
        task=change.task,
        old=old,
        new=new,
        maximum=number(change.maximum),
        why=one_line(why),
    )


def _name(row: GradebookRow) -> str:
    """Return what a person calls a learner: the name on the roster, or else that of the submission."""
    return row.listed[1] if row.listed and row.listed[1] else row.learner


def regrade(  # noqa: PLR0913  (what grade takes, and the reason)
    paths: Sequence[Path],
    out: Path,
    *,
    reason: Reason,
    banks: Mapping[str, Bank],
    kept: Sequence[Bank] = (),
    practice: Mapping[str, Bank] | None = None,
    options: Options | None = None,
    on_progress: Progress | None = None,
) -> RegradeReport:
    """Grade into a folder that was graded before, and write what changed to ``rekeyed/001.csv`` and so on.

    The earlier gradebook is beside it as ``001-before.csv`` from the start: a run that was killed is resumed by
    the next, which compares with the same gradebook.

    Raises:
        GradingError: there is no gradebook, or it was made with options that are missing now; and as ``grade`` does.
    """
    options = options or Options()
    require_places([*paths, *options.places], out)
    run_number, is_begun = _run_number(out / REKEYED)
    before_path, path = out / REKEYED / f"{run_number:03}-before.csv", out / REKEYED / f"{run_number:03}.csv"
    if not is_begun and not (out / GRADEBOOK).is_file():
        raise GradingError(t("regrade.no_gradebook", out=out, gradebook=GRADEBOOK))
    before, text = _earlier_gradebook(before_path if is_begun else out / GRADEBOOK)
    written = written_tasks([*banks.values(), *kept])
    own = OwnResults(out)
    _require_same_options(out, own, before, options, written)
    names = [f"{REKEYED}/{before_path.name}", f"{REKEYED}/{path.name}"]
    own.require_own(names)
    make_folder(out / REKEYED)
    own.claim(names)
    write(before_path, text, is_durable=True)
    report = grade(paths, out, banks=banks, kept=kept, practice=practice, options=options, on_progress=on_progress)
    after = list(report.scores.rows())
    changes = []
    for change in score_changes(before, after):
        why = _why(change, reason, report, written)
        changes.append((change, why))
    write(path, _table(changes, reason), is_durable=True)
    _, new = pair_rows(before, after)
    return RegradeReport(report, tuple(changes), len(new), path)


def _require_same_options(
    out: Path, own: OwnResults, before: Sequence[GradebookRow], options: Options, written: Tasks
) -> None:
    """Raise ``GradingError`` if the folder was graded with options that are not given now."""
    lost = lost_options(out, own, before, options, written)
    if lost:
        names = [option for option, _ in lost]
        raise GradingError(t("regrade.lost_options", out=out, options=name_list(names)))


def _earlier_gradebook(path: Path) -> tuple[list[GradebookRow], str]:
    """Return the rows of the earlier gradebook, and its text; its cells, which take more room, are dropped."""
    table = read_csv(path)
    return read_gradebook(table), table.text()


def _run_number(folder: Path) -> tuple[int, bool]:
    """Return the number of this time, and whether it was already begun and interrupted."""
    last = 0
    for path in folder.glob("*-before.csv"):
        name = BEFORE_NAME.fullmatch(path.name)
        if name:
            last = max(last, int(name[1]))
    is_begun = last > 0 and not (folder / f"{last:03}.csv").is_file()
    return (last, True) if is_begun else (last + 1, False)


def _why(change: ScoreChange, reason: Reason, report: GradingReport, written: Tasks) -> str:
    """Return why a score changed: what can be told from the two gradebooks, or else the instructor's reason."""
    before, after, task = change
    if after is None:
        return t("regrade.not_found")
    if (before.file, before.moment) != (after.file, after.moment):
        return t("regrade.other_submission", file=after.file)
    appeal = report.appealed.get((after.lesson, after.file, task))
    score = after.scores.get(task)
    if appeal and score and f"{task}: {number(score.points or 0)} {APPEAL_NOTICE}" in after.notes:
        return t("regrade.appeal", reason=appeal)
    if (after.lesson, task) in written:
        return t("regrade.marks")
    return reason.because


def _table(changes: Iterable[tuple[ScoreChange, str]], reason: Reason) -> str:
    """Return the table of all changes; if there are none, it says so."""
    first = [reason.date, safe_cell(reason.because)]
    lines: list[Sequence[str]] = [HEADS]
    for change, why in changes:
        row = change.before
        line = [*first, *_learner_cells(row), row.lesson, change.task, *change.words, number(change.maximum)]
        lines.append([*line, safe_cell(why), (change.after or row).file])
    if len(lines) == 1:
        empty = [""] * (len(HEADS) - len(first) - 2)
        lines.append([*first, *empty, t("regrade.nobody"), ""])
    return csv_text(lines)


def _learner_cells(row: GradebookRow) -> list[str]:
    """Return the learner's cells as the gradebook has them: they are already safe in a spreadsheet."""
    return [row.learner, *(row.listed or [""] * len(ROSTER_HEADS))]
