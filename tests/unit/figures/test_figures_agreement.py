"""The picture of two readers shows their table, and agreement with the part of it that chance would give."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.patches import Rectangle

from copydesk import figures
from copydesk.figures.agreement import counts

FIRST = pd.Series(["plain"] * 6 + ["pushes"] * 4, name="reader A")
SECOND = pd.Series(["plain"] * 5 + ["pushes"] * 5, name="reader B")
NOTHING = pd.Series(["plain"] * 10, name="reader C")


def bar(first: pd.Series, second: pd.Series) -> dict[str, float]:
    """Return the parts of the bar and their widths."""
    axes = figures.agreement(first, second).axes[1]
    return {patch.get_label(): patch.get_width() for patch in axes.patches if isinstance(patch, Rectangle)}


def test_the_table_has_a_row_for_every_label() -> None:
    """A label that one reader never used has a column of zeros, so that the table stays square."""
    table = counts(FIRST, NOTHING)
    assert table.loc["pushes"].tolist() == [4, 0]
    assert list(table.index) == list(table.columns)
    assert (table.index.name, table.columns.name) == ("reader A", "reader C")


def test_the_bar_splits_at_chance_and_at_agreement() -> None:
    """Nine of ten labels are the same; half of them chance would give; the rest is apart."""
    assert bar(FIRST, SECOND) == pytest.approx({"chance": 0.5, "beyond chance": 0.4, "apart": 0.1})


def test_agreement_at_chance_leaves_nothing_beyond() -> None:
    """A reader who gives everything one label agrees by chance only, and no blue part is drawn."""
    assert bar(FIRST, NOTHING) == pytest.approx({"chance": 0.6, "apart": 0.4})


def test_the_alternative_text_has_every_number() -> None:
    """Whoever cannot see the picture gets the counts, both shares and kappa."""
    description = figures.describe_agreement(FIRST, SECOND)
    for part in ("10 labels, reader A and then reader B", "plain and pushes 1", "agree on 90%", "give 50%", "is 0.80."):
        assert part in description


def test_one_label_for_everything_has_no_kappa() -> None:
    """Where both gave everything one label the picture says that kappa cannot be computed."""
    assert "Kappa can’t be computed." in figures.describe_agreement(NOTHING, NOTHING)
