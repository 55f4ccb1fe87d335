"""The commands with which an author makes a course."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from copydesk.commands.console import say, stop
from copydesk.text import t

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
