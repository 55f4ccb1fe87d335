"""The code keeps to its rooms: the table of docs/architecture.md holds for every file, and there is no circle."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import draw_rooms
import pytest
import structure
from draw_rooms import room_of

import copydesk

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path(copydesk.__file__).parent
LINE = re.compile(r"^\| `(?P<room>(?!js/)[a-z_/]+)` \|[^|]*\|(?P<allowed>[^|]*)\|[^|]*\|$", re.MULTILINE)
TABLE = {
    found["room"]: set(re.findall("`([a-z_/]+)`", found["allowed"]))
    for found in LINE.finditer((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"))
}
"""For each room, the lowest first, the rooms that its files may import."""

GRAPH = structure.python_graph(PACKAGE)


def files() -> list[Path]:
    """Return the files of the package; ``copydesk`` itself only opens lessons, and ``python -m`` the commands."""
    return [path for path in GRAPH if path not in {PACKAGE / "__init__.py", PACKAGE / "__main__.py"}]


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_file_imports_what_its_room_may(path: Path) -> None:
    """A file imports its own room and those that its row names, for types and inside functions too."""
    rooms = {room_of(target) for target in GRAPH[path]}
    assert rooms - {room_of(path)} <= TABLE[room_of(path)]


def test_no_row_imports_upward() -> None:
    """A row names only rooms that stand above it in the table."""
    order = list(TABLE)
    assert [
        (room, allowed)
        for room, named in TABLE.items()
        for allowed in named
        if order.index(allowed) >= order.index(room)
    ] == []


def test_every_row_is_needed() -> None:
    """A row names no room that no file of it imports, and no room is missing."""
    used: dict[str, set[str]] = {room_of(path): set() for path in files()}
    for path in files():
        used[room_of(path)] |= {room_of(target) for target in GRAPH[path]}
    assert set(used) == set(TABLE)
    assert {room: allowed - used[room] for room, allowed in TABLE.items() if allowed - used[room]} == {}


def test_there_is_no_circle() -> None:
    """No file reaches itself by its imports, those for types and inside functions counted."""
    assert structure.circles(GRAPH) == []


def test_importing_copydesk_is_quick() -> None:
    """``import copydesk`` loads neither pandas, nor matplotlib, nor anywidget, nor pydantic."""
    code = (
        "import sys, copydesk; print(*(m for m in ('pandas','matplotlib','anywidget','pydantic') if m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip() == ""


def test_modules_open_with_a_sentence() -> None:
    """Each module says in its first line what it is responsible for, and none is longer than 400 lines."""
    for path in structure.python_files(PACKAGE):
        text = path.read_text(encoding="utf-8")
        docstring = ast.get_docstring(ast.parse(text)) or ""
        assert docstring.split("\n")[0].endswith("."), path
        assert len(text.splitlines()) <= 400, path


def test_the_picture_is_the_code() -> None:
    """The picture in the documentation shows today's rooms and imports; ``python tests/draw_rooms.py`` draws it."""
    assert draw_rooms.PICTURE.read_text(encoding="utf-8") == draw_rooms.drawing(draw_rooms.rooms())
