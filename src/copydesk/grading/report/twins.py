"""Compares how hard the two versions of a task with a twin are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from copydesk.measures import LEAST_IN_CLASS, difference_of_means, mean

if TYPE_CHECKING:
    import numpy as np

HEADS = (
    "lesson",
    "task",
    "title",
    "answered_1",
    "mean_1",
    "answered_2",
    "mean_2",
    "difference",
    "low",
    "high",
    "harder",
)
"""The columns of the table; ``harder`` is ``v1``, ``v2``, ``unclear`` or, if nothing varies, empty."""

UNCLEAR = "unclear"


def compare_versions(first: np.ndarray, second: np.ndarray) -> dict[str, Any]:
    """Return how many answered each version, what share of the points they earned, and how far these are apart.

    Args:
        first: the share of the points, 0 to 1, of each learner who answered the first version.
        second: the same for the second version.
    """
    line: dict[str, Any] = {"answered_1": len(first), "answered_2": len(second)}
    for name, shares in (("mean_1", first), ("mean_2", second)):
        line[name] = round(mean(shares), 4) if len(shares) >= LEAST_IN_CLASS else None
    if min(len(first), len(second)) < LEAST_IN_CLASS:
        return {**line, "difference": None, "low": None, "high": None, "harder": None}
    difference, low, high = difference_of_means(first, second)
    line["difference"] = round(difference, 4)
    if math.isnan(low):
        return {**line, "low": "", "high": "", "harder": ""}
    return {**line, "low": round(max(low, -1), 4), "high": round(min(high, 1), 4), "harder": _harder(low, high)}


def _harder(low: float, high: float) -> str:
    """Return which version earns less, if the whole interval of the difference says so."""
    if low > 0:
        return "v2"
    return "v1" if high < 0 else UNCLEAR
