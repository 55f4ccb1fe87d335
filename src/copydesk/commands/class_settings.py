"""Completes what a person types with what the class file says, so that ``copydesk grade`` alone is enough."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.commands.console import WRONG_USE, stop
from copydesk.grading.class_file.model import CLASS_FILE
from copydesk.grading.class_file.reading import find_class_file, read_class_file
from copydesk.grading.files.result_names import TEXTS
from copydesk.grading.run.options import Options
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from copydesk.commands.grading_options import GradingOptions
    from copydesk.grading.class_file.reading import ClassSettings


def settings_for(class_file: Path | None, lessons: Collection[str]) -> ClassSettings | None:
    """Return the class file that an option names, or else that of the folder; None if there is none.

    Raises:
        ContentError: something in it is wrong.
    """
    if class_file and class_file.is_dir():
        class_file /= CLASS_FILE
    if class_file and not class_file.is_file():
        stop(t("command.grade.no_class", file=class_file), code=WRONG_USE)
    path = class_file or find_class_file(Path())
    return read_class_file(path, lessons) if path else None


def places_for(submissions: Sequence[str], out: str, settings: ClassSettings | None) -> tuple[list[str], str]:
    """Return the submissions and the folder for results, from the class file where they are not typed."""
    places = list(submissions)
    if settings:
        places = places or [str(path) for path in settings.submissions]
        out = out or str(settings.results)
    if not places or not out:
        stop(t("command.grade.nothing_given"), code=WRONG_USE)
    return places, out


def options_from(chosen: GradingOptions, due: datetime | None, settings: ClassSettings | None) -> Options:
    """Return the options as grading takes them."""
    worksheets = _typed_worksheets(chosen.moodle or ())
    options = Options(
        due=due,
        roster=chosen.roster,
        groups=chosen.groups,
        canvas=chosen.canvas,
        moodle=worksheets.pop("", None),
        worksheets=worksheets,
        columns=tuple(chosen.column or ()),
        workers=chosen.workers,
        scheduler=chosen.scheduler,
        marks=chosen.marks,
        appeals=chosen.appeals,
        matches=chosen.matches,
        pages=chosen.feedback,
        strict=chosen.strict,
        extensions=chosen.extensions,
        manual_marks=chosen.manual_marks,
        comments=chosen.comments,
    )
    return complete(options, settings) if settings else options


def complete(options: Options, settings: ClassSettings) -> Options:
    """Return options with what the class file says in place of what was not typed."""
    file = settings.file
    canvas = options.canvas or settings.place(file.canvas)
    worksheets = options.worksheets if options.moodle else {**_worksheets(settings), **options.worksheets}
    return replace(
        options,
        roster=options.roster or settings.place(file.roster),
        groups=options.groups or settings.place(file.groups),
        canvas=canvas,
        worksheets=worksheets,
        columns=(*options.columns, *(_columns(settings) if canvas else ())),
        marks=options.marks or _marks(settings),
        appeals=options.appeals or settings.place(file.appeals),
        matches=options.matches or settings.place(file.matches),
        extensions=options.extensions or settings.place(file.extensions),
        manual_marks=options.manual_marks or settings.place(file.manual_marks),
        comments=options.comments or settings.place(file.comments),
        due_by_lesson=_due_times(settings),
        late=file.late,
        without_written=frozenset(lesson for lesson, plan in file.lessons.items() if not plan.written_task),
        zone=settings.zone,
        course=settings,
    )


def _due_times(settings: ClassSettings) -> dict[str, datetime]:
    """Return when each lesson is due, of those that ever are."""
    times = {}
    for lesson in settings.file.lessons:
        due = settings.due(lesson)
        if due:
            times[lesson] = due
    return times


def _columns(settings: ClassSettings) -> list[str]:
    """Return the columns of Canvas's export that the class file names, as the option ``--column`` has them.

    What is typed comes first, and the first that names a lesson counts.
    """
    return [f"{lesson}={plan.column}" for lesson, plan in settings.file.lessons.items() if plan.column]


def _typed_worksheets(values: Sequence[str]) -> dict[str, Path]:
    """Return Moodle's worksheets by the lesson before ``=``; end the command if one lesson has two."""
    worksheets: dict[str, Path] = {}
    for value in values:
        lesson, equals, path = value.partition("=")
        if not equals or Path(value).exists():
            lesson, path = "", value
        if lesson.strip() in worksheets:
            stop(t("command.grade.two_worksheets", value=repr(value)), code=WRONG_USE)
        worksheets[lesson.strip()] = Path(path)
    return worksheets


def _worksheets(settings: ClassSettings) -> dict[str, Path]:
    """Return Moodle's worksheets that the class file names, by lesson."""
    worksheets = {}
    for lesson, plan in settings.file.lessons.items():
        if plan.moodle:
            worksheets[lesson] = settings.folder / plan.moodle
    return worksheets


def _marks(settings: ClassSettings) -> Path | None:
    """Return the folder of the markers once someone has begun to mark in it."""
    return settings.marks if any(settings.marks.glob(f"*/{TEXTS}")) else None
