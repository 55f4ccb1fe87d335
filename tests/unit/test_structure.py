"""The report on the structure counts circles, arrows, comprehensions and lines as a person would."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import structure

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = {
    "__init__.py": "",
    "low.py": "from __future__ import annotations\nimport json\n",
    "middle.py": "import town.low\n",
    "market/__init__.py": "",
    "market/bread.py": "from .fish import price\n",
    "market/fish.py": "def price():\n    from town.market import bread\n",
    "hall/desk.py": "if False:\n    from town.hall.door import Door\nnames = [n for n in {c for c in 'ab'}]\n",
    "hall/door.py": "from town import low, market\nfrom town.hall import desk\nfrom other.town import low\n",
}
SCRIPTS = {
    "main.js": 'import { draw } from "./views/draw.js";\nexport * from "./types.js";\nimport "react";\n',
    "views/draw.js": '/** @typedef {import("../main.js").Main} Main */\nconst later = () => import("../types.js");\n',
    "types.js": "export {};\n",
    "node_modules/other/main.js": 'import "../../main.js";\n',
}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Return a small package whose figures can be counted by hand."""
    return written(tmp_path / "town", PYTHON)


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """Return a few scripts whose figures can be counted by hand."""
    return written(tmp_path / "js", SCRIPTS)


def written(folder: Path, files: dict[str, str]) -> Path:
    """Write files into a folder and return it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def names(groups: list[list[Path]], folder: Path) -> list[list[str]]:
    """Return groups of files by their names below a folder."""
    return [[path.relative_to(folder).as_posix() for path in group] for group in groups]


def test_circles_count_imports_in_functions_and_for_types(town: Path) -> None:
    """A circle is found where one of its imports stands in a function, and where one is for types only."""
    circles = structure.circles(structure.python_graph(town))
    assert names(circles, town) == [["hall/desk.py", "hall/door.py"], ["market/bread.py", "market/fish.py"]]


def test_arrows_lead_from_room_to_room(town: Path) -> None:
    """An arrow is counted once for two rooms, and inside a room its own files are the rooms."""
    graph = structure.python_graph(town)
    assert structure.arrows(graph, town) == {("middle", "low"), ("hall", "low"), ("hall", "market")}
    assert structure.arrows(graph, town / "hall") == {("desk", "door"), ("door", "desk")}


def test_scripts_are_read_with_their_types(scripts: Path) -> None:
    """Types of JSDoc count unless they are left out, packages of other people never do."""
    whole, running = structure.script_graph(scripts), structure.script_graph(scripts, with_types=False)
    assert names(structure.circles(whole), scripts) == [["main.js", "views/draw.js"]]
    assert structure.circles(running) == []
    arrows = {("main", "views"), ("main", "types"), ("views", "types")}
    assert structure.arrows(running, scripts) == arrows
    assert structure.arrows(whole, scripts) == {*arrows, ("views", "main")}


def test_comprehensions_and_lines_are_counted(town: Path) -> None:
    """A comprehension inside another is a second one, and a room has the lines of all its files."""
    assert structure.comprehension_count(town / "hall" / "desk.py") == 2
    lines = structure.lines_by_room(structure.python_files(town), town)
    assert (lines["hall"], lines["market"], lines["low"]) == (6, 3, 2)


def test_the_report_on_this_repository_is_printed() -> None:
    """The script runs, and says something of each figure."""
    done = subprocess.run([sys.executable, structure.__file__], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for figure in ("Circles of files", "Arrows between rooms", "Comprehensions in 1,000 lines", "Lines, Python"):
        assert figure in done.stdout
