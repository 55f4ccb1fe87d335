"""Draws how many pages run together into a few origins."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from copydesk.figures.picture import BLUE, GREY, INK, STYLE

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

COLUMNS = {
    "page": ("page", "pages"),
    "text": ("text", "texts"),
    "named": ("source named", "sources named"),
    "origin": ("origin", "origins"),
}
"""The columns of the table, from left to right, and what they hold: one, several."""

NOT_NOTED = "not noted"
"""Stands where a report names no source in the words that were read; it counts as no source."""

PLACES = (0.0, 0.8, 2.1, 3.0)
ROW_INCHES = 0.34

Nodes = dict[str, float]


def merging(table: pd.DataFrame) -> Figure:
    """Draw four columns, from pages on the left to origins on the right, and a line wherever one goes back to another.

    Above each column stands how many there are. What is not noted is hollow and is not counted.

    Args:
        table: a row a page, with the columns ``page``, ``text`` (whose report it carries), ``named`` (the source that
            the report names), ``origin`` (where that goes back to), and ``looked`` (whether the writers of the report
            also looked for themselves). Rows that run together should stand together.
    """
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(7.4, 2.2 + ROW_INCHES * len(table)), layout="constrained")
        axes = figure.subplots()
        heights = {name: _heights(table, name) for name in COLUMNS}
        for (left, right), at, to in zip(pairwise(COLUMNS), PLACES, PLACES[1:], strict=False):
            for first, second in table[[left, right]].drop_duplicates().itertuples(index=False):
                _line(axes, (at, heights[left][first]), (to, heights[right][second]), known=second != NOT_NOTED)
        looked = set(table.loc[table["looked"], "text"])
        for name, at in zip(COLUMNS, PLACES, strict=True):
            _column(axes, heights[name], at, marked=looked if name == "text" else set())
            axes.text(at, -2.1, str(count(table, name)), ha="center", va="center", fontsize=26, color=BLUE)
            axes.text(at, -1.1, _kind(table, name), ha="center", va="center", fontsize=12)
        axes.set_xlim(-1.25, PLACES[-1] + 0.8)
        axes.set_ylim(len(table) - 0.4, -2.9)
        axes.set_axis_off()
        figure.legend(handles=_keys(), loc="outside lower left")
    return figure


def describe_merging(table: pd.DataFrame) -> str:
    """Return the alternative text of ``merging``, from the same table."""
    counts = [f"{count(table, name)} {_kind(table, name)}" for name in COLUMNS]
    texts = table.groupby("text", sort=False)["page"].count()
    several = [f"{text} ({pages} pages)" for text, pages in texts.items() if pages > 1]
    named = table.drop_duplicates("text").groupby("named", sort=False)["text"].count()
    groups = [f"{name} ({texts} {'text' if texts == 1 else 'texts'})" for name, texts in named.items()]
    looked = table.loc[table["looked"], "text"].drop_duplicates()
    own = f" Looked for themselves as well: {', '.join(looked)}." if len(looked) else ""
    return (
        f"Four columns of dots, joined by lines that run together from left to right: {', '.join(counts)}. "
        f"Texts that stand on several pages: {', '.join(several)}. "
        f"What the texts name as their source: {', '.join(groups)}.{own}"
    )


def count(table: pd.DataFrame, name: str) -> int:
    """Return how many different entries a column has; what is not noted is no entry."""
    return int(table.loc[table[name] != NOT_NOTED, name].nunique())


def _kind(table: pd.DataFrame, name: str) -> str:
    one, several = COLUMNS[name]
    return one if count(table, name) == 1 else several


def _heights(table: pd.DataFrame, name: str) -> Nodes:
    """Return the height of each entry of a column: the middle of its rows."""
    rows = table.reset_index(drop=True)
    return {
        str(entry): float(sum(group) / len(group)) for entry, group in rows.groupby(name, sort=False).groups.items()
    }


def _line(axes: Axes, start: tuple[float, float], end: tuple[float, float], *, known: bool) -> None:
    look: dict[str, Any] = (
        {"color": BLUE, "linewidth": 1.6} if known else {"color": GREY, "linewidth": 1.2, "linestyle": (0, (2, 3))}
    )
    axes.plot([start[0], end[0]], [start[1], end[1]], alpha=0.75, zorder=1, **look)


def _column(axes: Axes, heights: Nodes, at: float, *, marked: set[str]) -> None:
    """Draw the dots of a column with their names: before the dots of the first column, else behind them."""
    for entry, height in heights.items():
        known = entry != NOT_NOTED
        face, edge = (BLUE, BLUE) if known else ("white", GREY)
        marker = "D" if entry in marked else "o"
        axes.plot([at], [height], marker, color=edge, markerfacecolor=face, markersize=9, zorder=3)
        side, gap = ("right", -0.08) if at == PLACES[0] else ("left", 0.08)
        paper = {"facecolor": "white", "edgecolor": "none", "pad": 1.0, "alpha": 0.85}
        ink = INK if known else GREY
        axes.text(at + gap, height, entry, ha=side, va="center", fontsize=11, color=ink, bbox=paper, zorder=2)


def _keys() -> list[Line2D]:
    """Return the key: what each of the three dots means."""
    looks: list[tuple[str, dict[str, Any]]] = [
        ("goes back to what stands to its right", {"marker": "o", "color": BLUE}),
        ("looked for itself as well", {"marker": "D", "color": BLUE}),
        ("no source in the words that were read", {"marker": "o", "color": GREY, "markerfacecolor": "white"}),
    ]
    return [Line2D([], [], linestyle="", markersize=9, label=label, **look) for label, look in looks]


__all__ = ["NOT_NOTED", "count", "describe_merging", "merging"]
