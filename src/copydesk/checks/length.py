"""Measures how long lessons and exercises take, and compares that with what they announce."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.checks.lesson_table import lesson_rows
from copydesk.checks.text_units import prose, texts_in
from copydesk.course.documents import Problem
from copydesk.kinds import scoring
from copydesk.model.base import short_name
from copydesk.model.tokens import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from copydesk.checks.course import CourseFiles
    from copydesk.course.bank import Bank
    from copydesk.course.seeds import Seeds
    from copydesk.model.task import TaskBase

WORDS_A_MINUTE, SECONDS_A_DECISION, WRITTEN_WORDS_A_MINUTE = 60, 40, 8
"""The rule for minutes: slow reading in a second language, and time to think before each decision."""

SECONDS_A_MINUTE = 60
MOST_WORDS, MOST_MINUTES = 3000, 45
MOST_WORDS_BEFORE = 120
"""The most words that may come before the first thing to do."""

NEAR_MINUTES = 5
"""How far an announced time may differ from the rule."""

ANNOUNCED = re.compile(r"\b(\d+) (?:more )?minutes")
ANNOUNCEMENT = re.compile(r"^\*?(?:About|Allow about) [^\n]*minutes[^\n]*", re.MULTILINE)
BEGINNING = 3
"""How many texts make up the beginning of a page: heading, help, and what it is about."""

EXERCISE_TIME = re.compile(r"It takes about (\d+) minutes")
FOLD = re.compile(r"<details.*?</details>", re.DOTALL)
OPTIONAL = re.compile(r"^\*[^*\n]*\b(?:optional|if you like)\b[^*\n]*\*", re.MULTILINE | re.IGNORECASE)
HEADING = re.compile(r"^#+ ", re.MULTILINE)
SHOWN = re.compile(r"^desk\.(tasks?|quiz|passage)\(([^)]*)\)", re.MULTILINE)
LITERAL = re.compile(r"(?<!=)\"([\w-]+)\"")
ASKS = re.compile(r"^desk\.(?:quiz|tasks?|form)\(", re.MULTILINE)
NOT_READ = frozenset({"lab-only", "instructor", "solution"})
"""Tags of cells that a learner on a page does not read."""


@dataclass(frozen=True)
class Length:
    """How long a lesson or exercise is: words to read, decisions, and the fewest words to write."""

    words: int
    decisions: int
    written_words: int = 0

    @property
    def minutes(self) -> int:
        """The minutes it takes by the rule."""
        reading = self.words / WORDS_A_MINUTE
        deciding = self.decisions * SECONDS_A_DECISION / SECONDS_A_MINUTE
        return round(reading + deciding + self.written_words / WRITTEN_WORDS_A_MINUTE)


class Page:
    """What a learner reads and does in one notebook, without sections that say they are optional."""

    def __init__(self, path: Path) -> None:
        self.texts: list[str] = []
        self.task_ids: list[str] = []
        self.groups: list[str] = []
        self.sentences: list[str] = []
        self.words_before_first_task = 0
        self.exercise_minutes: list[int] = []
        is_optional, is_begun = False, False
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            if not NOT_READ.isdisjoint(cell["metadata"].get("tags", [])):
                continue
            if cell["cell_type"] == "markdown":
                is_optional = _is_optional(source, before=is_optional)
                self.exercise_minutes += map(int, EXERCISE_TIME.findall(source))
                if not is_optional:
                    self.texts.append(source)
                if not is_begun:
                    self.words_before_first_task += _open_words(source)
                continue
            is_begun = is_begun or ASKS.search(source) is not None
            if not is_optional:
                self._add_calls(source)
        if not is_begun:
            self.words_before_first_task = 0

    def _add_calls(self, source: str) -> None:
        """Note which tasks, groups and sentences a cell shows."""
        for name, arguments in SHOWN.findall(source):
            words = LITERAL.findall(arguments)
            if name == "quiz":
                self.groups += words or ["quiz"]
            elif name == "tasks":
                self.groups.append("exercise")
            else:
                (self.task_ids if name == "task" else self.sentences).extend(words)

    def shows(self, task: TaskBase) -> bool:
        """Return whether a task is among those to be done; worked examples and notes are not."""
        return task.is_asked and (task.id in self.task_ids or task.group in self.groups)

    def announced(self) -> list[list[int]]:
        """Return the minutes in each line of the page's beginning that announces how long it takes.

        The first number in a line is for the page, the others for anything extra, such as a test.
        """
        beginning = "\n".join(self.texts[:BEGINNING])
        return [[int(number) for number in ANNOUNCED.findall(line)] for line in ANNOUNCEMENT.findall(beginning)]

    def length(self, bank: Bank, seeds: Seeds) -> Length:
        """Return how long the page is with the tasks of a bank that it shows; each card counts once."""
        tasks = [entry.task for entry in bank.tasks if self.shows(entry.task)]
        cards = {card.id: card for card in seeds.part("cards")}
        words = sum(map(_open_words, self.texts)) + sum(map(_task_words, tasks))
        words += sum(count_words(seeds.sentence(name).text) for name in self.sentences)
        for name in dict.fromkeys(name for task in tasks for name in task.cards):
            words += count_words(cards[name].quote) + count_words(cards[name].says) if name in cards else 0
        decisions, written_words = 0, 0
        for task in tasks:
            parts = scoring.completeness(task, None)[1]
            if scoring.is_marked_by_person(task):
                written_words += parts
            else:
                decisions += parts
        return Length(words, decisions, written_words)


def _is_optional(source: str, *, before: bool) -> bool:
    """Return whether a text is optional: one that says so in italics, or that follows one before the next heading."""
    return OPTIONAL.search(FOLD.sub("", source)) is not None or (before and HEADING.search(source) is None)


def _open_words(source: str) -> int:
    return count_words(prose(FOLD.sub("", source)))


def _task_words(task: TaskBase) -> int:
    """Return how many words a task shows at first; a rubric is folded away."""
    shown: dict[str, Any] = task.model_dump(mode="json", exclude={"rubric", "hints"})
    return sum(map(count_words, texts_in(shown)))


class MeasuredLesson(NamedTuple):
    """A lesson's page, and how long it is."""

    page: Page
    length: Length


def measured_lessons(course: CourseFiles) -> dict[str, MeasuredLesson]:
    """Return the lessons that have a notebook, by their slugs."""
    if course.seeds is None:
        return {}
    lessons = {}
    for file in course.practice:
        path = course.root / "lessons" / f"{file.bank.lesson}.ipynb"
        if path.is_file():
            page = Page(path)
            lessons[file.bank.lesson] = MeasuredLesson(page, page.length(file.bank, course.seeds))
    return lessons


def length_problems(course: CourseFiles, lessons: Mapping[str, MeasuredLesson]) -> Iterator[Problem]:
    """Yield lessons that are too long or start too late, and announced minutes that are wrong."""
    totals: dict[str, int] = {}
    for slug, (page, length) in lessons.items():
        name, announced = f"lessons/{slug}.ipynb", page.announced()
        yield from _long_lesson(name, length, page, most=_most_minutes(course, slug))
        yield from _wrong_minutes(name, length.minutes, [minutes[0] for minutes in announced])
        totals[slug] = max(map(sum, announced), default=0)
    yield from _exercise_problems(course, lessons)
    yield from _wrong_rows(course.root, totals)


def _most_minutes(course: CourseFiles, lesson: str) -> int:
    return course.facts.most_minutes.get(lesson, MOST_MINUTES) if course.facts else MOST_MINUTES


def _long_lesson(name: str, length: Length, page: Page, *, most: int) -> Iterator[Problem]:
    """Yield what is too long in a lesson."""
    remedy = "Cut what no task needs, or fold it under “More”."
    if length.words > MOST_WORDS:
        yield Problem(name, 0, "", f"it has {length.words} words to read; {MOST_WORDS} are the most", remedy)
    if length.minutes > most:
        how = f"{length.words} words, {length.decisions} decisions"
        yield Problem(
            name, 0, "", f"it takes {length.minutes} minutes by the rule ({how}); {most} are the most", remedy
        )
    before = page.words_before_first_task
    if before > MOST_WORDS_BEFORE:
        fault = f"{before} words come before the first task; {MOST_WORDS_BEFORE} are the most"
        yield Problem(name, 0, "", fault, "Begin with something to do; what else there is to say can wait.")


def _exercise_problems(course: CourseFiles, lessons: Mapping[str, MeasuredLesson]) -> Iterator[Problem]:
    """Yield exercises whose announced minutes, there or in the lesson, differ from the rule."""
    if course.seeds is None:
        return
    for file in course.graded:
        slug = file.bank.lesson
        path = course.root / "solutions" / f"{slug}.ipynb"
        if not path.is_file() or not file.bank.entries_without_baseline:
            continue
        page = Page(path)
        minutes = page.length(file.bank, course.seeds).minutes
        yield from _wrong_minutes(f"solutions/{path.name}", minutes, [said[0] for said in page.announced()])
        if slug in lessons:
            said = lessons[slug].page.exercise_minutes
            yield from _wrong_minutes(f"lessons/{path.name}", minutes, said, what="its exercise")


def _wrong_minutes(name: str, minutes: int, announced: Iterable[int], *, what: str = "it") -> Iterator[Problem]:
    for said in announced:
        if abs(said - minutes) > NEAR_MINUTES:
            fault = f"{what} is said to take {said} minutes, and takes {minutes} by the rule"
            yield Problem(name, 0, "", fault, f"Write a number near {minutes}, or make it shorter.")


def _wrong_rows(root: Path, totals: Mapping[str, int]) -> Iterator[Problem]:
    """Yield the rows of the tables of lessons whose minutes differ from the lesson's own."""
    for row in lesson_rows(root, totals):
        expected = totals[row.lesson]
        if row.minutes is not None and expected and row.minutes != expected:
            lesson = short_name(row.lesson)
            fault = f"lesson {lesson} is said to take {row.minutes} minutes; the lesson itself says {expected}"
            yield Problem(row.file, row.line, "", fault, f"Write {expected}, or change the lesson first.")


__all__ = ["Length", "MeasuredLesson", "Page", "length_problems", "measured_lessons"]
