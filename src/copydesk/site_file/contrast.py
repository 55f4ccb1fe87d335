"""The contrast of two colours by WCAG 2.2, and the nearest colour that has enough of it.

Sources: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio and
https://www.w3.org/TR/WCAG22/#contrast-minimum (4.5 to 1 for text).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ENOUGH = 4.5
WEIGHTS = (0.2126, 0.7152, 0.0722)
STEPS = 256
LINEAR_UP_TO = 0.04045


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours such as ``#1b4f9c``, from 1 to 21."""
    darker, lighter = sorted((_luminance(colour), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, papers: Iterable[str]) -> float:
    """Return the lowest contrast of a colour with some backgrounds."""
    return min(contrast(colour, paper) for paper in papers)


def nearest_readable(colour: str, papers: Iterable[str]) -> str:
    """Return the colour, as little nearer to black or white as it takes to be readable on all backgrounds."""
    papers = tuple(papers)
    end = max(("#000000", "#ffffff"), key=lambda extreme: least_contrast(extreme, papers))
    for step in range(STEPS + 1):
        mixed = _mix(colour, end, step / STEPS)
        if least_contrast(mixed, papers) >= ENOUGH:
            return mixed
    return end


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 for black to 1 for white."""
    linear = []
    for channel in _channels(colour):
        share = channel / 255
        linear.append(share / 12.92 if share <= LINEAR_UP_TO else ((share + 0.055) / 1.055) ** 2.4)
    return math.fsum(weight * value for weight, value in zip(WEIGHTS, linear, strict=True))


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _mix(colour: str, other: str, share: float) -> str:
    """Return a colour with a share of another in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    mixed = (round(one + (two - one) * share) for one, two in pairs)
    return "#" + "".join(f"{channel:02x}" for channel in mixed)
