"""Lays out a course for nbgrader: its exercises, with cells that score the answer file beside the notebook."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

import nbformat

from copydesk.course.bank_files import BANKS, SOLUTIONS
from copydesk.exchange.writing import ExchangeError, unwritten_reason, write_files
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Mapping
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
"""The cell that nbgrader must not run: it would submit again, now. The answer file is submitted as it is."""

POINTS_CELL = """from copydesk.grading.nbgrader import points

points("{lesson}", "{task}")"""

TEXT_CELL = """from copydesk.grading.nbgrader import text

text("{lesson}", "{task}")"""


def export_course(course: Course, folder: Path) -> list[Path]:
    """Write the configuration, the keys and an assignment for each lesson with graded tasks; return the files.

    What nbgrader makes from them (``release``, ``submitted``, ``autograded``, ``feedback``, its database) is untouched.

    Raises:
        ContentError: a task file cannot be read.
        ExchangeError: something is still to be written in a task, or a file that no export wrote would be overwritten.
    """
    banks = course.solutions
    _require_written(banks)
    files = {CONFIG: CONFIG_TEXT.format(course=course.facts.id, keys=KEYS).encode()}
    for name in (SOLUTIONS, BANKS):
        for path in sorted((course.root / name).rglob("*")):
            if path.is_file():
                files[f"{KEYS}/{path.relative_to(course.root).as_posix()}"] = path.read_bytes()
    for lesson, bank in banks.items():
        tasks = [entry.task for entry in bank.entries_without_baseline]
        if tasks:
            exercise = NB.read(course.root / "exercises" / f"{lesson}.ipynb", as_version=4)
            text = NB.writes(assignment(exercise, bank, tasks), version=NB.NO_CONVERT)
            files[f"{SOURCE}/{lesson}/{lesson}.ipynb"] = (text.rstrip("\n") + "\n").encode()
    return write_files(folder, files, kind="nbgrader")


def _require_written(banks: Mapping[str, Bank]) -> None:
    """Raise ``ExchangeError`` if something is still to be written in a task."""
    for lesson, bank in banks.items():
        for entry in bank.tasks:
            reason = unwritten_reason(bank, entry)
            if reason:
                raise ExchangeError(t("nbgrader.unwritten", lesson=lesson, task=entry.task.id, reason=reason))


def assignment(exercise: Any, bank: Bank, tasks: list[Task]) -> Any:  # noqa: ANN401  (nbformat has no types)
    """Return an exercise that ends with the cells nbgrader takes the scores from."""
    notebook = NB.from_dict(exercise)
    submit = next(place for place, cell in enumerate(notebook.cells) if cell.source.strip() == SUBMIT_CELL)
    del notebook.cells[submit - 1 :]  # with the heading above it
    notebook.cells.append(_cell("markdown", t("nbgrader.submit", lesson=bank.lesson), bank.lesson))
    for task in tasks:
        names = {"lesson": bank.lesson, "task": task.id}
        if task.kind == "written":
            title = t("nbgrader.written", task=task.id, title=task.title)
            notebook.cells.append(_cell("markdown", title, task.id, task=True, points=task.points))
            notebook.cells.append(_cell("code", TEXT_CELL.format(**names), f"{task.id}-text"))
        else:
            source = POINTS_CELL.format(**names)
            notebook.cells.append(_cell("code", source, task.id, grade=True, points=task.points))
    return notebook


def _cell(kind: str, source: str, name: str, **settings: bool | float) -> Any:  # noqa: ANN401  (as above)
    """Return a cell that learners cannot change, with the settings that nbgrader reads."""
    all_settings = {"schema_version": 3, "grade_id": NOT_IN_A_NAME.sub("-", name), "locked": True}
    all_settings |= {"grade": False, "solution": False, "task": False, **settings}
    cell = NB.v4.new_code_cell(source) if kind == "code" else NB.v4.new_markdown_cell(source)
    cell["id"] = hashlib.sha256(f"nbgrader {name} {source}".encode()).hexdigest()[:12]
    cell.metadata["nbgrader"] = all_settings
    return cell
