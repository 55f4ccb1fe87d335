"""Grades whatever is submitted: files in; gradebook, feedback pages, class report and problems out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from copydesk.grading.feedback.archive import pack_pages
from copydesk.grading.files.inputs import RemoteFolder, find_files
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
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.files.writing import make_folder, remove, write
from copydesk.grading.marking.final_marks import read_final_marks
from copydesk.grading.report.counts import Layout
from copydesk.grading.report.page import file_names, report_files
from copydesk.grading.report.similar import similar_work
from copydesk.grading.results.gradebook import Gradebook, problem_table, roster_table, submission_table
from copydesk.grading.results.platform_grades import Export, ImportReport, fill_marks, read_export, require_columns
from copydesk.grading.results.summary import GradingReport
from copydesk.grading.run.journal import JOURNAL, Journal
from copydesk.grading.run.one_file import NOT_ON_DESK
from copydesk.grading.run.options import Options
from copydesk.grading.run.own_results import RESULTS, OwnResults
from copydesk.grading.run.previous_run import lost_line, removed_line, written_tasks
from copydesk.grading.run.rules import Rules, add_senders
from copydesk.grading.run.tally import Tally, grade_files, page_name
from copydesk.grading.scores.appeals import read_appeals
from copydesk.grading.scores.versions import Versions, collect_versions
from copydesk.grading.submissions.learners import read_learners
from copydesk.grading.submissions.matches import read_matches
from copydesk.grading.submissions.roster import Roster
from copydesk.grading.submissions.roster_status import Matching
from copydesk.text import t
from copydesk.text.lists import name_list

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.run.tally import Progress
    from copydesk.grading.submissions.record import GradedSubmission, Identity
    from copydesk.grading.submissions.selection import Selection

MOST_REASONS = 5


def grade(
    paths: Sequence[Path | RemoteFolder],
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
    rules, exports = read_rules(banks, older, practice, options)
    require_columns(options.columns, exports, banks)
    own = OwnResults(out)
    if own.names:
        require_places(paths)
    inputs = find_files(paths, leave_out=[*own.paths, *options.places])
    files, file_problems = inputs
    rules = add_senders(rules, files)
    has_results = GRADEBOOK in own.names and (out / GRADEBOOK).is_file()
    if not files and has_results:
        raise _nothing_to_grade(paths, out, file_problems)
    names = _result_names(options, exports, rules)
    own.require_own(names, options.files)
    lost = lost_line(out, own, options, written_tasks([*banks.values(), *older]))
    make_folder(out / TABLES)
    if options.pages:
        make_folder(out / FEEDBACK)
    journal = Journal(out / JOURNAL, rules, (out, out / FEEDBACK, out / TABLES))
    with journal:
        own.claim(names)
        tally, count, rules = grade_files(
            journal,
            inputs,
            lambda: Tally(out / FEEDBACK, rules.download, is_taken_up=own.is_unfinished),
            rules,
            workers=options.workers,
            scheduler=options.scheduler,
            on_progress=on_progress or (lambda _done, _total: None),
        )
    if not tally.selection.counted and has_results:
        journal.finish()
        raise _nothing_to_grade(paths, out, tally.problems)
    report = _write_results(out, own, tally, rules, exports, options)
    removed = own.remove_old(names, options.files)
    journal.finish()
    return replace(report, files=count, lost=lost, removed=tuple(map(removed_line, removed)))


def _write_results(
    out: Path, own: OwnResults, tally: Tally, rules: Rules, exports: Sequence[Export], options: Options
) -> GradingReport:
    """Write all results but the pages, which are written already, and return what was done."""
    selection, counted = tally.selection, tally.selection.counted.values()
    pages = {identity: page_name(identity) for identity in selection.counted} if options.pages else {}
    for path in own.old_pages(set(pages.values())):
        remove(path)
    matching = Matching(rules.roster, selection.rows, rules.download) if rules.roster else None
    problems = tally.all_problems()
    problems += _rule_problems(tally, rules, options)
    imports: list[ImportReport] = []
    if matching:
        matching.note_unreadable(problems)
        problems += matching.problems(counted)
        imports = _write_imports(out, exports, counted, matching, rules.versions, options.columns)
        for entry in imports:
            problems += entry.problems
    similar = similar_work(selection.rows, rules.layouts)
    problems += similar
    counts = Counter(submission.identity for submission in selection.rows)
    scores = Gradebook(counted, rules.versions, counts, matching)
    write(out / GRADEBOOK, scores.text())
    _write_tables(out, selection, problems, matching, rules)
    if options.pages:
        pack_pages(out / FEEDBACK_ZIP, _names_in_zip(tally, pages))
    encoded_answers = {submission.identity: submission.encoded_answers for submission in counted}
    for name, text in report_files(encoded_answers, rules.layouts).items():
        write(out / name, text)
    lessons = tuple(sorted({submission.lesson for submission in counted}))
    not_graded = sum(problem.outcome == "not graded" for problem in problems)
    awaiting_marking = sum(submission.points.count(None) for submission in counted)
    appealed = rules.appeals.reasons(counted) if rules.appeals else {}
    import_lines = [entry.line(out / IMPORTS[entry.platform], out / PROBLEMS) for entry in imports]
    return GradingReport(
        files=0,
        graded=len(counted),
        superseded=len(selection.not_counted) - len(selection.tasks_taken),
        joined=len(selection.tasks_taken),
        not_graded=not_graded,
        alike=len(similar),
        awaiting_marking=awaiting_marking,
        missing=_missing_count(matching, lessons),
        lessons=lessons,
        gradebook=out / GRADEBOOK,
        scores=scores,
        feedback=out / FEEDBACK if options.pages else None,
        class_report=out / REPORT,
        problems=out / PROBLEMS,
        problem_rows=len(problems),
        waiting=tuple(_waiting(rules, counted)),
        older=tuple(rules.versions.used_versions(counted)),
        appealed=appealed,
        imports=tuple(import_lines),
    )


def _rule_problems(tally: Tally, rules: Rules, options: Options) -> list[SubmissionProblem]:
    """Return the rows of ``problems.csv`` on appeals, matches, lists of learners and marks that do not apply."""
    selection, counted = tally.selection, tally.selection.counted.values()
    problems: list[SubmissionProblem] = []
    if rules.appeals:
        problems += rules.appeals.problems(counted)
    if rules.matches:
        problems += rules.matches.problems(selection.rows)
    if rules.roster:
        problems += rules.roster.problems
    if rules.final_marks and options.marks:
        lessons = {submission.lesson for submission in counted}
        problems += rules.final_marks.problems(lessons, options.marks.name)
    return problems


def _missing_count(matching: Matching | None, lessons: Iterable[str]) -> int:
    """Return how many learners of the roster have no submission, lesson by lesson."""
    if matching is None:
        return 0
    return sum(len(matching.learners_without_submission(lesson)) for lesson in lessons)


def _waiting(rules: Rules, counted: Iterable[GradedSubmission]) -> Iterator[str]:
    """Yield, for the terminal, why marks do not count yet, and how many texts that count nobody can mark yet."""
    if rules.final_marks:
        yield from rules.final_marks.lines()
    count = 0
    for submission in counted:
        count += sum(NOT_ON_DESK in notice for notice in submission.notices)
    if count:
        yield t("run.not_on_desk", count=count)


def read_rules(
    banks: Mapping[str, Bank], older: Sequence[Bank], practice: Mapping[str, Bank] | None, options: Options
) -> tuple[Rules, list[Export]]:
    """Return the rules by which submissions are graded, and the exports of platforms that marks go into.

    Raises:
        GradingError: a list of learners, the marks or the appeals cannot be read, or a task has no key.
    """
    require_keys(banks)
    exports = []
    if options.canvas:
        exports.append(read_export(options.canvas, "canvas"))
    if options.moodle:
        exports.append(read_export(options.moodle, "moodle"))
    quizzes = practice or {}
    all_versions = collect_versions(banks, older)
    layouts = {lesson: Layout(bank, quizzes.get(lesson)) for lesson, bank in banks.items()}
    roster = _roster(options, exports)
    final_marks = read_final_marks(options.marks, banks) if options.marks else None
    appeals = read_appeals(options.appeals, all_versions) if options.appeals else None
    matches = read_matches(options.matches) if options.matches else None
    rules = Rules(
        versions=all_versions,
        layouts=layouts,
        roster=roster,
        due=options.due,
        final_marks=final_marks,
        appeals=appeals,
        pages=options.pages,
        matches=matches,
        card_titles=options.card_titles,
    )
    return rules, exports


def _result_names(options: Options, exports: Iterable[Export], rules: Rules) -> list[str]:
    """Return the names of the files that a run writes, but for the feedback pages, which nobody knows before."""
    names = [GRADEBOOK, SUBMISSIONS, PROBLEMS, *file_names()]
    if options.pages:
        names.append(FEEDBACK_ZIP)
    if rules.roster:
        names.append(ROSTER_REPORT)
    return names + [IMPORTS[export.platform] for export in exports]


def _nothing_to_grade(
    paths: Sequence[Path | RemoteFolder], out: Path, problems: Sequence[SubmissionProblem]
) -> WrongPlaceError:
    places = [path.location if isinstance(path, RemoteFolder) else str(path) for path in paths]
    message = t("run.nothing_to_grade", places=name_list(places), out=out)
    for problem in problems[:MOST_REASONS]:
        message += f"\n  {one_line(problem.file, 120)}: {problem.reason}"
    return WrongPlaceError(message)


def result_paths(out: Path) -> list[Path]:
    """Return the paths that a run writes to in its folder."""
    return [out / name for name in RESULTS]


def _roster(options: Options, exports: Iterable[Export]) -> Roster | None:
    """Return the learners of all lists together: of the roster first, and of the exports."""
    lists = [export.learners for export in exports]
    if options.roster:
        lists.insert(0, read_learners(options.roster))
    return Roster.from_lists(lists) if lists else None


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


def _names_in_zip(tally: Tally, pages: Mapping[Identity, str]) -> dict[str, Path]:
    """Return the path of each page, under the name by which a platform takes it back."""
    paths = {}
    for identity, page in pages.items():
        submission = tally.selection.counted[identity]
        sender = submission.sender
        name = sender.feedback_name(f"feedback-{submission.lesson}.html") if sender else page
        paths[name] = tally.folder / page
    return paths


def _write_imports(
    out: Path,
    exports: Iterable[Export],
    counted: Collection[GradedSubmission],
    matching: Matching,
    all_versions: Versions,
    columns: Sequence[str],
) -> list[ImportReport]:
    """Write the exports with marks filled in, and return what was filled in, and what could not be."""
    reports = []
    for export in exports:
        report = fill_marks(export, counted, all_versions, matching, columns)
        reports.append(report)
        write(out / IMPORTS[export.platform], export.table.text())
    return reports


def require_keys(banks: Mapping[str, Bank]) -> None:
    """Raise ``GradingError`` when a task has no key."""
    for lesson, bank in banks.items():
        for entry in bank.tasks:
            if entry.key is None:
                raise GradingError(t("run.no_key", task=repr(entry.task.id), lesson=lesson))
