"""What nbval compares is there: in every notebook, for every task."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import nbformat
import pytest

from copydesk.answers.baseline import is_statement
from copydesk.course.bank_files import SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.release.notebooks import OF_LESSONS

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()
COMPARED = "nbval-check-output"
CHECK = re.compile(r"""desk\.check\("([^"]+)"\)$""")
NOTEBOOKS = sorted(path for folder in ("lessons", "exercises", "solutions") for path in (ROOT / folder).glob("*.ipynb"))
SOLVED = sorted((ROOT / "solutions").glob(OF_LESSONS))


def compared(path: Path) -> dict[str, str]:
    """Return source and stored output of each compared cell of a notebook."""
    cells = nbformat.read(path, as_version=4).cells
    return {
        cell.source: "\n".join(
            output.get("text", "") or output.get("data", {}).get("text/plain", "") for output in cell.outputs
        )
        for cell in cells
        if COMPARED in cell.metadata.get("tags", [])
    }


def has_form(path: Path) -> bool:
    """Return whether a notebook shows a form of the baseline."""
    return any("desk.form(" in cell.source for cell in nbformat.read(path, as_version=4).cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_compared_cells_have_an_output(path: Path) -> None:
    """No compared cell is empty, for it would pass whatever it prints; one with more than a form has some."""
    cells = compared(path)
    assert cells or path.parent.name == "lessons" or has_form(path)
    assert all(text.strip() for text in cells.values())


def checks(path: Path) -> dict[str, str]:
    """Return what each ``desk.check`` of a notebook prints, by task; a cell may check several."""
    found: dict[str, str] = {}
    for source, text in compared(path).items():
        names = [match[1] for match in map(CHECK.match, source.splitlines()) if match]
        if len(names) == len(source.splitlines()):
            found |= zip(names, text.splitlines(), strict=True)
    return found


@pytest.mark.parametrize("path", SOLVED, ids=lambda path: path.stem)
def test_every_task_is_checked_in_solution_and_exercise(path: Path) -> None:
    """For every task the solution's check gives full points, and the exercise's says that it is not answered yet."""
    bank = Course(ROOT).bank(SOLUTIONS, path.stem)
    shown = [entry.task for entry in bank.tasks if has_form(path) or entry.task.group != "baseline"]
    tasks = [task for task in shown if not is_statement(task)]
    solution, exercise = checks(path), checks(ROOT / "exercises" / path.name)
    assert sorted(solution) == sorted(exercise) == sorted(task.id for task in tasks)
    for task in tasks:
        full = f"{task.id}: {task.points:g} of {task.points:g} points."
        marked = f"{task.id}: written and saved. A person marks it against the rubric."
        answered = f"{task.id}: complete and saved. It will be in your submission."
        said = marked if task.kind == "written" else answered if task.group == "baseline" else full
        assert solution[task.id] == said
        assert exercise[task.id].startswith(f"{task.id}: not answered yet.")
