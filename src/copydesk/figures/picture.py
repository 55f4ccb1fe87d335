"""How a figure is shown: together with its alternative text, and upright on a narrow screen."""

from __future__ import annotations

import base64
import io
import re
import sys
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

from copydesk.figures.shapes import upright
from copydesk.text import t

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from copydesk.figures.guess import Guess

SVG: Any = {"svg.fonttype": "path", "svg.hashsalt": "copydesk"}
"""Settings that give the same figure the same bytes."""

WIDE_POINTS = 500
"""A figure of one shape that is wider than this keeps its size on a phone and scrolls sideways (``book.css``)."""

NARROW_SCREEN = "screen and (max-width: 600px)"
"""Where the upright drawing is shown; print has the wide one."""


@dataclass(frozen=True)
class Picture:
    """A figure as SVG, with the text that stands in for it where it cannot be seen.

    ``upright`` is its drawing for a narrow screen, empty if it has none; ``guess`` is what is asked before it appears.
    """

    svg: bytes
    alt: str
    upright: bytes = b""
    guess: Guess | None = None

    def __repr__(self) -> str:
        """Return the alternative text: the same in every run."""
        return self.alt

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:  # noqa: ANN401  (Jupyter passes include and exclude)
        html = self.guess.ask(self.to_html()) if self.guess else self.to_html()
        return {"text/html": html, "text/plain": self.alt}

    def to_html(self) -> str:
        """Return a ``figure`` element that needs no other file."""
        style = "max-width:100%;height:auto;background:#fff"
        image = f'<img alt="{escape(self.alt)}" src="{_address(self.svg)}" style="{style}">'
        if self.upright:
            source = f'<source media="{NARROW_SCREEN}" srcset="{_address(self.upright)}">'
            image = f"<picture>{source}{image}</picture>"
        names = "copydesk-figure copydesk-wide" if self.is_wide else "copydesk-figure"
        return f'<figure class="{names}" style="margin:1em 0">{image}</figure>'

    @property
    def is_wide(self) -> bool:
        """Whether its words would be too small to read at the width of a phone."""
        width = re.search(rb'<svg [^>]*?width="([\d.]+)pt"', self.svg)
        return not self.upright and width is not None and float(width[1]) > WIDE_POINTS


def show(figure: Figure, *, alt: str, guess: Guess | None = None) -> Picture:
    """Return a figure as a picture that a notebook cell shows; ``alt`` describes it in words.

    With ``guess`` the figure is folded away below a question, and then shown beside the reader's guess.

    Raises:
        ValueError: ``alt`` is empty or not text.
    """
    if not isinstance(alt, str) or not alt.strip():
        raise ValueError(t("picture.no_alt"))
    second = upright(figure)
    picture = Picture(_svg(figure), " ".join(alt.split()), _svg(second) if second else b"", guess)
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)  # otherwise the notebook would show it a second time
    return picture


def _svg(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    with mpl.rc_context(SVG):
        metadata = {"Creator": None, "Date": None}
        figure.savefig(buffer, format="svg", facecolor="white", bbox_inches="tight", metadata=metadata)
    return buffer.getvalue()


def _address(svg: bytes) -> str:
    """Return the picture as a data URL."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
