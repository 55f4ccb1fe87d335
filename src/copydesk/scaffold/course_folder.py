"""Writes a new course into its folder: all of it, or nothing."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from copydesk.course.article import Sentence
from copydesk.course.course import Course
from copydesk.course.course_file import COURSE_FILE
from copydesk.kinds.stubs import unwritten
from copydesk.release.exercises import release
from copydesk.scaffold.banks import FIRST_LOOK, cards_text, sources_text
from copydesk.scaffold.lessons import Names, lesson_files
from copydesk.scaffold.names import course_id, folder_title, plain_title, require_folder_name
from copydesk.scaffold.open_steps import CARDS, SENTENCES, SOURCES
from copydesk.scaffold.sentences import article_and_sentences
from copydesk.scaffold.yaml_text import comment, entries_text, yaml_text
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from copydesk.scaffold.intake import SourceText


class FolderError(RuntimeError):
    """The course cannot be written; the message says why, and what to do."""


@dataclass(frozen=True)
class NewCourse:
    """A course that was made: its folder, its lesson, and how many sentences its article has."""

    folder: Path
    lesson: str
    sentences: int


def make_course(folder: Path, source: SourceText, *, language: str, lesson: str, title: str = "") -> NewCourse:
    """Make a course of a text in a folder that does not exist yet, or is empty.

    Without a title, the course is called as its folder. The headline is not used for it: on a public page, which shows
    short quotations alone, headings would be cut.

    Raises:
        NameRefusedError: the folder cannot have this name.
        FolderError: there is something in the folder, or it cannot be written.
        MissingLibraryError: a library for authors is not installed.
    """
    folder = folder.absolute()
    require_folder_name(folder.name)
    require_free(folder)
    names = Names(
        course=course_id(folder.name),
        course_title=plain_title(title) or folder_title(folder.name),
        lesson=lesson,
        lesson_title=plain_title(title) or t("scaffold.lesson_title"),
        language=language,
    )
    article, sentences = article_and_sentences(source, language)
    files = _course_files(names, source.origin, article, sentences)
    _write_whole(folder, files)
    return NewCourse(folder, lesson, len(sentences))


def require_free(folder: Path) -> None:
    """Refuse a folder that has something in it.

    Raises:
        FolderError: it is a file, or is not empty.
    """
    if folder.is_file():
        raise FolderError(t("scaffold.is_file", folder=folder))
    if folder.is_dir() and any(folder.iterdir()):
        raise FolderError(t("scaffold.not_empty", folder=folder))


def _course_files(names: Names, origin: str, article: str, sentences: list[dict[str, Any]]) -> dict[str, bytes]:
    """Return the content of every file that people edit, by its path in the course."""
    texts = {
        "README.md": t("scaffold.readme", title=names.course_title, lesson=names.lesson),
        "seeds/article.txt": article,
        SENTENCES: comment(t("scaffold.sentences.note")) + entries_text(sentences),
        COURSE_FILE: _course_file(names, origin),
        CARDS: cards_text(),
        SOURCES: sources_text(),
    }
    files = {path: text.encode() for path, text in texts.items()}
    return files | lesson_files(names, [Sentence.model_validate(sentence) for sentence in sentences])


def _course_file(names: Names, origin: str) -> str:
    """Return the facts of the course, each with a note for its author."""
    statement = unwritten(t("scaffold.course.rights.write"))
    if origin:
        statement += " " + t("scaffold.course.rights.origin", origin=origin)
    facts = [
        ("id", {"id": names.course}),
        ("title", {"title": names.course_title}),
        ("language", {"language": names.language}),
        ("authors", {"authors": [unwritten(t("scaffold.course.authors.write"))]}),
        ("as_of", {"as_of": date.today()}),  # noqa: DTZ011  (the author's own day)
        ("rights", {"rights": {"statement": statement, "publish": "quotes"}}),
        ("first_look", {"first_look": {names.lesson: list(FIRST_LOOK)}}),
    ]
    parts = [comment(t("scaffold.course.note"))]
    for name, fact in facts:
        parts.append(comment(_fact_note(name)) + yaml_text(fact))
    return "\n".join(parts)


def _fact_note(name: str) -> str:
    """Return what a fact is for."""
    notes = {
        "id": t("scaffold.course.id"),
        "title": t("scaffold.course.title"),
        "language": t("scaffold.course.language"),
        "authors": t("scaffold.course.authors"),
        "as_of": t("scaffold.course.as_of"),
        "rights": t("scaffold.course.rights"),
        "first_look": t("scaffold.course.first_look"),
    }
    return notes[name]


def _write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a course beside its folder, make its exercise, and give it its name when all is there.

    Raises:
        FolderError: something cannot be written; nothing is left then.
    """
    work = folder.parent / f".{folder.name[:40]}.{os.getpid()}"
    try:
        work.mkdir(parents=True)
        for name, content in files.items():
            path = work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        release(Course(work), check=False)
        if folder.is_dir():
            folder.rmdir()
        work.rename(folder)
    except OSError as error:
        raise FolderError(t("scaffold.cannot_write", folder=folder, reason=error.strerror or error)) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
