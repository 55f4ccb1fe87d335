"""Draws the sentences of the article in order, and who stands behind each."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from copydesk.figures.shapes import BLUE, GREY, INK, NARROW_INCHES, Shape, in_two_shapes
from copydesk.text import t
from copydesk.text.lists import name_list

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

SUPPORT: dict[str, dict[str, Any]] = {
    "whole": {"facecolor": BLUE, "edgecolor": BLUE},
    "part": {"facecolor": "white", "edgecolor": BLUE, "hatch": "////"},
    "nobody": {"facecolor": "white", "edgecolor": GREY},
}
"""How much of a sentence has a source: filled, hatched or empty, so that colour is not needed."""

ROOM = {Shape.WIDE: {"dots": 1.5, "right": 13.0}, Shape.NARROW: {"dots": 2.6, "right": 28.0}}
"""In words: the gap between dots, and the room left at the right for the text about the longest run."""

PARAGRAPH_GAP = 0.7
BARE_RUN_LEAST = 2


@in_two_shapes
def sentence_sources(shape: Shape, table: pd.DataFrame) -> Figure:
    """Draw a bar for each sentence, in article order: how long it is, and how much of it has a source.

    Args:
        table: one row per sentence, indexed by its id, with the columns ``words`` (how many), ``paragraph``,
            ``support`` (``whole``, ``part`` or ``nobody``) and ``attributions`` (how many).
    """
    with shape.style():
        figure = Figure(figsize=(NARROW_INCHES, 7.4) if shape.is_narrow else (8.5, 7.6), layout="constrained")
        axes = figure.subplots()
        places, room = _places(table["paragraph"].tolist()), ROOM[shape]
        for place, (_, row) in zip(places, table.iterrows(), strict=True):
            axes.barh(place, row["words"], height=0.72, linewidth=1.3, **SUPPORT[row["support"]])
            dots = row["words"] + room["dots"] * (0.85 + np.arange(row["attributions"]))
            axes.plot(dots, np.full(len(dots), place), "o", color=INK, markersize=6)
        axes.set_yticks(places, table.index.tolist())
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(places[-1] + 0.8, -0.8)
        axes.set_xlim(0, table["words"].max() + room["right"])
        axes.set_xlabel(t("sentences.words"))
        axes.set_title(shape.fit(t("sentences.title"), size=16))
        _draw_bracket(axes, table, places, room["dots"])
        keys = [Patch(label=t(f"sentences.{name}"), linewidth=1.3, **look) for name, look in SUPPORT.items()]
        dot = Line2D([], [], color=INK, marker="o", linestyle="", label=t("sentences.attribution"))
        figure.legend(handles=[*keys, dot], loc="outside lower left", ncols=1 if shape.is_narrow else 2)
    return figure


def describe_sentence_sources(table: pd.DataFrame) -> str:
    """Return the alternative text of ``sentence_sources``, from the same table."""
    whole = _sentences_with(table, "whole")
    part = _sentences_with(table, "part")
    first, last, sentences, words = longest_bare_run(table)
    parts = [
        t("sentences.alt", sentences=len(table)),
        t("sentences.alt.whole", number=len(whole), names=name_list(whole)),
        t("sentences.alt.part", number=len(part), names=name_list(part)),
        t("sentences.alt.nobody", number=len(_sentences_with(table, "nobody"))),
        t("sentences.alt.dots", attributions=table["attributions"].sum()),
        t("sentences.alt.run", first=first, last=last, sentences=sentences, words=words),
    ]
    return " ".join(parts)


def _sentences_with(table: pd.DataFrame, support: str) -> list[str]:
    """Return the ids of the sentences with this much support."""
    return table.index[table["support"] == support].astype(str).tolist()


def longest_bare_run(table: pd.DataFrame) -> tuple[str, str, int, int]:
    """Return the first and last sentence of the longest run without a source, and its counts of sentences and words.

    The longest run is the one with the most words; a run is broken by any sentence that has a source.
    """
    best: tuple[str, str, int, int] = ("", "", 0, 0)
    for support, group in groupby(table.index, key=lambda name: table.loc[name, "support"]):
        names = [str(name) for name in group]
        words = int(table.loc[names, "words"].sum())
        if support == "nobody" and words > best[3]:
            best = (names[0], names[-1], len(names), words)
    return best


def _places(paragraphs: list[int]) -> list[float]:
    """Return the vertical position of each bar, with a gap between paragraphs."""
    places = [0.0]
    for before, after in pairwise(paragraphs):
        gap = PARAGRAPH_GAP if after != before else 0
        places.append(places[-1] + 1 + gap)
    return places


def _draw_bracket(axes: Axes, table: pd.DataFrame, places: list[float], step: float) -> None:
    """Mark the longest run of sentences without a source, to the right of its bars."""
    first, last, sentences, words = longest_bare_run(table)
    if sentences < BARE_RUN_LEAST:
        return
    names = table.index.tolist()
    top, bottom = places[names.index(first)] - 0.36, places[names.index(last)] + 0.36
    x = table["words"].max() + step
    axes.plot([x - step / 2, x, x, x - step / 2], [top, top, bottom, bottom], color=INK, linewidth=1.3)
    text = t("sentences.run", sentences=sentences, words=words)
    axes.text(x + step / 2, (top + bottom) / 2, text, va="center", fontsize=11)
