"""Draws estimates of one thing, grouped by definition, and never their average."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from copydesk.figures.shapes import BLUE, GREY, INK, NARROW_INCHES, Shape, in_two_shapes, wrap
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd
    from matplotlib.axes import Axes

    Statements = Mapping[str, tuple[float, str]]

BOUNDS: dict[str, dict[str, Any]] = {
    "as given": {"marker": "o", "markerfacecolor": BLUE},
    "about": {"marker": "o", "markerfacecolor": "white"},
    "more than": {"marker": ">", "markerfacecolor": BLUE},
}
"""How a value is meant: filled, open or an arrowhead, so that colour is not needed."""

LEGEND = {"as given": "estimates.exact", "about": "estimates.about", "more than": "estimates.more_than"}
"""The catalogue key of the text for each bound."""

DOT: dict[str, Any] = {"color": BLUE, "linestyle": "", "markersize": 9, "markeredgewidth": 1.8, "zorder": 3}
PATCH: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
"""The background of words, so that the dashed line does not run through them."""

BESIDE: dict[str, Any] = {"xytext": (11, 0), "textcoords": "offset points", "va": "center"}
WIDTH = 5.8
HEADING = 1.05
"""Room for the name of a definition, in rows."""

LINE = 0.34
"""Room for a further line of words, in rows."""

NARROW_LABEL = 10.5


@in_two_shapes
def estimates(shape: Shape, table: pd.DataFrame, *, title: str = "", said: Statements | None = None) -> Figure:
    """Draw every row of the table ``estimates`` as a dot, grouped by definition, with a panel for each measure.

    Args:
        table: rows with the columns ``measure``, ``value``, ``unit``, ``bound``, ``who``, ``as_of``, ``defined_as``.
        title: shown over the figure.
        said: by measure, the value that a text gives, shown as a dashed line, and its words.

    Raises:
        ValueError: the table has no rows.
    """
    if table.empty:
        raise ValueError(t("estimates.nothing"))
    panels = list(table.groupby("measure", sort=False))
    heights = [_height(rows, shape) for _, rows in panels]
    with shape.style():
        size = (NARROW_INCHES if shape.is_narrow else WIDTH, 0.58 * sum(heights) + 1.2 * len(panels) + 0.6)
        figure = Figure(figsize=size, layout="constrained")
        places = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0]
        for axes, (measure, rows) in zip(places, panels, strict=True):
            _panel(axes, rows, (said or {}).get(str(measure)), shape)
            axes.set_xlabel(shape.fit(f"{measure} ({rows['unit'].iloc[0]})"))
        places[0].set_title(shape.fit(title), pad=24)
        bounds = set(table["bound"])
        keys = [Line2D([], [], label=t(LEGEND[name]), **DOT, **BOUNDS[name]) for name in BOUNDS if name in bounds]
        figure.legend(handles=keys, loc="outside lower left", ncols=len(keys), columnspacing=1, handletextpad=0.4)
    return figure


def describe_estimates(table: pd.DataFrame, *, said: Statements | None = None) -> str:
    """Return the alternative text of ``estimates``, from the same table: every row, group by group."""
    parts = []
    for measure, rows in table.groupby("measure", sort=False):
        parts.append(t("estimates.alt", measure=measure, number=len(rows)))
        if said and measure in said:
            value, words = said[str(measure)]
            parts.append(t("estimates.alt.line", value=_value_text(value, rows["unit"].iloc[0]), words=words))
        for name, group in _groups(rows):
            estimates_in_words = "; ".join(_row_text(row) for _, row in group.iterrows())
            parts.append(f"{_capitalize(name)}: {estimates_in_words}.")
    return " ".join(parts)


def _panel(axes: Axes, rows: pd.DataFrame, statement: tuple[float, str] | None, shape: Shape) -> None:
    """Draw the estimates of one measure from top to bottom, under the names of their definitions.

    Words are above their line, not beside it, so that the figure can be read on a phone.
    """
    place, unit = 0.0, rows["unit"].iloc[0]
    words: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center", "bbox": PATCH}
    words["in_layout"] = not shape.is_narrow
    label_type = NARROW_LABEL if shape.is_narrow else 11
    for name, group in _groups(rows):
        heading = _heading(name, shape)
        place += LINE * heading.count("\n")
        axes.text(0.01, place - LINE / 2 * heading.count("\n"), heading, weight="bold", **words)
        place += HEADING
        for _, row in group.iterrows():
            label = _label(row, shape)
            place += LINE * label.count("\n")
            axes.text(0.01, place - 0.4 - LINE / 2 * label.count("\n"), label, fontsize=label_type, **words)
            axes.plot([0, row["value"]], [place, place], color=GREY, linewidth=0.8, zorder=1)
            axes.plot(row["value"], place, **DOT, **BOUNDS[row["bound"]])
            number = f"{row['value']:,}" + ("%" if unit == "%" else "")
            axes.annotate(number, (row["value"], place), **BESIDE, bbox=PATCH)
            place += 1
    axes.set_yticks([])
    axes.set_ylim(place - 0.5, -0.6)
    axes.set_xlim(0, 100 if unit == "%" else rows["value"].max() * (1.35 if shape.is_narrow else 1.25))
    axes.xaxis.set_major_locator(MaxNLocator(3 if shape.is_narrow else 5))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    if statement:
        value, quotation = statement
        axes.axvline(value, color=INK, linestyle="--", linewidth=1.2, zorder=0)
        axes.text(value, 1, quotation, transform=axes.get_xaxis_transform(), ha="center", va="bottom")


def _label(row: pd.Series, shape: Shape) -> str:
    """Return who counted, and when."""
    text = f"{row['who']}, {_date_text(row['as_of'])}"
    return wrap(text, NARROW_INCHES * 72 - 14, NARROW_LABEL) if shape.is_narrow else text


def _heading(name: str, shape: Shape) -> str:
    """Return the name of a definition."""
    text = _capitalize(name)
    return wrap(text, NARROW_INCHES * 72 - 14, 11, weight="bold") if shape.is_narrow else text


def _height(rows: pd.DataFrame, shape: Shape) -> float:
    """Return how many rows high a panel is."""
    height = 0.0
    for name, group in _groups(rows):
        height += HEADING + LINE * _heading(name, shape).count("\n")
        for _, row in group.iterrows():
            height += 1 + LINE * _label(row, shape).count("\n")
    return height


def _groups(rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield each definition with its estimates, in the order of the table, the lowest estimate first."""
    for name, group in rows.groupby("defined_as", sort=False):
        yield str(name), group.sort_values("value", kind="stable")


def _row_text(row: pd.Series) -> str:
    """Return an estimate with who counted and when, as it is meant, for example ``the city (2021) about 48%``."""
    value = _value_text(row["value"], row["unit"])
    if row["bound"] != "as given":
        value = f"{t(LEGEND[row['bound']])} {value}"
    return f"{row['who']} ({_date_text(row['as_of'])}) {value}"


def _value_text(value: float, unit: str) -> str:
    return f"{value:,}%" if unit == "%" else f"{value:,} {unit}"


def _date_text(as_of: str) -> str:
    """Return a date, ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``, as people write it."""
    parts = as_of.split("-")
    if not all(part.isdigit() for part in parts):
        return t("estimates.no_date")
    match parts:
        case [year, month, day]:
            return t("estimates.day", day=int(day), month=t(f"feedback.month.{int(month)}"), year=year)
        case [year, month]:
            return t("estimates.month", month=t(f"estimates.month.{int(month)}"), year=year)
        case _:
            return parts[0]


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]
