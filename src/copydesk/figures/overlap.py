"""Draws two texts against each other, word by word, so that a copy, a rewording and a second source look different."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from copydesk.figures.picture import BLUE, GREY, STYLE

RUN = 5
"""How many words in a row make a run."""

WORD = re.compile(r"\w+")


def aligned(one: str, two: str) -> pd.DataFrame:
    """Return the words of two texts that match in the same order, as ``difflib`` aligns them.

    A row is a match, with the columns ``word``, ``first`` and ``second`` (its place in each text, from 1) and ``run``
    (whether it stands in at least five matching words in a row).
    """
    first, second = words(one), words(two)
    rows = [
        (first[block.a + step], block.a + step + 1, block.b + step + 1, block.size >= RUN)
        for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
        for step in range(block.size)
    ]
    return pd.DataFrame(rows, columns=["word", "first", "second", "run"]).astype({"run": bool})


def overlap(one: str, two: str) -> Figure:
    """Draw a dot for each word that two texts have in the same order; words in a row of five or more are filled."""
    matches = aligned(one, two)
    width, height = len(words(one)), len(words(two))
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(5.6, 5.5), layout="constrained")
        axes = figure.subplots()
        runs, single = matches[matches["run"]], matches[~matches["run"]]
        axes.plot(runs["first"], runs["second"], "s", color=BLUE, markersize=7, gid="runs")
        axes.plot(
            single["first"], single["second"], "o", color=GREY, markerfacecolor="white", markersize=6, gid="single"
        )
        axes.set_xlim(0, width + 1)
        axes.set_ylim(height + 1, 0)
        axes.set_aspect("equal")
        axes.set(title=_counted(matches, one, two), xlabel="place in the first text", ylabel="place in the other text")
        keys = [
            Line2D([], [], marker="s", linestyle="", color=BLUE, label=f"in a row of {RUN} or more"),
            Line2D(
                [],
                [],
                marker="o",
                linestyle="",
                color=GREY,
                markerfacecolor="white",
                label="matching word, not in such a row",
            ),
        ]
        figure.legend(handles=keys, loc="outside lower left")
    return figure


def describe_overlap(one: str, two: str) -> str:
    """Return the alternative text of ``overlap``, from the same texts."""
    matches = aligned(one, two)
    in_runs = int(matches["run"].sum())
    return (
        "Grid with the words of the first text from left to right and those of the other from top to bottom. "
        f"{_counted(matches, one, two)}. "
        f"{in_runs} of them stand in rows of {RUN} or more, {len(matches) - in_runs} do not."
    )


def words(text: str) -> list[str]:
    """Return the words of a text in small letters, without marks."""
    return WORD.findall(text.lower())


def _counted(matches: pd.DataFrame, one: str, two: str) -> str:
    return f"{len(matches)} words match in the same order, of {len(words(one))} and {len(words(two))}"


__all__ = ["aligned", "describe_overlap", "overlap"]
