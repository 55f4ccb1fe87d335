"""An invented town as data: what is where, and what you see from a place in a given direction.

Plan and views are both drawn from this, so they cannot disagree. Lengths are in metres: x runs east, y north.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians, sin
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

HALF_STREET = 12.0
WALL, RIDGE, EYE = 7.0, 10.0, 2.0
"""The heights of house walls and roofs, and of the viewer's eye."""

HALF_VIEW = 38.0
"""In degrees: how far a view goes to either side."""

SEEN_FROM = 0.02
"""The least of a landmark above the roofs, as a slope, that counts as seen."""

SUN_AZIMUTH, SUN_HEIGHT = 240.0, 18.0
"""In degrees: where the sun is, clockwise from north, and how high."""

NEAR, FAR = 25.0, 700.0


class Box(NamedTuple):
    """A piece of ground with its sides parallel to the streets."""

    west: float
    south: float
    east: float
    north: float

    def has(self, x: float, y: float) -> bool:
        """Whether a place is in it."""
        return self.west < x < self.east and self.south < y < self.north

    def distance(self, x: float, y: float) -> float:
        """Return the distance from a place to its nearest point."""
        return hypot(max(self.west - x, 0, x - self.east), max(self.south - y, 0, y - self.north))


@dataclass(frozen=True)
class Landmark:
    """Something to find your way by."""

    name: str
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Street:
    """A straight street: its name, whether it runs north or east, and where."""

    name: str
    runs: str
    at: float


@dataclass(frozen=True)
class View:
    """A view from street level: where the viewer is, and the direction, clockwise from north."""

    x: float
    y: float
    heading: float


STREETS = (
    Street("Elm Street", "north", 0),
    Street("Bridge Street", "north", 110),
    Street("Oak Street", "north", 220),
    Street("Lime Street", "north", 330),
    Street("Ash Street", "north", 440),
    Street("The Quay", "east", 0),
    Street("Mill Street", "east", 100),
    Street("Market Street", "east", 200),
    Street("Station Street", "east", 300),
)

SQUARE = Box(122, 112, 208, 188)
STATION = Box(170, 318, 270, 334)
TREES = ((132, 124), (132, 150), (132, 176), (165, 124), (165, 176), (198, 124), (198, 150), (198, 176))
TRAM_AT = 200.0
BRIDGE = Box(102, -100, 118, -20)

LANDMARKS = (
    Landmark("tower", 250, 175, 58),
    Landmark("chimney", 52, 26, 64),
    Landmark("water_tower", 400, 250, 52),
    Landmark("station", 220, 326, 18),
    Landmark("bridge", 110, -60, 9),
)

RIVER = ((-300.0, -60.0), (120.0, -60.0), (250.0, -60.0), (370.0, -85.0), (450.0, -150.0), (520.0, -260.0))
"""The middle of the river, which is twice ``HALF_RIVER`` wide."""

HALF_RIVER = 36.0

VIEWS = {
    "A": View(110, -62, 0),
    "B": View(300, 0, 270),
    "C": View(24, 200, 90),
    "D": View(220, 36, 0),
}
"""The four views; each shows one street, in one direction."""


@cache
def blocks() -> tuple[Box, ...]:
    """Return the pieces of ground that rows of houses cover."""
    columns = sorted(street.at for street in STREETS if street.runs == "north")
    rows = sorted(street.at for street in STREETS if street.runs == "east")
    found = []
    for west, east in pairwise(columns):
        left, right = west + HALF_STREET, east - HALF_STREET
        for south, north in pairwise(rows):
            box = Box(left, south + HALF_STREET, right, north - HALF_STREET)
            if box != SQUARE:
                found.append(box)
        north_row = Box(left, rows[-1] + HALF_STREET, right, rows[-1] + 40)
        if north_row.distance(STATION.west, STATION.south) and north_row.distance(STATION.east, STATION.south):
            found.append(north_row)
    return tuple(found)


def is_water(x: float, y: float) -> bool:
    """Whether a place is in the river."""
    for (x1, y1), (x2, y2) in pairwise(RIVER):
        along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2)
        along = min(1, max(0, along))
        if hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1)) < HALF_RIVER:
            return True
    return False


def turn(view: View, x: float, y: float) -> float:
    """Return how far right of the middle of a view a place is, in degrees; negative to the left."""
    return (degrees(atan2(x - view.x, y - view.y)) - view.heading + 180) % 360 - 180


def clearance(view: View, landmark: Landmark) -> float:
    """Return how much of a landmark shows above the roofs in front of it, as a slope; hidden if below 0."""
    distance = hypot(landmark.x - view.x, landmark.y - view.y)
    roofs = [0.0]
    for box in blocks():
        near = _entry(box, view, landmark)
        if near is not None:
            roofs.append((RIDGE - EYE) / max(near * distance, 1))
    return (landmark.height - EYE) / distance - max(roofs)


def landmarks_from_left(view: View) -> tuple[str, ...]:
    """Return the landmarks seen in a view, from left to right."""
    seen = []
    for landmark in LANDMARKS:
        place = turn(view, landmark.x, landmark.y)
        far = hypot(landmark.x - view.x, landmark.y - view.y)
        if abs(place) < HALF_VIEW and NEAR < far < FAR and clearance(view, landmark) > SEEN_FROM:
            seen.append((place, landmark.name))
    return tuple(name for _, name in sorted(seen))


@dataclass(frozen=True)
class Clues:
    """What tells one view from another."""

    landmarks: tuple[str, ...]
    tram: str
    water: frozenset[str]
    trees: frozenset[str]
    sun: str
    goes_on: bool


def clues(view: View) -> Clues:
    """Return what a view shows, worked out from the plan."""
    water, trees = set(), set()
    goes_on = len(list(_along(view, 0))) > 10  # noqa: PLR2004  (no wall right ahead)
    for step in range(-36, 37, 4):
        side = "left" if step < -8 else "right" if step > 8 else "ahead"  # noqa: PLR2004  (degrees)
        for place in _along(view, step):
            if is_water(*place) and not BRIDGE.has(*place):
                water.add(side)
            if SQUARE.has(*place):
                trees.add(side)
    return Clues(landmarks_from_left(view), _tram(view), frozenset(water), frozenset(trees), sun_side(view), goes_on)


def sun_side(view: View) -> str:
    """Return where the sun is, as seen in a view."""
    away = (SUN_AZIMUTH - view.heading + 180) % 360 - 180
    side = "left" if away < 0 else "right"
    return f"ahead_{side}" if abs(away) < HALF_VIEW else f"behind_{side}" if abs(away) > 90 else side  # noqa: PLR2004


def _tram(view: View) -> str:
    """Return whether tram wires run along a view, cross it, or neither."""
    ahead = (TRAM_AT - view.y) * cos(radians(view.heading))
    if abs(sin(radians(view.heading))) > 0.5:  # noqa: PLR2004  (it looks east or west)
        return "along" if abs(view.y - TRAM_AT) < HALF_STREET else "none"
    return "across" if 0 < ahead < 300 else "none"  # noqa: PLR2004  (metres)


def _along(view: View, step: float) -> Iterator[tuple[float, float]]:
    """Yield places along a line of sight, until a house blocks it."""
    way = radians(view.heading + step)
    houses = blocks()
    for metres in range(8, 150, 4):
        x, y = view.x + metres * sin(way), view.y + metres * cos(way)
        if any(box.has(x, y) for box in houses):
            return
        yield x, y


def _entry(box: Box, view: View, landmark: Landmark) -> float | None:
    """Return the share of the way to a landmark at which it enters a box; None if it does not."""
    first, last = 0.0, 1.0
    for start, end, low, high in (
        (view.x, landmark.x, box.west, box.east),
        (view.y, landmark.y, box.south, box.north),
    ):
        if abs(end - start) < 1e-9:  # noqa: PLR2004  (the way runs along the street)
            if not low < start < high:
                return None
            continue
        one, two = sorted(((low - start) / (end - start), (high - start) / (end - start)))
        first, last = max(first, one), min(last, two)
    return first if first < last else None
