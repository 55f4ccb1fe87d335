"""Draws two texts against each other, word by word, so that a copy, a rewording and a second source look different."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from copydesk.figures.shapes import BLUE, GREY, NARROW_INCHES, Shape, in_two_shapes
from copydesk.text import t

RUN = 5
"""How many matching words in a row make a run."""

WORD = re.compile(r"\w+")


def matching_words(first_text: str, other_text: str) -> pd.DataFrame:
    """Return the words of two texts that match in the same order, as ``difflib`` aligns them.

    Each row is a match, with the columns ``word``, ``first`` and ``second`` (its place in each text, from 1) and
    ``run`` (whether it is one of at least five matching words in a row).
    """
    first, second = words(first_text), words(other_text)
    rows = []
    for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            place = block.a + step
            rows.append((first[place], place + 1, block.b + step + 1, block.size >= RUN))
    return pd.DataFrame(rows, columns=["word", "first", "second", "run"]).astype({"run": bool})


@in_two_shapes
def overlap(shape: Shape, first_text: str, other_text: str) -> Figure:
    """Draw a dot for each word that two texts share in the same order; runs of five or more are filled."""
    matches = matching_words(first_text, other_text)
    width, height = len(words(first_text)), len(words(other_text))
    hollow: dict[str, Any] = {"color": GREY, "markerfacecolor": "white"}
    size, marks = ((NARROW_INCHES, 4.4), (4.2, 4)) if shape.is_narrow else ((5.6, 5.5), (7, 6))
    with shape.style():
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.subplots()
        runs, single = matches[matches["run"]], matches[~matches["run"]]
        axes.plot(runs["first"], runs["second"], "s", color=BLUE, markersize=marks[0], gid="runs")
        axes.plot(single["first"], single["second"], "o", markersize=marks[1], gid="single", **hollow)
        axes.set_xlim(0, width + 1)
        axes.set_ylim(height + 1, 0)
        axes.set_aspect("equal")
        title = shape.fit(_match_text(matches, first_text, other_text), size=16)
        axes.set(title=title, xlabel=t("overlap.first"), ylabel=t("overlap.other"))
        keys = [
            Line2D([], [], marker="s", linestyle="", color=BLUE, label=t("overlap.run", least=RUN)),
            Line2D([], [], marker="o", linestyle="", label=t("overlap.single"), **hollow),
        ]
        figure.legend(handles=keys, loc="outside lower left")
    return figure


def describe_overlap(first_text: str, other_text: str) -> str:
    """Return the alternative text of ``overlap``, from the same texts."""
    matches = matching_words(first_text, other_text)
    in_runs = int(matches["run"].sum())
    single = len(matches) - in_runs
    match_text = _match_text(matches, first_text, other_text)
    return t("overlap.alt", matches=match_text, in_runs=in_runs, least=RUN, single=single)


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation."""
    return WORD.findall(text.lower())


def _match_text(matches: pd.DataFrame, first_text: str, other_text: str) -> str:
    return t("overlap.matches", matches=len(matches), first=len(words(first_text)), other=len(words(other_text)))


__all__ = ["describe_overlap", "matching_words", "overlap"]
