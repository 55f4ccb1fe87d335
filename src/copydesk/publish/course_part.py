"""Makes a course of some lessons of another, in a folder of its own, as if the other lessons had been removed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from copydesk.course.citation import CITATION_FILE
from copydesk.course.settings import lesson_slugs
from copydesk.model.base import short_name
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

PARTS = ("book", "exercises", "lessons", "seeds", "solutions")
"""The folders of a course from which its pages are made."""

PASSED_OVER = ("_build", ".*", "__pycache__")


class PartError(ValueError):
    """A part of the course names a lesson that the course does not have; the message lists those that it has."""


def chosen_lessons(root: Path, names: str) -> tuple[str, ...]:
    """Return the lessons that a text such as ``02,04`` names by numbers or slugs, in the order of the course.

    Raises:
        PartError: the course has no lesson of a name, or the text names none.
    """
    slugs = lesson_slugs(root)
    by_name: dict[str, str] = {}
    for slug in slugs:
        by_name |= {short_name(slug).casefold(): slug, short_name(slug).removeprefix("0"): slug, slug: slug}
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    for name in wanted or [names]:
        if name.casefold() not in by_name:
            raise PartError(t("part.unknown", name=name, lessons="\n".join(f"  {slug}" for slug in slugs)))
    chosen = {by_name[name.casefold()] for name in wanted}
    return tuple(slug for slug in slugs if slug in chosen)


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
