"""Draws how many pages run together into a few origins."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from copydesk.figures.picture import BLUE, GREY, INK, STYLE
from copydesk.text import t

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

COLUMNS = ("page", "text", "named", "origin")
"""The columns of the table, from left to right."""

NOT_NOTED = "not noted"
"""Stands in the table where a report names no source in the words that were read; it counts as no source."""

PLACES = (0.0, 0.8, 2.1, 3.0)
ROW_INCHES = 0.34


class Column(NamedTuple):
    """A column of the figure: its name in the table, its place, and the height of each of its entries."""

    name: str
    x: float
    heights: dict[str, float]


def merging(table: pd.DataFrame) -> Figure:
    """Draw four columns, from pages on the left to origins on the right, and a line wherever one goes back to another.

    Above each column stands the number of its entries. An entry that is not noted is hollow and is not counted.

    Args:
        table: a row a page, with the columns ``page``, ``text`` (whose report it carries), ``named`` (the source that
            the report names), ``origin`` (where that goes back to), and ``looked`` (whether the writers of the report
            also looked for themselves). Rows that run together should stand together.
    """
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(7.4, 2.2 + ROW_INCHES * len(table)), layout="constrained")
        axes = figure.subplots()
        columns = [Column(name, x, _heights(table, name)) for name, x in zip(COLUMNS, PLACES, strict=True)]
        for left, right in pairwise(columns):
            for first, second in table[[left.name, right.name]].drop_duplicates().itertuples(index=False):
                start, end = (left.x, left.heights[first]), (right.x, right.heights[second])
                _draw_line(axes, start, end, is_noted=second != NOT_NOTED)
        looked = set(table.loc[table["looked"], "text"])
        for column in columns:
            _draw_column(axes, column, marked=looked if column.name == "text" else set())
            number = str(count(table, column.name))
            axes.text(column.x, -2.1, number, ha="center", va="center", fontsize=26, color=BLUE)
            axes.text(column.x, -1.1, _noun(table, column.name), ha="center", va="center", fontsize=12)
        axes.set_xlim(-1.25, PLACES[-1] + 0.8)
        axes.set_ylim(len(table) - 0.4, -2.9)
        axes.set_axis_off()
        figure.legend(handles=_legend_keys(), loc="outside lower left")
    return figure


def describe_merging(table: pd.DataFrame) -> str:
    """Return the alternative text of ``merging``, from the same table."""
    columns = [f"{count(table, name)} {_noun(table, name)}" for name in COLUMNS]
    pages_of_text = table.groupby("text", sort=False)["page"].count()
    texts = _count_texts(pages_of_text[pages_of_text > 1], "page")
    texts_of_source = table.drop_duplicates("text").groupby("named", sort=False)["text"].count()
    sources = _count_texts(texts_of_source, "text")
    sentences = [t("origins.alt", columns=", ".join(columns), texts=texts, sources=sources)]
    looked = table.loc[table["looked"], "text"].drop_duplicates()
    if len(looked):
        sentences.append(t("origins.alt.looked", texts=", ".join(looked)))
    return " ".join(sentences)


def _count_texts(counts: pd.Series, noun: str) -> str:
    """Return entries with their counts: ``Echo (3 pages), Post (2 pages)``."""
    entries = []
    for entry, number in counts.items():
        counted_noun = t(f"origins.{noun}", count=number)
        entries.append(f"{entry} ({number} {counted_noun})")
    return ", ".join(entries)


def count(table: pd.DataFrame, name: str) -> int:
    """Return how many different entries a column has; one that is not noted does not count."""
    return int(table.loc[table[name] != NOT_NOTED, name].nunique())


def _noun(table: pd.DataFrame, name: str) -> str:
    """Return the noun for the entries of a column, in its number."""
    return t(f"origins.{name}", count=count(table, name))


def _heights(table: pd.DataFrame, name: str) -> dict[str, float]:
    """Return the height of each entry of a column: the middle of its rows."""
    rows = table.reset_index(drop=True)
    middles = rows.index.to_series().groupby(rows[name], sort=False).mean()
    return {str(entry): float(height) for entry, height in middles.items()}


def _draw_line(axes: Axes, start: tuple[float, float], end: tuple[float, float], *, is_noted: bool) -> None:
    look: dict[str, Any] = {"color": GREY, "linewidth": 1.2, "linestyle": (0, (2, 3))}
    if is_noted:
        look = {"color": BLUE, "linewidth": 1.6}
    axes.plot([start[0], end[0]], [start[1], end[1]], alpha=0.75, zorder=1, **look)


def _draw_column(axes: Axes, column: Column, *, marked: set[str]) -> None:
    """Draw the dots of a column with their names: before the dots of the first column, else behind them."""
    side, gap = ("right", -0.08) if column.x == PLACES[0] else ("left", 0.08)
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 1.0, "alpha": 0.85}
    words: dict[str, Any] = {"ha": side, "va": "center", "fontsize": 11, "bbox": paper, "zorder": 2}
    for entry, height in column.heights.items():
        marker = "D" if entry in marked else "o"
        face, edge, ink = ("white", GREY, GREY) if entry == NOT_NOTED else (BLUE, BLUE, INK)
        axes.plot([column.x], [height], marker, color=edge, markerfacecolor=face, markersize=9, zorder=3)
        axes.text(column.x + gap, height, entry, color=ink, **words)


def _legend_keys() -> list[Line2D]:
    """Return each of the three dots with its meaning."""
    dot: dict[str, Any] = {"linestyle": "", "markersize": 9}
    return [
        Line2D([], [], marker="o", color=BLUE, label=t("origins.goes_back"), **dot),
        Line2D([], [], marker="D", color=BLUE, label=t("origins.looked"), **dot),
        Line2D([], [], marker="o", color=GREY, markerfacecolor="white", label=t("origins.no_source"), **dot),
    ]


__all__ = ["NOT_NOTED", "count", "describe_merging", "merging"]
