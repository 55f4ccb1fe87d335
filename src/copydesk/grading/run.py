"""Grades whatever is handed in: files in; gradebook, feedback pages, class report and problems out."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from copydesk.grading.appeals import read_appeals
from copydesk.grading.crew import map_hand_ins
from copydesk.grading.display import file_part, one_line
from copydesk.grading.feedback import GENERATOR
from copydesk.grading.feedbackzip import pack
from copydesk.grading.gradebook import Identity, Row, gradebook, hand_in_table, problem_table, roster_table
from copydesk.grading.importfiles import Export, Filling, fill, read_export
from copydesk.grading.intake import NO_ANSWERS
from copydesk.grading.items import Layout
from copydesk.grading.journal import JOURNAL, Journal, Recalled, is_page
from copydesk.grading.learners import read_learners
from copydesk.grading.limits import Document
from copydesk.grading.marking.released import released
from copydesk.grading.matches import read_matches
from copydesk.grading.matching import Matching
from copydesk.grading.output import make_folder, remove, write
from copydesk.grading.problems import GradingError, HandInProblem
from copydesk.grading.report import REPORT, TABLES, report
from copydesk.grading.roster import Roster
from copydesk.grading.settle import Rules, Settled, with_senders
from copydesk.grading.sources import find, read
from copydesk.grading.summary import GradingReport
from copydesk.grading.versions import Versions, versions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from copydesk.grading.download import Download
    from copydesk.grading.sources import Fetched, Found
    from copydesk.model.bank import Bank

GRADEBOOK, HAND_INS, PROBLEMS = "gradebook.csv", "hand-ins.csv", "problems.csv"
FEEDBACK, FEEDBACK_ZIP = "feedback", "feedback.zip"
ROSTER_REPORT, REKEYED = "roster-report.csv", "rekeyed"
IMPORTS = {"canvas": "import-canvas.csv", "moodle": "import-moodle.csv"}
RESULTS = (
    *(GRADEBOOK, HAND_INS, PROBLEMS, FEEDBACK, FEEDBACK_ZIP, ROSTER_REPORT, REPORT, TABLES, JOURNAL, REKEYED),
    *IMPORTS.values(),
)
"""What a run writes into its folder."""

PAGE_NAME = re.compile(r".+-[0-9]{2}-[a-z0-9-]+-[0-9a-f]{10}\.html")
HEAD_BYTES = 1000
TWO_PEOPLE = "Nothing to do, unless they are two people's: then give a file with --matches that says whose each file is"
SETTLE_COPY = "Nothing to do, unless it should count, too: then give a file with --matches that says whose it is"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What an instructor may add to a folder of hand-ins.

    ``due`` is the moment after which a hand-in is late; ``roster`` a CSV file of the learners; ``canvas`` and
    ``moodle`` the files that these platforms export, to get marks filled in (the first of them is the roster where
    there is no other); ``columns`` which of their columns is a lesson's (``importfiles.fill``); ``workers`` how many
    processes do the work, or ``scheduler`` the address of a Dask cluster that does. ``marks`` is the folder of what
    people marked by hand, ``appeals`` the file of the appeals that were accepted, ``matches`` the instructor's file of
    whose each hand-in is. ``pages`` says whether feedback pages
    are made, which take most of the time; without them the ones of an earlier run are removed.
    """

    due: datetime | None = None
    roster: Path | None = None
    canvas: Path | None = None
    moodle: Path | None = None
    columns: tuple[str, ...] = ()
    workers: int = 1
    marks: Path | None = None
    scheduler: str = ""
    appeals: Path | None = None
    pages: bool = True
    matches: Path | None = None

    @property
    def files(self) -> list[Path]:
        """Return the lists of learners and appeals, which are no hand-ins should they lie among them."""
        return [path for path in (self.roster, self.canvas, self.moodle, self.appeals, self.matches) if path]


@dataclass(slots=True)
class _Run:
    """What is kept in memory: a light row for each hand-in, never its answers.

    ``recalled`` are digests of the pages that an earlier run wrote, of those who count.
    """

    folder: Path
    download: Download
    counted: dict[Identity, Row] = field(default_factory=dict)
    recalled: dict[Identity, str] = field(default_factory=dict)
    passed_over: list[Row] = field(default_factory=list)
    problems: list[HandInProblem] = field(default_factory=list)

    def enter(self, found: Settled | Recalled | HandInProblem) -> None:
        """Keep what a file came to, and write its page if it is the one that counts so far."""
        if isinstance(found, HandInProblem):
            self.problems.append(found)
            return
        row = found.row
        before = self.counted.get(row.who)
        if before and row.rank <= before.rank:
            self.passed_over.append(row)
            return
        if before:
            self.passed_over.append(before)
        self.counted[row.who] = row
        if isinstance(found, Recalled):
            self.recalled[row.who] = found.page
        elif found.page:
            self.recalled.pop(row.who, None)
            write(self.folder / page_name(row.who), found.page)

    def without_page(self) -> list[str]:
        """Return the files whose pages an earlier run wrote, but which are there no more or are another's by now."""
        return [
            self.counted[who].file
            for who, digest in self.recalled.items()
            if not is_page(self.folder / page_name(who), digest)
        ]

    @property
    def rows(self) -> list[Row]:
        """Return all hand-ins, those that count first."""
        return [*self.counted.values(), *self.passed_over]

    def all_problems(self) -> list[HandInProblem]:
        """Return every row of ``problems.csv``: of hand-ins only those of the ones that count."""
        is_looking = any(problem.reason == NO_ANSWERS for problem in self.problems)
        beside = (
            {place for row in self.rows for place in _places(self.download, row.file, row.lesson)}
            if is_looking
            else set()
        )
        rows = [_unless_beside(problem, beside, self.download) for problem in self.problems]
        rows += [problem for row in self.counted.values() for problem in row.problems]
        return rows + [superseded(row, self.counted[row.who]) for row in self.passed_over]


def grade(
    paths: Sequence[Path | Fetched],
    out: Path,
    *,
    banks: Mapping[str, Bank],
    older: Sequence[Bank] = (),
    practice: Mapping[str, Bank] | None = None,
    options: Options | None = None,
    on_progress: Progress | None = None,
) -> GradingReport:
    """Grade files, folders and zip files into a folder, and return what was done.

    ``banks`` are the graded banks with their keys by lesson, ``older`` those that learners were shown before,
    ``practice`` the quizzes, whose drawers of evidence the class report looks into. ``on_progress`` is called with the
    number of files done and the number known so far, which grows when a zip file is opened. The results depend on the
    content of the files alone: not on their order, the number of workers, the clock or the machine.

    Raises:
        GradingError: the results cannot be written, a list of learners cannot be read, or a task has no key.
    """
    options = options or Options()
    require_keys(banks)
    exports = [
        read_export(path, kind) for kind, path in (("canvas", options.canvas), ("moodle", options.moodle)) if path
    ]
    lists = [*([read_learners(options.roster)] if options.roster else []), *(each.listed for each in exports)]
    roster = Roster.of(lists) if lists else None
    for folder in (FEEDBACK, TABLES) if options.pages else (TABLES,):
        make_folder(out / folder)
    layouts = {lesson: Layout(bank, (practice or {}).get(lesson)) for lesson, bank in banks.items()}
    known = versions(banks, older)
    marks = released(options.marks, banks) if options.marks else None
    appeals = read_appeals(options.appeals, known) if options.appeals else None
    matches = read_matches(options.matches) if options.matches else None
    rules = Rules(known, layouts, roster, options.due, marks, appeals, options.pages, matches=matches)
    rules = with_senders(rules, find(paths, leave_out=_no_hand_ins(out, options))[0])
    journal = Journal(out / JOURNAL, rules, (out, out / FEEDBACK, out / TABLES))
    with journal:
        run, files = _read_all(journal, paths, out, rules, options, on_progress or (lambda _done, _total: None))
    pages = {who: page_name(who) for who in run.counted} if options.pages else {}
    _remove_old_pages(run.folder, set(pages.values()))
    matching = Matching(roster, run.rows) if roster else None
    problems = run.all_problems()
    problems += appeals.problems(run.counted.values()) if appeals else []
    problems += matches.problems(run.rows) if matches else []
    problems += [problem for each in lists for problem in each.problems()]
    fillings: list[Filling] = []
    if matching:
        problems += matching.problems(run.counted.values())
        fillings = _write_imports(out, exports, run, matching, known, options.columns)
        problems += [problem for filling in fillings for problem in filling.problems]
    _write_tables(out, run, problems, matching, rules)
    if options.pages:
        pack(out / FEEDBACK_ZIP, _in_zip(run, pages))
    else:
        remove(out / FEEDBACK_ZIP)
    for name, text in report({who: row.kept for who, row in run.counted.items()}, layouts).items():
        write(out / name, text)
    journal.finish()
    lessons = tuple(sorted({row.lesson for row in run.counted.values()}))
    return GradingReport(
        files=files,
        graded=len(run.counted),
        superseded=len(run.passed_over),
        not_graded=sum(problem.outcome == "not graded" for problem in problems),
        awaiting_marking=sum(row.points.count(None) for row in run.counted.values()),
        missing=sum(len(matching.without(lesson)) for lesson in lessons) if matching else 0,
        lessons=lessons,
        gradebook=out / GRADEBOOK,
        feedback=out / FEEDBACK if options.pages else None,
        class_report=out / REPORT,
        problems=out / PROBLEMS,
        problem_rows=len(problems),
        waiting=marks.waiting if marks else (),
        older=tuple(known.used(run.counted.values())),
        appealed=appeals.reasons(run.counted.values()) if appeals else {},
        imports=tuple(filling.line(out / IMPORTS[filling.platform], out / PROBLEMS) for filling in fillings),
    )


def results(out: Path) -> list[Path]:
    """Return what a run writes into its folder, which is never a hand-in."""
    return [out / name for name in RESULTS]


def _write_tables(
    out: Path, run: _Run, problems: Sequence[HandInProblem], matching: Matching | None, rules: Rules
) -> None:
    counts: defaultdict[Identity, int] = defaultdict(int)
    for row in run.rows:
        counts[row.who] += 1
    write(out / GRADEBOOK, gradebook(run.counted.values(), rules.versions, counts, matching))
    write(out / HAND_INS, hand_in_table(run.rows, run.counted, rules.versions, has_due=rules.due is not None))
    write(out / PROBLEMS, problem_table(problems))
    if matching:
        write(out / ROSTER_REPORT, roster_table(matching))
    else:
        remove(out / ROSTER_REPORT)


def _in_zip(run: _Run, pages: Mapping[Identity, str]) -> dict[str, Path]:
    """Return where each page is, under the name by which a platform takes it back."""
    named = {}
    for who, page in pages.items():
        row = run.counted[who]
        name = row.sender.feedback_name(f"feedback-{row.lesson}.html") if row.sender else page
        named[name] = run.folder / page
    return named


def _write_imports(
    out: Path,
    exports: Sequence[Export],
    run: _Run,
    matching: Matching,
    known: Versions,
    columns: Sequence[str],
) -> list[Filling]:
    """Write the exports with marks filled in, and return what was filled in, and what could not be."""
    fillings = []
    for export in exports:
        fillings.append(fill(export, run.counted.values(), known, matching, columns))
        write(out / IMPORTS[export.platform], export.table.text())
    return fillings


def require_keys(banks: Mapping[str, Bank]) -> None:
    """Raise ``GradingError`` when a task has no key."""
    for lesson, bank in banks.items():
        for entry in bank.tasks:
            if entry.key is None:
                msg = f"task {entry.task.id!r} of {lesson} has no key; grade with the banks of solutions/tasks"
                raise GradingError(msg)


def _no_hand_ins(out: Path, options: Options) -> list[Path]:
    """Return what is passed over where hand-ins are looked for."""
    return [*results(out), *options.files, *([options.marks] if options.marks else [])]


def _read_all(
    journal: Journal, paths: Sequence[Path | Fetched], out: Path, rules: Rules, options: Options, on_progress: Progress
) -> tuple[_Run, int]:
    """Grade all files, those that an earlier run has finished only where their pages are gone; return also how many."""
    leave_out = _no_hand_ins(out, options)
    while True:
        run = _Run(out / FEEDBACK, rules.download)
        found, run.problems = find(paths, leave_out=leave_out)
        files = _read_found(run, found, journal, rules, options, on_progress)
        stale = run.without_page()
        if not stale:
            return run, files
        journal.forget(stale)


def _read_found(
    run: _Run, found: Sequence[Found], journal: Journal, rules: Rules, options: Options, on_progress: Progress
) -> int:
    """Grade files and return how many there were, the members of zip files one by one."""
    done, total = 0, len(found)

    def expect(count: int) -> None:
        nonlocal total
        total += max(count - 1, 0)  # the zip file itself is counted already

    def files() -> Iterator[Document | Sequence[Recalled | HandInProblem]]:
        for file in found:
            for each in read(file, expect):
                yield [each] if isinstance(each, HandInProblem) else journal.recall(each) or each

    on_progress(done, total)
    for file, outcomes in map_hand_ins(files(), rules, workers=options.workers, scheduler=options.scheduler):
        for each in outcomes if isinstance(file, Document) else file:
            run.enter(each)
        if isinstance(file, Document) and rules.pages:  # without its page, a file is graded again as fast as recalled
            journal.add(file, outcomes)
        done += 1
        total = max(done, total)
        on_progress(done, total)
    return done


def _places(download: Download, file: str, lesson: str = "") -> list[str]:
    """Return where a notebook without answers may lie, if this is the answer file that belongs to it.

    That is with the learner's other files, where a platform says whose they are; or else in the same folder and of
    the same name, or called after the lesson alone. An answer file may lie in a folder of its own, ``answers``.
    """
    sent, path = download.sender(file), PurePosixPath(file)
    if sent:
        return [f"{sent.platform} {sent.name} {sent.id}"]
    folder = path.parent.parent if path.parent.name in {"answers", "hand-in"} else path.parent
    own = str(folder / path.stem)
    return [own, str(folder / lesson)] if lesson and path.stem.startswith(lesson) else [own]


def _unless_beside(problem: HandInProblem, beside: set[str], download: Download) -> HandInProblem:
    """Return the row for a notebook without answers, which is no problem where the answer file lies beside it."""
    if problem.reason != NO_ANSWERS or _places(download, problem.file)[0] not in beside:
        return problem
    reason = "the notebook carries no answers; the answer file beside it was graded"
    return HandInProblem(problem.file, reason, "Nothing to do", "superseded")


def superseded(row: Row, counted: Row) -> HandInProblem:
    """Return the row for a hand-in that another one of the same learner replaced."""
    instead = one_line(counted.file, 120)
    if row.is_same(counted):
        return HandInProblem(row.file, f"the same hand-in as {instead}, which counts", "Nothing to do", "superseded")
    if counted.is_vouched_for and not row.is_vouched_for:
        reason = f"only the file itself says that it is {one_line(counted.learner, 60)!r}'s; what counts is {instead}"
        return HandInProblem(row.file, reason, SETTLE_COPY, "superseded")
    which = "one in time" if row.is_late and not counted.is_late else "earliest" if row.is_late else "later hand-in"
    reason = f"of {one_line(counted.learner, 60)!r} for {row.lesson} the {which} counts: {instead}"
    remedy = "Nothing to do" if row.sender else TWO_PEOPLE
    return HandInProblem(row.file, reason, remedy, "superseded")


def page_name(who: Identity) -> str:
    """Return the file name of a feedback page: readable, safe on any system, and different for each learner."""
    kind, name, lesson = who
    short = hashlib.sha256("\0".join(who).encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{file_part(PurePosixPath(name).name if kind == 'file' else name)}-{lesson}-{short}.html"


def _remove_old_pages(folder: Path, ours: Collection[str]) -> None:
    """Remove the pages that an earlier run wrote and that are not this one's."""
    marker = f'<meta name="generator" content="{GENERATOR}">'.encode()
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name in ours or not PAGE_NAME.fullmatch(path.name) or path.is_symlink() or not path.is_file():
            continue
        with path.open("rb") as file:
            is_ours = marker in file.read(HEAD_BYTES)
        if is_ours:
            path.unlink()
