"""Every figure has a second drawing for a narrow screen, with type that can be read there, and the same words."""

from __future__ import annotations

import re
from functools import cache
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from copydesk import figures, measures
from copydesk.figures.shapes import NARROW_TYPE, PIXELS_A_POINT, upright, wrap

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
TABLES = ROOT / "solutions" / "class-report"

ROOM = 350
"""In pixels: what a page leaves for text on a screen of 390."""

SMALLEST = 12
"""In pixels: type that can be read."""


def of_class(name: str) -> pd.DataFrame:
    """Return a table of the sample class, the rows of one lesson."""
    return pd.read_csv(TABLES / f"{name}.csv", dtype={"task": str}).query("lesson == '02-attribution'")


def drawn_sentences() -> Figure:
    """Return the figure of sentences, for a text in which no source is named for long."""
    names = [f"S{number:02}" for number in range(1, 22)]
    table = pd.DataFrame({"words": range(10, 31), "paragraph": [1] * 10 + [2] * 11}, index=names)
    table["support"] = ["whole", "part"] + ["nobody"] * 19
    table["attributions"] = [1, 2] + [0] * 19
    return figures.sentence_sources(table)


def drawn_merging() -> Figure:
    """Return the figure of pages that run together, with long names."""
    rows = [
        ("The Morning Gazette of Lindmere", "Gazette", "the mayor", "the mayor", False),
        ("Radio Lindmere and Surroundings", "Radio", "state television", "the mayor", True),
        ("The Echo", "An Echo of Lindmere and Surroundings", "not noted", "not noted", False),
    ]
    return figures.merging(pd.DataFrame(rows, columns=["page", "text", "named", "origin", "looked"]))


def drawn_estimates() -> Figure:
    """Return the figure of estimates, with long definitions and long names."""
    columns = ["measure", "value", "unit", "bound", "who", "as_of", "defined_as"]
    rows = [
        ("boats", 540000, "boats", "as given", "the harbour office and its branches", "2022-01", "boats with a berth"),
        ("boats", 70000, "boats", "more than", "fishing club", "2021", "everything that floats, with what is on shore"),
        ("boats", 35, "boats", "about", "a paper", "2021", "not defined"),
    ]
    table = pd.DataFrame(rows, columns=columns)
    return figures.estimates(table, title="How many boats are there? It depends", said={"boats": (300000, "“many”")})


def drawn_hours() -> Figure:
    """Return the figure of hours."""
    rows = [
        (
            "the storm that nobody had seen coming, as it was told later",
            "2023-03-17 15:47",
            "2023-03-17 15:47",
            "stamped",
        ),
        ("repair", "2023-03-19 04:06", "2023-03-19 07:09", "worked out"),
        ("copy", "2023-03-19 07:09", None, "not known"),
    ]
    table = pd.DataFrame(rows, columns=["what", "start", "end", "known"]).set_index("what")
    table[["start", "end"]] = table[["start", "end"]].apply(pd.to_datetime, utc=True)
    return figures.hours_since(table)


def drawn_commitment() -> Figure:
    """Return the figure of wordings."""
    columns = ["id", "outlet", "wording", "writer_commits", "who_defies", "frame_primary", "copy_of"]
    rows = [
        ("W1", "The Morning Gazette", "a bold step towards what nobody had expected", 3, "the mayor", "courage", ""),
        ("W4", "The Echo", "what the office called 'a walk'", 0, "", "routine", ""),
    ]
    return figures.commitment(pd.DataFrame(rows, columns=columns))


def drawn_reliability() -> Figure:
    """Return the figure of confidence."""
    judged = pd.DataFrame({"confidence": [0.6, 0.9] * 8, "right": [True, False, True, True] * 4})
    return figures.reliability(measures.reliability(judged))


def drawn_agreement() -> Figure:
    """Return the figure of two readers."""
    first = pd.Series(["plain"] * 6 + ["pushes"] * 4, name="reader A")
    return figures.agreement(first, pd.Series(["plain"] * 5 + ["pushes"] * 5, name="reader B"))


DRAWN: dict[str, Callable[[], Figure]] = {
    "agreement": drawn_agreement,
    "bars": lambda: figures.bars(
        {"government and what belongs to it": 4, "court": 1}, title="Who speaks most often?", x_label="who", y_label="n"
    ),
    "class_discernment": lambda: figures.class_discernment(pd.read_csv(TABLES / "discernment.csv")),
    "class_items": lambda: figures.class_items(of_class("items")),
    "class_points": lambda: figures.class_points(of_class("tasks")),
    "class_strips": lambda: figures.class_strips(of_class("words").query("task == 'T1' and passage == 'S02'")),
    "commitment": drawn_commitment,
    "estimates": drawn_estimates,
    "hours_since": drawn_hours,
    "merging": drawn_merging,
    "overlap": lambda: figures.overlap("The old bridge was closed.", "The old bridge was shut."),
    "reliability": drawn_reliability,
    "sentence_sources": drawn_sentences,
    "tens": lambda: figures.tens(pd.DataFrame({"sure": [50, 80, 100], "hold": [5, 8, 10]})),
}


@cache
def shown(name: str) -> tuple[Figure, figures.Picture]:
    """Return the upright drawing of a figure, and its picture; each is drawn once for all tests."""
    figure = DRAWN[name]()
    second = upright(figure)
    assert second is not None
    return second, figures.show(figure, alt="Bars & dots.")


def smallest_type(figure: Figure) -> float:
    """Return the size of the smallest type of a figure, in points."""
    return min(text.get_fontsize() for text in figure.findobj(Text) if text.get_text() and text.get_visible())


@pytest.mark.parametrize("name", DRAWN)
def test_an_upright_figure_can_be_read_on_a_phone(name: str) -> None:
    """On a screen of 390 pixels the second drawing fits, and none of its type is below 12 pixels."""
    second, picture = shown(name)
    assert smallest_type(second) >= NARROW_TYPE
    width = re.search(rb'<svg [^>]*?width="([\d.]+)pt"', picture.upright)
    assert width
    pixels = float(width[1]) * PIXELS_A_POINT
    assert pixels <= ROOM + 20
    assert smallest_type(second) * PIXELS_A_POINT * min(1, ROOM / pixels) >= SMALLEST


@pytest.mark.parametrize("name", DRAWN)
def test_both_shapes_share_one_alternative_text(name: str) -> None:
    """A browser picks one of two drawings; the one image that shows either has the alternative text."""
    html = shown(name)[1].to_html()
    assert html.count("<img ") == 1
    assert 'alt="Bars &amp; dots."' in html
    assert '<picture><source media="screen and (max-width: 600px)" srcset="data:image/svg+xml;base64,' in html


def test_every_figure_has_two_shapes() -> None:
    """No function that draws is forgotten here."""
    names = {name.removeprefix("describe_") for name in figures.__all__ if name.startswith("describe_")}
    assert names | {"bars"} == set(DRAWN) | {"panel"}  # strips over words have tests of their own


def test_the_same_figure_is_the_same_bytes() -> None:
    """Drawing a figure again changes no byte of either shape, so that a book that is built again is the same."""
    first, second = (figures.show(drawn_sentences(), alt="x") for _ in range(2))
    assert (first.svg, first.upright) == (second.svg, second.upright)


def test_a_figure_of_one_shape_stays_as_it_is() -> None:
    """What somebody has drawn with matplotlib alone is shown as one image."""
    figure = Figure(figsize=(4, 3))
    figure.subplots()
    picture = figures.show(figure, alt="Nothing yet.")
    assert picture.upright == b""
    assert "<picture>" not in picture.to_html()


def test_a_drawing_is_asked_for_without_its_shape() -> None:
    """Whoever asks what a figure takes is not told of shapes, and gets the figure for a wide screen."""
    assert list(signature(figures.tens).parameters) == ["table"]
    assert figures.tens(pd.DataFrame({"sure": [50], "hold": [5]})).get_figwidth() > 6


def test_words_are_kept_whole_where_lines_break() -> None:
    """A long text gets lines that fit, a long word a line of its own, and no word is lost."""
    text = "how many of all these words fit on a line of an uncommonlylongwordthatfitsnowhere figure"
    lines = wrap(text, 80, 10).split("\n")
    assert " ".join(lines) == text
    assert len(lines) > 4
    assert "uncommonlylongwordthatfitsnowhere" in lines
