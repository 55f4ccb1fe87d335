"""Tests of the figure that one chooses from a list."""

from __future__ import annotations

import ipywidgets
import pytest

from copydesk import figures


def draw(kind: str) -> object:
    """Return a chart with one bar."""
    return figures.bars({kind: 1}, title=f"Title {kind}", x_label="x", y_label="y")


def alt(kind: str) -> str:
    """Return what the chart shows."""
    return f"One bar: {kind}."


def test_choosing_from_the_list_draws_the_figure_anew() -> None:
    """The list beside a figure drives the picture and its alternative text."""
    panel = figures.explore(draw, alt=alt, kind=("Kind", ["old", "new"]))
    assert isinstance(panel, ipywidgets.VBox)
    dropdown, view = panel.children
    assert (dropdown.description, dropdown.value) == ("Kind", "old")
    before = view.value
    assert 'alt="One bar: old."' in before
    dropdown.value = "new"
    assert 'alt="One bar: new."' in view.value
    assert view.value != before


def test_a_page_without_a_kernel_shows_every_option(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody answers a choice, all figures stand below each other, each named."""
    monkeypatch.setenv("COPYDESK_RENDER", "static")
    gallery = figures.explore(draw, alt=alt, kind=("Kind", ["old", "<new>"]))
    html = gallery._repr_mimebundle_()["text/html"]  # what a notebook asks for
    assert html.count("<figure") == 2
    assert "Kind: &lt;new&gt;" in html
    assert repr(gallery) == "Kind: old: One bar: old.\nKind: <new>: One bar: <new>."


def test_a_control_without_options_is_refused() -> None:
    """An author who forgets the options is told what a control looks like."""
    with pytest.raises(ValueError, match="at least one control with options"):
        figures.explore(draw, alt=alt, kind=("Kind", []))
