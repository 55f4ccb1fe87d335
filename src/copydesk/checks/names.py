"""Holds the names of lessons together: one name everywhere, and links from lesson to exercise to the next lesson."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from copydesk.course.bank import EXERCISE, NAME
from copydesk.course.documents import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from copydesk.checks.course import CourseFiles

HEADING = re.compile(r"^# (.+)$", flags=re.MULTILINE)
LINK = re.compile(r"\[(?P<text>[^\]]+)\]\((?P<way>(?:[\w.-]+/)*)(?P<slug>[\w-]+)\.ipynb(?:#[^)]*)?\)")
NUMBERED = re.compile(r"\d\d ")
ROW = re.compile(r"^\| `?(?P<number>\d\d)(?:-[\w-]+)?`? \| (?P<title>[^|]+) \|", flags=re.MULTILINE)
TABLES = ("README.md", "book/index.md")
THEIRS = "For instructors"


@dataclass(frozen=True)
class _Page:
    """A notebook or page: its file, its folder, its lesson, its text, and where its links lead."""

    file: str
    text: str

    @property
    def folder(self) -> str:
        """The folder that it is in when a learner has it: a solution becomes an exercise."""
        return self.file.rpartition("/")[0].replace("solutions", "exercises")

    @property
    def slug(self) -> str:
        """The lesson that it is for."""
        return self.file.rpartition("/")[2].partition(".")[0]

    def links(self) -> Iterator[tuple[str, str]]:
        """Yield the words of each link to a notebook, and that notebook, such as ``lessons/02-NAME``."""
        for found in LINK.finditer(self.text):
            folder = found["way"].rstrip("/").rpartition("/")[2].replace("solutions", "exercises") or self.folder
            yield found["text"], f"{folder}/{found['slug']}"


def name_problems(course: CourseFiles) -> Iterator[Problem]:
    """Yield every place that calls a lesson by another name, and every lesson or exercise that leads nowhere."""
    titles = {file.bank.lesson: file.bank.title for file in course.practice}
    for file in course.graded:
        if file.bank.title != (title := titles.get(file.bank.lesson, file.bank.title)):
            yield _differs(file.name, file.bank.title, title, "the title")
    names = {slug: f"{slug[:2]}{NAME}{title}" for slug, title in titles.items()}
    pages = list(_pages(course.root))
    for page in pages:
        yield from _wrong_words(page, names)
    yield from _missing_links({page.folder + "/" + page.slug: page for page in pages}, list(names))
    for table in TABLES:
        yield from _wrong_rows(course.root / table, table, {slug[:2]: title for slug, title in titles.items()})


def _pages(root: Path) -> Iterator[_Page]:
    for folder in ("lessons", "solutions"):
        for path in sorted((root / folder).glob("[0-9][0-9]-*.ipynb")):
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            text = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
            yield _Page(f"{folder}/{path.name}", text)
    for path in sorted((root / "book").rglob("*.md")):
        yield _Page(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))


def _wrong_words(page: _Page, names: dict[str, str]) -> Iterator[Problem]:
    """Yield the heading of a page and the words of its links, where they are not the name of what they stand for."""
    ends = {"lessons": "", "exercises": NAME + EXERCISE, "book/instructors": NAME + THEIRS}
    if page.slug in names and page.folder in ends:
        heading = HEADING.search(page.text)
        wanted = names[page.slug] + ends[page.folder]
        if (found := heading[1].strip() if heading else "") != wanted:
            yield _differs(page.file, found, wanted, "the heading")
    for words, target in page.links():
        folder, _, slug = target.partition("/")
        if slug in names and NUMBERED.match(words) and words != names[slug] + ends.get(folder, ""):
            yield _differs(page.file, words, names[slug] + ends.get(folder, ""), "a link")


def _missing_links(pages: dict[str, _Page], slugs: list[str]) -> Iterator[Problem]:
    """Yield each lesson and exercise without a link to what comes before or after it."""
    wanted: list[tuple[str, str]] = []
    for slug in slugs:
        lesson, exercise = f"lessons/{slug}", f"exercises/{slug}"
        wanted += [(lesson, exercise), (exercise, lesson)]
    for before, after in pairwise(sorted(slugs)):
        forth, back = f"lessons/{after}", f"lessons/{before}"
        wanted += [(back, forth), (forth, back), (f"exercises/{before}", forth)]
    for page, target in wanted:
        if page in pages and target in pages and target not in {to for _, to in pages[page].links()}:
            what = f"no link leads to {target}.ipynb"
            yield Problem(
                pages[page].file, 0, "", what, "Add one: lesson, its exercise and the next lesson are a path."
            )


def _wrong_rows(path: Path, name: str, titles: dict[str, str]) -> Iterator[Problem]:
    """Yield the rows of a table of the lessons that have another title."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    for row in ROW.finditer(text):
        found = LINK.sub(r"\g<text>", row["title"]).strip()
        if row["number"] in titles and found != titles[row["number"]]:
            yield _differs(name, found, titles[row["number"]], "the table", line=text[: row.start()].count("\n") + 1)


def _differs(file: str, found: str, wanted: str, where: str, *, line: int = 0) -> Problem:
    remedy = f"Write “{wanted}”, or change the title in lessons/quizzes first, and then everywhere."
    return Problem(file, line, "", f"{where} is “{found}”, the lesson is called otherwise", remedy)
