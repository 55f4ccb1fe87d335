"""Remembers which files in a folder Copy Desk wrote, so that no other file is overwritten or removed."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from copydesk.atomic_write import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LIST = ".copydesk-files.json"
LIST_OF_KIND = ".copydesk-{kind}.json"
LISTS = re.compile(r"\.copydesk-[a-z]+\.json")


class OwnedFiles:
    """The files below a folder that Copy Desk wrote, by relative path, with ``/`` on every system.

    Claim the names before the files are written and keep the final ones afterwards: a run that is killed in between
    then leaves no file that the next run takes for someone else's. Files that different commands write into one
    folder are told apart by ``kind``: no command removes a file that another one no longer makes.
    """

    def __init__(self, folder: Path, kind: str = "files") -> None:
        """Read the list of a folder; if it is missing or damaged, nothing there is ours."""
        self._folder = folder
        self._list = folder / LIST_OF_KIND.format(kind=kind)
        self.names = _read(self._list)

    def foreign_names(self, names: Iterable[str]) -> list[str]:
        """Return those of some names that belong to existing files that Copy Desk did not write."""
        return sorted(name for name in set(names) - self.names if _exists(self._folder / name))

    @staticmethod
    def is_list(name: str) -> bool:
        """Return whether a file of this name is such a list, of any kind."""
        return LISTS.fullmatch(name) is not None

    def claim(self, names: Iterable[str]) -> None:
        """Add the names of files that are about to be written.

        Raises:
            OSError: the list cannot be written.
        """
        self.keep(self.names.union(names))

    def keep(self, names: Iterable[str]) -> None:
        """Reduce the list to these names.

        Raises:
            OSError: the list cannot be written.
        """
        final = frozenset(names)
        if final == self.names and self._list.is_file():
            return
        replace_file(self._list, json.dumps(sorted(final), ensure_ascii=False, indent=0) + "\n")
        self.names = final


def _exists(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _read(path: Path) -> frozenset[str]:
    try:
        names = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    if not isinstance(names, list):
        return frozenset()
    return frozenset(name for name in names if isinstance(name, str) and _is_inside(name))


def _is_inside(name: str) -> bool:
    """Return whether a name leads to a place below the folder; a list written by someone else may say anything."""
    path = PurePosixPath(name)
    if not path.parts or ".." in path.parts:
        return False
    return not path.is_absolute() and not _is_windows_path(name)


def _is_windows_path(name: str) -> bool:
    path = PureWindowsPath(name)
    return bool(path.drive or path.root) or "\\" in name
