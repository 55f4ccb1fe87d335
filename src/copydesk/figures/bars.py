"""Draws counts as labelled bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from copydesk.figures.shapes import BLUE, NARROW_INCHES, Shape, in_two_shapes
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


@in_two_shapes
def bars(shape: Shape, counts: Mapping[str, float] | pd.Series, *, title: str, x_label: str, y_label: str) -> Figure:
    """Draw one labelled bar for each entry, the highest first, with its number on top.

    In the upright shape the bars are horizontal, each under its name.

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
    with shape.style():
        if shape.is_narrow:
            return _lying_bars(names, values, shape.fit(title), x_label, y_label)
        figure = Figure(figsize=(max(5.0, 1.9 * len(ordered)), 4.2), layout="constrained")
        axes = figure.subplots()
        rectangles = axes.bar(names, values, color=BLUE, width=0.6)
        axes.bar_label(rectangles, padding=3, fmt="%g")
        axes.margins(y=0.1)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set(title=title, xlabel=x_label, ylabel=y_label)
    return figure


def _lying_bars(names: list[str], values: list[float], title: str, x_label: str, y_label: str) -> Figure:
    """Draw horizontal bars with their names above them."""
    figure = Figure(figsize=(NARROW_INCHES, 0.62 * len(names) + 1.3), layout="constrained")
    axes = figure.subplots()
    places = range(len(names))
    rectangles = axes.barh(places, values, color=BLUE, height=0.45)
    axes.bar_label(rectangles, padding=3, fmt="%g")
    for place, name in zip(places, names, strict=True):
        axes.text(0, place - 0.3, name, va="bottom", parse_math=False)
    axes.margins(x=0.12)
    axes.set_ylim(len(names) - 0.6, -0.8)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.set(title=title, xlabel=y_label, ylabel=x_label)
    return figure
