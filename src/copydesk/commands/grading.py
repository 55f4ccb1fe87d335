"""The commands for grading and marking; each does little more than call the module that does the work."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from secrets import randbelow
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.commands.console import errors
from copydesk.commands.console import root_with_keys as _with_keys
from copydesk.commands.console import say as _say
from copydesk.commands.console import stop as _stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from copydesk.course.bank import Bank
    from copydesk.course.course import Course
    from copydesk.grading import GradingReport, Options
    from copydesk.grading.files.problems import SubmissionProblem
    from copydesk.grading.marking.folder import Role
    from copydesk.grading.run.regrade import Rekeying

WRONG_USE = 2
"""The exit code where a command was given what cannot be, as the library of the command line has it, too."""

Submissions = Annotated[
    list[str], typer.Argument(help="Answer files, notebooks, folders or zip files; or locations such as s3://bucket.")
]
ResultsOption = Annotated[
    str, typer.Option("--out", help="The folder or location for gradebook, feedback, class report and problems.")
]
DueOption = Annotated[
    str, typer.Option(help="When submissions were due, with the time zone: 2026-11-29T23:59+01:00, or Z for UTC.")
]
RosterOption = Annotated[Path | None, typer.Option(help="A CSV file of the learners: id, name, e-mail.")]
CanvasOption = Annotated[Path | None, typer.Option(help="Canvas' gradebook export, to fill marks in.")]
MoodleOption = Annotated[Path | None, typer.Option(help="Moodle's grading worksheet, to fill marks in.")]
ColumnOption = Annotated[
    list[str] | None, typer.Option(help="The column of a lesson in these: '02-NAME=Week 2 (4711)'.")
]
WorkersOption = Annotated[int, typer.Option(min=1, help="How many processes do the work.")]
SchedulerOption = Annotated[str, typer.Option(help="The address of a Dask scheduler, whose workers do the work.")]
MarksOption = Annotated[Path | None, typer.Option(help="The folder that mark filled, for written work.")]
AppealsOption = Annotated[Path | None, typer.Option(help="The file of the appeals that were accepted.")]
MatchesOption = Annotated[
    Path | None, typer.Option(help="Your own table of whose submission is whose, where names don't tell.")
]
FeedbackOption = Annotated[bool, typer.Option(help="Write the feedback pages, which take most of the time.")]


def grade(  # noqa: PLR0913  (an option each)
    submissions: Submissions,
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
    matches: MatchesOption = None,
    feedback: FeedbackOption = True,
    watch: Annotated[bool, typer.Option("--watch", help="Keep grading as files arrive, until Ctrl-C.")] = False,
) -> None:
    """Turn submissions into a gradebook, a feedback page a learner, a class report, and a list of problems."""
    from copydesk.grading import grade as grade_all
    from copydesk.grading.files.problems import WrongPlaceError
    from copydesk.grading.files.watch import changes
    from copydesk.grading.run.remote import is_location
    from copydesk.grading.run.run import results

    options = _options(
        due=due,
        roster=roster,
        canvas=canvas,
        moodle=moodle,
        column=column,
        workers=workers,
        scheduler=scheduler,
        marks=marks,
        appeals=appeals,
        matches=matches,
        feedback=feedback,
    )
    if watch and any(map(is_location, [*submissions, out])):
        _stop("--watch looks at folders of this machine; grade a location from time to time instead.")
    with _told():
        _require(submissions, options=options, out=out)
        try:
            for _ in changes([*map(Path, submissions), *options.files], results(Path(out))) if watch else [None]:
                try:
                    _grade_with(grade_all, submissions, out=out, options=options)
                except WrongPlaceError as error:
                    if not watch:
                        raise
                    _say(str(error))
                if watch:
                    _say("Waiting for further files. Ctrl-C ends this; all results are written.")
        except KeyboardInterrupt:
            if not watch:
                raise
            _say("Ended.")


def rekey(  # noqa: PLR0913  (those of grade, and the reason)
    submissions: Submissions,
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
    matches: MatchesOption = None,
    feedback: FeedbackOption = True,
) -> None:
    """Grade again after a change of key or an appeal; say whose score moved, from what to what, and why."""
    from functools import partial

    from copydesk.grading.run.regrade import Reason
    from copydesk.grading.run.regrade import rekey as rekey_all

    if not because.strip():
        _stop('Say why, for the record and for whoever asks: --because "T3: both readings can be defended"')
    options = _options(
        due=due,
        roster=roster,
        canvas=canvas,
        moodle=moodle,
        column=column,
        workers=workers,
        scheduler=scheduler,
        marks=marks,
        appeals=appeals,
        matches=matches,
        feedback=feedback,
    )
    with _told():
        _require(submissions, options=options, out=out)
        reason = Reason(because=because.strip(), date=date.strip())
        _grade_with(partial(rekey_all, reason=reason), submissions, out=out, options=options)


def _options(  # noqa: PLR0913  (an option each)
    *,
    due: str,
    roster: Path | None,
    canvas: Path | None,
    moodle: Path | None,
    matches: Path | None,
    column: Sequence[str] | None = None,
    workers: int = 1,
    scheduler: str = "",
    marks: Path | None = None,
    appeals: Path | None = None,
    feedback: bool = True,
) -> Options:
    """Return what was given beside the submissions, as all commands that look at these take it."""
    from copydesk.grading import Options

    return Options(
        due=_moment(due),
        roster=roster,
        canvas=canvas,
        moodle=moodle,
        columns=tuple(column or ()),
        workers=workers,
        scheduler=scheduler,
        marks=marks,
        appeals=appeals,
        matches=matches,
        pages=feedback,
    )


@contextmanager
def _told() -> Iterator[None]:
    """Say what stops a command in place of a traceback; where it was given what cannot be, the exit code says so."""
    from copydesk.grading import GradingError
    from copydesk.grading.files.problems import WrongPlaceError
    from copydesk.lab.jupyterlab import LabError

    try:
        yield
    except WrongPlaceError as error:
        _stop(str(error), code=WRONG_USE)
    except (GradingError, LabError) as error:
        _stop(str(error))


def _require(submissions: Sequence[str], *, options: Options, out: str) -> None:
    """Raise ``WrongPlaceError`` where something that was given is not there, before anything is written."""
    from copydesk.grading.files.places import require_places
    from copydesk.grading.run.remote import is_location

    here = [Path(place) for place in submissions if not is_location(place)]
    require_places([*here, *options.places], None if is_location(out) else Path(out))


def _grade_with(
    grade_all: Callable[..., GradingReport | Rekeying], submissions: Sequence[str], *, out: str, options: Options
) -> None:
    """Grade with the keys as they stand now, show how far it is, and say what came of it."""
    from rich.progress import Progress

    from copydesk.course.course import Course
    from copydesk.grading.run.remote import at_hand

    course = Course(_with_keys())
    with at_hand(submissions, out) as (places, folder), Progress(console=errors) as progress:
        bar = progress.add_task("Grading", total=None)
        report = grade_all(
            places,
            folder,
            banks=course.solutions,
            older=course.older_solutions,
            practice=course.quizzes,
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


def mark(  # noqa: PLR0913  (a command has as many options as it has)
    submissions: Annotated[
        list[Path] | None, typer.Argument(help="Submissions, as for grade; not needed to go on marking.")
    ] = None,
    *,
    lesson: Annotated[str, typer.Option(help="The lesson by its whole name, such as 02-NAME.")],
    marker: Annotated[str, typer.Option(help="Your name or initials; they stand in the files of marks.")],
    out: Annotated[Path, typer.Option(help="The folder for all marks.")],
    second: Annotated[bool, typer.Option("--second", help="Mark the sample of a second marker.")] = False,
    paper: Annotated[bool, typer.Option("--paper", help="Write a page to print and a table to type marks in.")] = False,
    table: Annotated[Path | None, typer.Option("--import", help="Take over the marks typed into such a table.")] = None,
    due: DueOption = "",
    roster: RosterOption = None,
    canvas: CanvasOption = None,
    moodle: MoodleOption = None,
    matches: MatchesOption = None,
    seed: Annotated[int | None, typer.Option(help="Decides the order, the first time; drawn if not given.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to use; a free one if not given.")] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
) -> None:
    """Mark written work by a rubric, names hidden: in JupyterLab, or on paper.

    With the same --due, --roster, --canvas, --moodle and --matches as for grade, the same submissions count.
    """
    from copydesk.course.course import Course
    from copydesk.grading.files.places import require_places
    from copydesk.grading.marking.folder import MarkingFolder
    from copydesk.grading.marking.notebook import write_notebook
    from copydesk.grading.marking.paper import read_paper, write_paper
    from copydesk.grading.marking.session import Session
    from copydesk.grading.run.anonymous_texts import written_texts
    from copydesk.lab.jupyterlab import open_notebook
    from copydesk.text.numbers import count_of

    course, folder = Course(_with_keys()), MarkingFolder(out, lesson)
    role: Role = "second" if second else "first"
    options = _options(due=due, roster=roster, canvas=canvas, moodle=moodle, matches=matches)
    with _told():
        require_places([*(submissions or ()), *options.places, *([table] if table else ())], out)
        bank = _graded_bank(course, lesson)
        if submissions:
            older = course.older_solutions
            texts = written_texts(submissions, bank, older=older, options=options, report=_say_problem)
            folder.put_texts(texts, randbelow(1_000_000) if seed is None else seed)
        if table:
            count = read_paper(folder, bank, path=table, marker=marker, role=role)
            _say(f"{count} marks taken over into {folder.path}.")
        elif paper:
            for made in write_paper(folder, bank, marker=marker, role=role):
                _say(f"{made.page}\n{made.table}")
                if made.added:
                    _say(f"{count_of(made.added, 'row')} added at the end of the table, for texts that came since.")
        else:
            Session(folder, bank, marker=marker, role=role)
            notebook = write_notebook(out, lesson=lesson, marker=marker, role=role)
            greeting = [f"The marking desk is the notebook {out / notebook}. Marks are in {folder.path}."]
            work = out.resolve()
            raise typer.Exit(
                open_notebook(
                    course.root,
                    work=work,
                    notebook=notebook,
                    port=port,
                    browser=browser,
                    say=_say,
                    greeting=greeting,
                )
            )


def _say_problem(problem: SubmissionProblem) -> None:
    _say(f"{problem.file}: {problem.reason}. {problem.remedy}.")


def moderate(
    marks: Annotated[Path, typer.Argument(help="The folder that mark filled.")],
    *,
    lesson: Annotated[str, typer.Option(help="Only this lesson; all in the folder if not given.")] = "",
    waive: Annotated[str, typer.Option(help="Let the marks count without agreement, for this reason.")] = "",
) -> None:
    """Compare two markers: a page and a table of the levels to agree on. Marks count once that is done, or waived."""
    from copydesk.course.course import Course
    from copydesk.grading.files.places import require_places
    from copydesk.grading.files.result_names import TEXTS
    from copydesk.grading.marking.folder import MarkingFolder
    from copydesk.grading.marking.moderation import waive as let_count
    from copydesk.grading.marking.page import moderate as compare

    course = Course(_with_keys())
    with _told():
        require_places([marks])
        lessons = [lesson] if lesson else sorted(path.parent.name for path in marks.glob(f"*/{TEXTS}"))
        if not lessons:
            _stop(f"{marks} holds no marks. Name the folder that mark --out filled.")
        for each in lessons:
            folder = MarkingFolder(marks, each)
            if waive:
                let_count(folder, waive)
            for line in compare(folder, _graded_bank(course, each), marks):
                _say(line)


def _graded_bank(course: Course, lesson: str) -> Bank:
    """Return the tasks of a lesson with their keys; say which lessons there are where there is no such one."""
    banks = course.solutions
    if lesson not in banks:
        _stop(f"There is no lesson {lesson!r} with tasks to mark. There are: {', '.join(banks)}.")
    return banks[lesson]
