"""Remembers which files of a folder Copy Desk wrote, so that no other file is overwritten or removed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from copydesk.answers import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LIST = ".copydesk-files.json"


class OwnedFiles:
    """The files below a folder that Copy Desk wrote, by their paths from there, with ``/`` on every system.

    Claim the names before the files are written and keep the final ones afterwards: a run that is killed in between
    then leaves no file behind that the next run takes for somebody else's.
    """

    def __init__(self, folder: Path) -> None:
        """Read the list of a folder; where there is none, or it is damaged, nothing there is ours."""
        self._folder = folder
        self.names = _read(folder / LIST)

    def foreign(self, names: Iterable[str]) -> list[str]:
        """Return which of some names belong to files that are there and that Copy Desk did not write."""
        return sorted(name for name in set(names) - self.names if _exists(self._folder / name))

    def claim(self, names: Iterable[str]) -> None:
        """Add the names of files that are about to be written.

        Raises:
            OSError: the list cannot be written.
        """
        self.keep(self.names.union(names))

    def keep(self, names: Iterable[str]) -> None:
        """Let the list say just these names.

        Raises:
            OSError: the list cannot be written.
        """
        wanted = frozenset(names)
        if wanted == self.names and (self._folder / LIST).is_file():
            return
        replace_file(self._folder / LIST, json.dumps(sorted(wanted), ensure_ascii=False, indent=0) + "\n")
        self.names = wanted


def _exists(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _read(path: Path) -> frozenset[str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    if not isinstance(found, list):
        return frozenset()
    return frozenset(name for name in found if isinstance(name, str))
