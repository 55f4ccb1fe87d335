"""Draws moments on an axis of hours since the first, with the days of a chosen clock behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from copydesk.course.current import current_facts
from copydesk.figures.shapes import BLUE, INK, NARROW_INCHES, Shape, in_two_shapes, wrap
from copydesk.text import t

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

HATCHED: dict[str, Any] = {"facecolor": "white", "edgecolor": BLUE, "hatch": "////"}
DASHES = (0, (4, 3))
SHADE = "#EFEFEF"

HOUR = timedelta(hours=1)
DAY_HOURS, TICK_HOURS, MARGIN_HOURS = 24, 12, 5


@dataclass(frozen=True)
class Span:
    """A row of the table: its start and end, how certain they are, and both in hours since the first row."""

    name: str
    start: datetime
    end: datetime
    certainty: str
    first: float
    last: float


@in_two_shapes
def hours_since(shape: Shape, table: pd.DataFrame, *, clock: str = "") -> Figure:
    """Draw a row for each moment or span, in hours since the first row, over the days of a clock.

    A dot is a stamped time, a hatched bar a span that was worked out, a dashed arrow an unknown time.

    Args:
        table: one row per event, indexed by name, with the columns ``start`` and ``end`` (times with a zone; ``end``
            is missing if not known) and ``known`` (``stamped``, ``worked out`` or ``not known``).
        clock: a city among the course's ``clocks``, whose midnights divide the days; the first if none is named.

    Raises:
        KeyError: the course has no clock of this name.
    """
    clock, zone = _clock(clock)
    spans = _spans(table)
    right = max(span.last for span in spans) + MARGIN_HOURS
    size = (NARROW_INCHES, 0.8 * len(spans) + 2.4) if shape.is_narrow else (8.5, 0.52 * len(spans) + 2.4)
    with shape.style():
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.subplots()
        _shade_days(axes, spans[0].start.astimezone(zone), right, 16 if shape.is_narrow else TICK_HOURS / 2)
        for place, span in enumerate(spans):
            _draw_span(axes, place, span, zone, right, shape)
        _name_rows(axes, spans, shape)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(spans) - 0.4, -0.9 if shape.is_narrow else -0.6)
        axes.set_xlim(-MARGIN_HOURS, right)
        axes.set_xticks(range(0, int(right), TICK_HOURS))
        axes.set_xlabel(shape.fit(t("hours.since", name=spans[0].name)))
        axes.set_title(t("hours.days", clock=clock), pad=26 if shape.is_narrow else 22)
        keys = [
            Line2D([], [], color=BLUE, marker="o", linestyle="", markersize=9, label=t("hours.stamped")),
            Patch(label=t("hours.worked_out"), **HATCHED),
            Line2D([], [], color=INK, linestyle=DASHES, label=t("hours.not_known")),
        ]
        figure.legend(handles=keys, loc="outside lower left", fontsize=10.5 if shape.is_narrow else 11)
    return figure


def describe_hours_since(table: pd.DataFrame, *, clock: str = "") -> str:
    """Return the alternative text of ``hours_since``, from the same table."""
    clock, zone = _clock(clock)
    spans = _spans(table)
    rows = [_span_text(span, zone) for span in spans]
    return " ".join([t("hours.alt", rows=len(spans), clock=clock), *rows])


def _span_text(span: Span, zone: timezone) -> str:
    """Return a row as a sentence."""
    start = t("hours.alt.moment", time=_local_text(span.start, zone), hour=f"{span.first:.0f}")
    end = t("hours.alt.moment", time=_local_text(span.end, zone), hour=f"{span.last:.0f}")
    if span.certainty == "stamped":
        return t("hours.alt.stamped", name=span.name, start=start)
    if span.certainty == "worked out":
        return t("hours.alt.worked_out", name=span.name, start=start, end=end)
    return t("hours.alt.not_known", name=span.name, start=start)


def _spans(table: pd.DataFrame) -> list[Span]:
    """Return the rows of a table; one without an end ends where it starts."""
    ends = table["end"].fillna(table["start"])
    zero = table["start"].iloc[0].to_pydatetime()
    spans = []
    for name, first, last, certainty in zip(table.index, table["start"], ends, table["known"], strict=True):
        start, end = first.to_pydatetime(), last.to_pydatetime()
        spans.append(Span(str(name), start, end, str(certainty), (start - zero) / HOUR, (end - zero) / HOUR))
    return spans


def _clock(name: str) -> tuple[str, timezone]:
    """Return a clock of the course by its name, or the first, with its offset."""
    clocks = current_facts().clocks
    name = name or next(iter(clocks))
    return name, timezone(timedelta(hours=clocks[name]))


def _day_text(moment: datetime) -> str:
    """Return a short form of a day: ``Sun 19``."""
    weekday = t(f"hours.weekday.{moment.isoweekday()}")
    return f"{weekday} {moment.day}"


def _local_text(moment: datetime, zone: timezone) -> str:
    """Return the day and time on a clock: ``Sun 19, 04:06``."""
    local = moment.astimezone(zone)
    return f"{_day_text(local)}, {local:%H:%M}"


def _name_rows(axes: Axes, spans: list[Span], shape: Shape) -> None:
    """Write the name of each row beside it, or above it in the upright shape."""
    if not shape.is_narrow:
        axes.set_yticks(range(len(spans)), [span.name for span in spans])
        return
    axes.set_yticks([])
    for place, span in enumerate(spans):
        name = wrap(span.name, NARROW_INCHES * 72 * 0.95, 10.5)
        words: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "bottom", "weight": "bold"}
        axes.text(0.01, place - 0.28, name, fontsize=10.5, linespacing=0.95, **words)


def _draw_span(axes: Axes, place: int, span: Span, zone: timezone, right: float, shape: Shape) -> None:
    """Draw one row at its place, as far as the right edge."""
    if span.certainty == "stamped":
        axes.plot([span.first], [place], "o", color=BLUE, markersize=10)
        gap = 3.2 if shape.is_narrow else 1.6
        axes.text(span.first + gap, place, _local_text(span.start, zone), va="center", fontsize=11)
    elif span.certainty == "worked out":
        axes.barh(place, span.last - span.first, left=span.first, height=0.3 if shape.is_narrow else 0.5, **HATCHED)
    else:
        arrow = {"arrowstyle": "-|>", "color": INK, "linestyle": DASHES, "linewidth": 1.5}
        axes.annotate("", (right - 0.5, place), (span.first, place), arrowprops=arrow)


def _shade_days(axes: Axes, zero: datetime, right: float, named_hours: float) -> None:
    """Shade every other day after the first, and name above the axes each day with more than ``named_hours`` showing.

    ``zero`` is hour 0 on the clock.
    """
    midnight = zero.replace(hour=0, minute=0)
    begin, is_shaded = (midnight - zero) / HOUR, False
    while begin < right:
        first, last = max(begin, -MARGIN_HOURS), min(begin + DAY_HOURS, right)
        if is_shaded:
            axes.axvspan(first, last, color=SHADE, zorder=0, linewidth=0)
        if last - first > named_hours:
            above = axes.get_xaxis_transform()
            axes.text((first + last) / 2, 1.02, _day_text(midnight), ha="center", transform=above, fontsize=11)
        begin, is_shaded, midnight = begin + DAY_HOURS, not is_shaded, midnight + timedelta(days=1)


__all__ = ["describe_hours_since", "hours_since"]
