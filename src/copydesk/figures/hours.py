"""Draws moments on an axis of hours since the first of them, with the days of a chosen clock behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from copydesk.course.current import current_facts
from copydesk.figures.picture import BLUE, INK, STYLE

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

HATCHED: dict[str, Any] = {"facecolor": "white", "edgecolor": BLUE, "hatch": "////"}
DASHES = (0, (4, 3))
SHADE = "#EFEFEF"

HOUR = timedelta(hours=1)
DAY_HOURS, TICK_HOURS, MARGIN_HOURS = 24, 12, 5


@dataclass(frozen=True)
class Span:
    """A row of the table: when it begins and ends, how that is known, and both in hours since the first row."""

    name: str
    start: datetime
    end: datetime
    known: str
    first: float
    last: float


def hours_since(table: pd.DataFrame, *, clock: str = "") -> Figure:
    """Draw a row for each moment or span, in hours since the first row, over the days of a clock.

    A dot is a time that is stamped, a hatched bar a span that was worked out, a dashed arrow what is not known.

    Args:
        table: a row a thing, indexed by its name, with the columns ``start`` and ``end`` (times with a zone; ``end``
            is missing where it is not known) and ``known`` (``stamped``, ``worked out`` or ``not known``).
        clock: a city among the course's ``clocks``, whose midnights divide the days; the first if none is named.

    Raises:
        KeyError: the course has no clock of this name.
    """
    clock, zone = _clock(clock)
    spans = _spans(table)
    right = max(span.last for span in spans) + MARGIN_HOURS
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(8.5, 0.52 * len(spans) + 2.4), layout="constrained")
        axes = figure.subplots()
        _shade_days(axes, spans[0].start.astimezone(zone), right)
        for place, span in enumerate(spans):
            _draw(axes, place, span, zone, right)
        axes.set_yticks(range(len(spans)), [span.name for span in spans])
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(spans) - 0.4, -0.6)
        axes.set_xlim(-MARGIN_HOURS, right)
        axes.set_xticks(range(0, int(right), TICK_HOURS))
        axes.set_xlabel(f"hours since: {spans[0].name}")
        axes.set_title(f"Days as in {clock}", pad=22)
        keys = [
            Line2D([], [], color=BLUE, marker="o", linestyle="", markersize=9, label="stamped: there by this minute"),
            Patch(label="worked out: somewhere in this span", **HATCHED),
            Line2D([], [], color=INK, linestyle=DASHES, label="not known: any time from here on"),
        ]
        figure.legend(handles=keys, loc="outside lower left", fontsize=11)
    return figure


def describe_hours_since(table: pd.DataFrame, *, clock: str = "") -> str:
    """Return the alternative text of ``hours_since``, from the same table."""
    clock, zone = _clock(clock)
    spans = _spans(table)
    intro = (
        f"Timeline of {len(spans)} rows over the days as in {clock}, in hours since the first row. "
        "Dots are stamped times, hatched bars are spans that were worked out, dashed arrows are not known."
    )
    return " ".join([intro, *(_described(span, zone) for span in spans)])


def _described(span: Span, zone: timezone) -> str:
    """Return a row as a sentence."""
    first = f"{_local(span.start, zone)}, hour {span.first:.0f}"
    if span.known == "stamped":
        return f"{span.name}: stamped, {first}."
    if span.known == "worked out":
        return f"{span.name}: worked out, between {first}, and {_local(span.end, zone)}, hour {span.last:.0f}."
    return f"{span.name}: not known, any time from {first}."


def _spans(table: pd.DataFrame) -> list[Span]:
    """Return the rows of a table; one without an end ends where it starts."""
    starts = [start.to_pydatetime() for start in table["start"]]
    ends = [end.to_pydatetime() for end in table["end"].fillna(table["start"])]
    return [
        Span(str(name), start, end, str(known), (start - starts[0]) / HOUR, (end - starts[0]) / HOUR)
        for name, start, end, known in zip(table.index, starts, ends, table["known"], strict=True)
    ]


def _clock(name: str) -> tuple[str, timezone]:
    """Return a clock of the course by its name, or the first, with how far it is ahead."""
    clocks = current_facts().clocks
    name = name or next(iter(clocks))
    return name, timezone(timedelta(hours=clocks[name]))


def _day(moment: datetime) -> str:
    """Return a day in short: ``Sun 19``."""
    return f"{DAYS[moment.weekday()]} {moment.day}"


def _local(moment: datetime, zone: timezone) -> str:
    """Return day and time on a clock: ``Sun 19, 04:06``."""
    there = moment.astimezone(zone)
    return f"{_day(there)}, {there:%H:%M}"


def _draw(axes: Axes, place: int, span: Span, zone: timezone, right: float) -> None:
    """Draw one row at its place, as far as the right edge."""
    if span.known == "stamped":
        axes.plot([span.first], [place], "o", color=BLUE, markersize=10)
        axes.text(span.first + 1.6, place, _local(span.start, zone), va="center", fontsize=11)
    elif span.known == "worked out":
        axes.barh(place, span.last - span.first, left=span.first, height=0.5, **HATCHED)
    else:
        arrow = {"arrowstyle": "-|>", "color": INK, "linestyle": DASHES, "linewidth": 1.5}
        axes.annotate("", (right - 0.5, place), (span.first, place), arrowprops=arrow)


def _shade_days(axes: Axes, zero: datetime, right: float) -> None:
    """Shade every other day after the first, and name each day above the axes; ``zero`` is hour 0 on the clock."""
    midnight = zero.replace(hour=0, minute=0)
    begin, is_shaded = (midnight - zero) / HOUR, False
    while begin < right:
        first, last = max(begin, -MARGIN_HOURS), min(begin + DAY_HOURS, right)
        if is_shaded:
            axes.axvspan(first, last, color=SHADE, zorder=0, linewidth=0)
        if last - first > TICK_HOURS / 2:
            above = axes.get_xaxis_transform()
            axes.text((first + last) / 2, 1.02, _day(midnight), ha="center", transform=above, fontsize=11)
        begin, is_shaded, midnight = begin + DAY_HOURS, not is_shaded, midnight + timedelta(days=1)


__all__ = ["describe_hours_since", "hours_since"]
