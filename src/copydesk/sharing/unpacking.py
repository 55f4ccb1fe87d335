"""Unpacks a course that was read and found whole into a folder of its own, once."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.course.manifest import MANIFEST_FILE
from copydesk.sharing.contents import digest
from copydesk.sharing.course_files import list_files
from copydesk.sharing.problems import SharingError
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.sharing.reading import CoursePack

MOST_COPIES = 99


@dataclass(frozen=True)
class Place:
    """Where a pack is unpacked, whether it already is, and which files there are no longer those of the pack."""

    folder: Path
    is_there: bool
    changed: tuple[str, ...] = ()


def place_for(pack: CoursePack, parent: Path) -> Place:
    """Return the folder of a pack: the one that has it already, or a free one, named after the course.

    Raises:
        SharingError: all names are taken.
    """
    name = pack.manifest.id
    folders = [parent / name, *(parent / f"{name}-{number}" for number in range(2, MOST_COPIES + 1))]
    for folder in folders:
        if _has_pack(folder, pack):
            return Place(folder, is_there=True, changed=tuple(_changed_files(folder, pack)))
    for folder in folders:
        if not folder.exists() and not folder.is_symlink():
            return Place(folder, is_there=False)
    raise SharingError(t("pack.no_room", folder=parent, name=name))


def unpack(pack: CoursePack, folder: Path) -> None:
    """Write the files of a pack into a new folder, all of them or none.

    Raises:
        SharingError: the system refuses to write.
    """
    try:
        passing = Path(tempfile.mkdtemp(prefix=".copydesk-", dir=folder.parent))
        try:
            write_files(pack, passing)
            passing.rename(folder)
        finally:
            shutil.rmtree(passing, ignore_errors=True)
    except OSError as error:
        raise SharingError(t("pack.not_unpacked", folder=folder, why=error.strerror or error)) from None


def write_files(pack: CoursePack, folder: Path) -> None:
    """Write the files of a pack and its description below a folder; each name was found to be plain."""
    for name, content in {**pack.files, MANIFEST_FILE: pack.description}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)


def _has_pack(folder: Path, pack: CoursePack) -> bool:
    """Return whether a folder was unpacked from this very pack."""
    if folder.is_symlink():
        return False
    try:
        return (folder / MANIFEST_FILE).read_bytes() == pack.description
    except OSError:
        return False


def _changed_files(folder: Path, pack: CoursePack) -> list[str]:
    """Return the files of a course's folder that differ from the pack's, are missing, or were added."""
    names = set(list_files(folder)[0])
    changed = names ^ pack.files.keys()
    for name in names & pack.files.keys():
        if digest((folder / name).read_bytes()) != pack.manifest.files[name]:
            changed.add(name)
    return sorted(changed)
