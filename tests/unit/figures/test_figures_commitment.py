"""The line of commitment, and its alternative text."""

from __future__ import annotations

import pandas as pd
import pytest

from copydesk.figures import commitment, describe_commitment

COLUMNS = ["id", "outlet", "wording", "writer_commits", "who_defies", "frame_primary", "copy_of"]
TABLE = pd.DataFrame(
    [
        ("W1", "page one", "a bold step", 3, "the mayor", "courage", "STORY"),
        ("W2", "page two", "bold steps", 3, "the mayor", "courage", "STORY"),
        ("W3", "The Echo", "an apparently bold step", 2, "the mayor", "courage", ""),
        ("W4", "The Echo", "what the office called 'a walk'", 0, "", "routine", "W5"),
        ("W5", "the office", "a walk", 3, "", "routine", ""),
        ("W6", "The Echo", "a bold town", 3, "the city of Mariupol", "pride", ""),
    ],
    columns=COLUMNS,
)


def drawn(rows: str) -> tuple[list[str], list[float]]:
    """Return the labels of the rows from top to bottom, and the place of every dot."""
    axes = commitment(TABLE, rows).axes[0]
    dots = [x for line in axes.get_lines() if line.get_marker() != "None" for x in line.get_xdata()]
    return [" ".join(label.get_text().split()) for label in axes.get_yticklabels()], dots


def test_every_wording_has_a_row_and_the_strongest_of_a_group_stands_first() -> None:
    """Rows follow the groups of the table; within a group those who go furthest come first."""
    labels, dots = drawn("every wording")
    assert labels[:3] == ["“a bold step”", "“bold steps”", "“an apparently bold step”"]
    assert labels[3:] == ["“a walk”", "“what the office called 'a walk'”", "“a bold town”"]
    assert dots == [3, 3, 2, 3, 0, 3]


def test_wordings_of_one_origin_share_a_row() -> None:
    """Two copies of a story are one dot with its number, and a label that is handed on has a dot at either end."""
    labels, dots = drawn("one row for each origin")
    assert labels == [
        "“a bold step” + “bold steps”",
        "“an apparently bold step”",
        "“a walk” + “what the office called 'a walk'”",
        "“a bold town”",
    ]
    assert dots == [3, 2, 0, 3, 3]
    assert "2" in [text.get_text() for text in commitment(TABLE, "one row for each origin").axes[0].texts]


@pytest.mark.parametrize(("rows", "count"), [("every wording", 6), ("one row for each origin", 4)])
def test_the_alternative_text_says_who_goes_how_far(rows: str, count: int) -> None:
    """Somebody who cannot see the figure learns the rows, the groups and the commitment of each wording."""
    text = describe_commitment(TABLE, rows)
    assert text.startswith(f"{count} rows on a line of commitment, in 3 groups. courage, ")
    assert "“an apparently bold step” (The Echo: hedged)" in text
    assert "attributed to someone else" in text


def test_the_legend_names_only_what_is_drawn() -> None:
    """A marker that no wording has is not explained."""
    legend = commitment(TABLE[TABLE["frame_primary"] == "courage"], "every wording").legends[0]
    assert [text.get_text() for text in legend.get_texts()] == ["Putin or the Kremlin defies"]
