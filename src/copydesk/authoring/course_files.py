"""The files of a course that the page shows, in their order: what each is for, and what its entries are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.authoring import pages
from copydesk.course.article import Card, Source
from copydesk.course.bank_files import QUIZZES, SOLUTIONS
from copydesk.kinds.table import KINDS
from copydesk.model.base import short_name
from copydesk.scaffold.open_steps import CARDS, SOURCES
from copydesk.text import t

if TYPE_CHECKING:
    from pathlib import Path

MODELS: dict[str, type[Card | Source]] = {CARDS: Card, SOURCES: Source}
LIST_KINDS = {CARDS: "card", SOURCES: "source"}


def file_names(root: Path) -> list[str]:
    """Return the files with entries: for each lesson its page and tasks, then its exercise; cards and sources.

    Those for cards and sources may not be there yet.
    """
    lessons = sorted({path.stem for folder in (QUIZZES, SOLUTIONS) for path in (root / folder).glob("*.yml")})
    names = []
    for lesson in lessons:
        names += [f"lessons/{lesson}.ipynb", f"{QUIZZES}/{lesson}.yml"]
        names += [f"solutions/{lesson}.ipynb", f"{SOLUTIONS}/{lesson}.yml"]
    return [*(name for name in names if (root / name).is_file()), CARDS, SOURCES]


def purpose_of(name: str) -> str:
    """Return what a file is for: practice, graded, a page's texts, or evidence."""
    if name in MODELS:
        return "evidence"
    if name.endswith(".ipynb"):
        return "page"
    return "graded" if name.startswith(f"{SOLUTIONS}/") else "practice"


def lesson_of(name: str) -> str:
    """Return the lesson of a file; nothing for a file of the whole course."""
    return "" if name in MODELS else name.rpartition("/")[2].partition(".")[0]


def file_title(name: str) -> str:
    """Return what a file with anything but tasks is called; the texts of a page say whose they are."""
    if name == CARDS:
        return t("authoring.file.cards")
    if name == SOURCES:
        return t("authoring.file.sources")
    number = short_name(lesson_of(name))
    if name.startswith("lessons/"):
        return t("authoring.file.lesson", lesson=number)
    return t("authoring.file.exercise", lesson=number)


def kind_texts() -> dict[str, tuple[str, str]]:
    """Return what each kind of task is called for an author, and what it is for; texts, cards and sources last."""
    return {name: (_label(name), _about(name)) for name in (*KINDS, pages.TEXT, *LIST_KINDS.values())}


def _label(name: str) -> str:
    return t(f"authoring.kind.{name}")


def _about(name: str) -> str:
    return t(f"authoring.about.{name}")
