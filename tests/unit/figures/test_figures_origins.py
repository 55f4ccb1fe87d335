"""The picture in which pages run together into a few origins."""

from __future__ import annotations

import pandas as pd

from copydesk import figures
from copydesk.figures.origins import NOT_NOTED, count

ROWS = [
    ("page 1", "Post", "the mayor", "the mayor", False),
    ("page 2", "Post", "the mayor", "the mayor", False),
    ("page 3", "Radio", "the town hall", "the mayor", True),
    ("page 4", "Echo", NOT_NOTED, NOT_NOTED, False),
]
TABLE = pd.DataFrame(ROWS, columns=["page", "text", "named", "origin", "looked"])


def test_what_is_not_noted_is_no_source() -> None:
    """Each column is counted by its different entries, and what is not noted is not among them."""
    assert [count(TABLE, name) for name in ("page", "text", "named", "origin")] == [4, 3, 2, 1]


def test_numbers_stand_above_the_columns() -> None:
    """The falling numbers of pages, texts, named sources and origins are written into the figure, in that order."""
    written = [text.get_text() for text in figures.merging(TABLE).axes[0].texts]
    assert [text for text in written if text.isdigit()] == ["4", "3", "2", "1"]
    assert {"pages", "texts", "sources named", "origin"} <= set(written)


def test_a_text_stands_at_the_middle_of_its_pages() -> None:
    """A dot has the height of the middle of the rows that run into it, so that lines run together."""
    places = {text.get_text(): text.get_position()[1] for text in figures.merging(TABLE).axes[0].texts}
    assert (places["Post"], places["Radio"], places["Echo"]) == (0.5, 2, 3)


def test_whoever_looked_has_a_shape_of_its_own() -> None:
    """A text whose writers also looked for themselves is told apart by shape, and not by colour alone."""
    dots = [line for line in figures.merging(TABLE).axes[0].lines if line.get_marker() == "D"]
    assert [list(dot.get_ydata()) for dot in dots] == [[2]]


def test_the_description_says_what_runs_together() -> None:
    """The alternative text gives the numbers, the texts on several pages, what is named, and who looked."""
    description = figures.describe_merging(TABLE)
    for part in (
        "4 pages, 3 texts, 2 sources named, 1 origin",
        "Post (2 pages)",
        "not noted (1 text)",
        "looked at it themselves: Radio.",
    ):
        assert part in description
    assert "looked" not in figures.describe_merging(TABLE.assign(looked=False)).lower()
