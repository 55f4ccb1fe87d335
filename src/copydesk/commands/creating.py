"""The commands with which an author makes a course."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.commands.console import course_root, say, stop
from copydesk.course.settings import is_course, lesson_slugs
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.course.documents import Problem


def preview(
    folder: Annotated[Path | None, typer.Argument(help=t("command.preview.folder"))] = None,
    *,
    lesson: Annotated[str, typer.Option(help=t("command.preview.lesson"))] = "",
    port: Annotated[int | None, typer.Option(help=t("command.lab.port"))] = None,
    browser: Annotated[bool, typer.Option(help=t("command.lab.browser"))] = True,
) -> None:
    """Show the pages of a course in the browser, and build them again whenever a file is saved."""
    from copydesk.course.lesson_names import LessonNameError, named_lessons
    from copydesk.lab.jupyterlab import LabError

    for library in ("myst_nb", "watchfiles"):
        if find_spec(library) is None:
            stop(t("command.preview.missing_library", library=library))
    from copydesk.publish.preview_run import run_preview

    root = course_root() if folder is None else _course_in(folder)
    try:
        lessons = named_lessons([lesson], lesson_slugs(root)) if lesson else []
        code = run_preview(
            root, lessons=lessons, port=port, browser=browser, check=lambda: _problems(root, lessons), say=say
        )
    except (LabError, LessonNameError) as error:
        stop(str(error))
    raise typer.Exit(code)


def _course_in(folder: Path) -> Path:
    """Return the root of the course in a folder, or above it; end the command if there is none."""
    start = folder.resolve()
    places = [place for place in (start, *start.parents) if is_course(place)]
    if not places:
        stop(t("command.preview.no_course", folder=folder))
    return places[0]


def _problems(root: Path, lessons: Sequence[str]) -> list[Problem]:
    """Return the problems of a course; with ``lessons``, without those of other lessons."""
    from copydesk.checks import check_course
    from copydesk.course.course import Course

    others = set(lesson_slugs(root)) - set(lessons) if lessons else set()
    return [problem for problem in check_course(Course(root)).problems if Path(problem.file).stem not in others]
