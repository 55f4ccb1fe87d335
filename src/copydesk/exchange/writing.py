"""Writes the files of an export: whole, and never over a file that no export wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.atomic_write import replace_file
from copydesk.model.task import is_unwritten
from copydesk.owned_files import OwnedFiles
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from copydesk.course.bank import Bank, Entry


class ExchangeError(ValueError):
    """An export or an import is not possible; the message says what to do."""


def write_files(folder: Path, files: Mapping[str, bytes], *, kind: str = "export") -> list[Path]:
    """Write files, by name below a folder, and return their paths; a file with the same bytes is not touched.

    Raises:
        ExchangeError: a file there was not written by such an export, or the folder cannot be written.
            In the first case nothing was written.
    """
    try:
        return _write(folder, files, OwnedFiles(folder, kind))
    except OSError as error:
        msg = t("exchange.not_writable", path=error.filename or folder, why=error.strerror or error)
        raise ExchangeError(msg) from error


def _write(folder: Path, files: Mapping[str, bytes], owned: OwnedFiles) -> list[Path]:
    changes = {name: content for name, content in files.items() if not _is_there(folder / name, content)}
    foreign = owned.foreign_names(changes)
    if foreign:
        raise ExchangeError(t("exchange.foreign", folder=folder, names=", ".join(foreign)))
    folder.mkdir(parents=True, exist_ok=True)
    if changes:
        owned.claim(changes)
    for name, content in changes.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, content)
    return [folder / name for name in files]


def _is_there(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def unwritten_reason(bank: Bank, entry: Entry) -> str:
    """Return the reason a task is not handed out yet, as the end of a sentence; empty if all is written."""
    if is_unwritten(bank.title) or is_unwritten(bank.keyed_by):
        return t("exchange.unwritten_quiz")
    count = entry.count_unwritten()
    return t("exchange.unwritten_texts", count=count) if count else ""
