"""Says when something changes in the folders of hand-ins, so that they can be graded as they arrive."""

from __future__ import annotations

import os
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING

from copydesk.grading.sources import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

POLL_SECONDS = 2.0
QUIET_MILLISECONDS = 400
"""How long nothing may happen before a change is reported: a file that is still being copied is not read."""


def changes(paths: Sequence[Path], leave_out: Sequence[Path]) -> Iterator[None]:
    """Yield each time that files below some paths come, change or go; ends with Ctrl-C.

    The system is asked to tell (watchfiles, an optional extra). Without that library, or where a folder is not
    there yet, the folders are looked through every two seconds.
    """
    if find_spec("watchfiles") is None or not all(path.exists() for path in paths):
        yield from _poll(paths, leave_out)
        return
    import watchfiles  # noqa: PLC0415  (an optional extra)

    skipped = [os.path.abspath(path) for path in leave_out]  # noqa: PTH100  (as the system reports them)

    def is_wanted(_: object, changed: str) -> bool:
        return not any(changed == path or changed.startswith(path + os.sep) for path in skipped)

    folders = [os.path.abspath(path) for path in paths]  # noqa: PTH100  (as above)
    for _ in watchfiles.watch(*folders, watch_filter=is_wanted, step=QUIET_MILLISECONDS, raise_interrupt=True):
        yield


def _poll(paths: Sequence[Path], leave_out: Sequence[Path]) -> Iterator[None]:
    """Yield when the files differ from those of the look before, and no longer from one look to the next."""
    reported = before = _look(paths, leave_out)
    while True:
        time.sleep(POLL_SECONDS)
        now = _look(paths, leave_out)
        if now == before and now != reported:
            reported = now
            yield
        before = now


def _look(paths: Sequence[Path], leave_out: Sequence[Path]) -> list[tuple[str, int, int]]:
    """Return name, size and time of every file."""
    seen = []
    for file in find(paths, leave_out)[0]:
        try:
            status = file.path.stat()
        except OSError:
            continue
        seen.append((file.name, status.st_size, status.st_mtime_ns))
    return seen
