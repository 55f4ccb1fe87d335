"""Draws the promise of a number of confidence: a row of ten dots, with as many filled as statements should hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure

from copydesk.figures.picture import BLUE, GREY, STYLE
from copydesk.text import t

if TYPE_CHECKING:
    import pandas as pd

TEN = 10


def tens(table: pd.DataFrame) -> Figure:
    """Draw a row of ten dots for each confidence, as many of them filled as statements should hold.

    Args:
        table: a row a confidence, with the columns ``sure`` (percent) and ``hold`` (how many of ten).
    """
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(6.4, 0.42 * len(table) + 1.1), layout="constrained")
        axes = figure.subplots()
        for place, hold in enumerate(table["hold"]):
            axes.scatter(range(1, hold + 1), [place] * hold, s=150, color=BLUE)
            hollow = range(hold + 1, TEN + 1)
            axes.scatter(hollow, [place] * len(hollow), s=150, facecolor="white", edgecolor=GREY, linewidth=1.5)
        axes.set_yticks(range(len(table)), [t("ten_dots.sure", sure=sure) for sure in table["sure"]])
        axes.set_ylim(len(table) - 0.4, -0.6)
        axes.set_xlim(0.4, TEN + 0.6)
        axes.set_xticks([])
        axes.tick_params(axis="y", length=0)
        axes.set_title(t("ten_dots.title"))
        axes.spines[:].set_visible(False)
    return figure


def describe_tens(table: pd.DataFrame) -> str:
    """Return the figure in words."""
    rows = []
    for sure, hold in zip(table["sure"], table["hold"], strict=True):
        label = t("ten_dots.sure", sure=sure)
        rows.append(f"{label}: {hold}")
    return t("ten_dots.alt", rows="; ".join(rows))
