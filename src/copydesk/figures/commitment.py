"""Draws wordings on a line of commitment: how far each writer stands behind the reading that a wording gives."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING, Any, Literal

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from copydesk.course.current import current_facts
from copydesk.figures.shapes import BLUE, GREY, INK, NARROW_INCHES, Shape, in_two_shapes, wrap
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

Rows = Literal["every wording", "one row for each origin"]

NAMED_STEPS = (0, 2, 3)
"""The steps of commitment that have a name; a wording between two steps is drawn between them."""

LOOKS: tuple[dict[str, Any], ...] = (
    {"marker": "o", "markersize": 12, "color": BLUE},
    {"marker": "D", "markersize": 10, "color": BLUE},
    {"marker": "o", "markersize": 12, "color": BLUE, "markerfacecolor": "white", "markeredgewidth": 2},
)
"""The markers of the course's readings, in their order."""

GROUP_GAP = 1.1
WORDING_WIDTH, OUTLET_WIDTH = 36, 22

LINE, ROW, GROUP, UPRIGHT_TYPE = 13.5, 26.0, 20.0, 10.5
"""In points, in the upright shape: a line of words, the dots below it, a group's name, the type size."""

PAPER: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
"""The background of words, so that no line runs through them."""


@dataclass(frozen=True)
class WordingRow:
    """Wordings of one origin that give the same reading."""

    frame: str
    wordings: tuple[str, ...]
    outlets: tuple[str, ...]
    commits: tuple[int, ...]
    reading: int


@in_two_shapes
def commitment(shape: Shape, table: pd.DataFrame, rows: Rows = "every wording") -> Figure:
    """Draw a row for each wording, grouped by the reading it gives; a dot shows the commitment.

    Args:
        table: one row per wording, with the columns ``id``, ``outlet``, ``wording``, ``writer_commits`` (0 to 3),
            ``who_defies``, ``frame_primary`` and ``copy_of`` (its origin, an id or a source, if it has one).
        rows: with ``one row for each origin``, wordings that come from one another share a row.
    """
    groups = _groups(table, rows)
    with shape.style():
        if shape.is_narrow:
            return _upright(groups)
        height = len(_all_rows(groups)) + GROUP_GAP * len(groups)
        figure = Figure(figsize=(7.6, 0.44 * height + 1.4), layout="constrained")
        axes = figure.subplots()
        place, places, labels = 0.0, [], []
        for frame, members in groups.items():
            place += GROUP_GAP
            axes.text(-0.03, place - 0.75, frame, transform=axes.get_yaxis_transform(), ha="right", weight="bold")
            for row in members:
                _draw_row(axes, row, place)
                places.append(place)
                labels.append(fill(_quotation(row), WORDING_WIDTH))
                place += 1
        axes.set_yticks(places, labels)
        axes.set_ylim(place - 0.4, -0.1)
        axes.set_xlim(-0.3, 3.3)
        axes.set_xticks(NAMED_STEPS, [_step_name(step) for step in NAMED_STEPS])
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x", color=GREY, alpha=0.35)
        axes.set_title(t("commitment.title"))
        keys = list(_legend_keys(groups))
        figure.legend(handles=keys, loc="outside lower left", ncols=len(keys))
    return figure


def _legend_keys(groups: Mapping[str, Sequence[WordingRow]]) -> Iterator[Line2D]:
    """Yield a marker with its meaning for each reading that is drawn."""
    numbers = {row.reading for row in _all_rows(groups)}
    for number, reading in enumerate(current_facts().readings):
        if number in numbers:
            yield Line2D([], [], linestyle="", label=reading.legend, **LOOKS[number])


def _upright(groups: Mapping[str, Sequence[WordingRow]]) -> Figure:
    """Draw the rows with their words above them: the writer and the wording."""
    texts: dict[str, str] = {}
    for row in _all_rows(groups):
        outlets = " + ".join(dict.fromkeys(row.outlets))
        texts[row.wordings[0]] = wrap(f"{outlets}: {_quotation(row)}", NARROW_INCHES * 72 - 12, UPRIGHT_TYPE)
    lines = sum(text.count("\n") + 1 for text in texts.values())
    height = LINE * lines + ROW * len(texts) + GROUP * len(groups)
    figure = Figure(figsize=(NARROW_INCHES, (height + 132) / 72), layout="constrained")
    axes = figure.subplots()
    place = 0.0
    words: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "top", "bbox": PAPER, "in_layout": False}
    for frame, members in groups.items():
        axes.text(0, place, frame, weight="bold", fontsize=11.5, **words)
        place += GROUP
        for row in members:
            text = texts[row.wordings[0]]
            axes.text(0, place, text, fontsize=UPRIGHT_TYPE, **words)
            place += LINE * (text.count("\n") + 1) + ROW / 2 - 2
            axes.plot([0, 3], [place, place], color=GREY, linewidth=0.8, zorder=0)
            _draw_dots(axes, row, place)
            place += ROW / 2 + 2
    axes.set(
        xlim=(-0.2, 3.2),
        ylim=(place, -4),
    )
    axes.set_title(wrap(t("commitment.title"), NARROW_INCHES * 72, 13), pad=34)
    above: dict[str, Any] = {"transform": axes.get_xaxis_transform(), "va": "bottom", "fontsize": UPRIGHT_TYPE}
    for step, side in zip(NAMED_STEPS, ("left", "center", "right"), strict=True):
        axes.text(step, 1, _step_name(step), ha=side, multialignment=side, **above)
    axes.set_yticks([])
    axes.set_xticks(NAMED_STEPS, [])
    axes.tick_params(length=0)
    axes.grid(axis="x", color=GREY, alpha=0.35)
    axes.spines[:].set_visible(False)
    figure.legend(handles=list(_legend_keys(groups)), loc="outside lower left")
    return figure


def _all_rows(groups: Mapping[str, Sequence[WordingRow]]) -> list[WordingRow]:
    rows: list[WordingRow] = []
    for members in groups.values():
        rows += members
    return rows


def describe_commitment(table: pd.DataFrame, rows: Rows = "every wording") -> str:
    """Return the alternative text of ``commitment``, from the same table."""
    groups = _groups(table, rows)
    parts = [t("commitment.alt", rows=len(_all_rows(groups)), groups=len(groups))]
    for frame, members in groups.items():
        parts.append(t("commitment.alt.group", frame=frame, count=len(members)))
        parts.append("; ".join(_row_text(row) for row in members) + ".")
    return " ".join(parts)


def _groups(table: pd.DataFrame, rows: Rows) -> dict[str, list[WordingRow]]:
    """Return the rows by reading, in the order of the table; within a group the strongest first."""
    origin = table["id"]
    if rows == "one row for each origin":
        origin = table["copy_of"].replace("", None).fillna(origin)
    groups: dict[str, list[WordingRow]] = {}
    for _, wordings in table.groupby(origin.to_numpy(), sort=False):
        row = _wording_row(wordings)
        groups.setdefault(row.frame, []).append(row)
    for members in groups.values():
        members.sort(key=lambda row: -max(row.commits))
    return groups


def _wording_row(wordings: pd.DataFrame) -> WordingRow:
    """Return the row of some wordings, the strongest commitment first."""
    wordings = wordings.sort_values("writer_commits", ascending=False, kind="stable")
    return WordingRow(
        frame=str(wordings["frame_primary"].iloc[0]),
        wordings=tuple(dict.fromkeys(wordings["wording"])),
        outlets=tuple(wordings["outlet"]),
        commits=tuple(wordings["writer_commits"].astype(int).tolist()),
        reading=_reading_number(str(wordings["who_defies"].iloc[0] or "")),
    )


def _reading_number(who_defies: str) -> int:
    """Return the number of a wording's reading, by who is said to defy."""
    readings = current_facts().readings
    for number, reading in enumerate(readings):
        if reading.who and who_defies in reading.who:
            return number
    return [reading.who for reading in readings].index(None)


def _draw_row(axes: Axes, row: WordingRow, place: float) -> None:
    """Draw the dots of a row, and who wrote it."""
    _draw_dots(axes, row, place)
    text = fill(" + ".join(dict.fromkeys(row.outlets)), OUTLET_WIDTH)
    axes.text(1.02, place, text, transform=axes.get_yaxis_transform(), va="center", fontsize=10.5, color=INK)


def _draw_dots(axes: Axes, row: WordingRow, place: float) -> None:
    """Draw the dots of a row, with a line where the same words were passed on."""
    steps = sorted(set(row.commits))
    axes.plot([steps[0], steps[-1]], [place, place], color=BLUE, linewidth=2)
    for step in steps:
        axes.plot([step], [place], linestyle="", **LOOKS[row.reading])
        count = row.commits.count(step)
        if count > 1:
            axes.text(step, place, str(count), color="white", ha="center", va="center_baseline", fontsize=9.75)


def _quotation(row: WordingRow) -> str:
    return " + ".join(f"“{wording}”" for wording in row.wordings)


def _row_text(row: WordingRow) -> str:
    """Return a row in words: the wordings, who wrote them, and how far each goes."""
    writers = []
    for outlet, step in zip(row.outlets, row.commits, strict=True):
        step_name = _step_name(step).replace("\n", " ")
        writers.append(f"{outlet}: {step_name}")
    return f"{_quotation(row)} ({', '.join(writers)})"


def _step_name(step: int) -> str:
    """Return the name of a step of commitment, broken into lines as below an axis."""
    if step in NAMED_STEPS:
        return t(f"commitment.step.{step}")
    return t("commitment.step", number=step)


__all__ = ["commitment", "describe_commitment"]
