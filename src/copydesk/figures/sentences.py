"""Draws the sentences of the article in order, and who stands behind each."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from copydesk.figures.picture import BLUE, GREY, INK, STYLE

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

SUPPORT: dict[str, dict[str, Any]] = {
    "whole": {"facecolor": BLUE, "edgecolor": BLUE},
    "part": {"facecolor": "white", "edgecolor": BLUE, "hatch": "////"},
    "nobody": {"facecolor": "white", "edgecolor": GREY},
}
"""How much of a sentence has a source: filled, hatched or empty, so that colour is not needed."""

SUPPORT_LABELS = {"whole": "all of it has a source", "part": "a part of it has a source", "nobody": "no source"}
PARAGRAPH_GAP = 0.7
BARE_RUN_LEAST = 2


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
    """Return names as in a sentence: ``one, two and three``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
