"""How soon a lesson gives its reader something to do, and that no heading stands twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from copydesk.checks.length import Page
from copydesk.release.notebooks import read_notebook

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 120
"""So many words may stand before the first thing to do."""

FOLD = re.compile(r"<details>.*?</details>", re.DOTALL)
LESSONS = sorted((ROOT / "lessons").glob("*.ipynb"))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_first_thing_to_do_comes_soon(path: Path) -> None:
    """Nobody reads more than 120 words before there is something to do."""
    assert 0 < Page(path).words_before_first_task <= LIMIT


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_what_a_lesson_is_about_stands_in_one_fold(path: Path) -> None:
    """Before you start, objectives and minutes are in the fold, and the fold comes before the first task."""
    text = "\n".join(cell.source for cell in read_notebook(path).cells[:5])
    assert len(FOLD.findall(text)) == 1
    assert "<summary>About this lesson</summary>" in text
    assert re.search(r"^#+ (?:Before you start|Objectives)", text, re.MULTILINE) is None
