"""Counts keys, rated statements, careless answers, pins and reading grades, over the course and by lesson."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from copydesk.checks import items, keys, rated_statements, readability, reused_items, spelling
from copydesk.checks.crossed_forms import CrossedForms, crossing_summary
from copydesk.text import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from copydesk.checks.course import CourseFiles
    from copydesk.checks.items import KeyedChoice
    from copydesk.checks.length import Length, MeasuredLesson
    from copydesk.checks.rated_statements import RatedStatement
    from copydesk.checks.readability import ReadingGrade
    from copydesk.checks.text_units import TextUnit
    from copydesk.course.bank import Entry
    from copydesk.course.bank_files import BankFile

HEADER = ("lesson", "words", "decisions", "minutes", "items", "keys in", "longest", "rated", "supported", "SMOG", "F-K")


MOST_UNKNOWN = 40
"""How many words a line names that a dictionary lacks."""


class PinCounts(NamedTuple):
    """How many texts there are, how many of them are pinned, and to how many entries."""

    texts: int
    pinned: int
    entries: int


@dataclass(frozen=True)
class CourseOverview:
    """Numbers over the whole course, and those of each lesson."""

    choices: list[KeyedChoice]
    statements: list[RatedStatement]
    grades: dict[str, ReadingGrade]
    language: str
    ease: dict[str, float] | None
    unknown_words: list[str]
    lengths: dict[str, Length]
    best_careless_share: float
    practised_items: int
    graded_items: int
    pins: PinCounts
    baseline: CrossedForms

    @classmethod
    def from_files(cls, course: CourseFiles, lessons: Mapping[str, MeasuredLesson]) -> CourseOverview:
        """Count a course."""
        choices: list[KeyedChoice] = []
        statements: list[RatedStatement] = []
        for file in course.files:
            choices += items.find_keyed_choices(file.bank.lesson, file.bank.versions())
            statements += rated_statements.find_rated_statements(file.bank.lesson, file.bank.versions())
        practice, graded = _entries(course.practice), _entries(course.graded)
        graded_versions = chain.from_iterable(entry.versions for entry in graded)
        return cls(
            choices=choices,
            statements=statements,
            grades=readability.lesson_grades(course.units),
            language=course.language,
            ease=None if course.language == DEFAULT else readability.lesson_ease(course.units, course.language),
            unknown_words=_unknown_words(course),
            lengths={slug: lesson.length for slug, lesson in lessons.items()},
            best_careless_share=max(map(keys.best_careless_share, graded_versions), default=0.0),
            practised_items=_item_count(practice),
            graded_items=_item_count(graded),
            pins=_pin_counts(course.units),
            baseline=CrossedForms.from_entries(graded),
        )

    def summary(self) -> list[str]:
        """Return the numbers for the course, one line per rule."""
        choice_count, statement_count = len(self.choices), len(self.statements)
        supported = _supported_count(self.statements)
        chance = items.chance_of_longest(self.choices) * choice_count if self.choices else 0.0
        item_counts = f"{self.practised_items} practised, {self.graded_items} graded"
        return [
            f"Keys: {choice_count} choices of one option; the key is in place {_place_counts(self.choices)}.",
            f"The key is the longest option in {_longest_count(self.choices)} of them (by chance {chance:.0f}).",
            f"Statements rated: {statement_count}; supported: {supported} ({_percentage(supported, statement_count)}).",
            f"Items: {item_counts}; careless answers: {self.best_careless_share:.2f} at most.",
            f"Pins: {self.pins.pinned} of {self.pins.texts} texts are pinned, to {self.pins.entries} entries.",
            *self._grades(),
            *crossing_summary(self.baseline),
        ]

    def _grades(self) -> list[str]:
        """Return the grades of the lessons, which are for English."""
        if self.language != DEFAULT:
            return []
        grades = [grade.smog for grade in self.grades.values()] or [0.0]
        return [f"Reading: grades {min(grades):.1f} to {max(grades):.1f} in {len(self.grades)} lessons (SMOG)."]

    def language_notes(self) -> list[str]:
        """Return what was measured in another language than English, and what can't be checked in it."""
        if self.language == DEFAULT:
            return []
        lines = ["Turns of phrase, and dates with the name of a month: checked in English only."]
        if self.ease is None:
            lines.append(f"Reading: not measured, there is no formula for the language {self.language!r}.")
        elif self.ease:
            low, high = min(self.ease.values()), max(self.ease.values())
            scale = f"Flesch for {self.language!r}; 0 is very hard, 100 very easy"
            lines.append(f"Reading: ease {low:.0f} to {high:.0f} in {len(self.ease)} lessons ({scale}).")
        if not spelling.has_dictionary(self.language):
            lines.append(f"Spelling: not checked, there is no dictionary for the language {self.language!r}.")
        elif self.unknown_words:
            words = ", ".join(self.unknown_words[:MOST_UNKNOWN])
            more = " …" if len(self.unknown_words) > MOST_UNKNOWN else ""
            lines.append(f"Spelling: {len(self.unknown_words)} words are not in a small dictionary: {words}{more}")
        return lines

    def table(self) -> list[tuple[str, ...]]:
        """Return a row for each lesson, in the order of ``HEADER``."""
        return [self._row(lesson, grade) for lesson, grade in self.grades.items()]

    def _row(self, lesson: str, grade: ReadingGrade) -> tuple[str, ...]:
        choices = [choice for choice in self.choices if choice.lesson == lesson]
        statements = [statement for statement in self.statements if statement.lesson == lesson]
        return (
            lesson,
            *self._length(lesson),
            str(len(choices)),
            _place_counts(choices).replace(" ", "").replace(",", " "),
            _percentage(_longest_count(choices), len(choices)),
            str(len(statements)),
            _percentage(_supported_count(statements), len(statements)),
            *self._grade(grade),
        )

    def _grade(self, grade: ReadingGrade) -> tuple[str, str]:
        """Return the grades of a lesson; empty texts in another language, for which they say nothing."""
        if self.language != DEFAULT:
            return "", ""
        return f"{grade.smog:.1f}", f"{grade.flesch_kincaid:.1f}"

    def _length(self, lesson: str) -> tuple[str, str, str]:
        """Return the words, decisions and minutes of a lesson; empty texts if there is only an exercise."""
        length = self.lengths.get(lesson)
        return (str(length.words), str(length.decisions), str(length.minutes)) if length else ("", "", "")


def _unknown_words(course: CourseFiles) -> list[str]:
    """Return the words that a dictionary of another language lacks: small ones, so it needn't be wrong."""
    if course.language == DEFAULT or course.seeds is None:
        return []
    allowed = spelling.allowed_words(course.seeds, course.units, course.language)
    texts = [text for unit in course.units for text in (*unit.texts, *unit.exemplars)]
    return sorted(spelling.misspellings(texts, allowed, course.language))


def _entries(files: Iterable[BankFile]) -> list[Entry]:
    """Return the entries of several banks, file by file."""
    entries: list[Entry] = []
    for file in files:
        entries += file.bank.tasks
    return entries


def _item_count(entries: Iterable[Entry]) -> int:
    """Return how many items the tasks ask; one asked by two tasks counts twice."""
    count = 0
    for entry in entries:
        count += len(reused_items.asked_items(entry))
    return count


def _pin_counts(units: Sequence[TextUnit]) -> PinCounts:
    """Return how many units have pins, and how many different pins they have."""
    pinned = 0
    entries: set[str] = set()
    for unit in units:
        if unit.pins:
            pinned += 1
            entries.update(unit.pins)
    return PinCounts(len(units), pinned, len(entries))


def _longest_count(choices: Iterable[KeyedChoice]) -> int:
    """Return how many choices have the key as the longest option."""
    return sum(choice.is_longest for choice in choices)


def _supported_count(statements: Iterable[RatedStatement]) -> int:
    """Return how many statements are supported."""
    return sum(statement.is_supported for statement in statements)


def _place_counts(choices: Iterable[KeyedChoice]) -> str:
    """Return how often each place has the key, such as ``a 23, b 22``."""
    places = Counter(items.place_letter(choice.place) for choice in choices)
    return ", ".join(f"{letter} {count}" for letter, count in sorted(places.items())) or "none"


def _percentage(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "none"
