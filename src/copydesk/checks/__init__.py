"""The content checks behind ``copydesk check``: everything that a program can tell about the course."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copydesk.checks import items, keys, names, pins, rated_statements, readability, reused_items, spelling, verbatim
from copydesk.checks.course import read_course
from copydesk.checks.overview import Standing
from copydesk.course.bank_files import SOLUTIONS
from copydesk.course.documents import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.checks.course import CourseFiles
    from copydesk.checks.text_units import Unit
    from copydesk.course.bank import Entry
    from copydesk.course.bank_files import BankFile
    from copydesk.course.course import Course
    from copydesk.kinds.checking import Fault


@dataclass(frozen=True)
class Report:
    """What is wrong with a course, by file and place, and how it stands."""

    problems: list[Problem]
    standing: Standing


def check_course(course: Course) -> Report:
    """Hold a course against every rule; no problems is good."""
    files = read_course(course)
    standing = Standing.of(files)
    problems = {
        *files.unread,
        *_task_problems(files),
        *_course_problems(files, standing),
        *_text_problems(files),
        *names.name_problems(files),
    }
    return Report(sorted(problems, key=_place), standing)


def _place(problem: Problem) -> tuple[object, ...]:
    """Return what problems are sorted by: cell 2 stands before cell 10."""
    numbered = [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", problem.entry)]
    return problem.file, problem.line, numbered, problem.problem


def _task_problems(course: CourseFiles) -> Iterator[Problem]:
    """Yield what is wrong with single tasks and banks."""
    for file in course.files:
        graded = file.bank.purpose == "graded"
        for entry in file.bank.tasks:
            faults = [
                *(keys.reference_faults(entry, course.seeds) if course.seeds else ()),
                *keys.key_faults(entry),
                *(keys.careless_faults(entry) if graded else ()),
                *items.item_faults(entry),
            ]
            for fault in faults:
                yield Problem(file.name, file.lines[entry.task.id], entry.task.id, *fault)
        if graded:
            yield from (Problem(file.name, 0, "", *fault) for fault in keys.point_faults(file.bank))


def _course_problems(course: CourseFiles, standing: Standing) -> Iterator[Problem]:
    """Yield what is wrong with all tasks or all text together."""
    graded = (entry for file in course.graded for entry in file.bank.tasks)
    for fault in (
        *keys.careless_over_course(graded),
        *items.balance_faults(standing.keyed),
        *rated_statements.share_faults(standing.rated),
    ):
        yield Problem("the whole course", 0, "", *fault)
    for lesson, fault in rated_statements.form_faults(standing.rated):
        yield Problem(f"{SOLUTIONS}/{lesson}.yml", 0, "", *fault)
    for lesson, fault in readability.grade_faults(standing.grades):
        yield Problem(f"lessons/{lesson}.ipynb", 0, "", *fault)
    practice, graded_tasks = _by_place(course.practice), _by_place(course.graded)
    for (name, task), (other, practised), words in reused_items.shared(practice, graded_tasks):
        what = f"“{words}” is practised in {other}, {practised}"
        yield Problem(name, 0, task, what, "Ask about something else in one of the two.")


def _by_place(files: Iterable[BankFile]) -> dict[reused_items.Place, Entry]:
    return {(file.name, entry.task.id): entry for file in files for entry in file.bank.tasks}


def _text_problems(course: CourseFiles) -> Iterator[Problem]:
    """Yield what is wrong with the words of units."""
    if course.seeds is None or course.facts is None:
        return
    allowed, known = spelling.allowed_words(course.seeds, course.units), verbatim.sources(course.seeds)
    check = pins.Checker(course.seeds, course.facts.as_of)
    for unit in course.units:
        for fault in (*check(unit), *_wording_faults(unit, known), *_spelling_faults(unit, allowed)):
            yield Problem(unit.file, unit.line, unit.place, *fault)


def _wording_faults(unit: Unit, known: frozenset[verbatim.Words]) -> Iterator[Fault]:
    """Yield long sentences and copied words of learner text; evidence cards are part of the dossier themselves."""
    if unit.reader == "learner":
        for text in unit.texts:
            yield from readability.long_sentences(text)
            yield from verbatim.copied(text, known) if not unit.is_card else ()


def _spelling_faults(unit: Unit, allowed: frozenset[str]) -> Iterator[Fault]:
    for word in spelling.misspellings((*unit.texts, *unit.written), allowed):
        yield f"“{word}” is in no dictionary", "Correct it, or add it to seeds/words.txt."


__all__ = ["Report", "check_course"]
