"""Finds the course, the folder with ``seeds/`` and ``lessons/``, and where answers are kept."""

from __future__ import annotations

import os
from pathlib import Path

from copydesk.text import t

COURSES = Path(__file__).parents[1] / "courses"


def _packaged_course() -> Path:
    for folder in sorted(COURSES.glob("*")):
        if folder.is_dir():
            return folder
    return COURSES / "none"


PACKAGED = _packaged_course()
"""The course inside a wheel: one, in its own folder."""
NOTEBOOK_FOLDERS = frozenset({"lessons", "exercises", "solutions"})


class CourseNotFoundError(FileNotFoundError):
    """There is no course here."""


def lesson_slugs(root: Path) -> list[str]:
    """Return the lessons of the course at ``root``, those that have a notebook, in their order."""
    return sorted(path.stem for path in (root / "lessons").glob("*.ipynb"))


def is_course(folder: Path) -> bool:
    """Return whether there is a course in a folder."""
    return (folder / "seeds" / "article.txt").is_file() and (folder / "lessons").is_dir()


def find_root(start: Path | None = None) -> Path:
    """Return the course root: ``COPYDESK_COURSE``, or the nearest folder above ``start`` with a course in it.

    Failing that, it is the clone that this package runs from, or the course in the installed package.

    Raises:
        CourseNotFoundError: there is no course; the message says what to do.
    """
    setting = os.environ.get("COPYDESK_COURSE")
    start = (start or Path.cwd()).resolve()
    checkout = Path(__file__).resolve().parents[3]
    folders = [start, *start.parents, checkout, PACKAGED]
    if setting:
        folders = [Path(setting).resolve()]
    for folder in folders:
        if is_course(folder):
            return folder
    raise CourseNotFoundError(t("settings.no_course", folder=setting or start))


def answers_folder(start: Path | None = None) -> Path:
    """Return the folder for answer files: ``COPYDESK_ANSWERS``, or ``answers/`` beside the notebook's folder."""
    if setting := os.environ.get("COPYDESK_ANSWERS"):
        return Path(setting).resolve()
    start = (start or Path.cwd()).resolve()
    if start.name in NOTEBOOK_FOLDERS:
        start = start.parent
    return start / "answers"


def is_static() -> bool:
    """Return whether views are for a page without a kernel (``COPYDESK_RENDER=static``)."""
    return os.environ.get("COPYDESK_RENDER") == "static"
