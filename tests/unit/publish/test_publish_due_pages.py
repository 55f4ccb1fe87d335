"""Of a book that has changed, only those pages are written that can differ, and all are as in a book from nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from copydesk.publish.sphinx_pages import make_pages

pytestmark = pytest.mark.filterwarnings("ignore:.*Check CHANGES for Sphinx API modifications")
"""Extensions that are not ours still use names that later versions of Sphinx will not have."""

CONFIG = """
title: Test
only_build_toc_files: true
sphinx:
  config:
    html_copy_source: false
    myst_heading_anchors: 3
    suppress_warnings: [myst.xref_missing]
    templates_path: []  # themes add to Sphinx's own list, once for each book that one process builds
"""
TOC = "format: jb-book\nroot: index\nchapters: [{file: terms}, {file: lesson}, {file: other}]\n"
PICTURE = Path(__file__).parents[3] / "book" / "_static" / "walk-through" / "desk.png"
PAGES = {
    "index": "# First\n",
    "terms": "# Terms\n\n```{glossary}\nCue\n  Words that say who said it.\n```\n",
    "lesson": "# Lesson\n\nPlain words.\n\n(cue)=\n## A cue\n\nMore words.\n\n![A desk](desk.png)\n",
    "other": "# Other\n\n{ref}`cue`, [](lesson.md#more), {term}`Cue`\n",
}
EVERY = {"index", "terms", "lesson", "other"}
CHANGES = [
    ("lesson", "Plain words", "Ornithorhynchus anatinus", {"index", "lesson"}),
    ("lesson", "Plain words.", "Plain\nwords\nin\nmany\n\nlines.", {"index", "lesson"}),
    ("terms", "Words that say", "Any words that say", {"index", "terms"}),
    ("lesson", "## A cue", "## The cue", EVERY),
    ("lesson", "(cue)=\n## A cue", "## Before\n\nAll.\n\n(cue)=\n## A cue", EVERY),
    ("lesson", "![A desk](desk.png)", "", EVERY),
    ("lesson", "# Lesson", "# Another lesson", EVERY),
    ("terms", "```{glossary}\n", "```{glossary}\nByline\n  The line that names an author.\n\n", EVERY),
]
"""The page, what is replaced in it by what, and the pages that are written then."""


class Desk:
    """A small book, and what builds of it leave."""

    def __init__(self, folder: Path) -> None:
        """Write the sources."""
        self.source, self.work, self.folder = folder / "staged", folder / "work", folder
        self.source.mkdir()
        shutil.copyfile(PICTURE, self.source / "desk.png")
        for name, text in {"_config.yml": CONFIG, "_toc.yml": TOC}.items():
            (self.source / name).write_text(text, encoding="utf-8")
        for name, text in PAGES.items():
            (self.source / f"{name}.md").write_text(text, encoding="utf-8")

    def replace(self, page: str, old: str, new: str) -> None:
        """Change a page."""
        file = self.source / f"{page}.md"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def built(self) -> dict[str, bytes]:
        """Build, and return the files."""
        return contents(make_pages(self.source, self.work, "one"))

    def built_from_nothing(self) -> dict[str, bytes]:
        """Build with nothing that an earlier build has left."""
        other = self.folder / "other"
        shutil.rmtree(other, ignore_errors=True)
        return contents(make_pages(self.source, other, "one"))

    def times(self) -> dict[str, int]:
        """Return when each page was written."""
        written = self.work / "written"
        return {name: (written / f"{name}.html").stat().st_mtime_ns for name in PAGES}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a book that was built."""
    desk = Desk(tmp_path)
    desk.built()
    return desk


def contents(html: Path) -> dict[str, bytes]:
    """Return the files of a folder, but for Sphinx's own notes, which no book keeps."""
    files = (path for path in html.rglob("*") if path.is_file() and path.name not in {".buildinfo", "objects.inv"})
    return {path.relative_to(html).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize(("page", "old", "new", "expected"), CHANGES)
def test_pages_are_written_that_can_differ(desk: Desk, page: str, old: str, new: str, expected: set[str]) -> None:
    """A page is written if its source has changed or names it in a list, all if they may show what has changed."""
    before = desk.times()
    desk.replace(page, old, new)
    again = desk.built()
    assert {name for name, time in desk.times().items() if time != before[name]} == expected
    assert again == desk.built_from_nothing()


@pytest.mark.parametrize("name", ["other.html", "_images/desk.png"])
def test_what_somebody_has_damaged_is_made_again(desk: Desk, name: str) -> None:
    """A disk that was full, or a program that cleans up, leaves no book with a page that is old or lacks a part."""
    first = contents(desk.work / "html")
    for damage in (lambda file: file.unlink(), lambda file: file.write_bytes(b"")):
        damage(desk.work / "written" / name)
        assert desk.built() == first
