"""Draws estimates of one thing, in groups by what exactly each of them counts, and never their average."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from copydesk.figures.picture import BLUE, GREY, INK, STYLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

    Said = Mapping[str, tuple[float, str]]

BOUNDS: dict[str, dict[str, Any]] = {
    "as given": {"marker": "o", "markerfacecolor": BLUE},
    "about": {"marker": "o", "markerfacecolor": "white"},
    "more than": {"marker": ">", "markerfacecolor": BLUE},
}
"""How a value is meant: filled, open or pointing on, so that colour is not needed."""

LEGEND = {"as given": "exact number", "about": "about", "more than": "more than"}
DOT: dict[str, Any] = {"color": BLUE, "linestyle": "", "markersize": 9, "markeredgewidth": 1.8, "zorder": 3}
PATCH: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
"""Lies under words, so that the dashed line does not run through them."""

BESIDE: dict[str, Any] = {"xytext": (11, 0), "textcoords": "offset points", "va": "center"}
WIDTH = 5.8
HEADING = 1.05
"""Room for the name of a definition, in rows."""


def estimates(table: pd.DataFrame, *, title: str = "", said: Said | None = None) -> Figure:
    """Draw every row of the table ``estimates`` as a dot, grouped by its definition; a panel for each measure.

    Args:
        table: rows with the columns ``measure``, ``value``, ``unit``, ``bound``, ``who``, ``as_of``, ``defined_as``.
        title: stands over the figure.
        said: for a measure, the value that a text gives and its words; a dashed line shows it.

    Raises:
        ValueError: the table has no rows.
    """
    if table.empty:
        msg = "there are no estimates to draw; which rows did the selection keep?"
        raise ValueError(msg)
    panels = list(table.groupby("measure", sort=False))
    heights = [len(rows) + HEADING * rows["defined_as"].nunique() for _, rows in panels]
    with mpl.rc_context(STYLE):
        size = (WIDTH, 0.58 * sum(heights) + 1.2 * len(panels) + 0.6)
        figure = Figure(figsize=size, layout="constrained")
        places = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0]
        for axes, (measure, rows) in zip(places, panels, strict=True):
            _panel(axes, rows, (said or {}).get(str(measure)))
            axes.set_xlabel(f"{measure} ({rows['unit'].iloc[0]})")
        places[0].set_title(title, pad=24)
        seen = set(table["bound"])
        keys = [Line2D([], [], label=LEGEND[name], **DOT, **look) for name, look in BOUNDS.items() if name in seen]
        figure.legend(handles=keys, loc="outside lower left", ncols=len(keys))
    return figure


def describe_estimates(table: pd.DataFrame, *, said: Said | None = None) -> str:
    """Return the alternative text of ``estimates``, from the same table: every row of it, group by group."""
    parts = []
    for measure, rows in table.groupby("measure", sort=False):
        parts.append(f"Dot chart of the {measure}: {len(rows)} in all, in groups by definition.")
        if said and measure in said:
            value, words = said[str(measure)]
            parts.append(f"A dashed line stands at {_measured(value, rows['unit'].iloc[0])}, {words}.")
        for name, group in _groups(rows):
            told = "; ".join(f"{row['who']} ({_dated(row['as_of'])}) {_bounded(row)}" for _, row in group.iterrows())
            parts.append(f"{_capital(name)}: {told}.")
    return " ".join(parts)


def _panel(axes: Axes, rows: pd.DataFrame, said: tuple[float, str] | None) -> None:
    """Draw the estimates of one measure from top to bottom, under the names of their definitions.

    Words stand over their line and not beside it, so that the figure can be read on a telephone.
    """
    place, unit = 0.0, rows["unit"].iloc[0]
    words: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center", "bbox": PATCH}
    for name, group in _groups(rows):
        axes.text(0.01, place, _capital(name), weight="bold", **words)
        place += HEADING
        for _, row in group.iterrows():
            axes.text(0.01, place - 0.4, f"{row['who']}, {_dated(row['as_of'])}", fontsize=11, **words)
            axes.plot([0, row["value"]], [place, place], color=GREY, linewidth=0.8, zorder=1)
            axes.plot(row["value"], place, **DOT, **BOUNDS[row["bound"]])
            number = f"{row['value']:,}{unit if unit == '%' else ''}"
            axes.annotate(number, (row["value"], place), **BESIDE, bbox=PATCH)
            place += 1
    axes.set_yticks([])
    axes.set_ylim(place - 0.5, -0.6)
    axes.set_xlim(0, 100 if unit == "%" else rows["value"].max() * 1.25)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    if said:
        axes.axvline(said[0], color=INK, linestyle="--", linewidth=1.2, zorder=0)
        axes.text(said[0], 1, said[1], transform=axes.get_xaxis_transform(), ha="center", va="bottom")


def _groups(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return each definition with its estimates, in the order of the table, the lowest estimate first."""
    return [
        (str(name), group.sort_values("value", kind="stable")) for name, group in rows.groupby("defined_as", sort=False)
    ]


def _bounded(row: pd.Series) -> str:
    """Return an estimate as it is meant, for example ``about 48%``."""
    bound = "" if row["bound"] == "as given" else f"{row['bound']} "
    return bound + _measured(row["value"], row["unit"])


def _measured(value: float, unit: str) -> str:
    return f"{value:,}{unit}" if unit == "%" else f"{value:,} {unit}"


def _dated(as_of: str) -> str:
    """Return a date, ``YYYY-MM-DD`` or ``YYYY-MM``, as people write it."""
    parts = as_of.split("-")
    if not all(part.isdigit() for part in parts):
        return "date not noted"
    year, *rest = parts
    month = calendar.month_name[int(rest[0])] if rest else ""
    day = str(int(rest[1])) if len(rest) > 1 else ""
    return " ".join(part for part in (day, month, year) if part)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
