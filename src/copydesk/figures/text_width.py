"""Measures words as set in a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.textpath import text_to_path

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties


def text_width(text: str, font: FontProperties) -> float:
    """Return the width of a text in points, including a space at its end, which would otherwise have no width."""
    return _drawn_width(f"{text}.", font) - _drawn_width(".", font)


def _drawn_width(text: str, font: FontProperties) -> float:
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width)
