"""A figure in a page: what a reader on a phone gets."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from copydesk import figures


@pytest.mark.parametrize(("inches", "wide"), [(5.5, False), (8.5, True)])
def test_only_a_figure_too_wide_for_a_phone_is_named_wide(inches: float, wide: bool) -> None:
    """A wide figure says so in its class, so that a page can move it sideways and need not shrink its words."""
    figure = Figure(figsize=(inches, 3))
    figure.subplots().set_title("Bars")

    assert ('class="copydesk-figure copydesk-wide"' in figures.show(figure, alt="Three bars.").to_html()) is wide
