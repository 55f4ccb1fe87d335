"""Checks the names of lessons: one name everywhere, and links from lesson to exercise to the next lesson."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from copydesk.checks.lesson_table import lesson_rows
from copydesk.checks.text_units import markdown_cells
from copydesk.course.bank import EXERCISE, NAME
from copydesk.course.documents import Problem
from copydesk.model.base import is_numbered, is_removed, short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from copydesk.checks.course import CourseFiles

HEADING = re.compile(r"^# (.+)$", flags=re.MULTILINE)
LINK = re.compile(r"\[(?P<text>[^\]]+)\]\((?P<way>(?:[\w.-]+/)*)(?P<slug>[\w-]+)\.ipynb(?:#[^)]*)?\)")
NUMBERED = re.compile(r"\d\d ")
FOR_INSTRUCTORS = "For instructors"


@dataclass(frozen=True)
class _Page:
    """A notebook or page: its file, its folder, its lesson, its text, and where its links lead."""

    file: str
    text: str

    @property
    def folder(self) -> str:
        """The folder it is in for a learner: a solution becomes an exercise."""
        return self.file.rpartition("/")[0].replace("solutions", "exercises")

    @property
    def slug(self) -> str:
        """The lesson it belongs to."""
        return self.file.rpartition("/")[2].partition(".")[0]

    def links(self) -> Iterator[tuple[str, str]]:
        """Yield the text and target of each link to a notebook, such as ``lessons/02-NAME``."""
        for link in LINK.finditer(self.text):
            folder = link["way"].rstrip("/").rpartition("/")[2].replace("solutions", "exercises")
            yield link["text"], f"{folder or self.folder}/{link['slug']}"


def name_problems(course: CourseFiles) -> Iterator[Problem]:
    """Yield every place that calls a lesson by another name, and every lesson or exercise that leads nowhere."""
    titles: dict[str, str] = {}
    names: dict[str, str] = {}
    for file in course.practice:
        slug, title = file.bank.lesson, file.bank.title
        titles[slug] = title
        names[slug] = file.bank.name
    for file in course.graded:
        title = titles.get(file.bank.lesson, file.bank.title)
        if file.bank.title != title:
            yield _name_problem(file.name, file.bank.title, title, "the title")
    pages: dict[str, _Page] = {}
    for page in _pages(course.root):
        pages[f"{page.folder}/{page.slug}"] = page
        yield from _wrong_words(page, names)
    if course.is_strict:
        yield from _missing_links(pages, [slug for slug in names if is_numbered(slug)])
    for row in lesson_rows(course.root, titles):
        if row.title != titles[row.lesson]:
            yield _name_problem(row.file, row.title, titles[row.lesson], "the table", line=row.line)


def _pages(root: Path) -> Iterator[_Page]:
    for folder in ("lessons", "solutions"):
        for path in sorted((root / folder).glob("*.ipynb")):
            texts = [cell.source for cell in markdown_cells(path)]
            yield _Page(f"{folder}/{path.name}", "\n\n".join(texts))
    for path in sorted((root / "book").rglob("*.md")):
        yield _Page(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))


def _wrong_words(page: _Page, names: dict[str, str]) -> Iterator[Problem]:
    """Yield the heading of a page and the text of its links if they are not the name of their lesson."""
    endings = {"lessons": "", "exercises": NAME + EXERCISE, "book/instructors": NAME + FOR_INSTRUCTORS}
    if page.slug in names and page.folder in endings:
        match = HEADING.search(page.text)
        heading = match[1].strip() if match else ""
        expected = names[page.slug] + endings[page.folder]
        if heading != expected:
            yield _name_problem(page.file, heading, expected, "the heading")
    for words, target in page.links():
        folder, _, slug = target.partition("/")
        if slug not in names or not (NUMBERED.match(words) or words.startswith(f"{short_name(slug)}{NAME}")):
            continue
        expected = names[slug] + endings.get(folder, "")
        if words != expected:
            yield _name_problem(page.file, words, expected, "a link")


def _missing_links(pages: dict[str, _Page], slugs: list[str]) -> Iterator[Problem]:
    """Yield each lesson and exercise without a link to the page before or after it."""
    remedy = "Add one: lesson, its exercise and the next lesson are a path."
    for name, target in _path_links(slugs):
        if name not in pages or target not in pages:
            continue
        page = pages[name]
        targets = {destination for _, destination in page.links()}
        first, last = sorted((name.partition("/")[2], target.partition("/")[2]))
        if target not in targets and not _are_apart(first, last, targets, slugs):
            yield Problem(page.file, 0, "", f"no link leads to {target}.ipynb", remedy)


def _are_apart(first: str, last: str, targets: Iterable[str], slugs: Iterable[str]) -> bool:
    """Return whether a page leads to a lesson that was removed from between two others."""
    between = (target.partition("/")[2] for target in targets if target.startswith("lessons/"))
    return any(first < slug < last and is_removed(slug, slugs) for slug in between)


def _path_links(slugs: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the links of the path through the course: the page each is on, and the page it leads to."""
    for slug in slugs:
        lesson, exercise = f"lessons/{slug}", f"exercises/{slug}"
        yield lesson, exercise
        yield exercise, lesson
    for slug, next_slug in pairwise(sorted(slugs)):
        lesson, exercise, next_lesson = f"lessons/{slug}", f"exercises/{slug}", f"lessons/{next_slug}"
        yield lesson, next_lesson
        yield next_lesson, lesson
        yield exercise, next_lesson


def _name_problem(file: str, name: str, expected: str, place: str, *, line: int = 0) -> Problem:
    remedy = f"Write “{expected}”, or change the title in lessons/quizzes first, and then everywhere."
    return Problem(file, line, "", f"{place} is “{name}”, the lesson is called otherwise", remedy)
