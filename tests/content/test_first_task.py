"""How soon a lesson gives its reader something to do, and that no heading stands twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from copydesk.release.notebooks import FOR_LAB, read_notebook, tags_of

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 120
"""So many words may stand before the first thing to do."""

TASK = re.compile(r"^desk\.(?:quiz|task|form)\(", re.MULTILINE)
FOLD = re.compile(r"<details>.*?</details>", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
WORD = re.compile(r"\w[\w'’-]*")
LESSONS = sorted((ROOT / "lessons").glob("*.ipynb"))


def words_before_first_task(path: Path) -> int:
    """Return how many words of a lesson stand before its first task, without folds and what JupyterLab alone has."""
    count = 0
    for cell in read_notebook(path).cells:
        if cell.cell_type == "code" and TASK.search(cell.source):
            return count
        if cell.cell_type == "markdown" and FOR_LAB not in tags_of(cell):
            count += len(WORD.findall(COMMENT.sub("", FOLD.sub("", cell.source))))
    raise AssertionError(path)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_first_thing_to_do_comes_soon(path: Path) -> None:
    """Nobody reads more than 120 words before there is something to do."""
    assert words_before_first_task(path) <= LIMIT


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_what_a_lesson_is_about_stands_in_one_fold(path: Path) -> None:
    """Before you start, objectives and minutes are in the fold, and the fold comes before the first task."""
    text = "\n".join(cell.source for cell in read_notebook(path).cells[:5])
    assert len(FOLD.findall(text)) == 1
    assert "<summary>About this lesson</summary>" in text
    assert re.search(r"^#+ (?:Before you start|Objectives)", text, re.MULTILINE) is None
