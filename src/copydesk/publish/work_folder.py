"""Gives each edition of each course a folder in the user's cache, where a build finds what the last one left."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.publish.edition import Edition

FOLDERS_LEFT = 8
"""How many of these folders are kept, the latest ones."""


@contextmanager
def work_folder(cache: Path, root: Path, edition: Edition) -> Iterator[Path]:
    """Yield the folder for an edition of the course at ``root``, which no other build uses in the meantime.

    If another build is using it, or it cannot be written to, the folder is an empty, temporary one.
    """
    about = json.dumps([str(root), edition.learner, edition.article, edition.code, edition.lessons])
    folder = cache / hashlib.sha256(about.encode()).hexdigest()[:16]
    lock = _lock(folder)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        lock.acquire()  # first, so that no other build takes the folder for one that nobody uses
        folder.mkdir(exist_ok=True)
        folder.touch()
    except (OSError, Timeout):
        with tempfile.TemporaryDirectory(prefix="copydesk-pages-") as name:
            yield Path(name).resolve()
        return
    try:
        yield folder
    finally:
        lock.release()
    _remove_oldest(cache)


def _lock(folder: Path) -> FileLock:
    return FileLock(folder.with_suffix(".lock"), timeout=0)


def _remove_oldest(cache: Path) -> None:
    folders = [path for path in cache.iterdir() if path.is_dir()]
    for folder in sorted(folders, key=lambda path: path.stat().st_mtime)[:-FOLDERS_LEFT]:
        with suppress(OSError, Timeout), _lock(folder):
            shutil.rmtree(folder)
