"""The figure of estimates in groups by definition, and its alternative text."""

import pandas as pd
import pytest

from copydesk.figures import describe_estimates, estimates

COLUMNS = ["measure", "value", "unit", "bound", "who", "as_of", "defined_as"]
ROWS = [
    ("boats in the harbour", 40, "boats", "as given", "harbour office", "2022-01", "boats with a berth"),
    ("boats in the harbour", 70, "boats", "more than", "fishing club", "not noted", "everything that floats"),
    ("boats in the harbour", 35, "boats", "about", "harbour office", "2021", "boats with a berth"),
    ("share of boats under sail", 22, "%", "about", "sailing paper", "2023-03-19", "not defined"),
]
SAID = {"boats in the harbour": (50, "“fifty boats”")}


@pytest.fixture
def table() -> pd.DataFrame:
    """Return two measures: one with two definitions, one with a single estimate."""
    return pd.DataFrame(ROWS, columns=COLUMNS)


def test_every_estimate_is_drawn_and_none_is_averaged(table: pd.DataFrame) -> None:
    """Each row has a dot of its own at its value, in the panel of its measure."""
    panels = estimates(table).axes
    dots = [
        sorted(float(line.get_xdata()[0]) for line in axes.lines if line.get_marker() not in {"None", ""})
        for axes in panels
    ]
    assert dots == [[35, 40, 70], [22]]


def test_estimates_stand_under_their_definition_with_who_and_when(table: pd.DataFrame) -> None:
    """From top to bottom: a definition, then each of its sources with the date in words and the number."""
    assert [text.get_text() for text in estimates(table).axes[0].texts] == [
        *("Boats with a berth", "harbour office, 2021", "35", "harbour office, January 2022", "40"),
        *("Everything that floats", "fishing club, date not noted", "70"),
    ]


def test_what_the_text_says_is_a_line_across_its_panel_only(table: pd.DataFrame) -> None:
    """The value that a text gives is shown in words, and only for its own measure."""
    first, second = estimates(table, said=SAID).axes
    assert "“fifty boats”" in [text.get_text() for text in first.texts]
    assert [list(line.get_xdata()) for line in first.lines if line.get_linestyle() == "--"] == [[50, 50]]
    assert not [line for line in second.lines if line.get_linestyle() == "--"]


def test_the_alternative_text_has_every_number_as_it_is_meant(table: pd.DataFrame) -> None:
    """Somebody who cannot see the dots hears each value, its bound, its source and its definition."""
    assert describe_estimates(table, said=SAID) == (
        "Dot chart of the boats in the harbour: 3 in all, in groups by definition. "
        "A dashed line marks 50 boats, “fifty boats”. "
        "Boats with a berth: harbour office (2021) about 35 boats; harbour office (January 2022) 40 boats. "
        "Everything that floats: fishing club (date not noted) more than 70 boats. "
        "Dot chart of the share of boats under sail: 1 in all, in groups by definition. "
        "Not defined: sailing paper (19 March 2023) about 22%."
    )


def test_a_selection_without_rows_is_answered_with_a_question(table: pd.DataFrame) -> None:
    """Nothing to draw is no empty picture."""
    with pytest.raises(ValueError, match="which rows did the selection keep"):
        estimates(table[table["value"] > 100])
