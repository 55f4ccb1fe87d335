"""Draws how sure someone was against how often they were right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from copydesk.figures.shapes import BLUE, GREY, INK, NARROW_INCHES, Shape, in_two_shapes
from copydesk.measures import BANDS, LEAST_IN_BAND
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from matplotlib.axes import Axes


@in_two_shapes
def reliability(shape: Shape, table: pd.DataFrame, *, x_label: str = "") -> Figure:
    """Draw confidence against the share that was right: one dot per band, with its number of judgements on it.

    A filled dot has at least five judgements, and a line shows how far it is from the dashed diagonal, where
    people are as often right as sure; a hollow grey dot has fewer. Below five judgements in all there are no dots.

    Args:
        table: what ``measures.reliability`` returns.
        x_label: the label below the figure, in place of the one for learners.
    """
    with shape.style():
        figure = Figure(figsize=(NARROW_INCHES, 4.6) if shape.is_narrow else (6.4, 6.0), layout="constrained")
        axes = figure.subplots()
        axes.plot([0.5, 1], [0.5, 1], linestyle=(0, (5, 4)), color=GREY, linewidth=1.4, gid="diagonal")
        for band, row in _judged_bands(table):
            _draw_band(axes, band, row, 18 if shape.is_narrow else 23)
        if int(table["count"].sum()) < LEAST_IN_BAND:
            axes.text(0.75, 0.25, _too_few(table), ha="center", va="center", wrap=True)
        else:
            axes.text(0.46, 1.08, t("reliability.above"), color=GREY, fontsize=11)
            axes.text(1.04, -0.115, t("reliability.below"), color=GREY, fontsize=11, ha="right")
        axes.set_xlim(0.455, 1.045)
        axes.set_ylim(-0.14, 1.14)
        axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1])
        axes.set_xticks(np.array(BANDS) / 100)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(PercentFormatter(1))
        axes.set(
            title=shape.fit(t("reliability.title"), size=16),
            xlabel=x_label or t("reliability.x"),
            ylabel=t("reliability.y"),
        )
        keys = [
            Line2D([], [], color=GREY, linestyle=(0, (5, 4)), label=t("reliability.diagonal")),
            Line2D([], [], color=BLUE, marker="o", linestyle="", label=t("reliability.enough", least=LEAST_IN_BAND)),
            Line2D([], [], color=GREY, marker="o", markerfacecolor="white", linestyle="", label=t("reliability.few")),
        ]
        figure.legend(handles=keys, loc="outside lower left", fontsize=10.5 if shape.is_narrow else 11)
    return figure


def _draw_band(axes: Axes, band: int, row: pd.Series, size: float) -> None:
    """Draw the dot of a band with its number, filled and joined to the diagonal if it has enough judgements."""
    sure, right = row["confidence"], row["right"]
    look: dict[str, Any] = {"color": GREY, "markerfacecolor": "white"}
    ink = INK
    if row["enough"]:
        axes.plot([sure, sure], [sure, right], color=BLUE, linewidth=2)
        look, ink = {"color": BLUE}, "white"
    axes.plot([sure], [right], "o", markersize=size, markeredgewidth=1.6, gid=f"band-{band}", **look)
    axes.text(sure, right, f"{row['count']:g}", color=ink, ha="center", va="center", fontsize=11)


def describe_reliability(table: pd.DataFrame) -> str:
    """Return the alternative text of ``reliability``, from the same table."""
    if int(table["count"].sum()) < LEAST_IN_BAND:
        return _too_few(table)
    sentences = [t("reliability.alt")]
    for band, row in _judged_bands(table):
        key = "reliability.band" if row["enough"] else "reliability.band_few"
        numbers = {"right": f"{row['right'] * row['count']:.0f}", "count": f"{row['count']:g}"}
        sentences.append(t(key, band=f"{band}%", **numbers))
    return " ".join(sentences)


def _judged_bands(table: pd.DataFrame) -> Iterator[tuple[int, pd.Series]]:
    """Yield the bands that hold a judgement; none if there are too few judgements in all."""
    if int(table["count"].sum()) < LEAST_IN_BAND:
        return
    for band, row in table.iterrows():
        if row["count"]:
            yield int(str(band)), row


def _too_few(table: pd.DataFrame) -> str:
    return t("reliability.too_few", count=int(table["count"].sum()), least=LEAST_IN_BAND)
