"""Draws the rooms of the package and their imports into docs/architecture.svg.

python tests/draw_rooms.py

A room stands one level above the highest room that it imports. An arrow that follows from others is left out.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import structure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PICTURE = structure.ROOT / "docs" / "architecture.svg"
WIDTH, HEIGHT, GAP, LEVEL = 150, 30, 14, 74
MARGIN = 20
STYLE = """
text { font: 13px system-ui, sans-serif; text-anchor: middle; dominant-baseline: central; fill: #1b1f24 }
rect { fill: #eef3f8; stroke: #34567a; rx: 5px }
rect.grading { fill: #f6efe2; stroke: #8a6116 }
path { fill: none; stroke: #7b8794; stroke-width: 1.2 }
@media (prefers-color-scheme: dark) {
  svg { background: #14181d }
  text { fill: #e8edf2 }
  rect { fill: #1f2c3a; stroke: #8fb4dc }
  rect.grading { fill: #33291a; stroke: #d9b36a }
  path { stroke: #8a96a3 }
}
"""
Rooms = dict[str, set[str]]
"""For each room the rooms that it imports."""


def room_of(path: Path) -> str:
    """Return the room of a file: its folder, a folder inside ``grading``, or a module beside the rooms."""
    first, *rest = path.relative_to(structure.PACKAGE).parts
    if first == "grading":
        return f"grading/{rest[0]}" if len(rest) > 1 else "grading/run"
    return first.removesuffix(".py")


def rooms() -> Rooms:
    """Return the rooms of the package and what they import, but for ``copydesk`` itself and ``python -m``."""
    found: Rooms = {}
    for path, targets in structure.python_graph(structure.PACKAGE).items():
        room = room_of(path)
        found.setdefault(room, set()).update(map(room_of, targets))
    for name in ("__init__", "__main__"):
        found.pop(name, None)
    return {room: targets - {room, "__init__", "__main__"} for room, targets in found.items()}


def levels(graph: Mapping[str, set[str]]) -> dict[str, int]:
    """Return how high each room stands: at 0 those that import nothing."""
    heights: dict[str, int] = {}

    def height(room: str) -> int:
        if room not in heights:
            heights[room] = max((height(target) + 1 for target in graph[room]), default=0)
        return heights[room]

    for room in graph:
        height(room)
    return heights


def reduced(graph: Mapping[str, set[str]]) -> Rooms:
    """Return the imports without those that follow from others."""
    reached: Rooms = {}

    def reach(room: str) -> set[str]:
        if room not in reached:
            reached[room] = set(graph[room])
            for target in graph[room]:
                reached[room] |= reach(target)
        return reached[room]

    direct: Rooms = {}
    for room, targets in graph.items():
        indirect: set[str] = set()
        for target in targets:
            indirect |= reach(target)
        direct[room] = targets - indirect
    return direct


def drawing(graph: Mapping[str, set[str]]) -> str:
    """Return the picture: the rooms in rows, the highest at the top, and arrows down to what they import."""
    heights = levels(graph)
    top = max(heights.values())
    rows: dict[int, list[str]] = {}
    for room in sorted(graph):
        rows.setdefault(heights[room], []).append(room)
    wide = max(map(len, rows.values())) * (WIDTH + GAP) + 2 * MARGIN
    tall = top * LEVEL + HEIGHT + 2 * MARGIN
    places: dict[str, tuple[float, float]] = {}
    for level, names in rows.items():
        left = (wide - len(names) * (WIDTH + GAP) + GAP) / 2
        for number, room in enumerate(names):
            places[room] = left + number * (WIDTH + GAP), MARGIN + (top - level) * LEVEL
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" role="img" aria-labelledby="title">',
        '<title id="title">The rooms of Copy Desk, and what each imports</title>',
        f"<style>{STYLE}</style>",
    ]
    for room, targets in sorted(reduced(graph).items()):
        parts += [arrow(places[room], places[target]) for target in sorted(targets)]
    parts += [box(room, *places[room]) for room in sorted(places)]
    return "\n".join([*parts, "</svg>", ""])


def arrow(upper: tuple[float, float], lower: tuple[float, float]) -> str:
    """Return a line from the foot of one room to the head of another."""
    x, y = upper[0] + WIDTH / 2, upper[1] + HEIGHT
    end_x, end_y = lower[0] + WIDTH / 2, lower[1]
    middle = (y + end_y) / 2
    return f'<path d="M{x:g} {y:g}C{x:g} {middle:g} {end_x:g} {middle:g} {end_x:g} {end_y:g}"/>'


def box(room: str, x: float, y: float) -> str:
    """Return a room with its name."""
    kind = ' class="grading"' if room.startswith("grading/") else ""
    name = f'<text x="{x + WIDTH / 2:g}" y="{y + HEIGHT / 2:g}">{escape(room)}</text>'
    return f'<rect{kind} x="{x:g}" y="{y:g}" width="{WIDTH}" height="{HEIGHT}"/>{name}'


if __name__ == "__main__":
    PICTURE.write_text(drawing(rooms()), encoding="utf-8", newline="\n")
