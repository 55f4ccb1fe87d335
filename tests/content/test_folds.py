"""What is folded in the lessons: a fold holds text, and no section of the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from copydesk.release.notebooks import read_notebook

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(path for folder in ("lessons", "exercises") for path in (ROOT / folder).glob("*.ipynb"))
FOLD = re.compile(r"<details\b.*?</details>", re.DOTALL)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_heading_is_in_a_fold(path: Path) -> None:
    """A heading within a fold would begin a section that the end of the fold closes, with all that follows it."""
    for cell in read_notebook(path).cells:
        if cell.cell_type != "markdown":
            continue
        for fold in FOLD.findall(cell.source):
            assert re.search(r"^#{1,6} ", fold, re.MULTILINE) is None, fold[:80]
        assert cell.source.count("<details") == cell.source.count("</details>")
