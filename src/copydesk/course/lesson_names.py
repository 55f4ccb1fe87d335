"""Finds lessons by the names that people type: a number, such as ``02`` or ``2``, or the whole name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.model.base import short_name
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class LessonNameError(ValueError):
    """There's no lesson of a name; the message lists those that there are."""


def named_lessons(names: Iterable[str], lessons: Sequence[str]) -> tuple[str, ...]:
    """Return those of ``lessons`` that are named, in their order there.

    Raises:
        LessonNameError: none of the lessons has one of the names.
    """
    by_name: dict[str, str] = {}
    for slug in lessons:
        short = short_name(slug).casefold()
        by_name |= {short: slug, short.removeprefix("0"): slug, slug.casefold(): slug}
    wanted = set()
    for name in names:
        if name.casefold() not in by_name:
            listed = "\n".join(f"  {slug}" for slug in lessons) or t("lesson_names.none")
            raise LessonNameError(t("lesson_names.unknown", name=name, lessons=listed))
        wanted.add(by_name[name.casefold()])
    return tuple(slug for slug in lessons if slug in wanted)


def listed_lessons(text: str, lessons: Sequence[str]) -> tuple[str, ...]:
    """Return the lessons that a text such as ``02,04`` names, in their order in ``lessons``.

    Raises:
        LessonNameError: none of the lessons has one of the names, or the text names none.
    """
    names = [name.strip() for name in text.split(",") if name.strip()]
    return named_lessons(names or [text], lessons)
