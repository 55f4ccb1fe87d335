"""Reports changes in the folders of submissions, so that they can be graded as they arrive."""

from __future__ import annotations

import os
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING

from copydesk.grading.files.inputs import find_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

POLL_SECONDS = 2.0
QUIET_SECONDS = 0.4
"""How long files must stay unchanged before they are read, so that none is read while it is being copied."""

_FileState = tuple[str, int, int]
"""Name, size and time of a file."""


def changes(paths: Sequence[Path], leave_out: Sequence[Path]) -> Iterator[None]:
    """Yield at once, and then each time files below some paths appear, change or disappear; ends with Ctrl-C.

    A change that happens while no one is waiting is seen on the next request.
    """
    before: list[_FileState] | None = None
    for _ in _moments(paths, leave_out):
        now = _quiet_files(paths, leave_out)
        if now != before:
            before = now
            yield


def _moments(paths: Sequence[Path], leave_out: Sequence[Path]) -> Iterator[None]:
    """Yield at once, and then whenever it is time to look through the folders.

    The system reports changes (watchfiles, an optional extra). Without that library, or if a folder does not
    exist yet, it is time every two seconds.
    """
    yield
    can_tell = find_spec("watchfiles") is not None
    if not can_tell or not all(path.exists() for path in paths):
        while True:
            time.sleep(POLL_SECONDS)
            yield
    import watchfiles  # noqa: PLC0415  (an optional extra)

    skipped = [os.path.abspath(path) for path in leave_out]  # noqa: PTH100  (as the system reports them)

    def is_wanted(_: object, changed: str) -> bool:
        return not any(_is_inside(changed, path) for path in skipped)

    folders = [os.path.abspath(path) for path in paths]  # noqa: PTH100  (as above)
    is_first = True  # the system does not report what came before it was asked
    for changed in watchfiles.watch(
        *folders, watch_filter=is_wanted, rust_timeout=round(1000 * POLL_SECONDS), yield_on_timeout=True
    ):
        if changed or is_first:
            yield
        is_first = False


def _is_inside(path: str, folder: str) -> bool:
    """Return whether a path is a folder or is inside it."""
    return path == folder or path.startswith(folder + os.sep)


def _quiet_files(paths: Sequence[Path], leave_out: Sequence[Path]) -> list[_FileState]:
    """Return the states of all files, once none of them changes any more."""
    before, now = None, _file_states(paths, leave_out)
    while now != before:
        time.sleep(QUIET_SECONDS)
        before, now = now, _file_states(paths, leave_out)
    return now


def _file_states(paths: Sequence[Path], leave_out: Sequence[Path]) -> list[_FileState]:
    """Return the states of all files that exist."""
    states = []
    for file in find_files(paths, leave_out)[0]:
        try:
            status = os.stat(file.path)  # noqa: PTH116  (as find gives it)
        except OSError:
            continue
        states.append((file.name, status.st_size, status.st_mtime_ns))
    return states
