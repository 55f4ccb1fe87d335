"""The picture of two texts, word against word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk import figures
from copydesk.figures.overlap import matching_words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIRST = "The old bridge over the stream was closed on Tuesday."
CUT = "The old bridge over the stream was closed."
REWORDED = "The ancient bridge over the brook was shut on Tuesday."
OTHER = "Nobody walks here today."


def drawn(figure: Figure, name: str) -> list[tuple[float, float]]:
    """Return the places of the marks of one kind."""
    lines = [line for line in figure.axes[0].lines if line.get_gid() == name]
    return [(float(x), float(y)) for line in lines for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)]


def test_words_match_without_case_and_marks() -> None:
    """Words are compared in small letters and without full stops, at their places counted from one."""
    matches = matching_words("Closed. On Tuesday", "they closed on")
    assert matches[["word", "first", "second"]].to_numpy().tolist() == [["closed", 1, 2], ["on", 2, 3]]


def test_a_cut_text_keeps_its_runs() -> None:
    """Where a text is cut, all matching words stand in one long row of filled marks."""
    figure = figures.overlap(FIRST, CUT)
    assert drawn(figure, "runs") == [(place, place) for place in range(1, 9)]
    assert drawn(figure, "single") == []


def test_a_reworded_text_keeps_the_order_without_the_runs() -> None:
    """Where words were exchanged, matches stay in order and no row reaches five."""
    figure = figures.overlap(FIRST, REWORDED)
    assert drawn(figure, "runs") == []
    assert [place for place, _ in drawn(figure, "single")] == [1, 3, 4, 5, 7, 9, 10]


def test_the_description_counts_matches_and_runs() -> None:
    """The alternative text says how many words match, of how many, and how many of them stand in rows."""
    assert "8 words match in the same order, of 10 and 8" in figures.describe_overlap(FIRST, CUT)
    assert "0 of them are in rows of 5 or more, 7 are not" in figures.describe_overlap(FIRST, REWORDED)


def test_texts_without_a_common_word_make_an_empty_figure() -> None:
    """Two texts that share no word are drawn and described, with no mark."""
    figure = figures.overlap(FIRST, OTHER)
    assert drawn(figure, "runs") + drawn(figure, "single") == []
    assert "0 words match" in figures.describe_overlap(FIRST, OTHER)
