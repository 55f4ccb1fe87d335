"""A part of the course is a course: no page leads to a lesson that is not there, and a check finds nothing wrong."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
import yaml
from typer.testing import CliRunner

from copydesk.checks import check_course
from copydesk.commands.main import app
from copydesk.course.course import Course
from copydesk.course.lesson_names import LessonNameError, listed_lessons
from copydesk.course.settings import find_root, lesson_slugs
from copydesk.publish import build as book
from copydesk.publish.course_part import course_part
from copydesk.publish.edition import Edition, listed_files
from copydesk.release.notebooks import read_notebook

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()
SHORT = ("02-attribution", "04-framing", "06-verification")
EVERY = lesson_slugs(ROOT)
LINK = re.compile(r"\]\((?P<address>[\w./-]+)\.(?:ipynb|md)")


def part(folder: Path, lessons: tuple[str, ...]) -> Path:
    """Return a course of some lessons."""
    course = course_part(ROOT, folder / "course", lessons)
    shutil.copyfile(ROOT / "README.md", course / "README.md")
    return course


def without(slug: str) -> tuple[str, ...]:
    """Return every lesson but one."""
    return tuple(lesson for lesson in EVERY if lesson != slug)


def staged(course: Path, folder: Path) -> dict[str, str]:
    """Stage a course's book; return its pages, a notebook as the text of its cells."""
    source = folder / "source"
    book.stage(Course(course), source, Edition())
    pages = {path.relative_to(source).as_posix(): path.read_text(encoding="utf-8") for path in source.rglob("*.md")}
    for path in source.rglob("*.ipynb"):
        texts = [cell.source for cell in read_notebook(path).cells]
        pages[path.relative_to(source).as_posix()] = "\n\n".join(texts)
    return pages


def dead_links(pages: dict[str, str], folder: Path) -> list[str]:
    """Return every link from a staged page to a page that is not there."""
    dead = []
    for name, text in pages.items():
        for link in LINK.finditer(text):
            target = (folder / "source" / name).parent / link["address"]
            if not any(target.with_name(target.name + suffix).is_file() for suffix in (".md", ".ipynb")):
                dead.append(f"{name}: {link[0]}")
    return dead


@pytest.mark.parametrize("lessons", [SHORT, ("03-sources",), without("00-start"), without("04-framing")])
def test_a_part_is_whole_in_itself(tmp_path: Path, lessons: tuple[str, ...]) -> None:
    """Contents, links, the first step, My course, the corrected copy and the article's locks know these lessons."""
    pages = staged(part(tmp_path, lessons), tmp_path)
    there = {name.removeprefix("lessons/").removesuffix(".ipynb") for name in pages if name.startswith("lessons/")}
    assert there == set(lessons)
    assert dead_links(pages, tmp_path) == []
    contents = yaml.safe_load((tmp_path / "source" / "_toc.yml").read_text(encoding="utf-8"))
    listed = set(listed_files(contents)) - {"index"}
    assert listed == {name.rpartition(".")[0] for name in pages} - {"index"}
    gone = set(EVERY) - set(lessons)
    for name in ("index.md", "my-course.md", "my-copy.md", "article.md"):
        assert [slug for slug in gone if slug in pages[name]] == [], name
    assert "This is a part of the course" in pages["index.md"]
    assert "only:" not in pages["index.md"]


def test_the_path_leads_past_a_lesson_that_is_not_there(tmp_path: Path) -> None:
    """Next and previous are lessons of this part, by their names; what only mentioned another is plain text."""
    pages = staged(part(tmp_path, SHORT), tmp_path)
    lesson, exercise = pages["lessons/04-framing.ipynb"], pages["exercises/04-framing.ipynb"]
    assert "- *The next lesson:* [06 · How sure should I be?](06-verification.ipynb)" in lesson
    assert "- *The previous lesson:* [02 · Who says so?](02-attribution.ipynb)" in lesson
    assert "- *The next lesson:* [06 · How sure should I be?](../lessons/06-verification.ipynb)" in exercise
    assert "Begin with “02 · Who says so?”](lessons/02-attribution.ipynb)" in pages["index.md"]
    assert "; lesson 01 shows how you can tell." in pages["article.md"]
    assert "| 03 |" not in pages["index.md"]
    assert "Eight lessons" not in pages["index.md"]


def test_the_whole_course_says_nothing_of_parts(tmp_path: Path) -> None:
    """Without a gap, everything is as its author wrote it."""
    pages = staged(ROOT, tmp_path)
    assert "This is a part of the course" not in pages["index.md"]
    assert "## Eight lessons" in pages["index.md"]
    assert "## A first look" in pages["index.md"]
    assert "only:" not in pages["index.md"]


@pytest.mark.parametrize("slug", ["00-start", "04-framing"])
def test_a_course_without_a_lesson_is_in_order(tmp_path: Path, slug: str) -> None:
    """Whoever removes a lesson's files hears which pages still name it, and nothing is wrong."""
    report = check_course(Course(part(tmp_path, without(slug))))
    assert report.problems == []
    (note,) = report.notes
    assert note.startswith(f"Lesson {slug} isn't there.")
    assert "lessons/08-booster-day-7.ipynb" in note


def test_files_that_a_removed_lesson_left_are_named(tmp_path: Path) -> None:
    """A quiz without its lesson is one file too many, and the check says which."""
    course = part(tmp_path, without("03-sources"))
    for name in ("lessons/quizzes/03-sources.yml", "exercises/03-sources.ipynb", "book/instructors/03-sources.md"):
        shutil.copyfile(ROOT / name, course / name)
    left = [problem.file for problem in check_course(Course(course)).problems if "is not there" in problem.problem]
    assert left == ["book/instructors/03-sources.md", "exercises/03-sources.ipynb", "lessons/quizzes/03-sources.yml"]
    assert dead_links(staged(course, tmp_path), tmp_path) == []
    assert not (tmp_path / "source" / "exercises" / "03-sources.ipynb").exists()


def test_a_slip_in_a_link_is_not_taken_for_a_removed_lesson(tmp_path: Path) -> None:
    """A link to a lesson whose number exists under another name stays, so that the build names it."""
    course = part(tmp_path, SHORT)
    page = course / "book" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[x](../lessons/02-atribution.ipynb)\n", encoding="utf-8")
    assert "[x](lessons/02-atribution.ipynb)" in staged(course, tmp_path)["about.md"]


def test_lessons_are_named_by_number_or_slug() -> None:
    """Any order, with or without the zero, and the taster by its name."""
    assert listed_lessons("06-verification, 2,04", EVERY) == SHORT
    assert listed_lessons("Taster", EVERY) == ("taster",)


@pytest.mark.parametrize("names", ["02,12", "", " , "])
def test_an_unknown_lesson_is_answered_with_the_list(names: str) -> None:
    """The message names what was asked for and all that there is."""
    with pytest.raises(LessonNameError, match="number or the name") as stopped:
        listed_lessons(names, EVERY)
    assert all(slug in str(stopped.value) for slug in EVERY)
    result = CliRunner().invoke(app, ["book", f"--lessons={names}"])
    assert result.exit_code == 1
    assert "06-verification" in result.output
