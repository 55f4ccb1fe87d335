"""Printing, stopping and finding the course, for all commands."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console

from copydesk.course.settings import PACKAGED, CourseNotFoundError, find_root
from copydesk.grading.files.safe_text import terminal_text, visible_text
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from copydesk.course.documents import Problem

WRONG_USE = 2
"""The exit code for a wrong option or path, the same as the command-line library's."""

console = Console()
errors = Console(stderr=True)


def say(message: str) -> None:
    """Print a message unwrapped: an address broken over two lines cannot be opened."""
    console.print(terminal_text(message), soft_wrap=True, markup=False, highlight=False)


def stop(message: str, *, code: int = 1) -> NoReturn:
    """Print an error message and end the command with an exit code.

    Raises:
        typer.Exit: always.
    """
    errors.print(terminal_text(message), style="red", markup=False, soft_wrap=True)
    raise typer.Exit(code)


def course_root() -> Path:
    """Return the course root and take the course's language; end the command if there is no course."""
    try:
        root = find_root()
    except CourseNotFoundError as error:
        stop(str(error))
    take_language(root)
    return root


@cache
def take_language(root: Path) -> None:
    """Take the language of the course at ``root``, once: a command works in one course."""
    from copydesk.course.course import Course
    from copydesk.course.current import follow_course

    follow_course(Course(root))


def root_with_keys() -> Path:
    """Return the course root for a command that needs keys, which a learner's package does not contain."""
    root = course_root()
    if not (root / "solutions").is_dir():
        stop(t("command.no_keys", root=root))
    return root


def clone_root() -> Path:
    """Return the course root for a command that writes into it, which no command does in an installed package."""
    root = course_root()
    if root == PACKAGED:
        stop(t("command.packaged", root=root))
    return root


@contextmanager
def plain_errors() -> Iterator[None]:
    """Print an error's message instead of a traceback, and end the command with its exit code."""
    from copydesk.course.documents import ContentError
    from copydesk.grading.files.problems import GradingError, WrongPlaceError
    from copydesk.lab.jupyterlab import LabError

    try:
        yield
    except WrongPlaceError as error:
        stop(str(error), code=WRONG_USE)
    except (GradingError, LabError) as error:
        stop(str(error))
    except ContentError as error:
        print_problems(error.problems)
        raise typer.Exit(1) from None


def print_problems(problems: Sequence[Problem]) -> None:
    """Print problems under the file they are in, one per line, so that a line can be found and copied."""
    target = console if os.environ.get("CI") else errors
    for file, group in groupby(problems, key=attrgetter("file")):
        target.print(visible_text(file), style="bold", markup=False, highlight=False, soft_wrap=True)
        for problem in group:
            target.print(f"  {_problem_line(problem)}", markup=False, highlight=False, soft_wrap=True)


def _problem_line(problem: Problem) -> str:
    """Return a problem with its place in the file, if known."""
    places = []
    if problem.line:
        places.append(t("command.line", line=problem.line))
    if problem.entry:
        places.append(visible_text(problem.entry))
    text = visible_text(f"{problem.problem}. {problem.remedy}")
    return f"{', '.join(places)}: {text}" if places else text
