"""Writes result files so that each is there whole or not at all."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

from copydesk.atomic_write import replace_file
from copydesk.grading.files.problems import GradingError, WrongPlaceError
from copydesk.grading.files.safe_text import listed
from copydesk.owned_files import OwnedFiles

MOST_NAMED = 5
LEFTOVER = re.compile(r"\..+-[0-9a-f]{16}\.tmp")
"""What a file is called while it is being written (``copydesk.answers.store.replace_file``)."""


def write(path: Path, content: str | bytes, *, is_durable: bool = False) -> None:
    """Write a result, a text as UTF-8; unlike a mark or an answer it may be lost in a power cut: it can be made again.

    Raises:
        GradingError: the folder or the file cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    if _holds(path, data):
        return
    try:
        replace_file(path, data, is_durable=is_durable)
    except OSError as error:
        raise not_written(path, error) from error


def write_own(path: Path, text: str, *, known: Callable[[str], bool], is_durable: bool = False) -> None:
    """Write a file, and list it in its folder; one that is there and is not ours is left alone.

    ``known`` says of the name of a file whether it is ours in a folder that has no list yet.

    Raises:
        WrongPlaceError: there is a file of that name that Copy Desk did not write.
        GradingError: the folder or the file cannot be written.
    """
    own = OwnedFiles(path.parent)
    if own.foreign([path.name]) and (own.names or not known(path.name)):
        raise taken(path)
    try:
        own.claim([path.name])
    except OSError as error:
        raise not_written(path, error) from error
    write(path, text, is_durable=is_durable)


def taken(*paths: Path) -> WrongPlaceError:
    """Return what to tell somebody whose own files have the names of results."""
    names = [str(path) for path in paths[:MOST_NAMED]]
    names += [f"{len(paths) - MOST_NAMED} more"] if len(paths) > MOST_NAMED else []
    if len(paths) == 1:
        what, mend = "a file that Copy Desk did not write, and its results would overwrite it", "that file another name"
    else:
        what = "files that Copy Desk did not write, and its results would overwrite them"
        mend = "those files other names"
    verb = "is" if len(paths) == 1 else "are"
    return WrongPlaceError(f"{listed(names)} {verb} {what}. Name another folder with --out, or give {mend}")


def not_written(path: Path, error: OSError) -> GradingError:
    """Return what to tell somebody whose results the system did not take."""
    return GradingError(
        f"{path} cannot be written ({error.strerror or type(error).__name__}). "
        "If it is open in another program, close it there; is the disk full, or the folder read-only?"
    )


def _holds(path: Path, data: bytes) -> bool:
    """Return whether a file holds some bytes already: then it need not be written."""
    try:
        return path.read_bytes() == data and not path.is_symlink()
    except OSError:
        return False


def remove(path: Path) -> None:
    """Remove a result that this run does not have.

    Raises:
        GradingError: it cannot be removed.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        msg = f"{path} is left from an earlier run and cannot be removed ({error.strerror or type(error).__name__})"
        raise GradingError(msg) from error


def remove_leftovers(folder: Path) -> None:
    """Remove the files that a run was writing when it was killed."""
    for path in folder.glob(".*.tmp"):
        if LEFTOVER.fullmatch(path.name):
            with contextlib.suppress(OSError):
                path.unlink()


def make_folder(path: Path) -> None:
    """Make a folder for results.

    Raises:
        GradingError: there is a file of that name, or the folder cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"the folder {path} cannot be made ({error.strerror or type(error).__name__}); name another with --out"
        raise GradingError(msg) from error
