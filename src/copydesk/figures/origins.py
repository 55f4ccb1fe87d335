"""Draws how many pages run together into a few origins."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from copydesk.figures.shapes import BLUE, GREY, INK, NARROW_INCHES, Shape, in_two_shapes, wrap
from copydesk.text import t

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

COLUMNS = ("page", "text", "named", "origin")
"""The columns of the table, from left to right."""

NOT_NOTED = "not noted"
"""Marks a report that names no source in the words that were read; it does not count as a source."""


class Layout(NamedTuple):
    """The measures of a shape: its width and row height in inches, its columns' positions, its margins."""

    width: float
    row: float
    places: tuple[float, float, float, float]
    left: float
    right: float
    number_size: int


LAYOUTS = {
    Shape.WIDE: Layout(7.4, 0.34, (0.0, 0.8, 2.1, 3.0), 1.25, 0.8, 26),
    Shape.NARROW: Layout(NARROW_INCHES, 0.33, (0.0, 0.6, 2.24, 3.56), 0.25, 0.42, 20),
}
"""In the upright shape pages have no names, and the names of origins are above their dots."""

NAME_WIDTH = 86.0
"""In points: in the upright shape, longer names of texts take two lines."""


class Column(NamedTuple):
    """A column of the figure: its name in the table, its place, and the height of each of its entries."""

    name: str
    x: float
    heights: dict[str, float]


@in_two_shapes
def merging(shape: Shape, table: pd.DataFrame) -> Figure:
    """Draw four columns, from pages on the left to origins on the right, with a line wherever one goes back to another.

    Above each column is the number of its entries. An entry that is not noted is hollow and is not counted.

    Args:
        table: a row per page, with the columns ``page``, ``text`` (whose report it carries), ``named`` (the source that
            the report names), ``origin`` (where that goes back to), and ``looked`` (whether the writers of the report
            also looked for themselves). Rows that run together should be adjacent.
    """
    layout = LAYOUTS[shape]
    with shape.style():
        figure = Figure(figsize=(layout.width, 2.2 + layout.row * len(table)), layout="constrained")
        axes = figure.subplots()
        columns = [Column(name, x, _heights(table, name)) for name, x in zip(COLUMNS, layout.places, strict=True)]
        for left, right in pairwise(columns):
            for first, second in table[[left.name, right.name]].drop_duplicates().itertuples(index=False):
                start, end = (left.x, left.heights[first]), (right.x, right.heights[second])
                _draw_line(axes, start, end, is_noted=second != NOT_NOTED)
        looked = set(table.loc[table["looked"], "text"])
        for column in columns:
            _draw_column(axes, column, shape, marked=looked if column.name == "text" else set())
            number = str(count(table, column.name))
            axes.text(column.x, -2.1, number, ha="center", va="center", fontsize=layout.number_size, color=BLUE)
            noun = _noun(table, column.name)
            noun = noun.replace(" ", "\n") if shape.is_narrow else noun
            axes.text(column.x, -1.1, noun, ha="center", va="center")
        axes.set_xlim(-layout.left, layout.places[-1] + layout.right)
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
    """Return the noun for the entries of a column, singular or plural."""
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


def _draw_column(axes: Axes, column: Column, shape: Shape, *, marked: set[str]) -> None:
    """Draw the dots of a column with their names: in the first column left of them, else right of or above them."""
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 1.0, "alpha": 0.85}
    words: dict[str, Any] = {"ha": "left", "va": "center", "fontsize": 11, "bbox": paper, "zorder": 2}
    gap, rise = (0.12 if shape.is_narrow else 0.08), 0.0
    if column.name == "page":
        words["ha"], gap = "right", -0.08
    if shape.is_narrow:
        words |= {"fontsize": 10.5, "linespacing": 0.9}
        if column.name == "origin":
            words["ha"], gap, rise = "right", 0.4, 0.8
    for entry, height in column.heights.items():
        marker = "D" if entry in marked else "o"
        face, edge, ink = ("white", GREY, GREY) if entry == NOT_NOTED else (BLUE, BLUE, INK)
        axes.plot([column.x], [height], marker, color=edge, markerfacecolor=face, markersize=9, zorder=3)
        if not (shape.is_narrow and column.name == "page"):
            name = wrap(entry, NAME_WIDTH, 10.5) if shape.is_narrow else entry
            axes.text(column.x + gap, height - rise, name, color=ink, **words)


def _legend_keys() -> list[Line2D]:
    """Return the three kinds of dot with their meanings."""
    dot: dict[str, Any] = {"linestyle": "", "markersize": 9}
    return [
        Line2D([], [], marker="o", color=BLUE, label=t("origins.goes_back"), **dot),
        Line2D([], [], marker="D", color=BLUE, label=t("origins.looked"), **dot),
        Line2D([], [], marker="o", color=GREY, markerfacecolor="white", label=t("origins.no_source"), **dot),
    ]


__all__ = ["NOT_NOTED", "count", "describe_merging", "merging"]
