"""Finds and reads ``class.yml``, and says where in it something is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from copydesk.course.documents import ContentError, Problem, read_document, validate_document
from copydesk.grading.class_file.model import CLASS_FILE, ClassFile
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Collection

    from copydesk.course.documents import Document


@dataclass(frozen=True, slots=True)
class ClassSettings:
    """A class file as it was read, and its folder, in which all its paths begin."""

    file: ClassFile
    folder: Path

    def place(self, written: str | None) -> Path | None:
        """Return the path of a file or folder that the class file names; None if it names none."""
        return self.folder / written if written else None

    @property
    def is_here(self) -> bool:
        """Return whether commands find the file by themselves, in the folder where they are typed."""
        return self.folder == Path()

    @property
    def submissions(self) -> list[Path]:
        """Return the files, folders and zip files to grade."""
        return [self.folder / written for written in self.file.submissions]

    @property
    def results(self) -> Path:
        """Return the folder for the results."""
        return self.folder / self.file.results

    @property
    def marks(self) -> Path:
        """Return the folder of the markers."""
        return self.folder / self.file.marks

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of the class."""
        return ZoneInfo(self.file.time_zone)

    def due(self, lesson: str) -> datetime | None:
        """Return when a lesson is due; None if it never is."""
        plan = self.file.lessons.get(lesson)
        return self._moment(plan.due) if plan else None

    @property
    def as_of(self) -> datetime | None:
        """Return the time up to which the mark of the course counts what is missing; None if there is none."""
        return self._moment(self.file.as_of)

    def _moment(self, written: str | None) -> datetime | None:
        if written is None:
            return None
        moment = datetime.fromisoformat(written)
        return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)


def find_class_file(folder: Path) -> Path | None:
    """Return the class file of a folder, if it has one."""
    path = folder / CLASS_FILE
    return path if path.is_file() else None


def read_class_file(path: Path, lessons: Collection[str]) -> ClassSettings:
    """Return the settings in a class file; ``lessons`` are those of the course.

    Raises:
        ContentError: something in it is missing, unknown or wrong; each problem has its line and a remedy.
    """
    document = read_document(path)
    file: ClassFile = validate_document(document, ClassFile)
    problems = [_unknown_lesson(document, lesson, lessons) for lesson in file.lessons if lesson not in lessons]
    if problems:
        raise ContentError(problems)
    return ClassSettings(file, path.parent)


def _unknown_lesson(document: Document, lesson: str, lessons: Collection[str]) -> Problem:
    line = document.line_of(("lessons", lesson))
    remedy = t("class_file.no_such_lesson.remedy", lessons=", ".join(sorted(lessons)))
    return Problem(document.name, line, lesson, t("class_file.no_such_lesson", lesson=repr(lesson)), remedy)
