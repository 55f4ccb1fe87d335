"""Draws tables as matplotlib figures and shows figures together with their alternative text."""

from __future__ import annotations

import base64
import html
import io
import sys
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator, PercentFormatter

from copydesk.measures import BANDS, LEAST_IN_BAND
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

BLUE, GREY, INK = "#0072B2", "#767676", "#1A1A1A"
"""From the palette of Okabe and Ito, which colour-blind readers can tell apart; dark enough on white to read."""

STYLE: Any = {
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.labelsize": 12,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 14,
    "font.size": 12,
    "hatch.linewidth": 1.4,
    "legend.frameon": False,
    "text.color": INK,
    "xtick.color": INK,
    "xtick.labelsize": 11,
    "ytick.color": INK,
    "ytick.labelsize": 11,
}
"""How every figure of the course looks; the background is white, on dark pages too."""

SVG: Any = {"svg.fonttype": "path", "svg.hashsalt": "copydesk"}
"""Settings that make the same figure the same bytes."""

SUPPORT: dict[str, dict[str, Any]] = {
    "whole": {"facecolor": BLUE, "edgecolor": BLUE},
    "part": {"facecolor": "white", "edgecolor": BLUE, "hatch": "////"},
    "nobody": {"facecolor": "white", "edgecolor": GREY},
}
"""How much of a sentence has a source: filled, hatched or empty, so that colour is not needed."""

SUPPORT_LABELS = {"whole": "all of it has a source", "part": "a part of it has a source", "nobody": "no source"}
PARAGRAPH_GAP = 0.7
BARE_RUN_LEAST = 2


@dataclass(frozen=True)
class Picture:
    """A figure as SVG, with the text that stands in for it where it cannot be seen."""

    svg: bytes
    alt: str

    def __repr__(self) -> str:
        """Return the alternative text: the same in every run."""
        return self.alt

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:  # noqa: ANN401  (Jupyter passes include and exclude)
        return {"text/html": self.to_html(), "text/plain": self.alt}

    def to_html(self) -> str:
        """Return a ``figure`` element that needs no other file."""
        data = base64.b64encode(self.svg).decode()
        image = (
            f'<img alt="{html.escape(self.alt)}" src="data:image/svg+xml;base64,{data}" '
            'style="max-width:100%;height:auto;background:#fff">'
        )
        return f'<figure class="copydesk-figure" style="margin:1em 0">{image}</figure>'


def show(figure: Figure, *, alt: str) -> Picture:
    """Return a figure as a picture that a notebook cell shows; ``alt`` says what the figure shows.

    Raises:
        ValueError: ``alt`` is empty or no text.
    """
    if not isinstance(alt, str) or not alt.strip():
        msg = "the alternative text is missing; what would you tell somebody who cannot see the figure?"
        raise ValueError(msg)
    buffer = io.BytesIO()
    with mpl.rc_context(SVG):
        metadata = {"Creator": None, "Date": None}
        figure.savefig(buffer, format="svg", facecolor="white", bbox_inches="tight", metadata=metadata)
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)  # otherwise the notebook would show it a second time
    return Picture(buffer.getvalue(), " ".join(alt.split()))


def sentence_sources(table: pd.DataFrame) -> Figure:
    """Draw a bar for each sentence, in article order: how long it is, and how much of it has a source.

    Args:
        table: a row a sentence, indexed by its id, with the columns ``words`` (how many), ``paragraph``,
            ``support`` (``whole``, ``part`` or ``nobody``) and ``attributions`` (how many).
    """
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(8.5, 7.6), layout="constrained")
        axes = figure.subplots()
        places = _places(table["paragraph"].tolist())
        for place, (_, row) in zip(places, table.iterrows(), strict=True):
            axes.barh(place, row["words"], height=0.72, linewidth=1.3, **SUPPORT[row["support"]])
            dots = [row["words"] + 1.3 + 1.5 * number for number in range(row["attributions"])]
            axes.plot(dots, [place] * len(dots), "o", color=INK, markersize=6)
        axes.set_yticks(places, table.index.tolist())
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(places[-1] + 0.8, -0.8)
        axes.set_xlim(0, table["words"].max() + 13)
        axes.set_xlabel("words in the sentence")
        axes.set_title("Who stands behind each sentence?")
        _bracket(axes, table, places)
        keys = [Patch(label=SUPPORT_LABELS[name], linewidth=1.3, **look) for name, look in SUPPORT.items()]
        dot = Line2D([], [], color=INK, marker="o", linestyle="", label="one attribution")
        figure.legend(handles=[*keys, dot], loc="outside lower left", ncols=2)
    return figure


def describe_sentence_sources(table: pd.DataFrame) -> str:
    """Return the alternative text of ``sentence_sources``, from the same table."""
    named = {name: [str(each) for each in table.index[table["support"] == name]] for name in SUPPORT}
    first, last, sentences, words = longest_bare_run(table)
    return (
        f"Bar chart with one bar for each of the {len(table)} sentences of the report, in article order; "
        "the longer the bar, the more words. "
        f"{len(named['whole'])} bars are filled, because all of the sentence has a source: {_listed(named['whole'])}. "
        f"{len(named['part'])} are hatched, because a part of it has one: {_listed(named['part'])}. "
        f"The other {len(named['nobody'])} are empty. "
        f"Dots mark the {table['attributions'].sum()} attributions. "
        f"The longest run of empty bars goes from {first} to {last}: {sentences} sentences, {words} words."
    )


def longest_bare_run(table: pd.DataFrame) -> tuple[str, str, int, int]:
    """Return first and last sentence of the longest run without a source, its sentences and its words.

    The longest run is the one with most words; a run is broken by any sentence that has a source.
    """
    best: tuple[str, str, int, int] = ("", "", 0, 0)
    for support, group in groupby(table.index, key=lambda name: table.loc[name, "support"]):
        names = [str(name) for name in group]
        words = int(table.loc[names, "words"].sum())
        if support == "nobody" and words > best[3]:
            best = (names[0], names[-1], len(names), words)
    return best


def bars(counts: Mapping[str, float] | pd.Series, *, title: str, x_label: str, y_label: str) -> Figure:
    """Draw one labelled bar for each entry, the highest first, with its number on top.

    Raises:
        ValueError: ``counts`` has no entries to draw.
    """
    if not hasattr(counts, "items") or not len(counts):
        msg = "there is nothing to draw yet; does each row have its number?"
        raise ValueError(msg)
    ordered = sorted(dict(counts).items(), key=lambda entry: (-entry[1], str(entry[0])))
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(max(5.0, 1.9 * len(ordered)), 4.2), layout="constrained")
        axes = figure.subplots()
        drawn = axes.bar([str(name) for name, _ in ordered], [value for _, value in ordered], color=BLUE, width=0.6)
        axes.bar_label(drawn, padding=3, fmt="%g")
        axes.margins(y=0.1)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set(title=title, xlabel=x_label, ylabel=y_label)
    return figure


def reliability(table: pd.DataFrame) -> Figure:
    """Draw confidence against the share that was right: a dot a band, with its number of judgements on it.

    A filled dot has at least five judgements, and a line shows how far it is from the dashed diagonal, where one
    is as often right as sure; a hollow grey dot has fewer. Below five judgements in all there are no dots.

    Args:
        table: what ``measures.reliability`` returns.
    """
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(6.4, 6.0), layout="constrained")
        axes = figure.subplots()
        axes.plot([0.5, 1], [0.5, 1], linestyle=(0, (5, 4)), color=GREY, linewidth=1.4, gid="diagonal")
        for band, row in _judged(table):
            look: dict[str, Any] = {"color": BLUE} if row["enough"] else {"color": GREY, "markerfacecolor": "white"}
            sure, right = row["confidence"], row["right"]
            if row["enough"]:
                axes.plot([sure, sure], [sure, right], color=BLUE, linewidth=2)
            axes.plot([sure], [right], "o", markersize=23, markeredgewidth=1.6, gid=f"band-{band}", **look)
            ink = "white" if row["enough"] else INK
            axes.text(sure, right, f"{row['count']:g}", color=ink, ha="center", va="center", fontsize=11)
        if int(table["count"].sum()) < LEAST_IN_BAND:
            axes.text(0.75, 0.25, _too_few(table), ha="center", va="center", wrap=True)
        else:
            axes.text(0.46, 1.08, t("reliability.above"), color=GREY, fontsize=11)
            axes.text(1.04, -0.115, t("reliability.below"), color=GREY, fontsize=11, ha="right")
        axes.set_xlim(0.455, 1.045)
        axes.set_ylim(-0.14, 1.14)
        axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1])
        axes.set_xticks([band / 100 for band in BANDS])
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(PercentFormatter(1))
        axes.set(title=t("reliability.title"), xlabel=t("reliability.x"), ylabel=t("reliability.y"))
        keys = [
            Line2D([], [], color=GREY, linestyle=(0, (5, 4)), label=t("reliability.diagonal")),
            Line2D([], [], color=BLUE, marker="o", linestyle="", label=t("reliability.enough", least=LEAST_IN_BAND)),
            Line2D([], [], color=GREY, marker="o", markerfacecolor="white", linestyle="", label=t("reliability.few")),
        ]
        figure.legend(handles=keys, loc="outside lower left", fontsize=11)
    return figure


def describe_reliability(table: pd.DataFrame) -> str:
    """Return the alternative text of ``reliability``, from the same table."""
    if int(table["count"].sum()) < LEAST_IN_BAND:
        return _too_few(table)
    bands = [
        t(
            "reliability.band" if row["enough"] else "reliability.band_few",
            band=f"{band}%",
            right=f"{row['right'] * row['count']:.0f}",
            count=f"{row['count']:g}",
        )
        for band, row in _judged(table)
    ]
    return " ".join([t("reliability.alt"), *bands])


def _judged(table: pd.DataFrame) -> list[tuple[int, pd.Series]]:
    """Return the bands that hold a judgement; none where there are too few judgements in all."""
    if int(table["count"].sum()) < LEAST_IN_BAND:
        return []
    return [(int(str(band)), row) for band, row in table.iterrows() if row["count"]]


def _too_few(table: pd.DataFrame) -> str:
    return t("reliability.too_few", count=int(table["count"].sum()), least=LEAST_IN_BAND)


def _places(paragraphs: list[int]) -> list[float]:
    """Return the height of each bar, with a gap between two paragraphs."""
    places = [0.0]
    for before, after in pairwise(paragraphs):
        places.append(places[-1] + 1 + (PARAGRAPH_GAP if after != before else 0))
    return places


def _bracket(axes: Axes, table: pd.DataFrame, places: list[float]) -> None:
    """Mark the longest run of sentences without a source at the right of its bars."""
    first, last, sentences, words = longest_bare_run(table)
    if sentences < BARE_RUN_LEAST:
        return
    names = table.index.tolist()
    top, bottom = places[names.index(first)] - 0.36, places[names.index(last)] + 0.36
    at = table["words"].max() + 1.5
    axes.plot([at - 0.7, at, at, at - 0.7], [top, top, bottom, bottom], color=INK, linewidth=1.3)
    text = f"{sentences} sentences,\n{words} words,\nno source"
    axes.text(at + 0.8, (top + bottom) / 2, text, va="center", fontsize=11)


def _listed(names: list[str]) -> str:
    """Return names as in a sentence: ``S02, S08 and S17``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


__all__ = [
    "Picture",
    "bars",
    "describe_reliability",
    "describe_sentence_sources",
    "longest_bare_run",
    "reliability",
    "sentence_sources",
    "show",
]
