"""The commands; each does little more than call the module that does the work."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.table import Column, Table

from copydesk import __version__
from copydesk.documents import ContentError
from copydesk.exchange.commands import export, import_quiz
from copydesk.terminal import clone_root as _clone
from copydesk.terminal import console, errors
from copydesk.terminal import course_root as _root
from copydesk.terminal import print_problems as _print_problems
from copydesk.terminal import root_with_keys as _with_keys
from copydesk.terminal import say as _say
from copydesk.terminal import stop as _stop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from copydesk.grading import GradingReport, Options
    from copydesk.grading.rekey import Rekeying
    from copydesk.model.bank import Bank

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

    root = _clone()
    _report_files(root, [*cut(root, check=check), *write_schemas(root, check=check)], check=check)


@app.command()
def tidy(*, check: CheckOption = False, execute: Annotated[bool, typer.Option(help="Run them first.")] = False) -> None:
    """Bring notebooks into their committed form: stable ids, no outputs but those that are compared."""
    from copydesk.publish.tidying import tidy_all

    root = _clone()
    _report_files(root, tidy_all(root, check=check, execute=execute), check=check)


HandIns = Annotated[
    list[str], typer.Argument(help="Answer files, notebooks, folders or zip files; or locations such as s3://bucket.")
]
ResultsOption = Annotated[
    str, typer.Option("--out", help="The folder or location for gradebook, feedback, class report and problems.")
]
DueOption = Annotated[
    str, typer.Option(help="When hand-ins were due, with the time zone: 2026-11-29T23:59+01:00, or Z for UTC.")
]
RosterOption = Annotated[Path | None, typer.Option(help="A CSV file of the learners: id, name, e-mail.")]
CanvasOption = Annotated[Path | None, typer.Option(help="Canvas' gradebook export, to fill marks in.")]
MoodleOption = Annotated[Path | None, typer.Option(help="Moodle's grading worksheet, to fill marks in.")]
ColumnOption = Annotated[
    list[str] | None, typer.Option(help="The column of a lesson in these: '02-attribution=Week 2 (4711)'.")
]
WorkersOption = Annotated[int, typer.Option(min=1, help="How many processes do the work.")]
SchedulerOption = Annotated[str, typer.Option(help="The address of a Dask scheduler, whose workers do the work.")]
MarksOption = Annotated[Path | None, typer.Option(help="The folder that mark filled, for written work.")]
AppealsOption = Annotated[Path | None, typer.Option(help="The file of the appeals that were accepted.")]
FeedbackOption = Annotated[bool, typer.Option(help="Write the feedback pages, which take most of the time.")]


@app.command()
def grade(  # noqa: PLR0913  (an option each)
    hand_ins: HandIns,
    *,
    out: ResultsOption,
    due: DueOption = "",
    roster: RosterOption = None,
    canvas: CanvasOption = None,
    moodle: MoodleOption = None,
    column: ColumnOption = None,
    workers: WorkersOption = 1,
    scheduler: SchedulerOption = "",
    marks: MarksOption = None,
    appeals: AppealsOption = None,
    feedback: FeedbackOption = True,
    watch: Annotated[bool, typer.Option("--watch", help="Keep grading as files arrive, until Ctrl-C.")] = False,
) -> None:
    """Turn hand-ins into a gradebook, a feedback page a learner, a class report, and a list of problems."""
    from copydesk.grading import GradingError, Options
    from copydesk.grading import grade as grade_all
    from copydesk.grading.locations import is_location
    from copydesk.grading.run import results
    from copydesk.grading.watch import changes

    options = Options(
        *(_moment(due), roster, canvas, moodle, tuple(column or ()), workers, marks, scheduler),
        pages=feedback,
        appeals=appeals,
    )
    if watch and any(map(is_location, [*hand_ins, out])):
        _stop("--watch looks at folders of this machine; grade a location from time to time instead.")
    try:
        for _ in changes([*map(Path, hand_ins), *options.files], results(Path(out))) if watch else [None]:
            _grade_with(grade_all, hand_ins, out, options)
            if watch:
                _say("Waiting for further files. Ctrl-C ends this; all results are written.")
    except GradingError as error:
        _stop(str(error))
    except KeyboardInterrupt:
        if not watch:
            raise
        _say("Ended.")


@app.command()
def rekey(  # noqa: PLR0913  (those of grade, and the reason)
    hand_ins: HandIns,
    *,
    out: ResultsOption,
    because: Annotated[str, typer.Option(help="Why: what was changed in the key, or whose appeal was accepted.")],
    date: Annotated[str, typer.Option(help="A date for the record, as you write it.")] = "",
    due: DueOption = "",
    roster: RosterOption = None,
    canvas: CanvasOption = None,
    moodle: MoodleOption = None,
    column: ColumnOption = None,
    workers: WorkersOption = 1,
    scheduler: SchedulerOption = "",
    marks: MarksOption = None,
    appeals: AppealsOption = None,
    feedback: FeedbackOption = True,
) -> None:
    """Grade again after a change of key or an appeal; say whose score moved, from what to what, and why."""
    from functools import partial

    from copydesk.grading import GradingError, Options
    from copydesk.grading.rekey import Reason
    from copydesk.grading.rekey import rekey as rekey_all

    if not because.strip():
        _stop('Say why, for the record and for whoever asks: --because "T3: both readings can be defended"')
    options = Options(
        *(_moment(due), roster, canvas, moodle, tuple(column or ()), workers, marks, scheduler),
        pages=feedback,
        appeals=appeals,
    )
    try:
        _grade_with(partial(rekey_all, reason=Reason(because.strip(), date.strip())), hand_ins, out, options)
    except GradingError as error:
        _stop(str(error))


def _grade_with(
    grade_all: Callable[..., GradingReport | Rekeying], hand_ins: Sequence[str], out: str, options: Options
) -> None:
    """Grade with the keys as they stand now, show how far it is, and say what came of it."""
    from rich.progress import Progress

    from copydesk.bank import QUIZZES, SOLUTIONS, read_banks, read_kept_banks
    from copydesk.grading.locations import at_hand

    root = _with_keys()
    banks = read_banks(root, SOLUTIONS)
    with at_hand(hand_ins, out) as (places, folder), Progress(console=errors) as progress:
        bar = progress.add_task("Grading", total=None)
        report = grade_all(
            places,
            folder,
            banks=banks,
            older=read_kept_banks(root, banks.values()),
            practice=read_banks(root, QUIZZES),
            options=options,
            on_progress=lambda done, total: progress.update(bar, completed=done, total=total),
        )
    _say(report.summary().replace(str(folder), out))


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

    root, folder = _with_keys(), MarkingFolder(out, lesson)
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

    root = _with_keys()
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
def book(
    *,
    out: Annotated[Path | None, typer.Option(help="The folder for the site; else _build/site or _build/lite.")] = None,
    learner: Annotated[bool, typer.Option("--learner", help="Leave out the pages for instructors.")] = False,
    article: Annotated[
        Literal["full", "quotes"], typer.Option(help="The whole article, or short quotations: for a public site.")
    ] = "full",
    pdf: Annotated[Path | None, typer.Option(help="Also print the course into this PDF, with a browser.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Run every notebook, also where nothing has changed.")] = False,
    lite: Annotated[bool, typer.Option("--lite", help="Instead, JupyterLab with Python in the browser alone.")] = False,
) -> None:
    """Build the static book: no server, no kernel, no request to anywhere."""
    from copydesk.publish.book import BookError, build
    from copydesk.publish.edition import Edition
    from copydesk.publish.paper import print_book, require_ours

    if lite and (article == "quotes" or pdf):
        _stop("--lite makes a site with the whole article, and no PDF: leave out --article and --pdf.")
    try:
        if lite:
            from copydesk.publish.lite import build_lite

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


def _report_files(root: Path, changed: list[Path], *, check: bool) -> None:
    for path in changed:
        _say(f"{'differs' if check else 'written'}: {path.relative_to(root).as_posix()}")
    if changed and check:
        _stop("Derived files are not in step with their sources. Run the command without --check and commit.")
    if not changed:
        _say("Everything is in step.")
