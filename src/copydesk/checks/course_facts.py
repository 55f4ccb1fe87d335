"""Checks ``seeds/course.yml`` against the seeds and the lessons: what it names must exist."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from copydesk.course.course_file import COURSE_FILE
from copydesk.course.documents import Problem
from copydesk.model.base import is_removed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from copydesk.course.course import Course
    from copydesk.course.course_file import CourseFacts
    from copydesk.course.documents import Position
    from copydesk.course.seeds import Seeds

PlacedFault = tuple["Position", str, str]
"""The place in the file, what is wrong there, and the remedy."""


def fact_problems(course: Course, tasks: Mapping[str, set[str]]) -> Iterator[Problem]:
    """Yield each fact that names a missing thing; ``tasks`` are the ids of all tasks, by lesson."""
    facts, seeds = course.facts, course.seeds
    faults = chain(_seed_faults(facts, seeds), _lock_faults(facts, tasks), _reading_faults(facts, seeds))
    for place, fault, remedy in faults:
        yield Problem(COURSE_FILE, course.file.line_of(place), "", fault, remedy)


def _seed_faults(facts: CourseFacts, seeds: Seeds) -> Iterator[PlacedFault]:
    """Yield claims and traces that the seeds do not have, and stretches that are not in their trace."""
    claims = {claim.id for claim in seeds.part("claims")}
    for name in sorted(facts.not_established - claims):
        yield ("not_established",), f"there is no claim {name!r}", "Name one of seeds/claims.yml, or remove it."
    quotes = {trace.id: trace.quote for trace in seeds.part("traces")}
    for name, words in facts.stretches.items():
        if name not in quotes:
            yield ("stretches", name), f"there is no trace {name!r}", "Name one of seeds/traces.yml, or remove it."
        elif words not in quotes[name]:
            yield ("stretches", name), f"{words!r} is not in {quotes[name]!r}", "Copy a part of these words."


def _lock_faults(facts: CourseFacts, tasks: Mapping[str, set[str]]) -> Iterator[PlacedFault]:
    """Yield tasks that no lesson has, and a name for own-article mode that is a lesson's."""
    if facts.own_article in tasks:
        yield ("own_article",), f"{facts.own_article!r} is a lesson", "Give own-article mode a name that no lesson has."
    for layer, lessons in facts.locks.items():
        for lesson, names in lessons.items():
            if is_removed(lesson, tasks):
                continue  # the layer opens without it
            for name in sorted(set(names) - tasks.get(lesson, set())):
                yield ("locks", layer, lesson), f"{lesson} has no task {name!r}", "Name a task of this lesson."


def _reading_faults(facts: CourseFacts, seeds: Seeds) -> Iterator[PlacedFault]:
    """Yield the names of actors in the wordings that have no reading."""
    actors_with_reading: set[str] = set()
    for reading in facts.readings:
        if reading.who is None:
            return
        actors_with_reading.update(reading.who)
    actors = {frame.who_defies for frame in seeds.part("frames")}
    for name in sorted(actors - actors_with_reading):
        yield ("readings",), f"no reading is for {name!r}", "Name it as `who`, or add a reading without `who`."


__all__ = ["fact_problems"]
