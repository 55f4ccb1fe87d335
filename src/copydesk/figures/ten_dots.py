"""Draws what numbers of confidence promise: for each a row of ten dots, and as many filled as should hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure

from copydesk.figures.picture import BLUE, GREY, STYLE

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
            rest = range(hold + 1, TEN + 1)
            axes.scatter(rest, [place] * len(rest), s=150, facecolor="white", edgecolor=GREY, linewidth=1.5)
        axes.set_yticks(range(len(table)), [f"{sure}% sure" for sure in table["sure"]])
        axes.set_ylim(len(table) - 0.4, -0.6)
        axes.set_xlim(0.4, TEN + 0.6)
        axes.set_xticks([])
        axes.tick_params(axis="y", length=0)
        axes.set_title("Of ten such statements, so many should hold")
        axes.spines[:].set_visible(False)
    return figure


def describe_tens(table: pd.DataFrame) -> str:
    """Return the figure in words."""
    rows = "; ".join(f"{sure}% sure: {hold}" for sure, hold in zip(table["sure"], table["hold"], strict=True))
    return f"Ten dots for each confidence; filled are as many as should hold. {rows}."
