"""Draws counts as labelled bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from copydesk.figures.picture import BLUE, STYLE
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


def bars(counts: Mapping[str, float] | pd.Series, *, title: str, x_label: str, y_label: str) -> Figure:
    """Draw one labelled bar for each entry, the highest first, with its number on top.

    Raises:
        ValueError: ``counts`` has no entries to draw.
    """
    if not hasattr(counts, "items") or not len(counts):
        raise ValueError(t("bars.nothing"))
    ordered = sorted(dict(counts).items(), key=lambda entry: (-entry[1], str(entry[0])))
    names, values = [], []
    for name, value in ordered:
        names.append(str(name))
        values.append(value)
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(max(5.0, 1.9 * len(ordered)), 4.2), layout="constrained")
        axes = figure.subplots()
        rectangles = axes.bar(names, values, color=BLUE, width=0.6)
        axes.bar_label(rectangles, padding=3, fmt="%g")
        axes.margins(y=0.1)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set(title=title, xlabel=x_label, ylabel=y_label)
    return figure
