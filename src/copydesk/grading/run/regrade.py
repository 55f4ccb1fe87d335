"""Grades again after a key was changed or an appeal accepted, and writes down whose score moved, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copydesk.grading.files.csv_files import cell, csv_text, read_csv
from copydesk.grading.files.places import require_places
from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.result_names import GRADEBOOK, REKEYED
from copydesk.grading.files.safe_text import listed, one_line
from copydesk.grading.files.writing import make_folder, write
from copydesk.grading.results.score_changes import LISTED, moves, pair, read_standings
from copydesk.grading.run.options import Options
from copydesk.grading.run.own_results import OwnResults
from copydesk.grading.run.previous_run import lost_options, written_tasks
from copydesk.grading.run.run import grade
from copydesk.grading.scores.appeals import NOTICE
from copydesk.text.numbers import count_of, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.results.score_changes import Move, Standing
    from copydesk.grading.results.summary import GradingReport
    from copydesk.grading.run.previous_run import Tasks
    from copydesk.grading.run.tally import Progress

BEFORE = re.compile(r"([0-9]{3,})-before\.csv")
MOST_LINES = 200
HEADS = ("date", "because", "learner", *LISTED, "lesson", "task", "from", "to", "of", "why", "file")
NOBODY = "nobody's score moved"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why all is graded again, in the instructor's words, and the date that they give it, which may be empty."""

    because: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Rekeying:
    """What grading again came to: each move with its reason, who is new, and the file that has it all."""

    grading: GradingReport
    moved: tuple[tuple[Move, str], ...]
    new: int
    path: Path

    def summary(self) -> str:
        """Return whose score moved, from what to what, and why, in lines for a terminal."""
        learners = {each.before.person for each, _ in self.moved}
        up, down = (sum(sign * each.rise > 0 for each, _ in self.moved) for sign in (1, -1))
        whose = f"{count_of(len(self.moved), 'score')} of {count_of(len(learners), 'learner')}"
        lines = [
            f"{whose} moved, {up} up and {down} down: {self.path}"
            if self.moved
            else f"Nobody's score moved: {self.path}"
        ]
        for each, why in self.moved[:MOST_LINES]:
            old, new = each.words
            task = f"{one_line(each.before.learner, 60)}, {each.before.lesson} {each.task}"
            lines.append(f"  {task}: {old} → {new} (of {number(each.maximum)}). {one_line(why)}")
        if len(self.moved) > MOST_LINES:
            lines.append(f"  and {len(self.moved) - MOST_LINES} more")
        if self.new:
            lines.append(f"{count_of(self.new, 'submission')} graded for the first time")
        return "\n".join([*lines, self.grading.summary()])


def rekey(  # noqa: PLR0913  (what grade takes, and the reason)
    paths: Sequence[Path],
    out: Path,
    *,
    reason: Reason,
    banks: Mapping[str, Bank],
    older: Sequence[Bank] = (),
    practice: Mapping[str, Bank] | None = None,
    options: Options | None = None,
    on_progress: Progress | None = None,
) -> Rekeying:
    """Grade into a folder that was graded before, and write the moves of scores to ``rekeyed/001.csv`` and so on.

    The gradebook from before lies beside it as ``001-before.csv``, from the start: a run that was killed is taken up by
    the next, which compares with the same gradebook.

    Raises:
        GradingError: there is no gradebook, or it was made with options that are missing now; and as ``grade`` does.
    """
    options = options or Options()
    require_places([*paths, *options.places], out)
    number_, is_begun = _number(out / REKEYED)
    kept = out / REKEYED / f"{number_:03}-before.csv"
    if not is_begun and not (out / GRADEBOOK).is_file():
        msg = f"{out} holds no {GRADEBOOK}; grade into it first, so that there is something to compare with"
        raise GradingError(msg)
    before, text = _earlier_gradebook(kept if is_begun else out / GRADEBOOK)
    written = written_tasks([*banks.values(), *older])
    own = OwnResults(out)
    missing = [each.option for each in lost_options(out, own, before, options, written)]
    if missing:
        msg = f"{out} was graded with {listed(missing)}: give the same again, or what was brought in would be lost"
        raise GradingError(msg)
    names = [f"{REKEYED}/{kept.name}", f"{REKEYED}/{number_:03}.csv"]
    own.require_own(names)
    make_folder(out / REKEYED)
    own.claim(names)
    write(kept, text, is_durable=True)
    report = grade(paths, out, banks=banks, older=older, practice=practice, options=options, on_progress=on_progress)
    after = list(report.scores.standings())
    moved = tuple((each, _why(each, reason, report, written)) for each in moves(before, after))
    path = out / REKEYED / f"{number_:03}.csv"
    write(path, _table(moved, reason), is_durable=True)
    return Rekeying(report, moved, len(pair(before, after)[1]), path)


def _earlier_gradebook(path: Path) -> tuple[list[Standing], str]:
    """Return the rows of the gradebook from before, and its text; its cells, which take more room, are let go."""
    table = read_csv(path)
    return read_standings(table), table.text()


def _number(folder: Path) -> tuple[int, bool]:
    """Return the number of this time, and whether it was begun already and broken off."""
    numbers = [int(found[1]) for path in folder.glob("*-before.csv") if (found := BEFORE.fullmatch(path.name))]
    last = max(numbers, default=0)
    is_begun = last > 0 and not (folder / f"{last:03}.csv").is_file()
    return (last, True) if is_begun else (last + 1, False)


def _why(move: Move, reason: Reason, report: GradingReport, written: Tasks) -> str:
    """Return why a score moved: what can be told from the two gradebooks, or else the instructor's reason."""
    before, after, task = move
    if after is None:
        return "the submission was not found again"
    if (before.file, before.moment) != (after.file, after.moment):
        return f"another submission counts now: {after.file}"
    appeal, (_, score) = report.appealed.get((after.lesson, after.file, task)), move.scores
    if appeal and score and f"{task}: {number(score.points or 0)} {NOTICE}" in after.notes:
        return f"appeal accepted: {appeal}"
    if (after.lesson, task) in written:
        return "marks of the written work"
    return reason.because


def _table(moved: Sequence[tuple[Move, str]], reason: Reason) -> str:
    lines = [
        [
            *(reason.date, cell(reason.because), *_called(each.before), each.before.lesson, each.task),
            *(*each.words, number(each.maximum), cell(why), (each.after or each.before).file),
        ]
        for each, why in moved
    ]
    return csv_text([HEADS, *(lines or [[reason.date, cell(reason.because), *[""] * (len(HEADS) - 4), NOBODY, ""]])])


def _called(standing: Standing) -> list[str]:
    """Return the learner as the gradebook has it: its cells are safe in a spreadsheet already."""
    return [standing.learner, *(standing.listed or [""] * len(LISTED))]
