"""The page of the article locks each layer with the tasks that lock it in the lessons."""

from __future__ import annotations

import ast
import json
import re

from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.publish.article_page import pane_html
from copydesk.release.notebooks import read_notebook

ROOT = find_root()
COURSE = Course(ROOT)


def locks_in_lessons() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the tasks that each lesson names in ``desk.read(after=…)``, by layer and lesson."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for path in sorted((ROOT / "lessons").glob("0[1-5]*.ipynb")):
        for cell in read_notebook(path).cells:
            if cell.cell_type == "code" and "desk.read(" in cell.source:
                for after in re.findall(r"after=(\{.*?\})", cell.source, re.DOTALL):
                    for layer, tasks in ast.literal_eval(after).items():
                        found.setdefault(layer, {})[path.stem] = tuple(tasks)
    return found


def test_layers_are_locked_as_in_the_lessons() -> None:
    """The page gives nothing away that a lesson keeps back; the layer of verdicts stays in its lesson."""
    assert locks_in_lessons() == COURSE.facts.locks


def test_the_page_reads_and_waits() -> None:
    """It holds the whole article, the layers with their locks, and where each lock's answer is kept; no answers."""
    html = pane_html(COURSE)
    content = json.loads(re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL)[0])
    assert (content["view"], content["lesson"], len(content["sentences"])) == ("reading", "all", 25)
    assert [layer["id"] for layer in content["layers"]] == list(COURSE.facts.locks)
    assert all(layer["after"] and layer["hidden_note"] for layer in content["layers"])
    rows = {row["id"]: row for row in content["required"]}
    assert set(rows) == {task for layer in content["layers"] for task in layer["after"]}
    assert all(name == f"{row['lesson']}/{row['task']}" for name, row in rows.items())
    assert rows["02-attribution/T1"]["check"] is False
    assert rows["01-provenance/P4"]["check"] is True
