"""A course, read once and handed down: its facts, its seeds, and its banks of tasks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from copydesk.course.bank_files import EXERCISES, QUIZZES, SOLUTIONS, read_bank_file, read_kept_banks
from copydesk.course.citation import CITATION_FILE, citation_from_facts, read_citation
from copydesk.course.course_file import course_facts, read_course_file
from copydesk.course.documents import ContentError
from copydesk.course.seeds import Seeds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from copydesk.course.article import Card
    from copydesk.course.bank import Bank, Entry
    from copydesk.course.bank_files import BankFile
    from copydesk.course.citation import Citation
    from copydesk.course.course_file import CourseFacts
    from copydesk.course.documents import Document


class Course:
    """The course at ``root``. Each of its files is read once, when it is first asked for."""

    def __init__(self, root: Path, unsaved: Mapping[str, str] | None = None) -> None:
        """Take the course root, the folder with ``seeds/`` and ``lessons/``.

        ``unsaved`` has the text of files in ``seeds/`` that their author has changed and not saved, by path.
        """
        self.root = root
        self._unsaved = unsaved
        self._files: dict[str, BankFile] = {}

    @cached_property
    def file(self) -> Document:
        """The file ``seeds/course.yml``, with its lines."""
        return read_course_file(self.root)

    @cached_property
    def facts(self) -> CourseFacts:
        """The facts of the course, from ``seeds/course.yml``."""
        return course_facts(self.file)

    @cached_property
    def citation(self) -> Citation:
        """How the course is cited, from ``CITATION.cff`` if there is one."""
        has_file = (self.root / CITATION_FILE).is_file()
        return read_citation(self.root) if has_file else citation_from_facts(self.facts)

    @cached_property
    def seeds(self) -> Seeds:
        """The article and everything found by reading it."""
        return Seeds(self.root, self._unsaved)

    @property
    def card_titles(self) -> tuple[tuple[str, str], ...]:
        """The id of each evidence card and its title, publisher and date; empty if the cards cannot be read."""
        try:
            cards = self.seeds.part("cards")
        except ContentError:
            return ()
        return tuple((card.id, card.title) for card in cards)

    @cached_property
    def quizzes(self) -> dict[str, Bank]:
        """The practice tasks of each lesson that has any."""
        return self._folder(QUIZZES)

    @cached_property
    def exercises(self) -> dict[str, Bank]:
        """The graded tasks of each lesson that has any, as learners have them: without keys."""
        return self._folder(EXERCISES)

    @cached_property
    def solutions(self) -> dict[str, Bank]:
        """The graded tasks of each lesson that has any, with their keys."""
        return self._folder(SOLUTIONS)

    @cached_property
    def kept_solutions(self) -> list[Bank]:
        """The graded tasks that learners were ever shown, with the keys of their time."""
        return read_kept_banks(self.root)

    def has_lesson(self, lesson: str) -> bool:
        """Return whether the course has a notebook for a lesson; someone may have removed it."""
        return (self.root / "lessons" / f"{lesson}.ipynb").is_file()

    def has_bank(self, folder: str, lesson: str) -> bool:
        """Return whether a folder below the course root has a file of tasks for a lesson."""
        return (self.root / folder / f"{lesson}.yml").is_file()

    def bank(self, folder: str, lesson: str) -> Bank:
        """Return the tasks of a lesson from a folder below the course root.

        Raises:
            ContentError: the file is missing or not a bank; each problem has its line and remedy.
        """
        return self.bank_file(folder, lesson).bank

    def bank_file(self, folder: str, lesson: str) -> BankFile:
        """Return the file of a lesson in a folder below the course root.

        Raises:
            ContentError: the file is missing or not a bank; each problem has its line and remedy.
        """
        name = f"{folder}/{lesson}.yml"
        if name not in self._files:
            self._files[name] = read_bank_file(self.root / name, name)
        return self._files[name]

    def cards_of(self, entries: Iterable[Entry]) -> dict[str, Card]:
        """Return the evidence cards that some tasks show, in any of their versions."""
        cards = {}
        for entry in entries:
            for version in entry.versions:
                for name in version.task.cards:
                    cards[name] = self.seeds.card(name)
        return cards

    def lessons(self, folder: str) -> list[str]:
        """Return the lessons for which a folder below the course root has a file of tasks."""
        return sorted(path.stem for path in (self.root / folder).glob("*.yml"))

    def _folder(self, folder: str) -> dict[str, Bank]:
        """Return every bank in a folder, by lesson."""
        return {lesson: self.bank(folder, lesson) for lesson in self.lessons(folder)}


__all__ = ["Course"]
