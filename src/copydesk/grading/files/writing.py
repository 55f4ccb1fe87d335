"""Writes result files so that each exists whole or not at all."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from copydesk import atomic_write
from copydesk.atomic_write import replace_file, translate_system_errors
from copydesk.grading.files.problems import GradingError, WrongPlaceError, system_reason
from copydesk.owned_files import OwnedFiles
from copydesk.text import t
from copydesk.text.lists import first_names, name_list

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

MOST_NAMED = 5
LEFTOVER = re.compile(r"\..+-[0-9a-f]{16}\.tmp")
"""What a file is called while it is being written (``copydesk.answers.store.replace_file``)."""


def write(path: Path, content: str | bytes, *, is_durable: bool = False) -> None:
    """Write a result, text as UTF-8; unlike a mark or an answer, it may be lost in a power cut: it can be made again.

    Raises:
        GradingError: the folder or the file cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    if _holds(path, data):
        return
    with translate_write_errors(path):
        replace_file(path, data, is_durable=is_durable)


def write_own(path: Path, text: str, *, is_ours: Callable[[str], bool], is_durable: bool = False) -> None:
    """Write a file and list it in its folder; an existing one that is not ours is left alone.

    ``is_ours`` says, from a file's name, whether it is ours in a folder that has no list yet.

    Raises:
        WrongPlaceError: there is a file of that name that Copy Desk did not write.
        GradingError: the folder or the file cannot be written.
    """
    own = OwnedFiles(path.parent)
    is_foreign = bool(own.foreign_names([path.name]))
    if is_foreign and (own.names or not is_ours(path.name)):
        raise foreign_files_error(path)
    with translate_write_errors(path):
        own.claim([path.name])
    write(path, text, is_durable=is_durable)


def foreign_files_error(*paths: Path) -> WrongPlaceError:
    """Return the error for someone whose own files have the names of results."""
    names = first_names([str(path) for path in paths], MOST_NAMED)
    return WrongPlaceError(t("writing.taken", count=len(paths), names=name_list(names)))


def translate_write_errors(path: Path) -> AbstractContextManager[None]:
    """Return a context in which a system error is raised as the error for a result that was not written."""
    return translate_system_errors(path, write_error)


def write_error(path: Path, error: OSError) -> GradingError:
    """Return the error for results that the system could not write."""
    return GradingError(t("writing.not_written", path=path, why=system_reason(error)))


def _holds(path: Path, data: bytes) -> bool:
    """Return whether a file already holds some bytes, so that it need not be written."""
    try:
        return path.read_bytes() == data and not path.is_symlink()
    except OSError:
        return False


def remove(path: Path) -> None:
    """Remove a result that this run does not produce.

    Raises:
        GradingError: it cannot be removed.
    """
    with translate_system_errors(path, _removal_error):
        path.unlink(missing_ok=True)


def _removal_error(path: Path, error: OSError) -> GradingError:
    return GradingError(t("writing.not_removed", path=path, why=system_reason(error)))


def remove_leftovers(folder: Path) -> None:
    """Remove the files that a run was still writing when it was killed."""
    for path in folder.glob(".*.tmp"):
        if LEFTOVER.fullmatch(path.name):
            with contextlib.suppress(OSError):
                path.unlink()


def make_folder(path: Path) -> None:
    """Make a folder for results.

    Raises:
        GradingError: there is a file of that name, or the folder cannot be made.
    """
    atomic_write.make_folder(path, _folder_error)


def _folder_error(path: Path, error: OSError) -> GradingError:
    return GradingError(t("writing.no_folder", path=path, why=system_reason(error)))
