"""What nbval compares is there: in every notebook, for every task."""

from __future__ import annotations

import nbformat
import pytest

from copydesk.bank import SOLUTIONS, read_bank
from copydesk.course import find_root
from copydesk.publish.notebook import OF_LESSONS

ROOT = find_root()
COMPARED = "nbval-check-output"
NOTEBOOKS = sorted(path for folder in ("lessons", "exercises", "solutions") for path in (ROOT / folder).glob("*.ipynb"))
SOLVED = sorted((ROOT / "solutions").glob(OF_LESSONS))


def compared(path: object) -> dict[str, str]:
    """Return source and stored output of each compared cell of a notebook."""
    cells = nbformat.read(path, as_version=4).cells
    return {
        cell.source: "".join(
            output.get("text", "") or output.get("data", {}).get("text/plain", "") for output in cell.outputs
        )
        for cell in cells
        if COMPARED in cell.metadata.get("tags", [])
    }


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_compared_cells_have_an_output(path: object) -> None:
    """Each notebook has compared cells, and none of them is empty: an empty one would pass whatever it prints."""
    cells = compared(path)
    assert cells
    assert all(text.strip() for text in cells.values())


@pytest.mark.parametrize("path", SOLVED, ids=lambda path: path.stem)
def test_every_task_is_checked_in_solution_and_exercise(path: object) -> None:
    """For every task the solution's check gives full points, and the exercise's says that it is not answered yet."""
    bank = read_bank(ROOT / SOLUTIONS / f"{path.stem}.yml")  # type: ignore[attr-defined]
    solution, exercise = compared(path), compared(ROOT / "exercises" / path.name)  # type: ignore[attr-defined]
    for entry in bank.tasks:
        call, points = f'desk.check("{entry.task.id}")', f"{entry.task.points:g}"
        full = f"{entry.task.id}: {points} of {points} points."
        marked = f"{entry.task.id}: written and saved. A person marks it against the rubric."
        assert solution[call].strip() == (marked if entry.task.kind == "written" else full)
        assert exercise[call].startswith(f"{entry.task.id}: not answered yet.")
