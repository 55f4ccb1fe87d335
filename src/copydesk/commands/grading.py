"""The commands for grading; each does little more than call the module that does the work."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from copydesk.commands.console import errors, plain_errors, root_with_keys, say, stop
from copydesk.commands.grading_options import GradingOptions, read_moment, with_grading_options
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from copydesk.commands.next_commands import MarkCommands
    from copydesk.course.course import Course
    from copydesk.grading import GradingReport, Options
    from copydesk.grading.run.regrade import RegradeReport

OBJECTS_BETWEEN_COLLECTIONS = 20_000
"""Grading makes many objects and few circles of them; Python's own 700 to 2,000 cost a tenth of a second run."""

SubmissionsArgument = Annotated[list[str] | None, typer.Argument(help=t("command.grade.submissions"))]
ResultsOption = Annotated[str, typer.Option("--out", help=t("command.grade.out"))]


class Given(NamedTuple):
    """What a command was given: submissions, the folder for results, options, how to mark next, and the course."""

    submissions: list[str]
    out: str
    options: Options
    commands: MarkCommands
    course: Course


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

    given = _given(submissions, out, options)
    if watch and any(map(is_location, [*given.submissions, given.out])):
        stop(t("command.grade.watch_location"))
    with plain_errors():
        _require(given)
        if watch:
            _grade_on_changes(given)
        else:
            _grade_with(grade_all, given)


def _grade_on_changes(given: Given) -> None:
    """Grade at once, and again whenever files have changed, until Ctrl-C."""
    from copydesk.course.course import Course
    from copydesk.grading import grade as grade_all
    from copydesk.grading.files.problems import WrongPlaceError
    from copydesk.grading.files.watch import changes
    from copydesk.grading.run.run import result_paths

    paths = [*map(Path, given.submissions), *given.options.files]
    try:
        for _ in changes(paths, result_paths(Path(given.out), given.options)):
            try:
                _grade_with(grade_all, given._replace(course=Course(given.course.root)))  # keys may have changed
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
    given = _given(submissions, out, options)
    with plain_errors():
        _require(given)
        reason = Reason(because=because.strip(), date=date.strip())
        _grade_with(partial(rekey_all, reason=reason), given)


def _given(submissions: Sequence[str] | None, out: str, options: GradingOptions) -> Given:
    """Return what to grade, the folder for results and the options, from the class file where they are not typed.

    End the command if there are none, or if a time is not valid.
    """
    from copydesk.commands.class_settings import options_from, places_for, settings_for
    from copydesk.commands.next_commands import MarkCommands
    from copydesk.course.course import Course

    course = Course(root_with_keys())
    settings = settings_for(options.class_, course.solutions)
    places, out = places_for(submissions or (), out, settings)
    chosen = options_from(options, read_moment(options.due), settings)
    commands = MarkCommands(submissions or (), options, settings, chosen.marks, course.solutions)
    return Given(places, out, chosen, commands, course)


def _require(given: Given) -> None:
    """Raise ``WrongPlaceError`` if a file or folder of the command is missing, before anything is written."""
    from copydesk.grading.files.places import require_places
    from copydesk.grading.run.remote import is_location

    local = [Path(place) for place in given.submissions if not is_location(place)]
    require_places([*local, *given.options.places], None if is_location(given.out) else Path(given.out))


def _grade_with(grade_all: Callable[..., GradingReport | RegradeReport], given: Given) -> None:
    """Grade with the current keys, show progress, and print the summary."""
    from rich.progress import Progress

    from copydesk.grading.run.remote import local_copies

    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    course = given.course
    options = replace(given.options, card_titles=course.card_titles)
    with local_copies(given.submissions, given.out) as (places, folder), Progress(console=errors) as progress:
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
    say(report.summary(given.commands.words).replace(str(folder), given.out))
