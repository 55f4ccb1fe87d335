"""The dots of confidence, and their alternative text."""

from __future__ import annotations

import pandas as pd

from copydesk.figures import describe_tens, tens

TABLE = pd.DataFrame({"sure": [50, 80, 100], "hold": [5, 8, 10]})


def test_each_row_has_ten_dots_of_which_so_many_are_filled() -> None:
    """From top to bottom 5, 8 and 10 dots are filled, and 5, 2 and none are not."""
    axes = tens(TABLE).axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["50% sure", "80% sure", "100% sure"]
    assert [len(dots.get_offsets()) for dots in axes.collections] == [5, 5, 8, 2, 10, 0]


def test_the_words_say_the_same() -> None:
    """Somebody who does not see the dots reads the same numbers."""
    assert describe_tens(TABLE).endswith("50% sure: 5; 80% sure: 8; 100% sure: 10.")
