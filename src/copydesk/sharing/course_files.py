"""Says which files make up a course that is given to others; no other file goes into a pack, or comes out of one."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.course.manifest import MANIFEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

SOLUTIONS = "solutions"
TEXTS = r"(txt|yml|csv|md)"
PICTURES = r"(png|jpe?g|gif|webp|svg)"
COURSE_FILE = re.compile(
    r"(README(\.[a-z]{2,3})?\.md|CITATION\.cff|(LICEN[CS]E|NOTICE|AUTHORS)(-[A-Za-z0-9-]+)?(\.md|\.txt)?"
    rf"|seeds/.+\.{TEXTS}"
    r"|lessons/[^/]+\.ipynb|lessons/quizzes/[^/]+\.yml"
    r"|exercises/[^/]+\.ipynb|exercises/(tasks|closing)/[^/]+\.yml"
    r"|solutions/[0-9][0-9]-[^/]+\.ipynb|solutions/tasks/[^/]+\.yml|solutions/banks/[^/]+/[^/]+\.yml"
    r"|texts/[a-z]{2,3}\.json"
    rf"|book/.+\.(md|yml|css|bib|{PICTURES}))"
)
"""The path of a file that a course may have. Nothing of this kind configures Python or Jupyter, and none is a program
except notebooks."""

FOLDERS = ("seeds", "lessons", "exercises", SOLUTIONS, "book", "texts")
TEXT_FILE = re.compile(r"(\.(txt|yml|csv|md|cff|css|bib|svg|json|ipynb)|/[^.]*|^[^.]*)$")

LONGEST_PART = 100
PUNCTUATION = frozenset(" _-.()+")
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}
)
"""Names that Windows keeps for devices, whatever ending follows."""


def belongs(name: str) -> bool:
    """Return whether a path below a course's folder is that of a file that a pack may have."""
    return COURSE_FILE.fullmatch(name) is not None and all(map(is_plain, name.split("/")))


def is_plain(part: str) -> bool:
    """Return whether a name is the same file on every system: no sign that hides, turns the text or means a device."""
    if not part or len(part) > LONGEST_PART or part != unicodedata.normalize("NFC", part):
        return False
    if not (part[0].isalnum() or part[0] == "_") or part.startswith("__") or part.endswith((".", " ")):
        return False
    if part.partition(".")[0].strip().casefold() in DEVICES:
        return False
    return all(char.isalnum() or char in PUNCTUATION or unicodedata.category(char).startswith("M") for char in part)


def folded(name: str) -> str:
    """Return a path as systems compare it that don't tell capitals from small letters."""
    return unicodedata.normalize("NFC", name.casefold())


def is_text(name: str) -> bool:
    """Return whether a file of a course is text, whose lines may end in two ways."""
    return TEXT_FILE.search(name) is not None


def list_files(root: Path) -> tuple[list[str], list[str]]:
    """Return the paths of the course's files, and of what else its folder has, which is left out.

    A folder that belongs to no course is named, not read. Links are left out, wherever they lead.
    """
    files: list[str] = []
    others: list[str] = []
    for path in sorted(root.iterdir()):
        if path.name in FOLDERS and path.is_dir() and not path.is_symlink():
            for name in _names_below(root, path):
                (files if belongs(name) and not (root / name).is_symlink() else others).append(name)
        elif path.is_file() and not path.is_symlink() and belongs(path.name):
            files.append(path.name)
        elif path.name != MANIFEST_FILE:
            others.append(f"{path.name}/" if path.is_dir() else path.name)
    return files, others


def _names_below(root: Path, folder: Path) -> Iterator[str]:
    """Yield the paths of all files in a folder; of a folder that is hidden or a link, its own."""
    for place, folders, files in os.walk(folder):
        here = Path(place)
        for name in sorted(folders):
            if not is_plain(name) or (here / name).is_symlink():
                folders.remove(name)
                yield f"{(here / name).relative_to(root).as_posix()}/"
        folders.sort()
        for name in sorted(files):
            yield (here / name).relative_to(root).as_posix()
