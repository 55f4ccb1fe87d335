"""Grades whatever is submitted: files in; gradebook, feedback pages, class report and problems out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from copydesk.grading.feedback.archive import pack
from copydesk.grading.files.inputs import Fetched, find
from copydesk.grading.files.places import require_places
from copydesk.grading.files.problems import GradingError, SubmissionProblem, WrongPlaceError
from copydesk.grading.files.result_names import (
    FEEDBACK,
    FEEDBACK_ZIP,
    GRADEBOOK,
    IMPORTS,
    PROBLEMS,
    REPORT,
    ROSTER_REPORT,
    SUBMISSIONS,
    TABLES,
)
from copydesk.grading.files.safe_text import listed, one_line
from copydesk.grading.files.writing import make_folder, remove, write
from copydesk.grading.marking.final_marks import released
from copydesk.grading.report.counts import Layout
from copydesk.grading.report.page import file_names, report
from copydesk.grading.report.similar import alike
from copydesk.grading.results.gradebook import Gradebook, problem_table, roster_table, submission_table
from copydesk.grading.results.platform_grades import Export, Filling, fill, read_export, require_columns
from copydesk.grading.results.summary import GradingReport
from copydesk.grading.run.journal import JOURNAL, Journal
from copydesk.grading.run.one_file import NOT_ON_DESK
from copydesk.grading.run.options import Options
from copydesk.grading.run.own_results import RESULTS, OwnResults
from copydesk.grading.run.previous_run import lost_line, removed_line, written_tasks
from copydesk.grading.run.rules import Rules, with_senders
from copydesk.grading.run.tally import Tally, page_name, take_all
from copydesk.grading.scores.appeals import read_appeals
from copydesk.grading.scores.versions import Versions, versions
from copydesk.grading.submissions.learners import read_learners
from copydesk.grading.submissions.matches import read_matches
from copydesk.grading.submissions.roster import Roster
from copydesk.grading.submissions.roster_status import Matching
from copydesk.text.numbers import count_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.run.tally import Progress
    from copydesk.grading.submissions.record import Identity, Row
    from copydesk.grading.submissions.selection import Selection

MOST_REASONS = 5


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
    require_places(options.places, out)
    rules, exports = rules_of(banks, older, practice, options)
    require_columns(options.columns, exports, banks)
    own = OwnResults(out)
    if own.names:
        require_places(paths)
    leave_out = [*own.paths, *options.places]
    found = find(paths, leave_out=leave_out)
    rules = with_senders(rules, found[0])
    if not found[0] and GRADEBOOK in own.names and (out / GRADEBOOK).is_file():
        raise _nothing_to_grade(paths, out, found[1])
    names = _names(options, exports, rules)
    own.require_own(names, options.files)
    lost = lost_line(out, own, options, written_tasks([*banks.values(), *older]))
    for folder in (FEEDBACK, TABLES) if options.pages else (TABLES,):
        make_folder(out / folder)
    journal = Journal(out / JOURNAL, rules, (out, out / FEEDBACK, out / TABLES))
    with journal:
        own.claim(names)
        tally, files, rules = take_all(
            journal,
            found,
            lambda: Tally(out / FEEDBACK, rules.download, is_taken_up=own.is_unfinished),
            rules,
            workers=options.workers,
            scheduler=options.scheduler,
            on_progress=on_progress or (lambda _done, _total: None),
        )
    if not tally.selection.counted and GRADEBOOK in own.names and (out / GRADEBOOK).is_file():
        journal.finish()
        raise _nothing_to_grade(paths, out, tally.problems)
    made = _written(out, own, tally, rules, exports, options)
    removed = own.remove_old(names, options.files)
    journal.finish()
    return replace(made, files=files, lost=lost, removed=tuple(map(removed_line, removed)))


def _written(
    out: Path, own: OwnResults, tally: Tally, rules: Rules, exports: Sequence[Export], options: Options
) -> GradingReport:
    """Write all results but the pages, which are written already, and return what was done."""
    selection, counted = tally.selection, tally.selection.counted.values()
    pages = {who: page_name(who) for who in selection.counted} if options.pages else {}
    for path in own.old_pages(set(pages.values())):
        remove(path)
    matching = Matching(rules.roster, selection.rows, rules.download) if rules.roster else None
    problems = tally.all_problems()
    problems += rules.appeals.problems(counted) if rules.appeals else []
    problems += rules.matches.problems(selection.rows) if rules.matches else []
    problems += rules.roster.problems if rules.roster else ()
    if rules.released and options.marks:
        problems += rules.released.problems({row.lesson for row in counted}, options.marks.name)
    fillings: list[Filling] = []
    if matching:
        matching.note_unreadable(problems)
        problems += matching.problems(counted)
        fillings = _write_imports(out, exports, counted, matching, rules.versions, options.columns)
        problems += [problem for filling in fillings for problem in filling.problems]
    pairs = alike(selection.rows, rules.layouts)
    problems += pairs
    counts = Counter(row.who for row in selection.rows)
    scores = Gradebook(counted, rules.versions, counts, matching)
    write(out / GRADEBOOK, scores.text())
    _write_tables(out, selection, problems, matching, rules)
    if options.pages:
        pack(out / FEEDBACK_ZIP, _in_zip(tally, pages))
    for name, text in report({row.who: row.kept for row in counted}, rules.layouts).items():
        write(out / name, text)
    lessons = tuple(sorted({row.lesson for row in counted}))
    return GradingReport(
        files=0,
        graded=len(counted),
        superseded=len(selection.passed_over) - len(selection.taken),
        joined=len(selection.taken),
        not_graded=sum(problem.outcome == "not graded" for problem in problems),
        alike=len(pairs),
        awaiting_marking=sum(row.points.count(None) for row in counted),
        missing=sum(len(matching.without(lesson)) for lesson in lessons) if matching else 0,
        lessons=lessons,
        gradebook=out / GRADEBOOK,
        scores=scores,
        feedback=out / FEEDBACK if options.pages else None,
        class_report=out / REPORT,
        problems=out / PROBLEMS,
        problem_rows=len(problems),
        waiting=(*(rules.released.lines() if rules.released else ()), *_not_on_desk(counted)),
        older=tuple(rules.versions.used(counted)),
        appealed=rules.appeals.reasons(counted) if rules.appeals else {},
        imports=tuple(filling.line(out / IMPORTS[filling.platform], out / PROBLEMS) for filling in fillings),
    )


def _not_on_desk(counted: Iterable[Row]) -> list[str]:
    """Return, in a line for the terminal, how many texts that count nobody can mark yet."""
    count = sum(NOT_ON_DESK in notice for row in counted for notice in row.notices)
    if not count:
        return []
    again = (
        "`copydesk mark` again with these submissions and the same --due, --roster, --canvas, --moodle and --matches"
    )
    return [f"{count_of(count, 'written answer')} not on the marking desk; run {again}"]


def rules_of(
    banks: Mapping[str, Bank], older: Sequence[Bank], practice: Mapping[str, Bank] | None, options: Options
) -> tuple[Rules, list[Export]]:
    """Return what submissions are graded by, and the exports of platforms that marks go into.

    Raises:
        GradingError: a list of learners, the marks or the appeals cannot be read, or a task has no key.
    """
    require_keys(banks)
    exports = [
        read_export(path, kind) for kind, path in (("canvas", options.canvas), ("moodle", options.moodle)) if path
    ]
    known = versions(banks, older)
    rules = Rules(
        versions=known,
        layouts={lesson: Layout(bank, (practice or {}).get(lesson)) for lesson, bank in banks.items()},
        roster=_roster(options, exports),
        due=options.due,
        released=released(options.marks, banks) if options.marks else None,
        appeals=read_appeals(options.appeals, known) if options.appeals else None,
        pages=options.pages,
        matches=read_matches(options.matches) if options.matches else None,
    )
    return rules, exports


def _names(options: Options, exports: Sequence[Export], rules: Rules) -> list[str]:
    """Return the names of the files that a run writes, but for the feedback pages, which nobody knows before."""
    names = [GRADEBOOK, SUBMISSIONS, PROBLEMS, *file_names()]
    names += [FEEDBACK_ZIP] if options.pages else []
    names += [ROSTER_REPORT] if rules.roster else []
    return names + [IMPORTS[export.platform] for export in exports]


def _nothing_to_grade(
    paths: Sequence[Path | Fetched], out: Path, problems: Sequence[SubmissionProblem]
) -> WrongPlaceError:
    places = listed([path.location if isinstance(path, Fetched) else str(path) for path in paths])
    why = "".join(f"\n  {one_line(each.file, 120)}: {each.reason}" for each in problems[:MOST_REASONS])
    return WrongPlaceError(
        f"No submission was found in {places}, so the results in {out} stay as they are. "
        f"Check the name; to begin anew, name another folder with --out, or remove this one.{why}"
    )


def results(out: Path) -> list[Path]:
    """Return where a run writes into its folder."""
    return [out / name for name in RESULTS]


def _roster(options: Options, exports: Sequence[Export]) -> Roster | None:
    """Return the learners of all lists together: of the roster first, and of the exports."""
    lists = [*([read_learners(options.roster)] if options.roster else []), *(each.listed for each in exports)]
    return Roster.of(lists) if lists else None


def _write_tables(
    out: Path,
    selection: Selection,
    problems: Sequence[SubmissionProblem],
    matching: Matching | None,
    rules: Rules,
) -> None:
    write(out / SUBMISSIONS, submission_table(selection, rules.versions, has_due=rules.due is not None))
    write(out / PROBLEMS, problem_table(problems))
    if matching:
        write(out / ROSTER_REPORT, roster_table(matching))


def _in_zip(tally: Tally, pages: Mapping[Identity, str]) -> dict[str, Path]:
    """Return where each page is, under the name by which a platform takes it back."""
    named = {}
    for who, page in pages.items():
        row = tally.selection.counted[who]
        name = row.sender.feedback_name(f"feedback-{row.lesson}.html") if row.sender else page
        named[name] = tally.folder / page
    return named


def _write_imports(
    out: Path,
    exports: Sequence[Export],
    counted: Collection[Row],
    matching: Matching,
    known: Versions,
    columns: Sequence[str],
) -> list[Filling]:
    """Write the exports with marks filled in, and return what was filled in, and what could not be."""
    fillings = []
    for export in exports:
        fillings.append(fill(export, counted, known, matching, columns))
        write(out / IMPORTS[export.platform], export.table.text())
    return fillings


def require_keys(banks: Mapping[str, Bank]) -> None:
    """Raise ``GradingError`` when a task has no key."""
    for lesson, bank in banks.items():
        for entry in bank.tasks:
            if entry.key is None:
                msg = f"task {entry.task.id!r} of {lesson} has no key; grade with the banks of solutions/tasks"
                raise GradingError(msg)
