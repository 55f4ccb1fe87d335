"""The content checks behind ``copydesk check``: everything that a program can tell about the course."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from copydesk.checks import (
    addresses,
    cards,
    crossed_forms,
    experience,
    items,
    keys,
    length,
    names,
    phrases,
    pins,
    rated_statements,
    readability,
    reading_needed,
    removed_lessons,
    reused_items,
    spelling,
    verbatim,
)
from copydesk.checks.course import read_course
from copydesk.checks.overview import CourseOverview
from copydesk.course.bank_files import SOLUTIONS
from copydesk.course.documents import Problem
from copydesk.text import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.checks.course import CourseFiles
    from copydesk.checks.text_units import TextUnit
    from copydesk.course.bank import Entry
    from copydesk.course.bank_files import BankFile
    from copydesk.course.course import Course
    from copydesk.course.seeds import Seeds
    from copydesk.kinds.checking import Fault

WHOLE_COURSE = "the whole course"
"""Stands in for a file when a problem concerns all files together."""


@dataclass(frozen=True)
class CheckReport:
    """The problems of a course, by file and place, its numbers, and what else its author may want to know.

    The numbers are for those who are held to every rule (``is_strict``).
    """

    problems: list[Problem]
    overview: CourseOverview
    notes: tuple[str, ...] = ()
    is_strict: bool = True


def check_course(course: Course) -> CheckReport:
    """Check a course against every rule."""
    files = read_course(course)
    lessons = length.measured_lessons(files)
    overview = CourseOverview.from_files(files, lessons)
    problems = set(files.problems)
    problems.update(_task_problems(files))
    problems.update(_course_problems(files, overview))
    problems.update(_text_problems(files))
    problems.update(names.name_problems(files))
    if files.is_strict:
        problems.update(length.length_problems(files, lessons))
    problems.update(cards.card_problems(files))
    problems.update(addresses.address_problems(files))
    problems.update(removed_lessons.left_files(files))
    notes = (*overview.language_notes(), *removed_lessons.removed_summary(files))
    return CheckReport(sorted(problems, key=_sort_key), overview, notes, files.is_strict)


def _sort_key(problem: Problem) -> tuple[object, ...]:
    """Return the sort key of a problem, in which cell 2 comes before cell 10."""
    return problem.file, problem.line, [*_words_and_numbers(problem.entry)], problem.problem


def _words_and_numbers(text: str) -> Iterator[str | int]:
    """Yield the parts of a text, runs of digits as numbers."""
    for part in re.split(r"(\d+)", text):
        yield int(part) if part.isdigit() else part


def _task_problems(course: CourseFiles) -> Iterator[Problem]:
    """Yield the problems of single tasks and single banks."""
    cards_by_id = {card.id: card for card in course.seeds.part("cards")} if course.seeds is not None else {}
    for file in course.files:
        is_graded = file.bank.purpose == "graded"
        for entry in file.bank.versions():
            task = entry.task.id
            faults = list(entry_faults(entry, course.seeds, is_graded=is_graded))
            if course.is_strict and course.seeds is not None:
                faults += reading_needed.reading_faults(entry, cards_by_id)
            for fault, remedy in faults:
                yield Problem(file.name, file.lines[task], task, fault, remedy)
        if is_graded:
            file_faults = keys.point_faults(file.bank, is_strict=course.is_strict)
        else:
            file_faults = reading_needed.practice_faults(file.bank.tasks)
        for fault, remedy in file_faults:
            yield Problem(file.name, 0, "", fault, remedy)


def entry_faults(entry: Entry, seeds: Seeds | None, *, is_graded: bool) -> Iterator[Fault]:
    """Yield the faults of one task and its key."""
    if seeds is not None:
        yield from keys.reference_faults(entry, seeds)
    yield from keys.key_faults(entry)
    if is_graded:
        yield from keys.careless_faults(entry)
    yield from items.item_faults(entry)


def _course_problems(course: CourseFiles, overview: CourseOverview) -> Iterator[Problem]:
    """Yield the problems of all tasks, or all text, together."""
    for fault, remedy in _course_faults(course, overview):
        yield Problem(WHOLE_COURSE, 0, "", fault, remedy)
    for lesson, (fault, remedy) in rated_statements.form_faults(overview.statements):
        yield Problem(f"{SOLUTIONS}/{lesson}.yml", 0, "", fault, remedy)
    if course.is_strict and course.language == DEFAULT:
        for lesson, (fault, remedy) in readability.grade_faults(overview.grades):
            yield Problem(f"lessons/{lesson}.ipynb", 0, "", fault, remedy)
    practice, graded = _entries_by_place(course.practice), _entries_by_place(course.graded)
    for reuse in reused_items.find_reused_items(practice, graded):
        file, task = reuse.graded
        practice_file, practice_task = reuse.practised
        fault = f"“{reuse.words}” is practised in {practice_file}, {practice_task}"
        yield Problem(file, 0, task, fault, "Ask about something else in one of the two.")
    if not course.is_strict:
        return
    for twin in reading_needed.find_near_twins(practice | graded):
        file, task = twin.place
        fault = f"“{twin.words}” is nearly “{twin.other_words}” in {', '.join(twin.other)}"
        yield Problem(file, 0, task, fault, "Test the idea on new matter.")


def _course_faults(course: CourseFiles, overview: CourseOverview) -> Iterator[Fault]:
    """Yield the faults of the course that belong to no single file."""
    graded = chain.from_iterable(file.bank.versions() for file in course.graded)
    every = _entries_by_place(course.files)
    if course.is_strict:
        yield from reading_needed.course_faults(every.values())
    yield from keys.careless_course_faults(graded)
    yield from items.balance_faults(overview.choices)
    yield from rated_statements.share_faults(overview.statements)
    yield from crossed_forms.crossing_faults(overview.baseline)


def _entries_by_place(files: Iterable[BankFile]) -> dict[reused_items.Place, Entry]:
    entries = {}
    for file in files:
        for entry in file.bank.tasks:
            entries[file.name, entry.task.id] = entry
    return entries


def _text_problems(course: CourseFiles) -> Iterator[Problem]:
    """Yield the problems in the wording of units of text."""
    if course.seeds is None or course.facts is None:
        return
    allowed_words = spelling.allowed_words(course.seeds, course.units)
    source_runs = verbatim.source_runs(course.seeds)
    checker = pins.PinChecker(course.seeds, course.facts.as_of)
    for unit in course.units:
        faults = list(_spelling_faults(unit, allowed_words)) if course.language == DEFAULT else []
        if course.is_strict or unit.is_pinned:
            faults += checker.faults(unit)
        if course.is_strict:
            faults += _wording_faults(unit, source_runs, course.language)
        for fault, remedy in faults:
            yield Problem(unit.file, unit.line, unit.place, fault, remedy)


def _wording_faults(unit: TextUnit, source_runs: frozenset[verbatim.Words], language: str) -> Iterator[Fault]:
    """Yield what sounds translated or claims experience; in learner text also long sentences and copied words."""
    for text in unit.texts if language == DEFAULT else ():
        yield from phrases.phrase_faults(text)
    if pins.INVENTED not in unit.pins:
        for text in unit.texts:
            yield from experience.experience_faults(text)
    if unit.reader != "learner":
        return
    for text in unit.texts:
        yield from readability.long_sentences(text)
        if not unit.is_card:
            yield from verbatim.copied_runs(text, source_runs)


def _spelling_faults(unit: TextUnit, allowed_words: frozenset[str]) -> Iterator[Fault]:
    for word in spelling.misspellings((*unit.texts, *unit.exemplars), allowed_words):
        yield f"“{word}” is in no dictionary", "Correct it, or add it to seeds/words.txt."


__all__ = ["CheckReport", "check_course", "entry_faults"]
