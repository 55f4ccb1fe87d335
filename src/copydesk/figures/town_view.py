"""Draws what you see of the invented town from a place in it, from the same data as the plan."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, radians, sin, tan
from typing import TYPE_CHECKING

from copydesk.figures.drawing import Drawing, Point, circle, polygon, polyline
from copydesk.figures.town import (
    BRIDGE,
    EYE,
    HALF_RIVER,
    HALF_VIEW,
    LANDMARKS,
    RIDGE,
    RIVER,
    STATION,
    SUN_AZIMUTH,
    SUN_HEIGHT,
    TRAM_AT,
    TREES,
    VIEWS,
    WALL,
    Box,
    Clues,
    Landmark,
    View,
    blocks,
    clues,
)
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Place = tuple[float, float, float]

WIDTH, HEIGHT, HORIZON = 360, 240, 168
FOCAL = WIDTH / 2 / tan(radians(HALF_VIEW))
NEAREST = 1.0
HOUSE, INSET = 14.0, 5.0
WINDOWS_TO = 130.0
POLE_EVERY, WIRE = 40, 6.5


@dataclass(frozen=True)
class Camera:
    """Converts places in the town to places in the drawing."""

    view: View

    def seen(self, place: Place) -> Place:
        """Return a place as seen: how far to the right, how far above the eye, how far ahead."""
        x, y, height = place
        way = radians(self.view.heading)
        east, north = x - self.view.x, y - self.view.y
        return east * cos(way) - north * sin(way), height - EYE, east * sin(way) + north * cos(way)

    def area(self, places: Iterable[Place]) -> list[Point]:
        """Return an area in the drawing, without what is behind the viewer; empty where all of it is."""
        corners = [self.seen(place) for place in places]
        kept: list[Place] = []
        for here, there in zip(corners, [*corners[1:], *corners[:1]], strict=True):
            if here[2] >= NEAREST:
                kept.append(here)
            if (here[2] >= NEAREST) != (there[2] >= NEAREST):
                share = (NEAREST - here[2]) / (there[2] - here[2])
                across, up, ahead = (one + share * (two - one) for one, two in zip(here, there, strict=True))
                kept.append((across, up, ahead))
        return [_point(place) for place in kept]

    def has(self, points: Sequence[Point]) -> bool:
        """Whether any part of an area is within the drawing."""
        across = [x for x, _ in points]
        return bool(points) and min(across) < WIDTH and max(across) > 0


def _point(place: Place) -> Point:
    across, up, ahead = place
    x, y = WIDTH / 2 + FOCAL * across / ahead, HORIZON - FOCAL * up / ahead
    return max(-2000, min(2000, x)), max(-2000, min(2000, y))


def town_view(name: str) -> Drawing:
    """Draw one of the four views, ``A`` to ``D``. Its text gives the clues, but neither street nor direction.

    Raises:
        KeyError: there is no view of this name.
    """
    view = VIEWS[name]
    camera = Camera(view)
    items = [(box.distance(view.x, view.y), _houses(camera, box)) for box in blocks()]
    items += [(hypot(x - view.x, y - view.y), _tree(camera, x, y)) for x, y in TREES]
    for landmark in LANDMARKS:
        draw = DRAWN.get(landmark.name)
        distance = hypot(landmark.x - view.x, landmark.y - view.y)
        items += [(distance, draw(camera, landmark))] if draw else []
    items += _tram(camera)
    items.append((BRIDGE.distance(view.x, view.y), _bridge(camera)))
    items.sort(key=lambda item: -item[0])
    ground = polygon([(0, HORIZON), (WIDTH, HORIZON), (WIDTH, HEIGHT), (0, HEIGHT)], "paper", line="soft", width=0.4)
    frame = polygon([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], "", width=1.5)
    drawn = "".join(part for _, part in items)
    return Drawing(WIDTH, HEIGHT, _sun(view) + ground + _river(camera) + drawn + frame, describe(name, clues(view)))


def describe(name: str, seen: Clues) -> str:
    """Return the clues of a view in words."""
    names = [t(f"town.seen.{landmark}") for landmark in seen.landmarks]
    parts = [t("town.view", name=name), t("town.view.order", landmarks=", ".join(names))]
    parts.append(t(f"town.view.tram.{seen.tram}"))
    water = sorted(seen.water - {"ahead"})
    parts.append(t(f"town.view.water.{'both' if len(water) > 1 else water[0] if water else 'none'}"))
    trees = "right" if "right" in seen.trees else "left" if "left" in seen.trees else "ahead"
    parts.append(t(f"town.view.trees.{trees if seen.trees else 'none'}"))
    parts.append(t(f"town.view.sun.{seen.sun}"))
    return " ".join(parts)


def _is_lit(east: float, north: float) -> bool:
    """Whether a wall facing this way is in the sun."""
    return east * sin(radians(SUN_AZIMUTH)) + north * cos(radians(SUN_AZIMUTH)) > 0


def _sides(box: Box, view: View) -> Iterator[tuple[Point, Point, Point]]:
    """Yield the sides of a box that face the viewer: two ends, and where the side faces."""
    west, south, east, north = box
    if view.x < west:
        yield (west, north), (west, south), (-1, 0)
    if view.x > east:
        yield (east, south), (east, north), (1, 0)
    if view.y < south:
        yield (west, south), (east, south), (0, -1)
    if view.y > north:
        yield (east, north), (west, north), (0, 1)


def _houses(camera: Camera, box: Box) -> str:
    """Return a row of houses: walls, lit or not, roofs, and windows if they are near."""
    parts = []
    for (x1, y1), (x2, y2), (east, north) in _sides(box, camera.view):
        wall = camera.area([(x1, y1, 0), (x2, y2, 0), (x2, y2, WALL), (x1, y1, WALL)])
        if not camera.has(wall):
            continue
        back = [(x - INSET * east, y - INSET * north, RIDGE) for x, y in ((x2, y2), (x1, y1))]
        parts.append(polygon(camera.area([(x1, y1, WALL), (x2, y2, WALL), *back]), "roof"))
        parts.append(polygon(wall, "light" if _is_lit(east, north) else "shade"))
        if box.distance(camera.view.x, camera.view.y) < WINDOWS_TO:
            parts.append(_windows(camera, (x1, y1), (x2, y2)))
    return "".join(parts)


def _windows(camera: Camera, one: Point, two: Point) -> str:
    """Return the joints between houses, and two windows per house, for a wall between two places."""
    length = hypot(two[0] - one[0], two[1] - one[1])
    parts = []

    def on_wall(metres: float, height: float) -> Place:
        share = metres / length
        return one[0] + share * (two[0] - one[0]), one[1] + share * (two[1] - one[1]), height

    houses = round(length / HOUSE)
    for house in range(houses):
        start = house * length / houses
        joint = camera.area([on_wall(start, 0), on_wall(start, WALL), on_wall(start, WALL)])
        if len(joint) > 1 and camera.has(joint):
            parts.append(polyline(joint[:2], width=0.5))
        for left in (3.0, 8.5):
            window = [on_wall(start + left + dx, height) for dx, height in ((0, 3), (2.4, 3), (2.4, 5.4), (0, 5.4))]
            pane = camera.area(window)
            if camera.has(pane) and len(pane) == len(window):
                parts.append(polygon(pane, "soft", line=""))
    return "".join(parts)


def _flat(camera: Camera, landmark: Landmark, outline: Sequence[Point], fill: str) -> str:
    """Return a shape that faces the viewer: ``outline`` is in metres from the foot of a landmark."""
    across, _, ahead = camera.seen((landmark.x, landmark.y, 0))
    if ahead < NEAREST:
        return ""
    points = [_point((across + x, height - EYE, ahead)) for x, height in outline]
    return polygon(points, fill) if camera.has(points) else ""


def _tower(camera: Camera, tower: Landmark) -> str:
    high = tower.height
    shaft = _flat(camera, tower, [(-5, 0), (5, 0), (5, high - 18), (-5, high - 18)], "light")
    dark = _flat(camera, tower, [(1, 0), (5, 0), (5, high - 18), (1, high - 18)], "shade")
    clock = _flat(camera, tower, [(-2.5, high - 25), (2.5, high - 25), (2.5, high - 20), (-2.5, high - 20)], "paper")
    return shaft + dark + clock + _flat(camera, tower, [(-6, high - 18), (6, high - 18), (0, high)], "roof")


def _chimney(camera: Camera, chimney: Landmark) -> str:
    high = chimney.height
    shaft = _flat(camera, chimney, [(-3.4, 0), (3.4, 0), (2, high), (-2, high)], "roof")
    bands = ""
    for height in (high - 12, high - 6):
        bands += _flat(camera, chimney, [(-2.6, height), (2.6, height), (2.6, height + 2), (-2.6, height + 2)], "paper")
    return shaft + bands


def _water_tower(camera: Camera, tower: Landmark) -> str:
    high = tower.height
    legs = ""
    for foot, top in ((-7, -4), (6, 3), (-0.5, -0.5)):
        legs += _flat(camera, tower, [(foot, 0), (foot + 1.2, 0), (top + 1.2, high - 14), (top, high - 14)], "ink")
    tank = [(-9, high - 14), (9, high - 14), (10, high - 8), (6, high - 2), (0, high), (-6, high - 2), (-10, high - 8)]
    return legs + _flat(camera, tower, tank, "water")


def _station(camera: Camera, station: Landmark) -> str:
    west, south, east, _ = STATION
    hall = camera.area([(west, south, 0), (east, south, 0), (east, south, 11), (west, south, 11)])
    if not camera.has(hall):
        return ""
    gable = [(-14, 0), (14, 0), (14, 12), (0, station.height), (-14, 12)]
    doors = ""
    for door in (-9, -2, 5):
        doors += _flat(camera, station, [(door, 0), (door + 4, 0), (door + 4, 6), (door, 6)], "soft")
    clock = [(-2, 10), (2, 10), (2, 14), (-2, 14)]
    front = Landmark("station", station.x, south, station.height)
    return polygon(hall, "light") + _flat(camera, front, gable, "light") + doors + _flat(camera, front, clock, "paper")


DRAWN: dict[str, Callable[[Camera, Landmark], str]] = {
    "tower": _tower,
    "chimney": _chimney,
    "water_tower": _water_tower,
    "station": _station,
}


def _tree(camera: Camera, x: float, y: float) -> str:
    across, _, ahead = camera.seen((x, y, 0))
    if ahead < NEAREST:
        return ""
    foot, crown = _point((across, -EYE, ahead)), _point((across, 6 - EYE, ahead))
    size = FOCAL * 3.6 / ahead
    if not -size < crown[0] < WIDTH + size:
        return ""
    return polyline([foot, crown], width=max(0.8, size / 6)) + circle(crown, size, "green")


def _tram(camera: Camera) -> list[tuple[float, str]]:
    """Return poles, wires and rails of the tram, in pieces that can be hidden one by one."""
    pieces = []
    for x in range(-60, 520, POLE_EVERY):
        ends = (x, x + POLE_EVERY)
        parts = []
        for y, height in ((TRAM_AT - 1.5, WIRE), (TRAM_AT + 1.5, WIRE), (TRAM_AT - 2.2, 0), (TRAM_AT + 2.2, 0)):
            line = camera.area([(ends[0], y, height), (ends[1], y, height), (ends[1], y, height)])
            if camera.has(line):
                parts.append(polyline(line, width=1.1 if height else 0.8, line="ink" if height else "soft"))
        for y in (TRAM_AT - 9.5, TRAM_AT + 9.5):
            pole = camera.area([(x, y, 0), (x, y, WIRE + 1), (x, y, WIRE + 1)])
            if camera.has(pole):
                parts.append(polyline(pole, width=1.4))
        cross = camera.area([(x, TRAM_AT - 9.5, WIRE + 1), (x, TRAM_AT, WIRE), (x, TRAM_AT + 9.5, WIRE + 1)])
        if camera.has(cross):
            parts.append(polyline(cross, width=0.7))
        distance = Box(x, TRAM_AT - 2, x + POLE_EVERY, TRAM_AT + 2).distance(camera.view.x, camera.view.y)
        pieces.append((distance, "".join(parts)))
    return pieces


def _river(camera: Camera) -> str:
    """Return the water: each stretch of the river as an area on the ground."""
    left, right = [], []
    for place, (x, y) in enumerate(RIVER):
        before, after = RIVER[max(place - 1, 0)], RIVER[min(place + 1, len(RIVER) - 1)]
        length = hypot(after[0] - before[0], after[1] - before[1])
        east, north = (after[0] - before[0]) / length, (after[1] - before[1]) / length
        left.append((x - HALF_RIVER * north, y + HALF_RIVER * east, 0.0))
        right.append((x + HALF_RIVER * north, y - HALF_RIVER * east, 0.0))
    parts = []
    for place in range(len(RIVER) - 1):
        water = camera.area([left[place], left[place + 1], right[place + 1], right[place]])
        if camera.has(water):
            parts.append(polygon(water, "water", line="water"))
    return "".join(parts)


def _bridge(camera: Camera) -> str:
    """Return the bridge: its arches seen from the side, or from its middle the road with a rail on either side."""
    view = camera.view
    if BRIDGE.has(view.x, view.y):
        road = [(BRIDGE.west, view.y, 0), (BRIDGE.east, view.y, 0), (BRIDGE.east, BRIDGE.north, 0)]
        parts = [polygon(camera.area([*road, (BRIDGE.west, BRIDGE.north, 0)]), "paper")]
        for x in (BRIDGE.west, BRIDGE.east):
            rail = [(x, view.y, 1.1), (x, BRIDGE.north, 1.1), (x, BRIDGE.north, 0), (x, view.y, 0)]
            parts.append(polygon(camera.area(rail), "shade"))
        return "".join(parts)
    x = BRIDGE.east if view.x > BRIDGE.east else BRIDGE.west
    side: list[Place] = [(x, BRIDGE.north, 7.5), (x, BRIDGE.south, 7.5), (x, BRIDGE.south, 0)]
    arches = 3
    span = (BRIDGE.north - BRIDGE.south) / arches
    for arch in range(arches):
        for step in range(9):
            share = step / 8
            y = BRIDGE.south + (arch + 0.08 + 0.84 * share) * span
            side.append((x, y, 6 * (1 - (2 * share - 1) ** 2)))
    side.append((x, BRIDGE.north, 0))
    area = camera.area(side)
    return polygon(area, "light" if _is_lit(1 if view.x > x else -1, 0) else "shade") if camera.has(area) else ""


def _sun(view: View) -> str:
    """Return the sun, if it is in the view."""
    away = (SUN_AZIMUTH - view.heading + 180) % 360 - 180
    if abs(away) >= HALF_VIEW:
        return ""
    x = WIDTH / 2 + FOCAL * tan(radians(away))
    y = HORIZON - FOCAL * tan(radians(SUN_HEIGHT)) / cos(radians(away))
    rays = ""
    for step in range(12):
        ray = (cos(radians(30 * step)), sin(radians(30 * step)))
        rays += polyline([(x + 16 * ray[0], y + 16 * ray[1]), (x + 22 * ray[0], y + 22 * ray[1])])
    return rays + circle((x, y), 12, "light")


__all__ = ["describe", "town_view"]
