"""Draws how far two readers agree, and how much agreement chance alone would give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from copydesk import measures
from copydesk.figures.shapes import BLUE, GREY, INK, NARROW_INCHES, Shape, in_two_shapes
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes

CHANCE: dict[str, Any] = {"facecolor": "#D9D9D9", "edgecolor": GREY, "hatch": "///"}
BEYOND: dict[str, Any] = {"facecolor": BLUE, "edgecolor": INK}
APART: dict[str, Any] = {"facecolor": "white", "edgecolor": INK}
SAME: dict[str, Any] = {"facecolor": "#CFE4F1", "edgecolor": INK}
"""Parts of the bar (agreement by chance, agreement beyond it, disagreement), and a cell of equal labels."""


@in_two_shapes
def agreement(shape: Shape, first: pd.Series, second: pd.Series) -> Figure:
    """Draw the table of two readers' labels, and below it agreement as a bar from 0 to 100%.

    The hatched part is what chance alone would give. Kappa is the share of the rest that is filled.

    Args:
        first: one reader's label for each unit; its name is the reader's.
        second: the other reader's labels, for the same units in the same order.
    """
    shares = measures.agreement(first, second)
    with shape.style():
        figure = Figure(figsize=(NARROW_INCHES, 4.0) if shape.is_narrow else (7.4, 4.9), layout="constrained")
        table, bar = figure.subplots(2, 1, height_ratios=(3, 1))
        _draw_table(table, counts(first, second))
        _draw_bar(bar, shares, shape)
    return figure


def describe_agreement(first: pd.Series, second: pd.Series) -> str:
    """Return the alternative text of ``agreement``, from the same labels."""
    shares, table = measures.agreement(first, second), counts(first, second)
    cells = ", ".join(_cell_texts(table))
    numbers = {"observed": f"{shares.observed:.0%}", "chance": f"{shares.chance:.0%}", "kappa": kappa_text(shares)}
    names = {"first": first.name, "second": second.name}
    return t("agreement.alt", labels=len(first), cells=cells, **names, **numbers)


def _cell_texts(table: pd.DataFrame) -> Iterator[str]:
    """Yield the cells of a table of labels in words, row by row."""
    for first in table.index:
        for second in table.columns:
            yield t("agreement.alt.cell", first=first, second=second, count=table.loc[first, second])


def counts(first: pd.Series, second: pd.Series) -> pd.DataFrame:
    """Return how often each pair of labels occurs: rows are the first reader's labels, columns the other's."""
    table = pd.crosstab(first.to_numpy(), second.to_numpy())
    labels = list(dict.fromkeys([*first, *second]))
    table = table.reindex(index=labels, columns=labels, fill_value=0)
    return table.rename_axis(index=str(first.name), columns=str(second.name))


def kappa_text(shares: measures.Agreement) -> str:
    """Return kappa as a sentence, or one saying that it is missing."""
    if shares.chance < 1:
        return t("agreement.kappa", kappa=f"{shares.kappa:.2f}")
    return t("agreement.no_kappa")


def _draw_table(axes: Axes, table: pd.DataFrame) -> None:
    """Draw the counts in cells, tinted where the readers agree."""
    size = len(table)
    for row, first in enumerate(table.index):
        for column, second in enumerate(table.columns):
            look = SAME if first == second else APART
            axes.add_patch(Rectangle((column, row), 1, 1, clip_on=False, **look))
            number = str(table.loc[first, second])
            axes.text(column + 0.5, row + 0.5, number, ha="center", va="center", fontsize=18)
    axes.set(xlim=(0, size), ylim=(size, 0), xlabel=table.columns.name, ylabel=table.index.name)
    middles = np.arange(size) + 0.5
    axes.set_xticks(middles, table.columns)
    axes.set_yticks(middles, table.index)
    axes.xaxis.set_ticks_position("top")
    axes.xaxis.set_label_position("top")
    axes.tick_params(length=0)
    axes.set_aspect(0.5)
    axes.spines[["left", "bottom"]].set_visible(False)


def _draw_bar(axes: Axes, shares: measures.Agreement, shape: Shape) -> None:
    """Draw the agreement that chance would give, the agreement beyond it, and the disagreement."""
    expected = min(shares.chance, shares.observed)
    parts = [
        (0.0, expected, CHANCE, t("agreement.chance")),
        (expected, shares.observed, BEYOND, t("agreement.beyond")),
        (shares.observed, 1.0, APART, t("agreement.apart")),
    ]
    for start, end, look, name in parts:
        if end > start:
            axes.add_patch(Rectangle((start, 0), end - start, 1, label=name, clip_on=False, **look))
    axes.set(xlim=(0, 1), ylim=(1.02, -0.02), title=shape.fit(kappa_text(shares)))
    axes.set_yticks([])
    ticks = (0, 0.5, 1) if shape.is_narrow else (0, 0.25, 0.5, 0.75, 1)
    axes.set_xticks(ticks, [f"{tick:.0%}" for tick in ticks])
    axes.spines["left"].set_visible(False)
    if shape.is_narrow:
        axes.legend(loc="upper left", bbox_to_anchor=(0, -0.5))
    else:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.45), ncols=3)


__all__ = ["agreement", "counts", "describe_agreement", "kappa_text"]
