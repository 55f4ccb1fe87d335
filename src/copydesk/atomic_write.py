"""Writes a file whole or not at all, and says why the system refused it."""

from __future__ import annotations

import contextlib
import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextlib.contextmanager
def translate_system_errors(path: Path, make_error: Callable[[Path, OSError], Exception]) -> Iterator[None]:
    """Replace a system error with the one that ``make_error`` makes of it for a file or folder."""
    try:
        yield
    except OSError as error:
        raise make_error(path, error) from error


def make_folder(path: Path, make_error: Callable[[Path, OSError], Exception]) -> None:
    """Make a folder and its parents; if that fails, raise the error that ``make_error`` makes."""
    with translate_system_errors(path, make_error):
        path.mkdir(parents=True, exist_ok=True)


@contextlib.contextmanager
def file_beside(path: Path) -> Iterator[Path]:
    """Yield a free name beside a file for its replacement; anything left under that name is removed."""
    passing = path.with_name(f".{path.stem}-{secrets.token_hex(8)}.tmp")
    try:
        yield passing
    finally:
        with contextlib.suppress(OSError):
            passing.unlink()


def replace_file(path: Path, content: str | bytes, *, mode: int = 0o666, is_durable: bool = True) -> None:
    """Write a file whole or not at all: under another name in its folder, then renamed.

    With ``is_durable`` it is flushed to the disk before this returns. ``mode`` is the file's permissions, less
    those that the system's umask takes away.

    Raises:
        OSError: the file cannot be written; the old one is untouched and nothing else is left behind.
    """

    def open_with_mode(name: str, flags: int) -> int:
        return os.open(name, flags, mode)

    with file_beside(path) as passing:
        with open(passing, "xb", opener=open_with_mode) as file:
            file.write(content.encode() if isinstance(content, str) else content)
            if is_durable:
                file.flush()
                os.fsync(file.fileno())
        passing.replace(path)
    if is_durable:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a rename durable, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
