"""Measures words as a figure writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.textpath import text_to_path

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties


def text_width(text: str, font: FontProperties) -> float:
    """Return the width of a text in points, with the space at its end, which has no width of its own."""
    return _drawn_width(f"{text}.", font) - _drawn_width(".", font)


def _drawn_width(text: str, font: FontProperties) -> float:
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width)
