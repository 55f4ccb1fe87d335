"""The commands with which an author makes a course."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.commands.console import clone_root, course_root, say, stop, take_language
from copydesk.course.settings import PACKAGED, is_course, lesson_slugs
from copydesk.text import follow, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.course.documents import Problem

STANDARD_INPUT = "-"
LANGUAGE = re.compile(r"[a-z]{2,3}")


def new(
    folder: Annotated[Path, typer.Argument(help=t("command.new.folder"))],
    text: Annotated[str, typer.Argument(help=t("command.new.text"))],
    *,
    title: Annotated[str, typer.Option(help=t("command.new.title"))] = "",
    language: Annotated[str, typer.Option(help=t("command.new.language"))] = "en",
    lesson: Annotated[str, typer.Option(help=t("command.new.lesson"))] = "",
    lines: Annotated[bool, typer.Option("--lines", help=t("command.new.lines"))] = False,
) -> None:
    """Make a course of an article."""
    from copydesk.scaffold.course_folder import FolderError, make_course, require_free
    from copydesk.scaffold.intake import IntakeError, read_source
    from copydesk.scaffold.names import NameRefusedError, chosen_slug, lesson_slug
    from copydesk.scaffold.web_page import MissingLibraryError

    code = re.split("[-_]", language.strip().lower())[0]
    if not LANGUAGE.fullmatch(code):
        stop(t("scaffold.language", language=language))
    follow(code)
    try:
        require_free(folder)
        name = t("command.new.pasted") if text == STANDARD_INPUT else text
        source = read_source(_content(text), name, lines=lines)
        slug = chosen_slug(lesson) if lesson else lesson_slug(source.title)
        course = make_course(folder, source, language=code, lesson=slug, title=title)
    except (FolderError, IntakeError, MissingLibraryError, NameRefusedError) as error:
        stop(str(error))
    for note in source.notes:
        say(note)
    say(t("command.new.made", count=course.sentences, folder=folder, lesson=course.lesson))
    say(t("command.new.next"))
    for command, purpose in _next_commands(folder):
        say(f"  {command}    ({purpose})")


def author(
    course: Annotated[Path | None, typer.Argument(help=t("command.author.course"))] = None,
    lesson: Annotated[str, typer.Argument(help=t("command.author.lesson"))] = "",
    *,
    port: Annotated[int | None, typer.Option(help=t("command.lab.port"))] = None,
    browser: Annotated[bool, typer.Option(help=t("command.lab.browser"))] = True,
) -> None:
    """Open the authoring page of a course until JupyterLab is closed."""
    from copydesk.course.lesson_names import LessonNameError, named_lessons
    from copydesk.lab.jupyterlab import LabError, open_notebook

    if find_spec("ruamel") is None:
        stop(t("command.author.missing_library"))
    from copydesk.authoring.notebook import NotebookInTheWayError, write_author_notebook

    try:
        root = clone_root() if course is None else _course_in(course)
        if root == PACKAGED:
            stop(t("command.packaged", root=root))
        slug = named_lessons([lesson], lesson_slugs(root))[0] if lesson else ""
        notebook = write_author_notebook(root, slug)
        greeting = [t("command.author.greeting", folder=root)]
        code = open_notebook(root, root, notebook, port=port, browser=browser, say=say, greeting=greeting)
    except (LabError, LessonNameError, NotebookInTheWayError) as error:
        stop(str(error))
    raise typer.Exit(code)


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


def new_lesson(
    name: Annotated[str, typer.Argument(help=t("command.new-lesson.name"))],
    *,
    title: Annotated[str, typer.Option(help=t("command.new-lesson.title"))] = "",
) -> None:
    """Add a lesson to the course."""
    from copydesk.course.course import Course
    from copydesk.scaffold.lessons import add_lesson
    from copydesk.scaffold.names import NameRefusedError

    try:
        lesson = add_lesson(Course(clone_root()), name, title=title)
    except NameRefusedError as error:
        stop(str(error))
    except OSError as error:
        stop(t("command.new-lesson.cannot_write", file=error.filename, reason=error.strerror))
    say(t("command.new-lesson.made", lesson=lesson))


def _content(text: str) -> bytes:
    """Return the content of the file, or of what is pasted."""
    if text == STANDARD_INPUT:
        if sys.stdin.isatty():
            say(t("intake.paste", keys="Ctrl+Z, Enter" if os.name == "nt" else "Ctrl+D"))
        return sys.stdin.buffer.read()
    path = Path(text)
    if not path.is_file():
        stop(t("intake.no_file", file=text))
    return path.read_bytes()


def _next_commands(folder: Path) -> list[tuple[str, str]]:
    """Return the commands that come next, as they are typed, each with what it's for."""
    return [
        (_typed("cd", str(folder)), t("command.new.next.into")),
        ("copydesk check", t("command.new.next.check")),
        ("copydesk author", t("command.new.next.author")),
        ("copydesk preview", t("command.new.next.preview")),
    ]


def _typed(*words: str) -> str:
    """Return a command as it is typed in a terminal of this system."""
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def _course_in(folder: Path) -> Path:
    """Return the root of the course in a folder, or above it; end the command if there is none."""
    start = folder.resolve()
    places = [place for place in (start, *start.parents) if is_course(place)]
    if not places:
        stop(t("command.preview.no_course", folder=folder))
    take_language(places[0])
    return places[0]


def _problems(root: Path, lessons: Sequence[str]) -> tuple[list[Problem], list[Problem]]:
    """Return the problems of a course and what is still open; with ``lessons``, without those of other lessons."""
    from copydesk.checks import check_course
    from copydesk.course.course import Course
    from copydesk.course.documents import Problem
    from copydesk.scaffold.open_steps import RELEASE, open_steps

    others = set(lesson_slugs(root)) - set(lessons) if lessons else set()
    steps = [step for step in open_steps(Course(root)) if step.command != RELEASE]  # a preview releases by itself
    found = (check_course(Course(root)).problems, [Problem(step.file, step.line, "", step.what, "") for step in steps])
    problems, still_open = ([problem for problem in part if Path(problem.file).stem not in others] for part in found)
    return problems, still_open
