"""Counts how the course stands: keys, statements, careless answers, pins and grades of reading."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copydesk.checks import items, keys, rated_statements, readability, reused_items

if TYPE_CHECKING:
    from copydesk.checks.course import CourseFiles
    from copydesk.checks.items import Keyed
    from copydesk.checks.rated_statements import Rated
    from copydesk.checks.readability import Grade

HEADER = ("lesson", "items", "keys in", "longest", "rated", "supported", "SMOG", "F-K")


@dataclass(frozen=True)
class Standing:
    """Numbers over the whole course, and those of each lesson."""

    keyed: list[Keyed]
    rated: list[Rated]
    grades: dict[str, Grade]
    careless: float
    items: tuple[int, int]
    pinned: tuple[int, int, int]

    @classmethod
    def of(cls, course: CourseFiles) -> Standing:
        """Count a course."""
        named = [(file.bank.lesson, file) for file in course.files]
        practice, graded = (
            [e for file in files for e in file.bank.tasks] for files in (course.practice, course.graded)
        )
        pins = [unit.pins for unit in course.units]
        return cls(
            keyed=[each for lesson, file in named for each in items.keyed(lesson, file.bank.tasks)],
            rated=[each for lesson, file in named for each in rated_statements.rated(lesson, file.bank.tasks)],
            grades=readability.grades(course.units),
            careless=max((keys.best_careless(entry) for entry in graded), default=0.0),
            items=(sum(len(reused_items.asked(e)) for e in practice), sum(len(reused_items.asked(e)) for e in graded)),
            pinned=(len(pins), sum(map(bool, pins)), len({pin for unit in pins for pin in unit})),
        )

    def summary(self) -> list[str]:
        """Return how the course stands, a line a rule."""
        places = Counter(items.letter(each.place) for each in self.keyed)
        longest, supported = sum(each.is_longest for each in self.keyed), sum(each.is_supported for each in self.rated)
        chance = items.chance_of_longest(self.keyed) * len(self.keyed) if self.keyed else 0.0
        grades = [grade.smog for grade in self.grades.values()] or [0.0]
        return [
            f"Keys: {len(self.keyed)} choices of one option; the key stands in place {_counted(places)}.",
            f"The key is the longest option in {longest} of them (by chance {chance:.0f}).",
            f"Statements rated: {len(self.rated)}; supported: {supported} ({_share(supported, len(self.rated))}).",
            f"Items: {self.items[0]} practised, {self.items[1]} graded; careless answers: {self.careless:.2f} at most.",
            f"Pins: {self.pinned[1]} of {self.pinned[0]} texts are pinned, to {self.pinned[2]} entries.",
            f"Reading: grades {min(grades):.1f} to {max(grades):.1f} in {len(self.grades)} lessons (SMOG).",
        ]

    def table(self) -> list[tuple[str, ...]]:
        """Return a row for each lesson, in the order of ``HEADER``."""
        return [self._row(lesson, grade) for lesson, grade in self.grades.items()]

    def _row(self, lesson: str, grade: Grade) -> tuple[str, ...]:
        keyed = [each for each in self.keyed if each.lesson == lesson]
        rated = [each for each in self.rated if each.lesson == lesson]
        return (
            lesson,
            str(len(keyed)),
            _counted(Counter(items.letter(each.place) for each in keyed)).replace(" ", "").replace(",", " "),
            _share(sum(each.is_longest for each in keyed), len(keyed)),
            str(len(rated)),
            _share(sum(each.is_supported for each in rated), len(rated)),
            f"{grade.smog:.1f}",
            f"{grade.flesch_kincaid:.1f}",
        )


def _counted(places: Counter[str]) -> str:
    return ", ".join(f"{place} {count}" for place, count in sorted(places.items())) or "none"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "none"
