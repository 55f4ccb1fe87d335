"""What the commands share: where they print, how they stop, and which course they work on."""

from __future__ import annotations

import os
from itertools import groupby
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from copydesk.course.settings import PACKAGED, CourseNotFoundError, find_root

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from copydesk.course.documents import Problem

console = Console()
errors = Console(stderr=True)


def say(message: str) -> None:
    """Print a message whole: an address that is broken over two lines cannot be opened."""
    console.print(message, soft_wrap=True, markup=False, highlight=False)


def stop(message: str, *, code: int = 1) -> None:
    """Print what is wrong and end the command with an exit code.

    Raises:
        typer.Exit: always.
    """
    errors.print(message, style="red", markup=False, soft_wrap=True)
    raise typer.Exit(code)


def course_root() -> Path:
    """Return the course root; without a course the command ends."""
    try:
        return find_root()
    except CourseNotFoundError as error:
        stop(str(error))
        raise


def root_with_keys() -> Path:
    """Return the course root for a command that needs keys, which a learner's package does not carry."""
    root = course_root()
    if not (root / "solutions").is_dir():
        stop(f"The course in {root} has no keys. Name a copy that holds the folder solutions in COPYDESK_COURSE.")
    return root


def clone_root() -> Path:
    """Return the course root for a command that writes into it, which no command does in an installed package."""
    root = course_root()
    if root == PACKAGED:
        stop(f"{root} is part of an installed package. Change the course in a clone of its repository.")
    return root


def print_problems(problems: Sequence[Problem]) -> None:
    """Print problems under the file that they are in, one a line, so that a line can be found and copied."""
    target = console if os.environ.get("CI") else errors
    for file, found in groupby(problems, key=lambda problem: problem.file):
        target.print(file, style="bold", markup=False, highlight=False, soft_wrap=True)
        for each in found:
            place = ", ".join(part for part in (f"line {each.line}" if each.line else "", each.entry) if part)
            text = f"  {place}: {each.problem}. {each.remedy}" if place else f"  {each.problem}. {each.remedy}"
            target.print(text, markup=False, highlight=False, soft_wrap=True)
