"""Grades whatever is submitted: files in; gradebook, feedback pages, class report and problems out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from copydesk.grading.class_file.deadlines import Deadlines, read_extensions
from copydesk.grading.files.inputs import RemoteFolder, find_files
from copydesk.grading.files.places import require_places
from copydesk.grading.files.problems import GradingError, SubmissionProblem, WrongPlaceError
from copydesk.grading.files.result_names import (
    ANONYMOUS_MARKS,
    COURSE_GRADEBOOK,
    COURSE_PAGES,
    COURSE_ZIP,
    FEEDBACK,
    FEEDBACK_ZIP,
    GRADEBOOK,
    PROBLEMS,
    ROSTER_REPORT,
    SECTIONS,
    SIMILAR,
    SUBMISSIONS,
    TABLES,
    import_name,
)
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.files.writing import make_folder
from copydesk.grading.marking.final_marks import read_final_marks
from copydesk.grading.report.counts import Layout
from copydesk.grading.report.page import file_names
from copydesk.grading.report.people import large_sections, section_page
from copydesk.grading.results.course_import import COURSE
from copydesk.grading.results.exports import (
    Export,
    read_export,
    require_columns,
    require_worksheet_lessons,
)
from copydesk.grading.run.class_people import sections_by_learner
from copydesk.grading.run.journal import Journal
from copydesk.grading.run.options import Options
from copydesk.grading.run.own_results import RESULTS, OwnResults
from copydesk.grading.run.previous_run import lost_line, removed_line, written_tasks
from copydesk.grading.run.result_files import ResultFiles
from copydesk.grading.run.rules import Rules, add_senders
from copydesk.grading.run.tally import Tally, grade_files
from copydesk.grading.scores.appeals import read_appeals
from copydesk.grading.scores.comments import read_comments
from copydesk.grading.scores.manual_marks import read_manual_marks
from copydesk.grading.scores.versions import collect_versions, without_written_tasks
from copydesk.grading.submissions.group_list import add_groups, read_group_list
from copydesk.grading.submissions.learners import read_learners
from copydesk.grading.submissions.matches import read_matches
from copydesk.grading.submissions.roster import Roster
from copydesk.text import t
from copydesk.text.lists import name_list

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.results.summary import GradingReport
    from copydesk.grading.run.tally import Progress

MOST_REASONS = 5


def grade(
    paths: Sequence[Path | RemoteFolder],
    out: Path,
    *,
    banks: Mapping[str, Bank],
    kept: Sequence[Bank] = (),
    practice: Mapping[str, Bank] | None = None,
    options: Options | None = None,
    on_progress: Progress | None = None,
) -> GradingReport:
    """Grade files, folders and zip files into a folder, and return what was done.

    ``banks`` are the graded banks with their keys by lesson, ``kept`` all those that learners were ever shown,
    ``practice`` the quizzes, whose drawers of evidence the class report looks at. ``on_progress`` is called with the
    number of files done and the number known so far, which grows when a zip file is opened. The results depend on the
    content of the files alone: not on their order, the number of workers, the clock or the machine.

    Raises:
        GradingError: the results cannot be written, a list of learners cannot be read, or a task has no key.
    """
    options = options or Options()
    require_places(options.places, out)
    rules, exports = read_rules(banks, kept, practice, options)
    require_columns(options.columns, exports, banks)
    require_worksheet_lessons(options.moodle_worksheets, banks)
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
    lost = lost_line(out, own, options, written_tasks([*banks.values(), *kept]))
    make_folder(out / TABLES)
    if any(name.startswith(f"{SECTIONS}/") for name in names):
        make_folder(out / SECTIONS)
    if options.pages:
        make_folder(out / FEEDBACK)
    journal = Journal(out, rules, (out, out / FEEDBACK, out / COURSE_PAGES, out / TABLES, out / SECTIONS))
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
        journal.put_back()
        raise _nothing_to_grade(paths, out, tally.problems)
    _require_one_assignment(rules.roster, {submission.lesson for submission in tally.selection.rows}, options)
    report = ResultFiles(out, tally, rules, options).write(own, exports)
    removed = own.remove_old(names, options.files)
    journal.finish()
    return replace(report, files=count, lost=lost, removed=tuple(map(removed_line, removed)))


def read_rules(
    banks: Mapping[str, Bank], kept: Sequence[Bank], practice: Mapping[str, Bank] | None, options: Options
) -> tuple[Rules, list[Export]]:
    """Return the rules by which submissions are graded, and the exports of platforms that marks go into.

    Raises:
        GradingError: a list of learners, the marks or the appeals cannot be read, or a task has no key.
    """
    require_keys(banks)
    exports = []
    if options.canvas:
        exports.append(read_export(options.canvas, "canvas"))
    for lesson, path in options.moodle_worksheets.items():
        exports.append(read_export(path, "moodle", lesson=lesson))
    if options.course_worksheet:
        exports.append(read_export(options.course_worksheet, "moodle", lesson=COURSE))
    quizzes = practice or {}
    all_versions = collect_versions(banks, kept, strict=options.strict)
    if options.without_written:
        all_versions = without_written_tasks(all_versions, options.without_written)
    banks = all_versions.now
    layouts = {lesson: Layout(bank, quizzes.get(lesson)) for lesson, bank in banks.items()}
    roster = _roster(options, exports)
    final_marks = None
    if options.marks:
        final_marks = read_final_marks(options.marks, banks, is_default=options.has_default_marks)
    appeals = read_appeals(options.appeals, all_versions) if options.appeals else None
    matches = read_matches(options.matches) if options.matches else None
    manual_marks = read_manual_marks(options.manual_marks, banks, roster) if options.manual_marks else None
    comments = read_comments(options.comments, banks, roster) if options.comments else None
    rules = Rules(
        versions=all_versions,
        layouts=layouts,
        roster=roster,
        deadlines=_deadlines(options, {*banks, *(bank.lesson for bank in kept)}, roster),
        final_marks=final_marks,
        appeals=appeals,
        pages=options.pages,
        matches=matches,
        card_titles=options.card_titles,
        manual_marks=manual_marks,
        comments=comments,
        practice={lesson: _asked_tasks(quiz) for lesson, quiz in quizzes.items()},
    )
    return rules, exports


def _deadlines(options: Options, lessons: Collection[str], roster: Roster | None) -> Deadlines:
    """Return when each lesson is due, and for whom later; ``lessons`` are all of the course, graded now or not."""
    due = dict(options.due_by_lesson)
    if options.due:
        due = dict.fromkeys(lessons, options.due)  # what is typed wins over the class file
    zone = options.zone or (options.due.tzinfo if options.due else None)
    extensions = None
    if options.extensions:
        extensions = read_extensions(options.extensions, lessons=lessons, roster=roster, zone=zone, due=due)
    return Deadlines(due=due, rule=options.late, extensions=extensions, zone=zone)


def _asked_tasks(quiz: Bank) -> frozenset[str]:
    """Return the ids of the practice tasks that a learner has something to do in."""
    return frozenset(entry.task.id for entry in quiz.tasks if entry.task.is_asked)


def _result_names(options: Options, exports: Iterable[Export], rules: Rules) -> list[str]:
    """Return the names of the files that a run writes, except the feedback pages, which are not known in advance."""
    names = [GRADEBOOK, SUBMISSIONS, PROBLEMS, SIMILAR, *file_names()]
    if options.pages:
        names.append(FEEDBACK_ZIP)
    if rules.roster:
        names.append(ROSTER_REPORT)
        names += map(section_page, large_sections(sections_by_learner(rules.roster)))
    if rules.download.has_anonymous_ids:
        names.append(ANONYMOUS_MARKS)
    if options.course:
        names += [COURSE_GRADEBOOK, COURSE_ZIP] if options.pages else [COURSE_GRADEBOOK]
    return names + [export.import_name for export in exports]


def _require_one_assignment(roster: Roster | None, lessons: Collection[str], options: Options) -> None:
    """Raise ``WrongPlaceError`` if a worksheet hides names and it isn't clear which of several lessons it is for.

    The same number is another learner in each assignment.
    """
    worksheet = options.moodle or options.roster
    if roster is None or worksheet is None or len(lessons) <= 1:
        return
    if any(learner.hidden_in == "" for learner in roster.learners.values()):
        raise WrongPlaceError(t("run.hidden_names", worksheet=worksheet.name, lesson=min(lessons)))


def _nothing_to_grade(
    paths: Sequence[Path | RemoteFolder], out: Path, problems: Sequence[SubmissionProblem]
) -> WrongPlaceError:
    places = [path.location if isinstance(path, RemoteFolder) else str(path) for path in paths]
    message = t("run.nothing_to_grade", places=name_list(places), out=out)
    for problem in problems[:MOST_REASONS]:
        message += f"\n  {one_line(problem.file, 120)}: {problem.reason}"
    return WrongPlaceError(message)


def result_paths(out: Path, options: Options) -> list[Path]:
    """Return the paths that a run writes to in its folder."""
    imports = [import_name("canvas"), *(import_name("moodle", lesson) for lesson in options.moodle_worksheets)]
    return [out / name for name in (*RESULTS, *imports)]


def _roster(options: Options, exports: Iterable[Export]) -> Roster | None:
    """Return the learners of all lists together: of the roster first, then of the exports; with their groups."""
    lists = [export.learners for export in exports]
    if options.roster:
        lists.insert(0, read_learners(options.roster))
    if options.groups and not lists:
        raise GradingError(t("group_list.no_roster", path=options.groups))
    roster = Roster.from_lists(lists) if lists else None
    if roster and options.groups:
        roster = add_groups(roster, read_group_list(options.groups))
    return roster


def require_keys(banks: Mapping[str, Bank]) -> None:
    """Raise ``GradingError`` if a task has no key."""
    for lesson, bank in banks.items():
        for entry in bank.versions():
            if entry.key is None:
                raise GradingError(t("run.no_key", task=repr(entry.task.id), lesson=lesson))
