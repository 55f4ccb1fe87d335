"""The two shapes of a figure: wide, and upright for a narrow screen, taller and in larger type."""

from __future__ import annotations

import functools
import inspect
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
from weakref import WeakKeyDictionary

import matplotlib as mpl
from matplotlib.font_manager import FontProperties

from copydesk.figures.text_width import text_width

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from matplotlib.figure import Figure

Arguments = ParamSpec("Arguments")

BLUE, GREY, INK = "#0072B2", "#767676", "#1A1A1A"
"""From the palette of Okabe and Ito, which colour-blind readers can tell apart; dark enough on white to read."""

STYLE: Any = {
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.labelsize": 12,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 14,
    "font.size": 12,
    "hatch.linewidth": 1.4,
    "legend.frameon": False,
    "text.color": INK,
    "xtick.color": INK,
    "xtick.labelsize": 11,
    "ytick.color": INK,
    "ytick.labelsize": 11,
}
"""The look of every figure of the course. It is drawn for white paper; a dark page swaps light and dark."""

NARROW_STYLE: Any = {
    **STYLE,
    "axes.labelsize": 11,
    "axes.titlesize": 13,
    "font.size": 11,
    "legend.borderaxespad": 0.2,
    "legend.borderpad": 0,
    "legend.fontsize": 10.5,
    "legend.handlelength": 1.5,
    "xtick.labelsize": 10.5,
    "ytick.labelsize": 10.5,
}
"""The look of an upright figure. No type in it may be smaller than ``NARROW_TYPE``."""

NARROW_INCHES = 3.3
"""The width of an upright figure: with its margins, no wider than the text on a 390-pixel screen."""

LEGEND_MARK = 32.0
"""In points: the room for a mark before its words."""

NARROW_TYPE = 9.75
"""In points: 13 pixels at full width, and 12 if a page leaves a little less room."""

PIXELS_A_POINT = 4 / 3


class Shape(StrEnum):
    """Which of its two drawings a function returns."""

    WIDE = "wide"
    NARROW = "narrow"

    @property
    def is_narrow(self) -> bool:
        """Whether this is the drawing for a narrow screen."""
        return self is Shape.NARROW

    def style(self) -> AbstractContextManager[None]:
        """Return a context in which to draw with the look of this shape."""
        return mpl.rc_context(NARROW_STYLE if self.is_narrow else STYLE)

    def fit(self, text: str, *, size: float = 0) -> str:
        """Return a title or label; in an upright figure, broken into lines that fit in type of ``size`` points."""
        return wrap(text, NARROW_INCHES * 72, size or NARROW_STYLE["axes.titlesize"]) if self.is_narrow else text


_UPRIGHT: WeakKeyDictionary[Figure, Callable[[], Figure]] = WeakKeyDictionary()
"""The function that draws a figure's upright shape, kept as long as the figure exists."""


def in_two_shapes(draw: Callable[Concatenate[Shape, Arguments], Figure]) -> Callable[Arguments, Figure]:
    """Turn a function that draws either shape into one that returns the wide figure.

    The upright one is drawn from the same arguments when the figure is shown.
    """

    @functools.wraps(draw)
    def draw_wide(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Figure:
        figure = draw(Shape.WIDE, *args, **kwargs)
        _UPRIGHT[figure] = functools.partial(draw, Shape.NARROW, *args, **kwargs)
        return figure

    signature = inspect.signature(draw)
    _, *parameters = signature.parameters.values()
    draw_wide.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]  # read by help()
    return draw_wide


def upright(figure: Figure) -> Figure | None:
    """Return the upright drawing of a figure, or ``None`` if it has only one shape."""
    draw = _UPRIGHT.get(figure)
    if draw is None:
        return None
    drawn = draw()
    legends = [axes.get_legend() for axes in drawn.axes]
    for legend in filter(None, [*drawn.legends, *legends]):
        for text in legend.get_texts():
            text.set_text(wrap(text.get_text(), NARROW_INCHES * 72 - LEGEND_MARK, float(text.get_fontsize())))
    return drawn


def wrap(text: str, width: float, size: float, **font: Any) -> str:  # noqa: ANN401  (goes on to matplotlib)
    """Break a text into lines no wider than ``width`` points in type of ``size`` points; a long word stays whole."""
    properties = FontProperties(size=size, **font)
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, properties) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)
