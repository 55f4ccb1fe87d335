"""Lays out a course for nbgrader: its exercises, with cells that score the answer file which lies beside a notebook."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

import nbformat

from copydesk.course.bank_files import BANKS, SOLUTIONS
from copydesk.exchange.writing import ExchangeError, unwritten, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.course.course import Course
    from copydesk.kinds.union import Task

NB: Any = nbformat  # it has no annotations
SOURCE, KEYS, CONFIG = "source", "keys", "nbgrader_config.py"
NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_-]")

CONFIG_TEXT = '''"""Tells nbgrader about this course; `copydesk export nbgrader` wrote it. Start nbgrader here."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
os.environ["COPYDESK_KEYS"] = str(HERE / "{keys}")  # the notebooks that nbgrader runs find the keys by it

c = get_config()
c.CourseDirectory.course_id = "{course}"
c.CourseDirectory.root = str(HERE)
c.ExecutePreprocessor.timeout = 120
'''

SUBMIT_CELL = "desk.submit()"
"""The cell that nbgrader must not run: it would submit once more, now. The file of answers is submitted as it is."""

HEADING = """## Submit

Hand this assignment in as your course does it with nbgrader.
Your answers go with it: they are in `answers/{lesson}.json`, beside this notebook.

The cells below are for nbgrader.
Leave them as they are."""

POINTS = """from copydesk.grading.nbgrader import points

points("{lesson}", "{task}")"""

WRITTEN = """**{task}: {title}**

Marked by a person; the text stands below."""

TEXT = """from copydesk.grading.nbgrader import text

text("{lesson}", "{task}")"""


def export_course(course: Course, folder: Path) -> list[Path]:
    """Write the configuration, the keys and an assignment for each lesson with graded tasks; return what was written.

    What nbgrader makes from them (``release``, ``submitted``, ``autograded``, ``feedback``, its database) is untouched.

    Raises:
        ContentError: a task file cannot be read.
        ExchangeError: something is still to be written in a task, or a file that no export wrote would be overwritten.
    """
    root, banks = course.root, course.solutions
    for lesson, bank in banks.items():
        for entry in bank.tasks:
            if reason := unwritten(bank, entry):
                msg = f"{lesson}, {entry.task.id}: {reason}. Write it first; nothing was exported."
                raise ExchangeError(msg)
    files = {CONFIG: CONFIG_TEXT.format(course=course.facts.id, keys=KEYS).encode()}
    for name in (SOLUTIONS, BANKS):
        kept = sorted(path for path in (root / name).rglob("*") if path.is_file())
        files |= {f"{KEYS}/{path.relative_to(root).as_posix()}": path.read_bytes() for path in kept}
    for lesson, bank in banks.items():
        if tasks := [entry.task for entry in bank.tasks if entry.task.group != "baseline"]:
            exercise = NB.read(root / "exercises" / f"{lesson}.ipynb", as_version=4)
            text = NB.writes(assignment(exercise, bank, tasks), version=NB.NO_CONVERT)
            files[f"{SOURCE}/{lesson}/{lesson}.ipynb"] = (text.rstrip("\n") + "\n").encode()
    return write_files(folder, files, kind="nbgrader")


def assignment(exercise: Any, bank: Bank, tasks: list[Task]) -> Any:  # noqa: ANN401  (nbformat has no types)
    """Return an exercise with the cells at its end that nbgrader takes the scores from."""
    made = NB.from_dict(exercise)
    last = next(place for place, cell in enumerate(made.cells) if cell.source.strip() == SUBMIT_CELL)
    del made.cells[last - 1 :]  # with the heading above it
    made.cells.append(_cell("markdown", HEADING.format(lesson=bank.lesson), bank.lesson))
    for task in tasks:
        names = {"lesson": bank.lesson, "task": task.id, "title": task.title}
        if task.kind == "written":
            made.cells.append(_cell("markdown", WRITTEN.format(**names), task.id, task=True, points=task.points))
            made.cells.append(_cell("code", TEXT.format(**names), f"{task.id}-text"))
        else:
            made.cells.append(_cell("code", POINTS.format(**names), task.id, grade=True, points=task.points))
    return made


def _cell(kind: str, source: str, name: str, **settings: bool | float) -> Any:  # noqa: ANN401  (as above)
    """Return a cell that learners cannot change, with what nbgrader wants to know of it."""
    known = {"schema_version": 3, "grade_id": NOT_IN_A_NAME.sub("-", name), "locked": True}
    known |= {"grade": False, "solution": False, "task": False, **settings}
    made = NB.v4.new_code_cell(source) if kind == "code" else NB.v4.new_markdown_cell(source)
    made["id"] = hashlib.sha256(f"nbgrader {name} {source}".encode()).hexdigest()[:12]
    made.metadata["nbgrader"] = known
    return made
