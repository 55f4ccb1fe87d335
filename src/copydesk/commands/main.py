"""The commands; each does little more than call the module that does the work."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.table import Column, Table

from copydesk._version import __version__
from copydesk.commands.console import clone_root as _clone
from copydesk.commands.console import console, print_problems
from copydesk.commands.console import course_root as _root
from copydesk.commands.console import say as _say
from copydesk.commands.console import stop as _stop
from copydesk.commands.exchange import export, import_quiz
from copydesk.commands.grading import grade, mark, moderate, rekey
from copydesk.course.documents import ContentError
from copydesk.writable_home import use_writable_home

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(export, name="export")
app.command()(import_quiz)

CheckOption = Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if a byte would change.")]


def _show_version(asked: bool) -> None:
    if asked:
        _say(f"Copy Desk {__version__}")
        raise typer.Exit


@app.callback()
def common(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say which release this is.")
    ] = False,
) -> None:
    """Take one news article apart, claim by claim: learn it, grade it, publish it."""


@app.command()
def lab(
    lesson: Annotated[str, typer.Argument(help="The lesson to open, for example 02; the first if none is named.")] = "",
    *,
    port: Annotated[int | None, typer.Option(help="The port to use; a free one if not given.")] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    folder: Annotated[Path | None, typer.Option(help="Where your copy of the course is kept.")] = None,
) -> None:
    """Open a lesson in JupyterLab, in a working copy that is yours to change."""
    from copydesk.lab.jupyterlab import LabError, open_lab

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
    from copydesk.checks.overview import HEADER
    from copydesk.course.course import Course

    try:
        report = check_course(Course(_root()))
    except ModuleNotFoundError as error:
        _stop(f"The checks need {error.name}. It comes with the extra: pip install 'copydesk[check]'")
        raise
    problems = [problem for problem in report.problems if only in problem.file]
    print_problems(problems)
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
    from copydesk.course.course import Course
    from copydesk.release.exercises import release as cut
    from copydesk.release.schemas import write_schemas

    root = _clone()
    _report_files(root, [*cut(Course(root), check=check), *write_schemas(root, check=check)], check=check)


@app.command()
def tidy(*, check: CheckOption = False, execute: Annotated[bool, typer.Option(help="Run them first.")] = False) -> None:
    """Bring notebooks into their committed form: stable ids, no outputs but those that are compared."""
    from copydesk.release.tidying import tidy_all

    root = _clone()
    _report_files(root, tidy_all(root, check=check, execute=execute), check=check)


for command in (grade, rekey, mark, moderate):
    app.command()(command)


@app.command()
def book(
    *,
    out: Annotated[Path | None, typer.Option(help="The folder for the site; else _build/site or _build/lite.")] = None,
    learner: Annotated[bool, typer.Option("--learner", help="Leave out the pages for instructors.")] = False,
    article: Annotated[
        Literal["full", "quotes"], typer.Option(help="The whole article, or short quotations: for a public site.")
    ] = "full",
    pdf: Annotated[Path | None, typer.Option(help="Also print the course into this PDF, with a browser.")] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Run and read everything, also where nothing has changed.")
    ] = False,
    lite: Annotated[bool, typer.Option("--lite", help="Instead, JupyterLab with Python in the browser alone.")] = False,
) -> None:
    """Build the static book: no server, no kernel, no request to anywhere."""
    if find_spec("myst_nb") is None:
        _stop(
            "The book needs Sphinx and MyST-NB. Start it with: python3 start.py book, or pip install 'copydesk[book]'"
        )
    from copydesk.publish.build import BookError, build
    from copydesk.publish.edition import Edition
    from copydesk.publish.pdf import print_book, require_ours

    if lite and (article == "quotes" or pdf):
        _stop("--lite makes a site with the whole article, and no PDF: leave out --article and --pdf.")
    try:
        if lite:
            from copydesk.publish.jupyterlite import build_lite

            build_lite(_root(), out or Path("_build/lite"), say=_say)
            return
        require_ours(pdf)
        edition = Edition(learner=learner, article=article)
        site = build(_root(), out or Path("_build/site"), edition=edition, fresh=fresh, say=_say)
        _say(f"The book is ready: {site / 'index.html'}")
        if pdf:
            _say(f"The PDF is ready: {print_book(site, pdf)}")
    except BookError as error:
        _stop(str(error))


def main() -> None:
    """Run the command line; say in plain words what is wrong with the content, without a traceback."""
    use_writable_home()
    try:
        app()
    except ContentError as error:
        print_problems(error.problems)
        raise SystemExit(1) from None


def _report_files(root: Path, changed: list[Path], *, check: bool) -> None:
    for path in changed:
        _say(f"{'differs' if check else 'written'}: {path.relative_to(root).as_posix()}")
    if changed and check:
        _stop("Derived files are not in step with their sources. Run the command without --check and commit.")
    if not changed:
        _say("Everything is in step.")
