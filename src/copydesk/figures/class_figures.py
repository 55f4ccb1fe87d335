"""Draws the answers of a class, from the tables of its report: points, items, marked words, before and after."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import PercentFormatter

from copydesk.figures.shapes import BLUE, GREY, INK, NARROW_INCHES, Shape, in_two_shapes, wrap
from copydesk.figures.text_width import text_width
from copydesk.measures import DISCUSS_UP_TO, EXPLAIN_BELOW, mean
from copydesk.text import t

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

WIDTHS = {Shape.WIDE: 4.9, Shape.NARROW: NARROW_INCHES}
"""In inches."""

PORTIONS: dict[str, dict[str, Any]] = {
    "open": {"facecolor": "white", "hatch": "///"},
    "none": {"facecolor": "white"},
    "to_quarter": {"facecolor": "#DCEBF5"},
    "to_half": {"facecolor": "#B3D4E8"},
    "to_three_quarters": {"facecolor": "#7FB8DA"},
    "below_full": {"facecolor": "#3F93C6"},
    "full": {"facecolor": BLUE},
}
"""Parts of a bar, from nothing submitted to full points; darker means more."""

STRIP_WIDTHS = {Shape.WIDE: 430.0, Shape.NARROW: NARROW_INCHES * 72}
STRIP_LINE, CLASS_STRIP, REFERENCE_STRIP = 58.0, 20.0, 7.0
"""In points: the width of the strips, and the heights of a line of words and of strips for a share and weight of 1."""

ADVICE_TYPE = 11
HALF = 0.5
EDGES = " .,;:!?\n\"'\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
TICK_AT_LEAST = 0.1
"""Passages without a reference are drawn if at least this share of the class marked one of their words."""


@in_two_shapes
def class_points(shape: Shape, tasks: pd.DataFrame) -> Figure:
    """Draw a bar for each task, divided by how much of the points learners earned.

    Args:
        tasks: rows of the table ``tasks`` of one lesson.
    """
    shares = point_shares(tasks)
    with shape.style():
        figure = Figure(figsize=(WIDTHS[shape], 0.42 * len(shares) + 2.3), layout="constrained")
        axes = figure.subplots()
        for place, (_, row) in enumerate(shares.iterrows()):
            _draw_portions(axes, place, row)
        axes.set_yticks(range(len(shares)), shares.index.tolist())
        axes.set(xlim=(0, 1), ylim=(len(shares) - 0.5, -0.5), title=t("classroom.points"), xlabel=t("classroom.share"))
        axes.xaxis.set_major_formatter(PercentFormatter(1))
        axes.tick_params(axis="y", length=0)
        keys = [Patch(label=t(f"classroom.portion.{name}"), edgecolor=INK, **look) for name, look in PORTIONS.items()]
        figure.legend(handles=keys, loc="outside lower left", ncols=2, fontsize=10, columnspacing=1)
    return figure


def _draw_portions(axes: Axes, place: int, shares: pd.Series) -> None:
    """Draw the bar of one task, a part for each portion of the points."""
    left = 0.0
    for name, look in PORTIONS.items():
        if shares[name] > 0:
            axes.barh(place, shares[name], left=left, height=0.7, edgecolor=INK, gid=f"{name}-{place}", **look)
            left += shares[name]


def describe_class_points(tasks: pd.DataFrame) -> str:
    """Return the alternative text of ``class_points``, from the same table."""
    sentences = [t("classroom.points_alt")]
    for task, row in point_shares(tasks).iterrows():
        shares = {name: f"{row[name]:.0%}" for name in ("full", "none", "open")}
        sentences.append(t("classroom.points_row", task=task, **shares))
    return " ".join(sentences)


def point_shares(tasks: pd.DataFrame) -> pd.DataFrame:
    """Return, for each task with enough answers, the share of submissions that earned each portion of its points."""
    answered = tasks.dropna(subset=["mean_points"]).set_index("task")
    unanswered, *portions = PORTIONS
    earned = answered[portions].astype(float)
    earned.insert(0, unanswered, answered["submissions"] - earned.sum(axis=1))
    return earned.div(answered["submissions"], axis=0)


@in_two_shapes
def class_items(shape: Shape, items: pd.DataFrame) -> Figure:
    """Draw a dot for each item: how much of the class got it right, and so whether it is worth discussing.

    Args:
        items: rows of the table ``items`` of one lesson.
    """
    rated = items.dropna(subset=["right"])
    with shape.style():
        figure = Figure(
            figsize=(WIDTHS[shape], 0.26 * len(rated) + (2.7 if shape.is_narrow else 1.9)), layout="constrained"
        )
        axes = figure.subplots()
        axes.axvspan(EXPLAIN_BELOW, DISCUSS_UP_TO, color="#E8F1F7", zorder=0)
        for edge in (EXPLAIN_BELOW, DISCUSS_UP_TO):
            axes.axvline(edge, color=GREY, linewidth=1, zorder=1)
        for place, (_, row) in enumerate(rated.iterrows()):
            axes.plot([0, row["right"]], [place, place], color="#C8C8C8", linewidth=1, zorder=1)
            inside = "white" if row["by_degree"] else BLUE
            axes.plot(row["right"], place, "o", color=BLUE, markerfacecolor=inside, markersize=8, gid=f"item-{place}")
        axes.set_yticks(range(len(rated)), rated["item"].tolist(), parse_math=False)
        axes.set(xlim=(-0.02, 1.02), ylim=(len(rated) - 0.4, -0.6), xlabel=t("classroom.right"))
        axes.xaxis.set_major_formatter(PercentFormatter(1))
        axes.tick_params(axis="y", length=0, labelsize=10)
        middles = {"explain": 0.5 * EXPLAIN_BELOW, "discuss": 0.525, "move-on": 0.85}
        for name, middle in middles.items():
            text = t(f"classroom.advice.{name}")
            text = wrap(text, 50, ADVICE_TYPE) if shape.is_narrow else text
            above: dict[str, Any] = {"transform": axes.get_xaxis_transform(), "ha": "center", "va": "bottom"}
            axes.text(middle, 1.01, text, fontsize=ADVICE_TYPE, linespacing=0.95, **above)
        axes.set_title(shape.fit(t("classroom.items"), size=17), pad=34 if shape.is_narrow else 22)
        dot: dict[str, Any] = {"color": BLUE, "marker": "o", "linestyle": ""}
        keys = [
            Line2D([], [], label=t("classroom.by_answers"), **dot),
            Line2D([], [], label=t("classroom.by_degree"), markerfacecolor="white", **dot),
        ]
        figure.legend(handles=keys, loc="outside lower left", fontsize=11)
    return figure


def describe_class_items(items: pd.DataFrame) -> str:
    """Return the alternative text of ``class_items``, from the same table."""
    rated = items.dropna(subset=["right"])
    sentences = [t("classroom.items_alt")]
    for name in ("explain", "discuss", "move-on"):
        rows = rated[rated["advice"] == name]
        shares = [f"{item} {right:.0%}" for item, right in zip(rows["item"], rows["right"], strict=True)]
        listed_items = ", ".join(shares) or t("panel.none")
        sentences.append(t("classroom.items_row", advice=t(f"classroom.advice.{name}"), items=listed_items))
    return " ".join(sentences)


@in_two_shapes
def class_strips(shape: Shape, words: pd.DataFrame) -> Figure:
    """Draw over each word how much of the class marked it, and under it the reference; hatched below weight 1.

    Args:
        words: rows of the table ``words`` of one task, for all the passages and labels to be drawn.
    """
    font, width = FontProperties(size=12), STRIP_WIDTHS[shape]
    groups = [(names, _lines(rows, font, width)) for names, rows in strips_of(words)]
    height = 80.0 if shape.is_narrow else 46.0
    for _, lines in groups:
        height += 26 + STRIP_LINE * len(lines)
    with shape.style():
        figure = Figure(figsize=(width / 72, height / 72))
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
        axes.axis("off")
        top = 0.0
        for (passage, label), lines in groups:
            axes.text(0, top + 16, f"{passage} · {label}", weight="bold", parse_math=False)
            for line in lines:
                for piece in line:
                    axes.text(piece.x, top + 56, piece.row["text"].rstrip(), fontproperties=font, parse_math=False)
                    _draw_word(axes, piece, top)
                top += STRIP_LINE
            top += 26
        keys = [
            Patch(label=t("classroom.strip.class"), facecolor=INK),
            Patch(label=t("classroom.strip.reference"), facecolor=BLUE, edgecolor=BLUE),
        ]
        axes.legend(handles=keys, loc="lower left", bbox_to_anchor=(0, 0), fontsize=10, borderaxespad=0)
    return figure


def describe_class_strips(words: pd.DataFrame) -> str:
    """Return the alternative text of ``class_strips``, from the same table."""
    sentences = [t("classroom.strip.alt")]
    for (passage, label), rows in strips_of(words):
        summary = summary_of(rows)
        sentences.append(t("classroom.strip.row", passage=passage, label=label, **summary))
    return " ".join(sentences)


def strips_of(words: pd.DataFrame) -> list[tuple[tuple[str, str], pd.DataFrame]]:
    """Return the strips worth drawing, by passage and label: those with a reference, or with marks of many."""
    strips = []
    for (passage, label), rows in words.dropna(subset=["share"]).groupby(["passage", "label_text"], sort=False):
        if rows["weight"].gt(0).any() or rows["share"].max() >= TICK_AT_LEAST:
            strips.append(((str(passage), str(label)), rows))
    return strips


def summary_of(rows: pd.DataFrame) -> dict[str, str]:
    """Return quotations of the words that most of the class found, that fewer than half found, and of other marks."""
    in_reference = rows["weight"].gt(0)
    return {
        "found": _quotations(rows, in_reference & rows["share"].ge(HALF)),
        "missed": _quotations(rows, in_reference & rows["share"].lt(HALF)),
        "beside": _quotations(rows, rows["weight"].eq(0) & rows["share"].ge(TICK_AT_LEAST)),
    }


def _quotations(rows: pd.DataFrame, chosen: pd.Series) -> str:
    """Return runs of chosen words as quotations, each with the mean share of the class."""
    quotations = []
    for is_chosen, run in groupby(zip(chosen, rows["text"], rows["share"], strict=True), key=itemgetter(0)):
        if is_chosen:
            _, words, shares = zip(*run, strict=True)
            quote = t("panel.quote", words="".join(words).strip(EDGES))
            quotations.append(f"{quote} {mean(np.array(shares)):.0%}")
    return ", ".join(quotations) or t("panel.none")


class Piece(NamedTuple):
    """A word on a line: its start, its width and its row."""

    x: float
    width: float
    row: pd.Series


def _lines(rows: pd.DataFrame, font: FontProperties, line_width: float) -> list[list[Piece]]:
    """Cut a passage into lines of words."""
    lines: list[list[Piece]] = [[]]
    x = 0.0
    for _, row in rows.iterrows():
        width = text_width(row["text"].rstrip(), font)
        if x and x + width > line_width:
            lines.append([])
            x = 0.0
        lines[-1].append(Piece(x, width, row))
        x += text_width(row["text"], font)
    return lines


def _draw_word(axes: Axes, piece: Piece, top: float) -> None:
    """Draw the share of the class above a word and the reference's weight below it."""
    share, weight = piece.row["share"], piece.row["weight"]
    if share > 0:
        height = CLASS_STRIP * share
        axes.add_patch(Rectangle((piece.x, top + 43 - height), piece.width, height, facecolor=INK, gid="class"))
    if weight > 0:
        look: dict[str, Any] = {"facecolor": BLUE} if weight == 1 else {"facecolor": "white", "hatch": "////"}
        place, height = (piece.x, top + 61), REFERENCE_STRIP * weight
        axes.add_patch(Rectangle(place, piece.width, height, edgecolor=BLUE, gid="reference", **look))


@in_two_shapes
def class_discernment(shape: Shape, table: pd.DataFrame) -> Figure:
    """Draw the forms side by side: the shares of supported and of other statements accepted, and d' and c.

    Args:
        table: the table ``discernment``; its rows for all who answered a form are drawn, if they have numbers.
    """
    rows = _forms(table)
    with shape.style():
        figure = Figure(figsize=(WIDTHS[shape], 7.0 if shape.is_narrow else 4.6), layout="constrained")
        if shape.is_narrow:
            left, right = figure.subplots(2, 1, height_ratios=(3, 2))
        else:
            left, right = figure.subplots(1, 2, width_ratios=(3, 2))
        _slopes(left, rows, {"hit_rate": "supported", "false_alarm_rate": "unsupported"}, "{:.0%}")
        left.set(ylim=(-0.03, 1.03), title=t("classroom.accepted"))
        left.yaxis.set_major_formatter(PercentFormatter(1))
        left.set_xlabel(t("classroom.forms"))
        _slopes(right, rows, {"d_prime": "d_prime", "c": "c"}, "{:+.2f}")
        right.axhline(0, color=GREY, linewidth=1, linestyle=(0, (5, 4)))
        right.set_title(t("classroom.measures"))
        right.set_yticks([])
        right.spines["left"].set_visible(False)
        right.margins(y=0.35 if shape.is_narrow else 0.2)
        keys = [Line2D([], [], label=t(f"classroom.line.{name}"), **look) for name, look in LINES.items()]
        figure.legend(handles=keys, loc="outside lower left", fontsize=11)
    return figure


def _forms(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows for all who answered a form, if there are enough of them for a number."""
    everyone = table[table["learners_of"] == table["form"]]
    return everyone.dropna(subset=["d_prime"])


LINES: dict[str, dict[str, Any]] = {
    "supported": {"color": BLUE, "marker": "o", "markersize": 9},
    "unsupported": {"color": INK, "marker": "s", "markersize": 9, "markerfacecolor": "white", "linestyle": "--"},
    "d_prime": {"color": BLUE, "marker": "D", "markersize": 8},
    "c": {"color": INK, "marker": "^", "markersize": 9, "markerfacecolor": "white", "linestyle": "--"},
}


def _slopes(axes: Axes, rows: pd.DataFrame, lines: dict[str, str], number_format: str) -> None:
    """Draw a line from form to form for each of two numbers, with the numbers above and below their points."""
    places = range(len(rows))
    values = {column: rows[column].astype(float).tolist() for column in lines}
    for column, name in lines.items():
        axes.plot(places, values[column], linewidth=2, gid=name, **LINES[name])
    for place in places:
        low, high = sorted(values, key=lambda column: values[column][place])
        for column, offset, side in ((low, -9, "top"), (high, 9, "bottom")):
            number = number_format.format(values[column][place]).replace("-", "\N{MINUS SIGN}")
            point = (place, values[column][place])
            axes.annotate(number, point, (0, offset), textcoords="offset points", ha="center", va=side, fontsize=11)
    labels = [f"{form}\n{learners:.0f}" for form, learners in zip(rows["form"], rows["learners"], strict=True)]
    axes.set_xlim(-0.6, max(len(rows), 2) - 0.4)
    axes.set_xticks(list(places), labels)


def describe_class_discernment(table: pd.DataFrame) -> str:
    """Return the alternative text of ``class_discernment``, from the same table."""
    sentences = [t("classroom.discernment_alt")]
    for row in _forms(table).to_dict("records"):
        shares = {"hits": f"{float(row['hit_rate']):.0%}", "alarms": f"{float(row['false_alarm_rate']):.0%}"}
        numbers = {"d_prime": f"{float(row['d_prime']):.2f}", "c": f"{float(row['c']):+.2f}"}
        part = t("classroom.form", form=row["form"], count=int(row["learners"]))
        sentences.append(t("classroom.discernment_row", part=part, **shares, **numbers))
    return " ".join(sentences)


__all__ = [
    "class_discernment",
    "class_items",
    "class_points",
    "class_strips",
    "describe_class_discernment",
    "describe_class_items",
    "describe_class_points",
    "describe_class_strips",
    "point_shares",
    "strips_of",
    "summary_of",
]
