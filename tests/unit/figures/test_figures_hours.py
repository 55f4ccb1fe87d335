"""The figure of moments in hours, and its alternative text."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Patch

from copydesk.figures import describe_hours_since, hours_since

ROWS = [
    ("storm", "2023-03-17 15:47", "2023-03-17 15:47", "stamped"),
    ("first note", "2023-03-19 04:06", "2023-03-19 04:06", "stamped"),
    ("repair", "2023-03-19 04:06", "2023-03-19 07:09", "worked out"),
    ("copy", "2023-03-19 07:09", None, "not known"),
]


def _edges(patch: Patch) -> tuple[float, float]:
    """Return the hours at which a bar or a shaded day begins and ends."""
    box = patch.get_path().get_extents(patch.get_patch_transform())
    return box.x0, box.x1


@pytest.fixture
def story() -> pd.DataFrame:
    """Return a table as a lesson makes it: names, starts, ends with one missing, and how each is known."""
    table = pd.DataFrame(ROWS, columns=["what", "start", "end", "known"]).set_index("what")
    table[["start", "end"]] = table[["start", "end"]].apply(pd.to_datetime, utc=True)
    return table


def test_each_row_stands_at_its_hours(story: pd.DataFrame) -> None:
    """A dot stands at the hours since the first row, and a bar covers its span."""
    axes = hours_since(story).axes[0]
    dots = [float(np.asarray(line.get_xdata(), dtype=float)[0]) for line in axes.lines]
    assert dots == pytest.approx([0, 36 + 19 / 60])
    assert _edges(axes.containers[0][0]) == pytest.approx((36 + 19 / 60, 39 + 22 / 60))
    assert [tick.get_text() for tick in axes.get_yticklabels()] == [row[0] for row in ROWS]


@pytest.mark.parametrize(
    ("clock", "note", "first_midnight"),
    [("London", "Sun 19, 04:06", 8 + 13 / 60), ("New York", "Sun 19, 00:06", 12 + 13 / 60)],
)
def test_days_follow_the_clock(story: pd.DataFrame, clock: str, note: str, first_midnight: float) -> None:
    """Times and the shaded days are those of the chosen city, New York with its summer time."""
    axes = hours_since(story, clock=clock).axes[0]
    assert note in [text.get_text() for text in axes.texts]
    assert "Sat 18" in [text.get_text() for text in axes.texts]
    assert min(_edges(patch)[0] for patch in axes.patches) == pytest.approx(first_midnight)


def test_alternative_text_says_how_each_time_is_known(story: pd.DataFrame) -> None:
    """Whoever cannot see the figure learns each time, each span, and what is not known."""
    text = describe_hours_since(story, clock="Moscow")
    assert "first note: stamped, Sun 19, 07:06, hour 36." in text
    assert "repair: worked out, between Sun 19, 07:06, hour 36, and Sun 19, 10:09, hour 39." in text
    assert "copy: not known, any time from Sun 19, 10:09, hour 39." in text


def test_a_clock_that_is_not_there_is_refused(story: pd.DataFrame) -> None:
    """A city without a known clock is an error, and no figure with wrong days."""
    with pytest.raises(KeyError, match="Paris"):
        hours_since(story, clock="Paris")
