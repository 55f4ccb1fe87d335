"""Lays out a course for nbgrader: its exercises, with cells that score the answer file which lies beside a notebook."""

from __future__ import annotations

import hashlib
import re
import shutil
from typing import TYPE_CHECKING, Any

import nbformat

from copydesk.bank import BANKS, SOLUTIONS, read_banks
from copydesk.course import COURSE

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.model.bank import Bank
    from copydesk.model.kinds import Task

NB: Any = nbformat  # it has no annotations
SOURCE, KEYS, CONFIG = "source", "keys", "nbgrader_config.py"
NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_-]")

CONFIG_TEXT = f'''"""Tells nbgrader about this course; `copydesk export nbgrader` wrote it. Start nbgrader here."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
os.environ["COPYDESK_KEYS"] = str(HERE / "{KEYS}")  # the notebooks that nbgrader runs find the keys by it

c = get_config()
c.CourseDirectory.course_id = "{COURSE}"
c.CourseDirectory.root = str(HERE)
c.ExecutePreprocessor.timeout = 120
'''

HAND_IN = "desk.hand_in()"
"""The cell that nbgrader must not run: it would hand in once more, now. The file of answers is handed in as it is."""

HEADING = """## Hand in

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


def export_course(root: Path, folder: Path) -> list[Path]:
    """Write the configuration, the keys and an assignment for each lesson with graded tasks; return what was written.

    What nbgrader makes from them (``release``, ``submitted``, ``autograded``, ``feedback``, its database) is untouched.

    Raises:
        ContentError: a task file cannot be read.
        OSError: the folder cannot be written.
    """
    written = [folder / CONFIG]
    folder.mkdir(parents=True, exist_ok=True)
    written[0].write_text(CONFIG_TEXT, encoding="utf-8")
    for name in [SOLUTIONS, *([BANKS] if (root / BANKS).is_dir() else [])]:
        copied = shutil.copytree(root / name, folder / KEYS / name, dirs_exist_ok=True)
        written += sorted(path for path in copied.rglob("*") if path.is_file())
    for lesson, bank in read_banks(root, SOLUTIONS).items():
        if tasks := [entry.task for entry in bank.tasks if entry.task.group != "baseline"]:
            exercise = NB.read(root / "exercises" / f"{lesson}.ipynb", as_version=4)
            written.append(folder / SOURCE / lesson / f"{lesson}.ipynb")
            written[-1].parent.mkdir(parents=True, exist_ok=True)
            NB.write(assignment(exercise, bank, tasks), written[-1], version=NB.NO_CONVERT)
    return written


def assignment(exercise: Any, bank: Bank, tasks: list[Task]) -> Any:  # noqa: ANN401  (nbformat has no types)
    """Return an exercise with the cells at its end that nbgrader takes the scores from."""
    made = NB.from_dict(exercise)
    last = next(place for place, cell in enumerate(made.cells) if cell.source.strip() == HAND_IN)
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
