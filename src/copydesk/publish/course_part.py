"""Makes a course of some lessons of another, in a folder of its own, as if the other lessons had been removed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from copydesk.course.citation import CITATION_FILE
from copydesk.course.settings import lesson_slugs
from copydesk.text import COURSE_TEXTS

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

PARTS = ("book", "exercises", "lessons", "seeds", "solutions", COURSE_TEXTS)
"""The folders of a course from which its pages are made."""

PASSED_OVER = ("_build", ".*", "__pycache__")


def course_part(root: Path, folder: Path, lessons: Collection[str]) -> Path:
    """Copy the course at ``root`` into a folder, without the files of lessons not named; return the folder."""
    others = set(lesson_slugs(root)) - set(lessons)
    by_pattern = shutil.ignore_patterns(*PASSED_OVER)

    def passed_over(place: str, names: list[str]) -> set[str]:
        return by_pattern(place, names) | {name for name in names if name.partition(".")[0] in others}

    for part in PARTS:
        if (root / part).is_dir():
            shutil.copytree(root / part, folder / part, ignore=passed_over)
    if (root / CITATION_FILE).is_file():
        shutil.copyfile(root / CITATION_FILE, folder / CITATION_FILE)
    return folder
