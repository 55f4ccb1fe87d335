"""Fits the pages of a staged book to the lessons that are there: contents, links, tables and blocks of a page."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

import yaml

from copydesk.course.bank_files import QUIZZES
from copydesk.course.settings import lesson_slugs
from copydesk.model.base import is_numbered, is_removed
from copydesk.publish.edition import INSTRUCTORS, keep_entries, listed_files
from copydesk.release.notebooks import read_notebook, write_notebook
from copydesk.text import t

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.course import Course

BLOCK = re.compile(
    r"^<!-- only: (?P<part>whole|part|[0-9]{2}-[a-z0-9-]+) -->\n(?P<text>.*?)^<!-- end -->\n",
    re.MULTILINE | re.DOTALL,
)
FIRST_LESSON = "<!-- first lesson -->"
LINK = re.compile(r"\[(?P<words>[^\]\n]*)\]\((?P<address>[\w./-]+\.(?:ipynb|md))(?:#[^)\n]*)?\)")
ROW = re.compile(r"^\|.*\|[ ]*\n?", re.MULTILINE)
PATH = re.compile(r"^- (?:\*[^*\n]+:\* )?(?=\[)(?P<text>.*\n?(?:^  .*\n?)*)", re.MULTILINE)
"""An item of a list that leads somewhere: it begins with a link, or with a few words and a link."""


@dataclass(frozen=True)
class PartPages:
    """The staged book of a course, with the lessons that are there, and the pages that its contents name."""

    course: Course
    source: Path
    lessons: tuple[str, ...]
    named: frozenset[str]

    @cached_property
    def is_whole(self) -> bool:
        """Whether every lesson of the contents is there."""
        return not any(name.startswith("lessons/") and self.is_gone(name) for name in self.named)

    def is_gone(self, name: str) -> bool:
        """Return whether a page belongs to a lesson or exercise that someone has removed.

        That is one that the contents name, or one with a number that no lesson has: anything else is a slip.
        """
        folder, _, slug = name.rpartition("/")
        if folder == INSTRUCTORS:
            return slug not in self.lessons and self.is_gone(f"lessons/{slug}")
        if folder not in {"lessons", "exercises"} or (self.source / f"{name}.ipynb").is_file():
            return False
        return name in self.named or is_removed(slug, self.lessons)

    def fit(self) -> None:
        """Take out of the contents and of every page what leads to pages that are not there."""
        for page in (*self.source.glob("exercises/*.ipynb"), *self.source.glob(f"{INSTRUCTORS}/*.md")):
            if page.stem not in self.lessons and self.is_gone(f"lessons/{page.stem}"):
                page.unlink()  # its lesson is not there
        self._fit_contents(self.source / "_toc.yml")
        for page in self.source.rglob("*.md"):
            self._fit_page(page)
        for page in self.source.rglob("*.ipynb"):
            if any(self._is_to_gone(link, page) for link in LINK.finditer(page.read_text(encoding="utf-8"))):
                self._fit_notebook(page)

    def _fit_contents(self, toc: Path) -> None:
        if any(map(self.is_gone, self.named)):
            contents = yaml.safe_load(toc.read_text(encoding="utf-8"))
            contents = keep_entries(contents, lambda name: not self.is_gone(name))
            text = yaml.safe_dump(contents, sort_keys=False, allow_unicode=True)
            toc.write_text(text, encoding="utf-8", newline="\n")

    def _fit_page(self, page: Path) -> None:
        text = page.read_text(encoding="utf-8")
        fitted = self._without_gone(BLOCK.sub(self._block, text), page)
        if FIRST_LESSON in fitted:
            fitted = fitted.replace(FIRST_LESSON, self._first_link())
        if fitted != text:
            page.write_text(fitted, encoding="utf-8", newline="\n")

    def _fit_notebook(self, page: Path) -> None:
        book = read_notebook(page, page.relative_to(self.source).as_posix())
        for cell in book.cells:
            if cell.cell_type == "markdown":
                cell.source = self._without_gone(cell.source, page)
        page.write_bytes(write_notebook(book))

    def _block(self, match: re.Match[str]) -> str:
        """Return a block of a page if it is for this part of the course."""
        name = match["part"]
        if name in {"whole", "part"}:
            return match["text"] if (name == "whole") == self.is_whole else ""
        return match["text"] if name in self.lessons else ""

    def _first_link(self) -> str:
        """Return a link to the lesson with which to begin."""
        lessons = [*filter(is_numbered, self.lessons), *self.lessons]
        if not lessons:
            return ""
        name = self.course.bank(QUIZZES, lessons[0]).name
        words = t("part.begin", lesson=name)
        return f"[{words}](lessons/{lessons[0]}.ipynb)"

    def _without_gone(self, text: str, page: Path) -> str:
        """Return the text of a page with no link to a page that is not there."""
        text = ROW.sub(partial(self._row, page), text)
        text = PATH.sub(partial(self._path_item, page), text)
        return LINK.sub(lambda link: link["words"] if self._is_to_gone(link, page) else link[0], text)

    def _leads_to(self, link: re.Match[str], page: Path) -> str:
        """Return the page that a link leads to, without its suffix."""
        folder = page.parent.relative_to(self.source).as_posix()
        return posixpath.normpath(posixpath.join(folder, link["address"])).rpartition(".")[0]

    def _is_to_gone(self, link: re.Match[str], page: Path) -> bool:
        return self.is_gone(self._leads_to(link, page))

    def _row(self, page: Path, match: re.Match[str]) -> str:
        """Return a row of a table, unless one of its cells is a link to a page that is not there."""
        for cell in match[0].strip().strip("|").split("|"):
            link = LINK.fullmatch(cell.strip())
            if link and self._is_to_gone(link, page):
                return ""
        return match[0]

    def _path_item(self, page: Path, match: re.Match[str]) -> str:
        """Return an item of a list; one that led to a lesson now leads to the nearest that is there, if any."""
        targets = [self._leads_to(link, page) for link in LINK.finditer(match["text"])]
        if not targets or not all(map(self.is_gone, targets)):
            return match[0]
        ending = "\n" if match[0].endswith("\n") else ""
        slug, target = page.stem, targets[0].rpartition("/")[2]
        if targets[0].startswith("lessons/") and is_numbered(slug) and is_numbered(target):
            numbered = list(filter(is_numbered, self.lessons))
            is_next = target > slug
            near = [other for other in numbered if other > slug] if is_next else numbered[::-1]
            for other in [other for other in near if is_next or other < slug][:1]:
                address = posixpath.relpath(f"lessons/{other}.ipynb", page.parent.relative_to(self.source).as_posix())
                name = self.course.bank(QUIZZES, other).name
                words = t("part.next") if is_next else t("part.previous")
                return f"- *{words}* [{name}]({address}){ending}"
        return ""


def fit_to_lessons(course: Course, source: Path) -> None:
    """Fit a staged book to the lessons that the course has.

    A page of the contents that belongs to a lesson or exercise may be missing; so may an instructor's page to such a
    lesson. What leads there is taken out, or becomes plain text. A block of a page between ``<!-- only: whole -->``,
    ``part`` or a lesson's name and ``<!-- end -->`` stays in that case alone.
    """
    contents = yaml.safe_load((source / "_toc.yml").read_text(encoding="utf-8"))
    PartPages(course, source, tuple(lesson_slugs(course.root)), frozenset(listed_files(contents))).fit()
