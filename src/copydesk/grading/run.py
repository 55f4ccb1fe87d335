"""Grades whatever is handed in: files in; gradebook, feedback pages, class report and problems out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from copydesk.grading.assessment import Assessment, assess
from copydesk.grading.display import file_part, one_line
from copydesk.grading.feedback import GENERATOR, page
from copydesk.grading.gradebook import Row, gradebook, problem_table
from copydesk.grading.intake import HandIn, hand_ins
from copydesk.grading.items import Layout
from copydesk.grading.output import make_folder, write
from copydesk.grading.problems import GradingError, HandInProblem
from copydesk.grading.report import REPORT, TABLES, report
from copydesk.grading.sources import find, read
from copydesk.model.form import is_statement

if TYPE_CHECKING:
    from copydesk.grading.limits import Document
    from copydesk.model.bank import Bank

GRADEBOOK, PROBLEMS, FEEDBACK = "gradebook.csv", "problems.csv", "feedback"
PAGE_NAME = re.compile(r".+-[0-9]{2}-[a-z0-9-]+-[0-9a-f]{10}\.html")
HEAD_BYTES = 1000
Progress = Callable[[int, int], None]
Identity = tuple[str, str, str]
"""Whether an alias or a file name, the name itself in one spelling, and the lesson."""


@dataclass(frozen=True, slots=True)
class GradingReport:
    """What a run did: counts, and where the results are.

    ``files`` counts what was looked at (members of zip files one by one), ``graded`` the rows of the
    gradebook, ``superseded`` the hand-ins that a later one of the same learner replaced, ``not_graded``
    the files with a reason, ``awaiting_marking`` the written answers that a person has to mark.
    """

    files: int
    graded: int
    superseded: int
    not_graded: int
    awaiting_marking: int
    lessons: tuple[str, ...]
    gradebook: Path
    feedback: Path
    class_report: Path
    problems: Path
    problem_rows: int

    def summary(self) -> str:
        """Return what was done in a few lines for a terminal."""
        lessons = f" ({', '.join(self.lessons)})" if self.lessons else ""
        lines = [
            f"{_count(self.graded, 'hand-in')} graded{lessons}: {self.gradebook}, {self.feedback}, {self.class_report}"
        ]
        if self.awaiting_marking:
            lines.append(f"{_count(self.awaiting_marking, 'written answer')} awaiting marking by a person")
        if self.superseded:
            lines.append(f"{_count(self.superseded, 'hand-in')} replaced by a later one of the same learner")
        if self.problem_rows:
            lines.append(f"{_count(self.not_graded, 'file')} not graded; {self.problems} has every reason and remedy")
        return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


@dataclass(slots=True)
class _Run:
    """What is kept in memory: a light row for each hand-in, never its answers."""

    banks: Mapping[str, Bank]
    folder: Path
    fingerprints: dict[str, str]
    layouts: dict[str, Layout]
    counted: dict[Identity, Row] = field(default_factory=dict)
    passed_over: list[tuple[Identity, Row]] = field(default_factory=list)
    problems: list[HandInProblem] = field(default_factory=list)

    def take(self, document: Document) -> None:
        """Grade one file; whatever goes wrong with it is a row, never the end."""
        try:
            for found in hand_ins(document, self.banks):
                if isinstance(found, HandInProblem):
                    self.problems.append(found)
                else:
                    self.enter(found)
        except GradingError:
            raise
        except Exception as error:  # noqa: BLE001  (a fault in this program on one file must not cost the others)
            reason = f"Copy Desk itself failed on this file ({type(error).__name__})"
            remedy = "Please report it with the file; all other files were graded"
            self.problems.append(HandInProblem(document.name, reason, remedy))

    def enter(self, hand_in: HandIn) -> None:
        """Grade a hand-in, and write its page if it is the one that counts so far."""
        lesson = hand_in.header.lesson
        assessment = assess(hand_in, self.banks[lesson], fingerprint=self.fingerprints[lesson])
        who, row = identity(hand_in), replace(summary(assessment), kept=self.layouts[lesson].keep(assessment))
        if who in self.counted and rank(row) <= rank(self.counted[who]):
            self.passed_over.append((who, row))
            return
        html = page(assessment, row.learner)
        if who in self.counted:
            self.passed_over.append((who, self.counted[who]))
        self.counted[who] = row
        write(self.folder / page_name(who), html)

    def all_problems(self) -> list[HandInProblem]:
        """Return every row of ``problems.csv``: of hand-ins only those of the ones that count."""
        rows = [*self.problems]
        rows += [problem for row in self.counted.values() for problem in row.problems]
        return rows + [superseded(row, self.counted[who]) for who, row in self.passed_over]


def grade(
    paths: Sequence[Path],
    out: Path,
    *,
    banks: Mapping[str, Bank],
    practice: Mapping[str, Bank] | None = None,
    on_progress: Progress | None = None,
) -> GradingReport:
    """Grade files, folders and zip files into a folder, and return what was done.

    ``banks`` are the graded banks with their keys by lesson, ``practice`` the quizzes, whose drawers of evidence the
    class report looks into. ``on_progress`` is called with the number of
    files done and the number known so far, which grows when a zip file is opened. The results depend on
    the content of the files alone: not on their order, the clock or the machine.

    Raises:
        GradingError: the results cannot be written, or a task of a bank has no key.
    """
    require_keys(banks)
    make_folder(out / FEEDBACK)
    make_folder(out / TABLES)
    layouts = {lesson: Layout(bank, (practice or {}).get(lesson)) for lesson, bank in banks.items()}
    run = _Run(banks, out / FEEDBACK, {lesson: bank.fingerprint() for lesson, bank in banks.items()}, layouts)
    files = _read_all(run, paths, out, on_progress or (lambda _done, _total: None))
    _remove_old_pages(run)
    problems = run.all_problems()
    write(out / GRADEBOOK, gradebook(run.counted.values(), banks))
    write(out / PROBLEMS, problem_table(problems))
    for name, text in report({who: row.kept for who, row in run.counted.items()}, layouts).items():
        write(out / name, text)
    return GradingReport(
        files=files,
        graded=len(run.counted),
        superseded=len(run.passed_over),
        not_graded=sum(problem.outcome == "not graded" for problem in problems),
        awaiting_marking=sum(row.points.count(None) for row in run.counted.values()),
        lessons=tuple(sorted({row.lesson for row in run.counted.values()})),
        gradebook=out / GRADEBOOK,
        feedback=out / FEEDBACK,
        class_report=out / REPORT,
        problems=out / PROBLEMS,
        problem_rows=len(problems),
    )


def require_keys(banks: Mapping[str, Bank]) -> None:
    """Raise ``GradingError`` when a task has no key."""
    for lesson, bank in banks.items():
        for entry in bank.tasks:
            if entry.key is None:
                msg = f"task {entry.task.id!r} of {lesson} has no key; grade with the banks of solutions/tasks"
                raise GradingError(msg)


def _read_all(run: _Run, paths: Sequence[Path], out: Path, on_progress: Progress) -> int:
    """Grade all files, one at a time, and return how many there were."""
    ours = (GRADEBOOK, PROBLEMS, FEEDBACK, REPORT, TABLES)
    found, run.problems = find(paths, leave_out=[out / name for name in ours])
    done, total = 0, len(found)

    def expect(count: int) -> None:
        nonlocal total
        total += max(count - 1, 0)  # the zip file itself is counted already

    on_progress(done, total)
    for file in found:
        for document in read(file, expect):
            if isinstance(document, HandInProblem):
                run.problems.append(document)
            else:
                run.take(document)
            done += 1
            total = max(done, total)
            on_progress(done, total)
    return done


def identity(hand_in: HandIn) -> Identity:
    """Return who handed in: the alias in one spelling, or else the file without its ending; and the lesson."""
    alias = " ".join(unicodedata.normalize("NFC", hand_in.header.learner.alias).casefold().split())
    if alias:
        return "alias", alias, hand_in.header.lesson
    return "file", str(PurePosixPath(hand_in.file).with_suffix("")).casefold(), hand_in.header.lesson


def summary(assessment: Assessment) -> Row:
    """Return what is kept of an assessment."""
    hand_in, results = assessment.hand_in, assessment.results
    form = assessment.form
    return Row(
        learner=" ".join(hand_in.header.learner.alias.split()) or PurePosixPath(hand_in.file).stem,
        lesson=hand_in.header.lesson,
        file=hand_in.file,
        moment=hand_in.moment,
        digest=hand_in.digest,
        points=tuple(result.score.points for result in results),
        unanswered=tuple(
            result.task.id
            for result in results
            if result.score.status == "unanswered" and not result.fault and not is_statement(result.task)
        ),
        notices=assessment.notices,
        problems=assessment.problems,
        statements=f"{form.done} of {form.total} ({form.name})" if form else "",
    )


def rank(row: Row) -> tuple[object, ...]:
    """Return what decides which of two hand-ins counts: the later; then the content; then the file name."""
    return row.moment, row.digest, row.file


def superseded(row: Row, counted: Row) -> HandInProblem:
    """Return the row for a hand-in that another one of the same learner replaced."""
    instead = one_line(counted.file, 120)
    if row.digest == counted.digest:
        return HandInProblem(row.file, f"the same hand-in as {instead}, which counts", "Nothing to do", "superseded")
    reason = f"of {one_line(counted.learner, 60)!r} for {row.lesson} the later hand-in counts: {instead}"
    remedy = "Nothing to do, unless two people use one alias: then ask one of them to hand in under another"
    return HandInProblem(row.file, reason, remedy, "superseded")


def page_name(who: Identity) -> str:
    """Return the file name of a feedback page: readable, safe on any system, and different for each learner."""
    kind, name, lesson = who
    short = hashlib.sha256("\0".join(who).encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{file_part(PurePosixPath(name).name if kind == 'file' else name)}-{lesson}-{short}.html"


def _remove_old_pages(run: _Run) -> None:
    """Remove the pages that an earlier run wrote for learners who are not in this one."""
    ours = {page_name(who) for who in run.counted}
    marker = f'<meta name="generator" content="{GENERATOR}">'.encode()
    for path in run.folder.iterdir():
        if path.name in ours or not PAGE_NAME.fullmatch(path.name) or path.is_symlink() or not path.is_file():
            continue
        with path.open("rb") as file:
            is_ours = marker in file.read(HEAD_BYTES)
        if is_ours:
            path.unlink()
