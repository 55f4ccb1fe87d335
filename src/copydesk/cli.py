"""The commands; each does little more than call the module that does the work."""

from __future__ import annotations

import os
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from copydesk.course import CourseNotFoundError, find_root
from copydesk.documents import ContentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.documents import Problem
    from copydesk.model.bank import Bank

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
console = Console()
errors = Console(stderr=True)

CheckOption = Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if a byte would change.")]


@app.command()
def lab(
    lesson: Annotated[str, typer.Argument(help="The lesson to open, for example 02-attribution.")] = "00-start",
    *,
    port: Annotated[int | None, typer.Option(help="The port to use; a free one if not given.")] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    folder: Annotated[Path | None, typer.Option(help="Where your copy of the course is kept.")] = None,
) -> None:
    """Open a lesson in JupyterLab, in a working copy that is yours to change."""
    from copydesk.laboratory import LabError, open_lab

    try:
        raise typer.Exit(open_lab(_root(), lesson, port=port, browser=browser, folder=folder, say=_say))
    except LabError as error:
        _stop(str(error))


@app.command()
def check(
    only: Annotated[str, typer.Argument(help="Show only files with this in their name, for example 02.")] = "",
    *,
    table: Annotated[bool, typer.Option("--table", help="Show how each lesson stands, too.")] = False,
) -> None:
    """Check the content of the course; print what is wrong, where, and what to do."""
    from copydesk.checks import check_course
    from copydesk.checks.standing import HEADER

    try:
        report = check_course(_root())
    except ModuleNotFoundError as error:
        _stop(f"The checks need {error.name}. It comes with the extra: pip install 'copydesk[check]'")
        raise
    problems = [problem for problem in report.problems if only in problem.file]
    _print_problems(problems)
    if table:
        lessons = Table(*(Column(name, no_wrap=True) for name in HEADER), box=None)
        for row in report.standing.table():
            lessons.add_row(*row)
        console.print(lessons)
    for line in report.standing.summary():
        _say(line)
    if problems:
        raise typer.Exit(1)
    _say("The course is in order." if not only else f"Nothing is wrong in files with {only!r} in their name.")


@app.command()
def release(*, check: CheckOption = False) -> None:
    """Make exercises and schemas from their sources; keys stay behind."""
    from copydesk.publish.release import release as cut
    from copydesk.publish.schemas import write_schemas

    root = _root()
    _report_files(root, [*cut(root, check=check), *write_schemas(root, check=check)], check=check)


@app.command()
def tidy(*, check: CheckOption = False, execute: Annotated[bool, typer.Option(help="Run them first.")] = False) -> None:
    """Bring notebooks into their committed form: stable ids, no outputs but those that are compared."""
    from copydesk.publish.tidying import tidy_all

    root = _root()
    _report_files(root, tidy_all(root, check=check, execute=execute), check=check)


@app.command()
def grade(  # noqa: PLR0913  (an option each)
    hand_ins: Annotated[list[Path], typer.Argument(help="Answer files, notebooks, folders or zip files.")],
    *,
    out: Annotated[Path, typer.Option(help="The folder for gradebook, feedback, class report and problems.")],
    due: Annotated[
        str, typer.Option(help="When hand-ins were due, with the time zone: 2026-11-29T23:59+01:00, or Z for UTC.")
    ] = "",
    roster: Annotated[Path | None, typer.Option(help="A CSV file of the learners: id, name, e-mail.")] = None,
    canvas: Annotated[Path | None, typer.Option(help="Canvas' gradebook export, to fill marks in.")] = None,
    moodle: Annotated[Path | None, typer.Option(help="Moodle's grading worksheet, to fill marks in.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="The column of a lesson in these: '02-attribution=Week 2 (4711)'.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="How many processes do the work.")] = 1,
    marks: Annotated[Path | None, typer.Option(help="The folder that mark filled, for written work.")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Keep grading as files arrive, until Ctrl-C.")] = False,
) -> None:
    """Turn hand-ins into a gradebook, a feedback page a learner, a class report, and a list of problems."""
    from rich.progress import Progress

    from copydesk.bank import QUIZZES, SOLUTIONS, read_banks
    from copydesk.grading import GradingError, Options
    from copydesk.grading import grade as grade_all
    from copydesk.grading.run import results
    from copydesk.grading.watch import changes

    options = Options(_moment(due), roster, canvas, moodle, tuple(column or ()), workers, marks)

    def once() -> None:
        banks, practice = read_banks(_root(), SOLUTIONS), read_banks(_root(), QUIZZES)
        with Progress(console=errors) as progress:
            bar = progress.add_task("Grading", total=None)
            report = grade_all(
                hand_ins,
                out,
                banks=banks,
                practice=practice,
                options=options,
                on_progress=lambda done, total: progress.update(bar, completed=done, total=total),
            )
        _say(report.summary())

    try:
        once()
        if watch:
            _say("Waiting for further files. Ctrl-C ends this; all results are written.")
            for _ in changes([*hand_ins, *options.files], results(out)):
                once()
    except GradingError as error:
        _stop(str(error))
    except KeyboardInterrupt:
        if not watch:
            raise
        _say("Ended.")


def _moment(text: str) -> datetime | None:
    """Return the moment that an option names; without its time zone it would be another on another machine."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        _stop(
            f"--due {text!r} is no moment with a time zone. Write 2026-11-29T23:59+01:00, or 2026-11-29T22:59Z for UTC."
        )
    return found


@app.command()
def mark(  # noqa: PLR0913  (a command has as many options as it has)
    hand_ins: Annotated[
        list[Path] | None, typer.Argument(help="Hand-ins, as for grade; not needed to go on marking.")
    ] = None,
    *,
    lesson: Annotated[str, typer.Option(help="The lesson, for example 02-attribution.")],
    marker: Annotated[str, typer.Option(help="Your name or initials; they stand in the files of marks.")],
    out: Annotated[Path, typer.Option(help="The folder for all marks.")],
    second: Annotated[bool, typer.Option("--second", help="Mark the sample of a second marker.")] = False,
    paper: Annotated[bool, typer.Option("--paper", help="Write a page to print and a table to type marks in.")] = False,
    table: Annotated[Path | None, typer.Option("--import", help="Take over the marks typed into such a table.")] = None,
    seed: Annotated[int | None, typer.Option(help="Decides the order, the first time; drawn if not given.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to use; a free one if not given.")] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
) -> None:
    """Mark written work by a rubric, names hidden: in JupyterLab, or on paper."""
    from secrets import randbelow

    from copydesk.grading import GradingError
    from copydesk.grading.marking.folder import MarkingFolder
    from copydesk.grading.marking.notebook import write_notebook
    from copydesk.grading.marking.paper import read_paper, write_paper
    from copydesk.grading.marking.session import Session
    from copydesk.grading.marking.texts import written_texts
    from copydesk.laboratory import LabError, open_notebook

    root, folder = _root(), MarkingFolder(out, lesson)
    try:
        bank = _graded_bank(root, lesson)
        if hand_ins:
            folder.put_texts(written_texts(hand_ins, bank), randbelow(1_000_000) if seed is None else seed)
        if table:
            count = read_paper(folder, bank, table, marker=marker, role="second" if second else "first")
            _say(f"{count} marks taken over into {folder.path}.")
        elif paper:
            for path in write_paper(folder, bank, marker=marker, role="second" if second else "first"):
                _say(str(path))
        else:
            Session(folder, bank, marker=marker, role="second" if second else "first")
            notebook = write_notebook(out, lesson, marker, "second" if second else "first")
            greeting = [f"The marking desk is the notebook {out / notebook}. Marks are in {folder.path}."]
            work = out.resolve()
            raise typer.Exit(
                open_notebook(root, work, notebook, port=port, browser=browser, say=_say, greeting=greeting)
            )
    except (GradingError, LabError) as error:
        _stop(str(error))


@app.command()
def moderate(
    marks: Annotated[Path, typer.Argument(help="The folder that mark filled.")],
    *,
    lesson: Annotated[str, typer.Option(help="Only this lesson; all in the folder if not given.")] = "",
    waive: Annotated[str, typer.Option(help="Let the marks count without agreement, for this reason.")] = "",
) -> None:
    """Compare two markers: a page and a table of the levels to agree on. Marks count once that is done, or waived."""
    from copydesk.grading import GradingError
    from copydesk.grading.marking.folder import TEXTS, MarkingFolder
    from copydesk.grading.marking.moderation import waive as let_count
    from copydesk.grading.marking.page import moderate as compare

    root = _root()
    lessons = [lesson] if lesson else sorted(path.parent.name for path in marks.glob(f"*/{TEXTS}"))
    try:
        if not lessons:
            _stop(f"{marks} holds no marks. Name the folder that mark --out filled.")
        for each in lessons:
            folder = MarkingFolder(marks, each)
            if waive:
                let_count(folder, waive)
            for line in compare(folder, _graded_bank(root, each), marks):
                _say(line)
    except GradingError as error:
        _stop(str(error))


@app.command()
def book(*, out: Annotated[Path, typer.Option(help="The folder for the built site.")] = Path("_build/site")) -> None:
    """Build the static book: no server, no kernel, no request to anywhere."""
    from copydesk.publish.book import BookError, build

    try:
        site = build(_root(), out, say=_say)
    except BookError as error:
        _stop(str(error))
    _say(f"The book is ready: {site / 'index.html'}")


def main() -> None:
    """Run the command line; say in plain words what is wrong with the content, without a traceback."""
    try:
        app()
    except ContentError as error:
        _print_problems(error.problems)
        raise SystemExit(1) from None


def _graded_bank(root: Path, lesson: str) -> Bank:
    """Return the tasks of a lesson with their keys; say which lessons there are where there is no such one."""
    from copydesk.bank import SOLUTIONS, read_banks

    banks = read_banks(root, SOLUTIONS)
    if lesson not in banks:
        _stop(f"There is no lesson {lesson!r} with tasks to mark. There are: {', '.join(banks)}.")
    return banks[lesson]


def _root() -> Path:
    try:
        return find_root()
    except CourseNotFoundError as error:
        _stop(str(error))
        raise


def _say(message: str) -> None:
    """Print a message whole: an address that is broken over two lines cannot be opened."""
    console.print(message, soft_wrap=True, markup=False, highlight=False)


def _stop(message: str) -> None:
    errors.print(message, style="red", markup=False, soft_wrap=True)
    raise typer.Exit(1)


def _print_problems(problems: Sequence[Problem]) -> None:
    """Print problems under the file that they are in, one a line, so that a line can be found and copied."""
    target = console if os.environ.get("CI") else errors
    for file, found in groupby(problems, key=lambda problem: problem.file):
        target.print(file, style="bold", markup=False, highlight=False, soft_wrap=True)
        for each in found:
            place = ", ".join(part for part in (f"line {each.line}" if each.line else "", each.entry) if part)
            text = f"  {place}: {each.problem}. {each.remedy}" if place else f"  {each.problem}. {each.remedy}"
            target.print(text, markup=False, highlight=False, soft_wrap=True)


def _report_files(root: Path, changed: list[Path], *, check: bool) -> None:
    for path in changed:
        _say(f"{'differs' if check else 'written'}: {path.relative_to(root).as_posix()}")
    if changed and check:
        _stop("Derived files are not in step with their sources. Run the command without --check and commit.")
    if not changed:
        _say("Everything is in step.")
