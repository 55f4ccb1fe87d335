"""Reads the whole course once, for all checks: seeds, banks, and units of text."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from copydesk.checks.course_facts import fact_problems
from copydesk.checks.text_units import bank_units, card_units, notebook_units, page_units
from copydesk.course.bank_files import EXERCISES, QUIZZES, SOLUTIONS, read_own_bank
from copydesk.course.course_file import read_course_facts
from copydesk.course.documents import ContentError, read_document
from copydesk.course.seeds import Seeds, check_seeds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from copydesk.checks.text_units import Reader, Unit
    from copydesk.course.bank import Bank
    from copydesk.course.course_file import CourseFacts
    from copydesk.course.documents import Problem

BOOK = "book"
INSTRUCTORS = "instructors"


@dataclass(frozen=True)
class BankFile:
    """A bank, the name of its file, and the line on which each task begins."""

    name: str
    bank: Bank
    lines: dict[str, int]


@dataclass(frozen=True)
class CourseFiles:
    """What could be read; ``unread`` says what could not. Without sound seeds there are no seeds here."""

    root: Path
    facts: CourseFacts | None
    seeds: Seeds | None
    practice: tuple[BankFile, ...]
    graded: tuple[BankFile, ...]
    unread: tuple[Problem, ...] = field(default=())

    @property
    def files(self) -> tuple[BankFile, ...]:
        """The quizzes, then the tasks with their keys."""
        return self.practice + self.graded

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units of everything that people write: lessons, quizzes, solutions, tasks, pages and cards."""
        return tuple(self._units())

    def _units(self) -> Iterator[Unit]:
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
            name = "seeds/cards.yml"
            document = read_document(self.seeds.folder / "cards.yml", name)
            lines = {card["id"]: document.line_of((index,)) for index, card in enumerate(document.data)}
            yield from card_units(self.seeds.part("cards"), name, lines)


def read_course(root: Path) -> CourseFiles:
    """Read a course; what is wrong with a file is kept as a problem, and the other files are read all the same."""
    facts, problems = None, list(check_seeds(root))
    seeds = None if problems else Seeds(root)
    try:
        facts = read_course_facts(root)
    except ContentError as error:
        problems += error.problems
    files: dict[str, list[BankFile]] = {QUIZZES: [], SOLUTIONS: [], EXERCISES: []}
    for folder, read in files.items():
        for path in sorted((root / folder).glob("*.yml")):
            name = f"{folder}/{path.name}"
            try:
                bank = read_own_bank(path, name)
            except ContentError as error:
                problems += error.problems
                continue
            document = read_document(path, name)
            lines = {entry.task.id: document.line_of(("tasks", index)) for index, entry in enumerate(bank.tasks)}
            read.append(BankFile(name, bank, lines))
    if facts is not None and seeds is not None:
        problems += fact_problems(facts, seeds, _tasks([*files[QUIZZES], *files[EXERCISES]]))
    return CourseFiles(root, facts, seeds, tuple(files[QUIZZES]), tuple(files[SOLUTIONS]), tuple(problems))


def _tasks(files: Iterable[BankFile]) -> dict[str, set[str]]:
    """Return the ids of all tasks that a learner is shown, by lesson."""
    tasks: dict[str, set[str]] = {}
    for file in files:
        tasks.setdefault(file.bank.lesson, set()).update(file.lines)
    return tasks
