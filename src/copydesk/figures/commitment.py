"""Draws wordings on a line of commitment: how far each writer stands behind the reading that it gives."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING, Any, Literal

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from copydesk.course.current import current_facts
from copydesk.figures.picture import BLUE, GREY, INK, STYLE

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

Rows = Literal["every wording", "one row for each origin"]

STEPS = {0: "handed to\nsomebody else", 2: "hedged", 3: "said\noutright"}
"""The steps of commitment that have a name; a wording between them stands between them."""

LOOKS: tuple[dict[str, Any], ...] = (
    {"marker": "o", "markersize": 12, "color": BLUE},
    {"marker": "D", "markersize": 10, "color": BLUE},
    {"marker": "o", "markersize": 12, "color": BLUE, "markerfacecolor": "white", "markeredgewidth": 2},
)
"""The markers of the course's readings, in their order."""

GROUP_GAP = 1.1
WORDING_WIDTH, OUTLET_WIDTH = 36, 22


@dataclass(frozen=True)
class Row:
    """Wordings of one origin that give the same reading."""

    frame: str
    wordings: tuple[str, ...]
    outlets: tuple[str, ...]
    commits: tuple[int, ...]
    reading: int


def commitment(table: pd.DataFrame, rows: Rows = "every wording") -> Figure:
    """Draw a row for each wording, in groups by the reading that it gives; a dot shows the commitment.

    Args:
        table: a row a wording, with the columns ``id``, ``outlet``, ``wording``, ``writer_commits`` (0 to 3),
            ``who_defies``, ``frame_primary`` and ``copy_of`` (the origin, an id or a source, where it has one).
        rows: with ``one row for each origin`` wordings that come from each other share a row.
    """
    groups = _groups(table, rows)
    with mpl.rc_context(STYLE):
        height = sum(len(each) for each in groups.values()) + GROUP_GAP * len(groups)
        figure = Figure(figsize=(7.6, 0.44 * height + 1.4), layout="constrained")
        axes = figure.subplots()
        place, places, labels = 0.0, [], []
        for frame, members in groups.items():
            place += GROUP_GAP
            axes.text(-0.03, place - 0.75, frame, transform=axes.get_yaxis_transform(), ha="right", weight="bold")
            for row in members:
                _draw_row(axes, row, place)
                places.append(place)
                labels.append(fill(_quoted(row), WORDING_WIDTH))
                place += 1
        axes.set_yticks(places, labels)
        axes.set_ylim(place - 0.4, -0.1)
        axes.set_xlim(-0.3, 3.3)
        axes.set_xticks(list(STEPS), list(STEPS.values()))
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x", color=GREY, alpha=0.35)
        axes.set_title("How far does the writer go?")
        used = sorted({row.reading for members in groups.values() for row in members})
        legends = [reading.legend for reading in current_facts().readings]
        keys = [Line2D([], [], linestyle="", label=legends[at], **LOOKS[at]) for at in used]
        figure.legend(handles=keys, loc="outside lower left", ncols=len(keys))
    return figure


def describe_commitment(table: pd.DataFrame, rows: Rows = "every wording") -> str:
    """Return the alternative text of ``commitment``, from the same table."""
    groups = _groups(table, rows)
    count = sum(len(members) for members in groups.values())
    parts = [f"{count} rows on a line of commitment, in {len(groups)} groups."]
    for frame, members in groups.items():
        parts.append(f"{frame}, {len(members)} {'row' if len(members) == 1 else 'rows'}:")
        parts.append("; ".join(_row_text(row) for row in members) + ".")
    return " ".join(parts)


def _groups(table: pd.DataFrame, rows: Rows) -> dict[str, list[Row]]:
    """Return the rows by reading, in the order of the table; within a group the strongest first."""
    own = table["id"]
    origin = table["copy_of"].replace("", None).fillna(own) if rows == "one row for each origin" else own
    groups: dict[str, list[Row]] = {}
    for _, each in table.groupby(origin.to_numpy(), sort=False):
        members = each.sort_values("writer_commits", ascending=False, kind="stable")
        row = Row(
            frame=str(members["frame_primary"].iloc[0]),
            wordings=tuple(dict.fromkeys(members["wording"])),
            outlets=tuple(members["outlet"]),
            commits=tuple(int(each) for each in members["writer_commits"]),
            reading=_reading(str(members["who_defies"].iloc[0] or "")),
        )
        groups.setdefault(row.frame, []).append(row)
    return {frame: sorted(each, key=lambda row: -max(row.commits)) for frame, each in groups.items()}


def _reading(who_defies: str) -> int:
    """Return which of the course's readings a wording has, from the one who is said to defy."""
    readings = current_facts().readings
    named = [at for at, reading in enumerate(readings) if who_defies in (reading.who or ())]
    others = [at for at, reading in enumerate(readings) if reading.who is None]
    return next(iter((*named, *others)))


def _draw_row(axes: Axes, row: Row, place: float) -> None:
    """Draw the dots of a row, a line where the same words are handed on, and who wrote them."""
    at = sorted(set(row.commits))
    axes.plot([at[0], at[-1]], [place, place], color=BLUE, linewidth=2)
    for step in at:
        axes.plot([step], [place], linestyle="", **LOOKS[row.reading])
        if (same := row.commits.count(step)) > 1:
            axes.text(step, place, str(same), color="white", ha="center", va="center_baseline", fontsize=9)
    text = fill(" + ".join(dict.fromkeys(row.outlets)), OUTLET_WIDTH)
    axes.text(1.02, place, text, transform=axes.get_yaxis_transform(), va="center", fontsize=10.5, color=INK)


def _quoted(row: Row) -> str:
    return " + ".join(f"“{wording}”" for wording in row.wordings)


def _row_text(row: Row) -> str:
    """Return a row in words: the wordings, who wrote them, and how far each goes."""
    steps = [STEPS.get(each, f"step {each}").replace("\n", " ") for each in row.commits]
    who = ", ".join(f"{outlet}: {step}" for outlet, step in zip(row.outlets, steps, strict=True))
    return f"{_quoted(row)} ({who})"


__all__ = ["commitment", "describe_commitment"]
