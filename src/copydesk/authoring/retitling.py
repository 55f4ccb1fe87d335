"""Gives a lesson another title: in both of its task files, and in the headings of its page and its exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.authoring import pages
from copydesk.authoring.entry_files import EntryFile
from copydesk.authoring.workspace import AuthoringError
from copydesk.course.bank import EXERCISE, NAME
from copydesk.course.bank_files import QUIZZES, SOLUTIONS
from copydesk.model.base import short_name
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Mapping

    from copydesk.authoring.workspace import Workspace


def retitled(work: Workspace, lesson: str, title: str, changes: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a lesson with another title; ``changes`` has those that are changed already.

    Raises:
        AuthoringError: the title is empty.
    """
    if not title.strip():
        raise AuthoringError(t("authoring.no_title"))
    result: dict[str, str] = {}
    for folder in (QUIZZES, SOLUTIONS):
        name = f"{folder}/{lesson}.yml"
        if (work.root / name).is_file():
            file = EntryFile.read(changes.get(name, work.text(name)), name)
            result[name] = file.put_head({"title": title}).text
    heading = NAME.join((short_name(lesson), title))
    for folder, words in (("lessons", heading), ("solutions", NAME.join((heading, EXERCISE)))):
        name = f"{folder}/{lesson}.ipynb"
        if (work.root / name).is_file():
            result[name] = pages.with_heading(work.text(name), words, lesson)
    return result
