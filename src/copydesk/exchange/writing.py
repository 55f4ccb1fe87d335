"""Writes the files of an export: whole, and never over a file that no export wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.atomic_write import replace_file
from copydesk.model.task import is_unwritten
from copydesk.owned_files import OwnedFiles

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from copydesk.course.bank import Bank, Entry


class ExchangeError(ValueError):
    """Something cannot be handed over or taken in; the message says what to do."""


def write_files(folder: Path, files: Mapping[str, bytes], *, kind: str = "export") -> list[Path]:
    """Write files, by their names below a folder, and return them; a file with the same bytes is not touched.

    Raises:
        ExchangeError: a file there was not written by such an export, or the folder cannot be written.
            In the first case nothing was written.
    """
    try:
        return _write(folder, files, OwnedFiles(folder, kind))
    except OSError as error:
        msg = f"{error.filename or folder} cannot be written ({error.strerror or error}). Name another folder."
        raise ExchangeError(msg) from error


def _write(folder: Path, files: Mapping[str, bytes], owned: OwnedFiles) -> list[Path]:
    changed = {name: content for name, content in files.items() if not _is_there(folder / name, content)}
    if foreign := owned.foreign(changed):
        names = ", ".join(foreign)
        msg = f"{folder} holds files that no export wrote: {names}. Move them away, or name another folder."
        raise ExchangeError(msg)
    folder.mkdir(parents=True, exist_ok=True)
    if changed:
        owned.claim(changed)
    for name, content in changed.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        replace_file(folder / name, content)
    return [folder / name for name in files]


def _is_there(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def unwritten(bank: Bank, entry: Entry) -> str:
    """Return why a task is not handed out yet, as the end of a sentence; empty where all of it is written."""
    if is_unwritten(bank.title) or is_unwritten(bank.keyed_by):
        return "the title of its quiz, or who wrote the key, is still to be written"
    count = entry.unwritten()
    return f"{count} of its texts {'is' if count == 1 else 'are'} still to be written" if count else ""
