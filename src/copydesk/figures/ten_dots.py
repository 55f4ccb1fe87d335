"""Draws what a confidence promises: a row of ten dots, as many of them filled as statements should be true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from copydesk.figures.shapes import BLUE, GREY, NARROW_INCHES, Shape, in_two_shapes
from copydesk.text import t

if TYPE_CHECKING:
    import pandas as pd

TEN = 10


@in_two_shapes
def tens(shape: Shape, table: pd.DataFrame) -> Figure:
    """Draw a row of ten dots for each confidence, as many of them filled as statements should be true.

    Args:
        table: one row per confidence, with the columns ``sure`` (percent) and ``hold`` (how many of ten).
    """
    width, size = (NARROW_INCHES, 95) if shape.is_narrow else (6.4, 150)
    with shape.style():
        figure = Figure(figsize=(width, 0.42 * len(table) + 1.1), layout="constrained")
        axes = figure.subplots()
        for place, hold in enumerate(table["hold"]):
            axes.scatter(range(1, hold + 1), [place] * hold, s=size, color=BLUE)
            hollow = range(hold + 1, TEN + 1)
            axes.scatter(hollow, [place] * len(hollow), s=size, facecolor="white", edgecolor=GREY, linewidth=1.5)
        axes.set_yticks(range(len(table)), [t("ten_dots.sure", sure=sure) for sure in table["sure"]])
        axes.set_ylim(len(table) - 0.4, -0.6)
        axes.set_xlim(0.4, TEN + 0.6)
        axes.set_xticks([])
        axes.tick_params(axis="y", length=0)
        axes.set_title(shape.fit(t("ten_dots.title"), size=15.5))
        axes.spines[:].set_visible(False)
    return figure


def describe_tens(table: pd.DataFrame) -> str:
    """Return the figure in words."""
    rows = []
    for sure, hold in zip(table["sure"], table["hold"], strict=True):
        label = t("ten_dots.sure", sure=sure)
        rows.append(f"{label}: {hold}")
    return t("ten_dots.alt", rows="; ".join(rows))
