"""A course that writes no page of a book gets those that its readers need, in its own words and names."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import yaml

from copydesk.course.course import Course
from copydesk.course.course_file import COURSE_FILE
from copydesk.course.current import follow_course
from copydesk.course.settings import find_root
from copydesk.publish.build import stage
from copydesk.publish.edition import Edition

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()
SLUG = "05-claims"
FILES = (
    f"lessons/{SLUG}.ipynb",
    f"lessons/quizzes/{SLUG}.yml",
    f"exercises/{SLUG}.ipynb",
    f"exercises/tasks/{SLUG}.yml",
)
FACTS = """\
id: harbour
title: 'Two "ferries" & *one* quay'
authors: [Ann Lee]
as_of: 2031-10-08
rights:
  statement: We wrote <this> text ourselves.
  publish: whole
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a course of one lesson that has no folder ``book/`` and no ``CITATION.cff``."""
    root = tmp_path / "course"
    for name in FILES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, root / name)
    shutil.copytree(ROOT / "seeds", root / "seeds")
    (root / COURSE_FILE).write_text(FACTS, encoding="utf-8")
    return root


def staged(course: Path, folder: Path, edition: Edition) -> dict[str, str]:
    """Return the pages of a staged book by name."""
    stage(Course(course), folder, edition)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.glob("*.*")}


def test_a_course_without_pages_has_a_whole_book(course: Path, tmp_path: Path) -> None:
    """Start, contents, article, progress and about are there, and name the course, its author and its lesson."""
    pages = staged(course, tmp_path / "source", Edition())
    assert pages.keys() == {
        "_config.yml",
        "_toc.yml",
        "index.md",
        "article.md",
        "my-copy.md",
        "my-course.md",
        "about.md",
    }
    assert yaml.safe_load(pages["_config.yml"])["title"] == 'Two "ferries" & *one* quay'
    assert '\n# Two "ferries" & \\*one\\* quay\n' in pages["index.md"]
    assert "(lessons/05-claims.ipynb), and its [exercise](exercises/05-claims.ipynb)" in pages["index.md"]
    lessons, more = yaml.safe_load(pages["_toc.yml"])["parts"]
    assert lessons["chapters"][0]["sections"][0]["file"] == "exercises/05-claims"
    assert [entry["file"] for entry in more["chapters"]] == ["article", "my-copy", "my-course", "about"]
    assert "made by Ann Lee" in pages["about.md"]
    assert r"We wrote \<this\> text ourselves." in pages["about.md"]
    assert "Ann Lee (2031)" in pages["about.md"]
    assert "copydesk" in pages["article.md"]


def test_the_edition_decides_about_the_article(course: Path, tmp_path: Path) -> None:
    """An edition with quotations says how to open the article from a file, and doesn't have it."""
    pages = staged(course, tmp_path / "source", Edition(article="quotes"))
    assert 'data-book="article"' in pages["article.md"]
    assert "<!--" not in pages["article.md"]


def test_pages_of_ones_own_come_first(course: Path, tmp_path: Path) -> None:
    """A page that the course has written is taken as it is, and any other page of it is in the contents, too."""
    (course / "book").mkdir()
    (course / "book" / "index.md").write_text("# Welcome\n", encoding="utf-8")
    (course / "book" / "thanks.md").write_text("# Thanks\n", encoding="utf-8")
    pages = staged(course, tmp_path / "source", Edition())
    assert pages["index.md"] == "# Welcome\n"
    assert [entry["file"] for entry in yaml.safe_load(pages["_toc.yml"])["parts"][1]["chapters"]][-1] == "thanks"


def test_a_course_with_contents_gets_no_page(course: Path, tmp_path: Path) -> None:
    """Who lays down the order of the pages has written them; one that is missing is named."""
    (course / "book").mkdir()
    contents = f"root: index\nchapters:\n  - file: lessons/{SLUG}\n  - file: exercises/{SLUG}\n"
    (course / "book" / "_toc.yml").write_text(contents, encoding="utf-8")
    (course / "book" / "index.md").write_text("# Welcome\n", encoding="utf-8")
    pages = staged(course, tmp_path / "source", Edition())
    assert pages.keys() == {"_config.yml", "_toc.yml", "index.md"}


def test_a_course_in_another_language_has_pages_in_it(course: Path, tmp_path: Path) -> None:
    """Pages that the course has not written are in its language, with a remark on who has read the translation."""
    (course / COURSE_FILE).write_text(f"{FACTS}language: de\n", encoding="utf-8")
    follow_course(Course(course))
    pages = staged(course, tmp_path / "source", Edition())
    assert "Hier nimmst du einen Text Satz für Satz auseinander" in pages["index.md"]
    assert "# Mein Kurs" in pages["my-course.md"]
    assert "Muttersprache Deutsch" in pages["about.md"]
    assert "(how-to-cite)=\n## Zitieren" in pages["about.md"], "the foot of each page leads there"
