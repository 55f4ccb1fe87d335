"""Draws the plan of the invented town."""

from __future__ import annotations

from math import cos, radians, sin

from copydesk.figures.drawing import Drawing, Point, circle, ink, label, polygon, polyline
from copydesk.figures.town import (
    BRIDGE,
    HALF_RIVER,
    LANDMARKS,
    RIVER,
    SQUARE,
    STATION,
    STREETS,
    SUN_AZIMUTH,
    TRAM_AT,
    TREES,
    Box,
    blocks,
)
from copydesk.text import t

WIDTH, HEIGHT = 360, 396
SCALE, WEST, NORTH = 0.745, -22.0, 362.0
TOWN = (-22.0, 461.0)
"""How far the plan extends from west to east, in metres."""


def town_plan() -> Drawing:
    """Draw the plan: streets with their names, river, bridge, station, square, towers, chimney, tram, where the sun is.

    North is up.
    """
    parts = [
        polyline(map(_at, RIVER), line="water", width=2 * HALF_RIVER * SCALE),
        *[polygon(_corners(box), "shade") for box in blocks()],
        polygon(_corners(SQUARE), "green"),
        *[circle(_at(tree), 4, "green") for tree in TREES],
        polygon(_corners(BRIDGE), "paper"),
        polygon(_corners(STATION), "roof"),
        polyline([_at((TOWN[0], TRAM_AT)), _at((TOWN[1], TRAM_AT))], width=1, dash="2 5"),
        *_street_names(),
        *_landmarks(),
        *_compass(),
    ]
    streets = ", ".join(street.name for street in STREETS if street.runs == "north")
    across = ", ".join(street.name for street in STREETS if street.runs == "east")
    return Drawing(WIDTH, HEIGHT, "".join(parts), t("town.plan.alt", streets=streets, across=across))


def _at(place: Point) -> Point:
    x, y = place
    return (x - WEST) * SCALE, (NORTH - y) * SCALE


def _corners(box: Box) -> list[Point]:
    west, south, east, north = box
    return [_at(place) for place in ((west, south), (east, south), (east, north), (west, north))]


def _street_names() -> list[str]:
    """Return the names, each in its street."""
    names = []
    for street in STREETS:
        if street.runs == "north":
            x, y = _at((street.at, 46))
            names.append(label((x + 4.5, y), street.name, turned=True))
        else:
            x, y = _at((275, street.at))
            halo = f"paint-order:stroke;stroke:{ink('paper')};stroke-width:5px"
            names.append(label((x, y + 4.5), street.name, look=halo))
    return names


def _landmarks() -> list[str]:
    """Return the symbols of the landmarks with their names."""
    parts = []
    offsets = {"tower": (0, 22), "chimney": (0, -10), "water_tower": (0, 22), "station": (0, -13), "bridge": (34, 5)}
    for landmark in LANDMARKS:
        x, y = _at((landmark.x, landmark.y))
        if landmark.name == "tower":
            parts.append(polygon([(x - 5, y + 5), (x + 5, y + 5), (x + 5, y - 5), (x - 5, y - 5)], "roof"))
            parts.append(polyline([(x, y - 11), (x, y - 1)]) + polyline([(x - 4, y - 7), (x + 4, y - 7)]))
        elif landmark.name in {"chimney", "water_tower"}:
            parts.append(circle((x, y), 5 if landmark.name == "chimney" else 7, "paper", width=2))
        dx, dy = offsets[landmark.name]
        parts.append(label((x + dx, y + dy), t(f"town.name.{landmark.name}"), look="font-weight:bold"))
    river = _at((290, -66))
    square = _at(((SQUARE.west + SQUARE.east) / 2, (SQUARE.south + SQUARE.north) / 2))
    parts.append(label((river[0], river[1] + 4), t("town.name.river"), look="font-style:italic"))
    parts.append(label((square[0], square[1] + 4), t("town.name.square"), look="font-weight:bold"))
    return parts


def _compass() -> list[str]:
    """Return the north arrow, and the sun on its side, with the direction of its light."""
    x, y = 26, 374
    parts = [polygon([(x, y - 26), (x + 6, y), (x, y - 5), (x - 6, y)], "ink"), label((x, y + 14), t("town.north"))]
    away = radians(SUN_AZIMUTH)
    sun = (160, 374)
    for step in range(8):
        ray = (cos(radians(45 * step)), sin(radians(45 * step)))
        parts.append(
            polyline([(sun[0] + 8 * ray[0], sun[1] + 8 * ray[1]), (sun[0] + 12 * ray[0], sun[1] + 12 * ray[1])])
        )
    parts.append(circle(sun, 6, "light"))
    end = (sun[0] - 36 * sin(away), sun[1] + 36 * cos(away))
    start = (sun[0] - 16 * sin(away), sun[1] + 16 * cos(away))
    parts.append(polyline([start, end], width=1.5))
    for side in (-150, 150):
        point = (end[0] - 7 * sin(away + radians(side)), end[1] + 7 * cos(away + radians(side)))
        parts.append(polyline([end, point], width=1.5))
    parts.append(label((142, 379), t("town.sun"), anchor="end"))
    return parts


__all__ = ["town_plan"]
