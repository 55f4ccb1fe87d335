"""The commands for a class as a whole; each does little more than call the module that does the work."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from copydesk.commands.class_screen import name_lines, status_lines, status_table
from copydesk.commands.console import WRONG_USE, console, plain_errors, root_with_keys, say, stop
from copydesk.commands.grading_options import ClassOption, GradingOptions
from copydesk.commands.marking import graded_bank, marked_lessons, marks_folder
from copydesk.text import t
from copydesk.text.last_lines import last_lines

app = typer.Typer(no_args_is_help=True, help=t("command.class"))

MarksOption = Annotated[Path | None, typer.Option(help=t("command.class.marks"))]


@app.command(help=t("command.class.new"))
def new(
    folder: Annotated[Path, typer.Argument(help=t("command.class.new.folder"))] = Path(),
    *,
    name: Annotated[str, typer.Option(help=t("command.class.new.name"))] = "",
    time_zone: Annotated[str, typer.Option(help=t("command.class.new.time_zone"))] = "",
    roster: Annotated[Path | None, typer.Option(help=t("command.grade.roster"))] = None,
    canvas: Annotated[Path | None, typer.Option(help=t("command.grade.canvas"))] = None,
) -> None:
    """Write a class file with a comment on every line, and the tables that it names."""
    from zoneinfo import available_timezones

    from copydesk.course.course import Course
    from copydesk.grading.class_file.new import NewClass, local_zone, write_class
    from copydesk.grading.files.places import require_places

    lessons = {lesson: bank.title for lesson, bank in Course(root_with_keys()).solutions.items()}
    zone = time_zone or local_zone()
    if zone not in available_timezones():
        near = get_close_matches(zone, available_timezones(), n=3, cutoff=0.3)
        stop(t("command.class.new.no_zone", zone=repr(zone), near=", ".join(near) or "Europe/Kyiv"), code=WRONG_USE)
    with plain_errors():
        require_places([path for path in (roster, canvas) if path])
        lists = [_from_folder(path, folder) if path else "" for path in (roster, canvas)]
        class_name = name or folder.resolve().name
        paths = write_class(folder, NewClass(class_name, zone, lessons, roster=lists[0], canvas=lists[1]))
    done = [t("command.class.new.written", count=len(paths), files=", ".join(map(str, paths)))]
    left = [t("command.class.new.no_due", count=len(lessons))]
    for line in last_lines(done, left, [t("command.class.new.next", path=paths[0], zone=zone)]):
        say(line)


def _from_folder(path: Path, folder: Path) -> str:
    """Return the path of a list as the class file has it: from its own folder on."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive
        return path.resolve().as_posix()


@app.command(help=t("command.class.status"))
def status(
    lesson: Annotated[str, typer.Argument(help=t("command.class.status.lesson"))] = "",
    *,
    class_file: ClassOption = None,
) -> None:
    """Print where each lesson of a class stands, or the names for one lesson."""
    from copydesk.commands.class_settings import options_from, settings_for
    from copydesk.course.course import Course
    from copydesk.grading.files.places import require_places
    from copydesk.grading.run.class_status import class_status

    course = Course(root_with_keys())
    with plain_errors():
        settings = settings_for(class_file, course.solutions)
        if settings is None:
            stop(t("command.class.no_file"), code=WRONG_USE)
        if lesson and lesson not in settings.file.lessons:
            lessons = ", ".join(settings.file.lessons)
            stop(t("command.mark.no_such_lesson", lesson=lesson, lessons=lessons), code=WRONG_USE)
        options = options_from(GradingOptions(), None, settings)
        require_places([*settings.submissions, *options.places])
        statuses = class_status(settings, course.solutions, kept=course.kept_solutions, options=options)
    if lesson:
        (only,) = (row for row in statuses if row.lesson == lesson)
        for line in name_lines(only):
            say(line)
    else:
        console.print(status_table(settings, statuses))
        for line in status_lines(settings, statuses):
            say(line)


@app.command(name="hand-on", help=t("command.class.hand-on"))
def hand_on(
    marker: Annotated[str, typer.Argument(help=t("command.class.hand-on.marker"))],
    *,
    to: Annotated[str, typer.Option(help=t("command.class.hand-on.to"))] = "",
    lesson: Annotated[str, typer.Option(help=t("command.class.hand-on.lesson"))] = "",
    marks: MarksOption = None,
) -> None:
    """Hand the texts that a marker has not marked on to another one, or to all others."""
    from copydesk.commands.class_settings import settings_for
    from copydesk.commands.sharing_lines import handed_on_lines, next_readers_line
    from copydesk.course.course import Course
    from copydesk.grading.files.places import require_places
    from copydesk.grading.marking.folder import MarkingFolder
    from copydesk.grading.marking.handing_on import hand_on as hand_texts_on
    from copydesk.grading.marking.handing_on import markers_of
    from copydesk.grading.marking.shares import find_name

    course = Course(root_with_keys())
    with plain_errors():
        settings = settings_for(None, course.solutions)
        top = marks_folder(marks, settings, "--marks")
        require_places([top])
        lessons = marked_lessons(top, lesson)
        banks = {name: graded_bank(course, name) for name in lessons}
        folders = [MarkingFolder(top, name) for name in lessons]
        markers = settings.file.markers if settings else None
        names = markers.names if markers else markers_of(folders)
        handed = {}
        for folder in folders if lesson else [folder for folder in folders if folder.shares()] or folders:
            handed[folder.lesson] = hand_texts_on(folder, banks[folder.lesson], marker=marker, to=to, names=names)
    next_line, steps = next_readers_line(handed, marks), []
    if next_line:
        steps += [next_line, t("command.class.hand-on.copies")]
    if markers and find_name(marker, markers.names):
        steps.append(t("command.class.hand-on.later", marker=marker))
    for line in handed_on_lines(handed, marker, to, steps):
        say(line)


@app.command(name="merge-marks", help=t("command.class.merge-marks"))
def merge_marks(
    folder: Annotated[Path, typer.Argument(help=t("command.class.merge-marks.folder"))],
    *,
    marks: MarksOption = None,
) -> None:
    """Merge another folder of marks into the one of the class."""
    from copydesk.commands.class_settings import settings_for
    from copydesk.commands.sharing_lines import merged_lines
    from copydesk.course.course import Course
    from copydesk.grading.files.places import require_places
    from copydesk.grading.marking.merging import merge_marks as merge

    course = Course(root_with_keys())
    with plain_errors():
        top = marks_folder(marks, settings_for(None, course.solutions), "--marks")
        require_places([folder, top])
        merged = merge(top, folder, course.solutions)
    typed = f" {quote(str(marks))}" if marks else ""
    for line in merged_lines(merged, folder, f"`copydesk moderate{typed}`"):
        say(line)
