"""Reads the whole course once, for all checks: seeds, banks, and units of text."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from copydesk.checks.course_facts import fact_problems
from copydesk.checks.text_units import bank_units, card_units, notebook_units, page_units
from copydesk.course.bank_files import EXERCISES, QUIZZES, SOLUTIONS
from copydesk.course.documents import ContentError
from copydesk.course.own_texts import own_text_problems
from copydesk.course.seeds import check_seeds
from copydesk.model.task import is_unwritten
from copydesk.text import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from copydesk.checks.text_units import Reader, TextUnit
    from copydesk.course.bank_files import BankFile
    from copydesk.course.course import Course
    from copydesk.course.course_file import CourseFacts
    from copydesk.course.documents import Problem
    from copydesk.course.seeds import Seeds

BOOK = "book"
INSTRUCTORS = "instructors"


@dataclass(frozen=True)
class CourseFiles:
    """The files that could be read, and the problems of the others. Faulty seeds are left out.

    Tasks and texts that are still to be written are left out, too: there is nothing in them yet to check.
    """

    root: Path
    facts: CourseFacts | None
    seeds: Seeds | None
    practice: tuple[BankFile, ...]
    graded: tuple[BankFile, ...]
    problems: tuple[Problem, ...] = field(default=())

    @property
    def files(self) -> tuple[BankFile, ...]:
        """The quizzes, then the tasks with their keys."""
        return self.practice + self.graded

    @property
    def is_strict(self) -> bool:
        """Whether the course asks to be held to every rule, those of style and of pinned statements, too.

        Other courses are held to the rules without which a task, its key or a page would not work as it should.
        """
        return self.facts is None or self.facts.pins == "required"

    @property
    def language(self) -> str:
        """The language of the course."""
        return self.facts.language if self.facts is not None else DEFAULT

    @cached_property
    def units(self) -> tuple[TextUnit, ...]:
        """The units of everything written by people: lessons, quizzes, solutions, tasks, pages and cards."""
        return tuple(unit for unit in self._read_units() if not is_unwritten(unit.text))

    def _read_units(self) -> Iterator[TextUnit]:
        for folder in ("lessons", "solutions"):
            for path in sorted((self.root / folder).glob("*.ipynb")):
                yield from notebook_units(path, f"{folder}/{path.name}")
        for file in self.files:
            yield from bank_units(file.bank, file.name, file.lines)
        for path in sorted((self.root / BOOK).rglob("*.md")):
            place = path.relative_to(self.root)
            reader: Reader = "instructor" if INSTRUCTORS in place.parts else "learner"
            yield from page_units(path, place.as_posix(), reader=reader)
        if self.seeds is not None:
            document = self.seeds.document("cards")
            lines: dict[str, int] = {}
            for index, card in enumerate(document.data):
                lines[card["id"]] = document.line_of((index,))
            yield from card_units(self.seeds.part("cards"), "seeds/cards.yml", lines)


def read_course(course: Course) -> CourseFiles:
    """Read a course; a file that cannot be read becomes a problem, and the others are still read."""
    facts, problems = None, list(check_seeds(course.seeds))
    seeds = None if problems else course.seeds
    try:
        facts = course.facts
    except ContentError as error:
        problems += error.problems
    files: dict[str, list[BankFile]] = {QUIZZES: [], SOLUTIONS: [], EXERCISES: []}
    for folder, read_files in files.items():
        for lesson in course.lessons(folder):
            try:
                read_files.append(course.bank_file(folder, lesson))
            except ContentError as error:
                problems += error.problems
    if facts is not None and seeds is not None:
        problems += fact_problems(course, _task_ids(files[QUIZZES] + files[EXERCISES]))
    problems += own_text_problems(course.root)
    practice = tuple(file.without_unwritten() for file in files[QUIZZES])
    graded = tuple(file.without_unwritten() for file in files[SOLUTIONS])
    return CourseFiles(course.root, facts, seeds, practice, graded, tuple(problems))


def _task_ids(files: Iterable[BankFile]) -> dict[str, set[str]]:
    """Return the ids of all tasks that a learner is shown, by lesson."""
    ids: dict[str, set[str]] = {}
    for file in files:
        ids.setdefault(file.bank.lesson, set()).update(file.lines)
    return ids
