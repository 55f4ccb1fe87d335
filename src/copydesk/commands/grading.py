"""The commands for grading and marking; each does little more than call the module that does the work."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from secrets import randbelow
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.commands.console import errors, root_with_keys, say, stop
from copydesk.commands.grading_options import (
    CanvasOption,
    DueOption,
    GradingOptions,
    GroupsOption,
    MatchesOption,
    MoodleOption,
    RosterOption,
    with_grading_options,
)
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from copydesk.course.bank import Bank
    from copydesk.course.course import Course
    from copydesk.grading import GradingReport, Options
    from copydesk.grading.files.problems import SubmissionProblem
    from copydesk.grading.marking.folder import MarkingFolder, Role
    from copydesk.grading.run.regrade import RegradeReport

WRONG_USE = 2
"""The exit code for a wrong option or path, the same as the command-line library's."""

MOST_SEEDS = 1_000_000

SubmissionsArgument = Annotated[list[str] | None, typer.Argument(help=t("command.grade.submissions"))]
ResultsOption = Annotated[str, typer.Option("--out", help=t("command.grade.out"))]


@with_grading_options
def grade(
    submissions: SubmissionsArgument = None,
    *,
    out: ResultsOption = "",
    options: GradingOptions,
    watch: Annotated[bool, typer.Option("--watch", help=t("command.grade.watch"))] = False,
) -> None:
    """Grade submissions once, or each time files arrive."""
    from copydesk.grading import grade as grade_all
    from copydesk.grading.run.remote import is_location

    places, out, chosen = _given(submissions, out, options)
    if watch and any(map(is_location, [*places, out])):
        stop(t("command.grade.watch_location"))
    with _plain_errors():
        _require(places, options=chosen, out=out)
        if watch:
            _grade_on_changes(places, out=out, options=chosen)
        else:
            _grade_with(grade_all, places, out=out, options=chosen)


def _grade_on_changes(submissions: Sequence[str], *, out: str, options: Options) -> None:
    """Grade at once, and again whenever files have changed, until Ctrl-C."""
    from copydesk.grading import grade as grade_all
    from copydesk.grading.files.problems import WrongPlaceError
    from copydesk.grading.files.watch import changes
    from copydesk.grading.run.run import result_paths

    paths = [*map(Path, submissions), *options.files]
    try:
        for _ in changes(paths, result_paths(Path(out), options)):
            try:
                _grade_with(grade_all, submissions, out=out, options=options)
            except WrongPlaceError as error:
                say(str(error))
            say(t("command.grade.waiting"))
    except KeyboardInterrupt:
        say(t("command.grade.ended"))


@with_grading_options
def rekey(
    submissions: SubmissionsArgument = None,
    *,
    out: ResultsOption = "",
    because: Annotated[str, typer.Option(help=t("command.rekey.because"))],
    date: Annotated[str, typer.Option(help=t("command.rekey.date"))] = "",
    options: GradingOptions,
) -> None:
    """Grade all submissions again and report each score that moved, with the reason."""
    from functools import partial

    from copydesk.grading.run.regrade import Reason
    from copydesk.grading.run.regrade import regrade as rekey_all

    if not because.strip():
        stop(t("command.rekey.no_reason"))
    places, out, chosen = _given(submissions, out, options)
    with _plain_errors():
        _require(places, options=chosen, out=out)
        reason = Reason(because=because.strip(), date=date.strip())
        _grade_with(partial(rekey_all, reason=reason), places, out=out, options=chosen)


def _given(submissions: Sequence[str] | None, out: str, options: GradingOptions) -> tuple[list[str], str, Options]:
    """Return the submissions, the folder for results and the options, from the class file where they are not typed.

    End the command if there are none, or if a time is not valid.
    """
    from copydesk.commands.class_settings import options_from, places_for, settings_for
    from copydesk.course.course import Course

    settings = settings_for(options.class_, Course(root_with_keys()).solutions)
    places, out = places_for(submissions or (), out, settings)
    return places, out, options_from(options, _moment(options.due), settings)


def _options(chosen: GradingOptions) -> Options:
    """Return the options as grading takes them; end the command if a time is not valid."""
    from copydesk.commands.class_settings import options_from

    return options_from(chosen, _moment(chosen.due), None)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Print an error's message instead of a traceback, and end the command with its exit code."""
    from copydesk.grading import GradingError
    from copydesk.grading.files.problems import WrongPlaceError
    from copydesk.lab.jupyterlab import LabError

    try:
        yield
    except WrongPlaceError as error:
        stop(str(error), code=WRONG_USE)
    except (GradingError, LabError) as error:
        stop(str(error))


def _require(submissions: Sequence[str], *, options: Options, out: str) -> None:
    """Raise ``WrongPlaceError`` if a file or folder of the command is missing, before anything is written."""
    from copydesk.grading.files.places import require_places
    from copydesk.grading.run.remote import is_location

    local = [Path(place) for place in submissions if not is_location(place)]
    require_places([*local, *options.places], None if is_location(out) else Path(out))


def _grade_with(
    grade_all: Callable[..., GradingReport | RegradeReport], submissions: Sequence[str], *, out: str, options: Options
) -> None:
    """Grade with the current keys, show progress, and print the summary."""
    from rich.progress import Progress

    from copydesk.course.course import Course
    from copydesk.grading.run.remote import local_copies

    course = Course(root_with_keys())
    options = replace(options, card_titles=course.card_titles)
    with local_copies(submissions, out) as (places, folder), Progress(console=errors) as progress:
        bar = progress.add_task(t("command.grade.progress"), total=None)
        report = grade_all(
            places,
            folder,
            banks=course.solutions,
            kept=course.kept_solutions,
            practice=course.quizzes,
            options=options,
            on_progress=lambda done, total: progress.update(bar, completed=done, total=total),
        )
    say(report.summary().replace(str(folder), out))


def _moment(text: str) -> datetime | None:
    """Return the time that an option names; without a time zone it would depend on the machine."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        stop(t("command.grade.wrong_due", due=text))
    return moment


def mark(  # noqa: PLR0913  (a command has as many options as it has)
    submissions: Annotated[list[Path] | None, typer.Argument(help=t("command.mark.submissions"))] = None,
    *,
    lesson: Annotated[str, typer.Option(help=t("command.mark.lesson"))],
    marker: Annotated[str, typer.Option(help=t("command.mark.marker"))],
    out: Annotated[Path, typer.Option(help=t("command.mark.out"))],
    second: Annotated[bool, typer.Option("--second", help=t("command.mark.second"))] = False,
    paper: Annotated[bool, typer.Option("--paper", help=t("command.mark.paper"))] = False,
    table: Annotated[Path | None, typer.Option("--import", help=t("command.mark.import"))] = None,
    due: DueOption = "",
    roster: RosterOption = None,
    groups: GroupsOption = None,
    canvas: CanvasOption = None,
    moodle: MoodleOption = None,
    matches: MatchesOption = None,
    seed: Annotated[int | None, typer.Option(help=t("command.mark.seed"))] = None,
    port: Annotated[int | None, typer.Option(help=t("command.lab.port"))] = None,
    browser: Annotated[bool, typer.Option(help=t("command.lab.browser"))] = True,
) -> None:
    """Mark written work on the marking desk, or on paper."""
    from copydesk.course.course import Course
    from copydesk.grading.files.places import require_places
    from copydesk.grading.marking.folder import MarkingFolder
    from copydesk.grading.marking.paper import read_paper
    from copydesk.grading.run.anonymous_texts import written_texts

    course = Course(root_with_keys())
    folder = MarkingFolder(out, lesson)
    role: Role = "second" if second else "first"
    chosen = GradingOptions(due=due, roster=roster, groups=groups, canvas=canvas, moodle=moodle, matches=matches)
    options = _options(chosen)
    places = [*(submissions or ()), *options.places]
    if table:
        places.append(table)
    with _plain_errors():
        require_places(places, out)
        bank = _graded_bank(course, lesson)
        if submissions:
            kept = course.kept_solutions
            texts = written_texts(submissions, bank, kept=kept, options=options, report=_say_problem)
            folder.put_texts(texts, randbelow(MOST_SEEDS) if seed is None else seed)
        if table:
            count = read_paper(folder, bank, path=table, marker=marker, role=role)
            say(t("command.mark.taken", count=count, folder=folder.path))
        elif paper:
            _write_paper(folder, bank, marker=marker, role=role)
        else:
            notebook = _write_desk(folder, bank, out=out, marker=marker, role=role)
            raise typer.Exit(_open_desk(course.root, folder, out=out, notebook=notebook, port=port, browser=browser))


def _write_paper(folder: MarkingFolder, bank: Bank, *, marker: str, role: Role) -> None:
    """Write the printable page and the table for the marks, and print their paths."""
    from copydesk.grading.marking.paper import write_paper

    for paper in write_paper(folder, bank, marker=marker, role=role):
        say(f"{paper.page}\n{paper.table}")
        if paper.added:
            say(t("command.mark.added_rows", count=paper.added))


def _write_desk(folder: MarkingFolder, bank: Bank, *, out: Path, marker: str, role: Role) -> str:
    """Write the marking desk's notebook and return its name; fail at once if existing marks cannot be read."""
    from copydesk.grading.marking.notebook import write_notebook
    from copydesk.grading.marking.session import Session

    Session(folder, bank, marker=marker, role=role)
    return write_notebook(out, lesson=bank.lesson, marker=marker, role=role)


def _open_desk(root: Path, folder: MarkingFolder, *, out: Path, notebook: str, port: int | None, browser: bool) -> int:
    """Open the marking desk in JupyterLab until it is closed, and return the exit code."""
    from copydesk.lab.jupyterlab import open_notebook

    return open_notebook(
        root,
        work=out.resolve(),
        notebook=notebook,
        port=port,
        browser=browser,
        say=say,
        greeting=[t("command.mark.desk", notebook=out / notebook, folder=folder.path)],
    )


def _say_problem(problem: SubmissionProblem) -> None:
    say(f"{problem.file}: {problem.reason}. {problem.remedy}.")


def moderate(
    marks: Annotated[Path, typer.Argument(help=t("command.moderate.marks"))],
    *,
    lesson: Annotated[str, typer.Option(help=t("command.moderate.lesson"))] = "",
    waive: Annotated[str, typer.Option(help=t("command.moderate.waive"))] = "",
) -> None:
    """Compare two markers' marks, or let them count without agreement."""
    from copydesk.course.course import Course
    from copydesk.grading.files.places import require_places
    from copydesk.grading.files.result_names import TEXTS
    from copydesk.grading.marking.folder import MarkingFolder
    from copydesk.grading.marking.moderation import waive as let_count
    from copydesk.grading.marking.page import moderate as compare

    course = Course(root_with_keys())
    with _plain_errors():
        require_places([marks])
        lessons = [lesson] if lesson else sorted(path.parent.name for path in marks.glob(f"*/{TEXTS}"))
        if not lessons:
            stop(t("command.moderate.no_marks", folder=marks))
        for name in lessons:
            folder = MarkingFolder(marks, name)
            if waive:
                let_count(folder, waive)
            for line in compare(folder, _graded_bank(course, name), marks):
                say(line)


def _graded_bank(course: Course, lesson: str) -> Bank:
    """Return a lesson's tasks with their keys; if it is missing, end the command with a list of lessons."""
    banks = course.solutions
    if lesson not in banks:
        stop(t("command.mark.no_such_lesson", lesson=lesson, lessons=", ".join(banks)))
    return banks[lesson]
