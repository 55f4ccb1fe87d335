"""Makes the work of a whole course: a download of Canvas for each lesson, and a roster. All is simulated.

``python tests/simulated/course.py FOLDER`` writes them; with ``latecomers`` behind it, it adds the work of five more.
``benchmarks/grading.py`` grades it.
"""

from __future__ import annotations

import json
import random
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from evening import write_csv
from simulate import ROOT, SEED, class_of

from copydesk.course.course import Course

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simulate import Data

    from copydesk.course.bank import Bank

LESSONS = 8
"""How many lessons the course has; what comes after them is not part of it."""

LEARNERS, LATECOMERS = 300, 5
FIRST_USER, FIRST_UPLOAD = 1000, 90_000
MOMENT = (2026, 11, 16, 20, 0, 0)
SENTENCES = (
    "The court said what it suspects.",
    "The copy has a verb that doubts it.",
    "I looked for the first report and found a later one.",
    "The number has no date.",
    "Two outlets repeat one agency.",
    "The quotation is shorter than what was said.",
    "I left out what the sentence cannot carry.",
    "A ministry is named, but no document.",
    "The map shows less than the caption says.",
    "Nobody has decided this yet.",
    "The headline is firmer than the text below it.",
    "The word was the newspaper's and not the speaker's.",
)
"""A simulated text is some of them, in some order."""


def graded(course: Course) -> dict[str, Bank]:
    """Return the graded banks of the lessons."""
    return dict(list(course.solutions.items())[:LESSONS])


def write_course(folder: Path, learners: int = LEARNERS) -> None:
    """Write ``class.csv`` and, into ``submissions``, a zip file for each lesson with the work of these learners.

    The list has the latecomers, too (``add_latecomers``).
    """
    submissions = folder / "submissions"
    submissions.mkdir(parents=True, exist_ok=True)
    people = [[FIRST_USER + number, _name(number)] for number in range(learners + LATECOMERS)]
    write_csv(folder / "class.csv", [["id", "name"], *people])
    course = Course(ROOT)
    for lesson, bank in graded(course).items():
        _write_zip(submissions / f"{lesson}.zip", _work(course, bank, range(learners)))


def add_latecomers(folder: Path, learners: int = LEARNERS) -> None:
    """Write the zip file of the last lesson again, as it is once five more learners have submitted."""
    course = Course(ROOT)
    bank = list(graded(course).values())[-1]
    path = folder / "submissions" / f"{bank.lesson}.zip"
    _write_zip(path, _work(course, bank, range(learners + LATECOMERS)))


def _write_zip(path: Path, work: Iterable[tuple[str, Data]]) -> None:
    """Write a download of Canvas."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as download:
        for name, data in work:
            entry = zipfile.ZipInfo(name, MOMENT)
            download.writestr(entry, json.dumps(data), compress_type=zipfile.ZIP_DEFLATED)


def _work(course: Course, bank: Bank, numbers: Iterable[int]) -> Iterable[tuple[str, Data]]:
    """Yield the submissions of some learners for one lesson, under the names that Canvas gives."""
    quizzes: Mapping[str, Bank] = {bank.lesson: course.quizzes[bank.lesson]}
    wanted = list(numbers)
    for number, (_, data) in enumerate(class_of({bank.lesson: bank}, quizzes, len(wanted), seed=SEED)):
        source = random.Random(f"{SEED} {bank.lesson} {number}")
        data["learner"]["alias"] = _name(number)
        for answer in data["answers"].values():
            if answer["response"]["kind"] == "written":
                answer["response"]["text"] = " ".join(source.sample(SENTENCES, 8))
        upload = FIRST_UPLOAD + 1000 * int(bank.lesson[:2]) + number
        yield f"simulated{number:03}_{FIRST_USER + number}_{upload}_{bank.lesson}.json", data


def _name(number: int) -> str:
    return f"Simulated {number:03}"


if __name__ == "__main__":
    write = add_latecomers if sys.argv[2:] == ["latecomers"] else write_course
    write(Path(sys.argv[1]))
