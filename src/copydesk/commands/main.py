"""The commands; each does little more than call the module that does the work."""

from __future__ import annotations

import gc
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.table import Column, Table

from copydesk._version import __version__
from copydesk.commands.classes import app as classes
from copydesk.commands.console import clone_root, console, course_root, print_problems, say, stop
from copydesk.commands.creating import author, new, new_lesson, preview
from copydesk.commands.exchange import export, import_quiz
from copydesk.commands.grading import grade, rekey
from copydesk.commands.marking import mark, moderate
from copydesk.commands.sharing import checked_course, is_packed, opened_course, pack
from copydesk.commands.texts import app as texts
from copydesk.course.documents import ContentError
from copydesk.text import t
from copydesk.writable_home import use_writable_home

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(export, name="export")
app.add_typer(classes, name="class")
app.add_typer(texts, name="text")
app.command(help=t("command.import-quiz"))(import_quiz)
app.command(help=t("command.new"))(new)
app.command(help=t("command.new-lesson"))(new_lesson)
app.command(help=t("command.author"))(author)
app.command(help=t("command.preview"))(preview)

CheckOption = Annotated[bool, typer.Option("--check", help=t("command.check_only"))]


def _show_version(is_asked: bool) -> None:
    if is_asked:
        say(f"Copy Desk {__version__}")
        raise typer.Exit


@app.callback(help=t("command.main"))
def common(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help=t("command.main.version"))
    ] = False,
) -> None:
    """Show the version if asked."""


@app.command(help=t("command.lab"))
def lab(
    lesson: Annotated[str, typer.Argument(help=t("command.lab.lesson"))] = "",
    *,
    port: Annotated[int | None, typer.Option(help=t("command.lab.port"))] = None,
    browser: Annotated[bool, typer.Option(help=t("command.lab.browser"))] = True,
    folder: Annotated[Path | None, typer.Option(help=t("command.lab.folder"))] = None,
    yes: Annotated[bool, typer.Option("--yes", help=t("command.lab.yes"))] = False,
) -> None:
    """Open a lesson of the working copy in JupyterLab until it is closed."""
    from copydesk.course.lesson_names import LessonNameError
    from copydesk.lab.jupyterlab import LabError, open_lab

    root = None
    if is_packed(lesson):
        root = opened_course(Path(lesson), yes=yes, folder=folder)
        lesson, folder = "", root / "my-work"
    try:
        raise typer.Exit(open_lab(root or course_root(), lesson, port=port, browser=browser, folder=folder, say=say))
    except (LabError, LessonNameError) as error:
        stop(str(error))


@app.command(help=t("command.check"))
def check(
    only: Annotated[str, typer.Argument(help=t("command.check.only"))] = "",
    *,
    table: Annotated[bool, typer.Option("--table", help=t("command.check.table"))] = False,
) -> None:
    """Check the course content; the exit code is 1 if something is wrong."""
    if is_packed(only):
        with checked_course(Path(only)) as root:
            _check(root, "", table=table)
    else:
        _check(course_root(), only, table=table)


def _check(root: Path, only: str, *, table: bool) -> None:
    """Print the problems of a course in files with some words in their names, and end the command if there are any."""
    from copydesk.checks import check_course
    from copydesk.checks.overview import HEADER
    from copydesk.commands.open_steps import say_open_steps
    from copydesk.course.course import Course
    from copydesk.scaffold.open_steps import open_steps

    course = Course(root)
    try:
        report = check_course(course)
    except ModuleNotFoundError as error:
        stop(t("command.check.missing_library", library=error.name))
    problems = [problem for problem in report.problems if only in problem.file]
    steps = [step for step in open_steps(course) if only in step.file]
    print_problems(problems)
    if table:
        columns = [Column(name, no_wrap=True) for name in HEADER]
        lessons = Table(*columns, box=None)
        for row in report.overview.table():
            lessons.add_row(*row)
        console.print(lessons)
    numbers = report.overview.summary() if report.is_strict or table else []
    for line in (*numbers, *report.notes):
        say(line)
    say_open_steps(steps)
    if problems:
        raise typer.Exit(1)
    if steps:
        say(t("open.summary", count=len(steps)))
        raise typer.Exit(1)
    say(t("command.check.no_problem_in_files", only=only) if only else t("command.check.no_problem"))


@app.command(help=t("command.release"))
def release(
    *,
    check: CheckOption = False,
    new_keys: Annotated[bool, typer.Option("--new-keys", help=t("command.release.new_keys"))] = False,
) -> None:
    """Write exercises and schemas, or compare them with their sources."""
    from copydesk.course.course import Course
    from copydesk.release.exercises import release as write_exercises
    from copydesk.release.schemas import write_schemas

    root = clone_root()
    exercises = write_exercises(Course(root), check=check, new_keys=new_keys)
    schemas = write_schemas(root, check=check)
    _report_files(root, [*exercises, *schemas], check=check)


@app.command(help=t("command.tidy"))
def tidy(
    *, check: CheckOption = False, execute: Annotated[bool, typer.Option(help=t("command.tidy.execute"))] = False
) -> None:
    """Write notebooks in their committed form, or compare them with it."""
    from copydesk.release.tidying import tidy_all

    root = clone_root()
    _report_files(root, tidy_all(root, check=check, execute=execute), check=check)


for command in (grade, rekey, mark, moderate, pack):
    app.command(help=t(f"command.{command.__name__}"))(command)


@app.command(help=t("command.book"))
def book(  # noqa: PLR0913  (one for each option)
    *,
    out: Annotated[Path | None, typer.Option(help=t("command.book.out"))] = None,
    learner: Annotated[bool, typer.Option("--learner", help=t("command.book.learner"))] = False,
    article: Annotated[Literal["full", "quotes"] | None, typer.Option(help=t("command.book.article"))] = None,
    code: Annotated[bool, typer.Option("--code", help=t("command.book.code"))] = False,
    lessons: Annotated[str | None, typer.Option(help=t("command.book.lessons"))] = None,
    pdf: Annotated[Path | None, typer.Option(help=t("command.book.pdf"))] = None,
    pdf_lesson: Annotated[str, typer.Option(help=t("command.book.pdf_lesson"))] = "",
    pdf_paper: Annotated[Literal["a4", "letter"] | None, typer.Option(help=t("command.book.pdf_paper"))] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help=t("command.book.fresh"))] = False,
    lite: Annotated[bool, typer.Option("--lite", help=t("command.book.lite"))] = False,
    address: Annotated[str | None, typer.Option(help=t("command.book.address"))] = None,
    site_file: Annotated[Path | None, typer.Option("--site", help=t("command.book.site"))] = None,
) -> None:
    """Build the static book, its PDF, or the site with JupyterLab in the browser."""
    if find_spec("myst_nb") is None:
        stop(t("command.book.missing_library"))
    from copydesk.commands.site_settings import site_settings
    from copydesk.course.course import Course
    from copydesk.course.lesson_names import LessonNameError, listed_lessons
    from copydesk.course.settings import lesson_slugs
    from copydesk.publish.build import BookError, build
    from copydesk.publish.edition import Edition
    from copydesk.publish.pdf import print_book, require_printable
    from copydesk.scaffold.open_steps import open_steps

    if lite and (article == "quotes" or pdf or lessons is not None or address or site_file):
        stop(t("command.book.lite_alone"))
    if not pdf and (pdf_lesson or pdf_paper):
        stop(t("command.book.pdf_options"))
    try:
        if lite:
            from copydesk.publish.jupyterlite import build_lite

            build_lite(course_root(), out or Path("_build/lite"), say=say)
            return
        course = Course(course_root())
        rights = course.facts.rights
        article = article or rights.edition
        every = lesson_slugs(course.root)
        chosen = () if lessons is None else listed_lessons(lessons, every)
        printed_lesson = _printed_lesson(pdf_lesson, chosen or every)
        if pdf:
            require_printable(pdf)
        edition = Edition(learner=learner, article=article, code=code, lessons=chosen)
        settings = site_settings(site_file, address)
        site = build(course.root, out or Path("_build/site"), edition=edition, site=settings, fresh=fresh, say=say)
        say(t("command.book.ready", page=site / "index.html"))
        steps = open_steps(course)
        if steps:
            say(t("command.book.open", count=len(steps)))
        if article == "full" and rights.publish != "whole":
            say(t("command.book.full"))
        if pdf:
            check = partial(_say_quoted, site, pdf) if article == "quotes" else None
            book = print_book(site, pdf, lesson=printed_lesson, size=pdf_paper or "a4", check=check)
            say(t("command.book.pdf_ready", file=book.file, count=book.sheets))
    except (BookError, LessonNameError) as error:
        stop(str(error))


def main() -> None:
    """Run the command line; content problems are printed as a list, without a traceback."""
    use_writable_home()
    try:
        app()
    except ContentError as error:
        print_problems(error.problems)
        raise SystemExit(1) from None
    finally:
        gc.freeze()  # looking for unused objects before all is freed takes a third of a second after a large class


def _printed_lesson(name: str, built: Sequence[str]) -> str:
    """Return the one lesson of a book that is printed alone; empty if all are."""
    from copydesk.course.lesson_names import named_lessons

    return named_lessons([name], built)[0] if name else ""


def _say_quoted(site: Path, pdf: Path, text: str) -> None:
    """Print how much of the article a public site and its PDF have; stop if that is too much."""
    from copydesk.course.course import Course
    from copydesk.publish.pdf import require_quotations

    share = require_quotations(Course(course_root()), site, pdf, text)
    say(t("quotations.measured_pdf", share=f"{share.share:.0%}", longest=share.longest))


def _report_files(root: Path, changed: list[Path], *, check: bool) -> None:
    """Print the files that differ or were written; with ``check``, end the command if any differs."""
    key = "command.file_differs" if check else "command.file_written"
    for path in changed:
        say(t(key, file=path.relative_to(root).as_posix()))
    if changed and check:
        stop(t("command.files_differ"))
    if not changed:
        say(t("command.no_file_differs"))
