"""How every figure of the course looks, and how it is shown together with its alternative text."""

from __future__ import annotations

import base64
import html
import io
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

from copydesk.text import t

if TYPE_CHECKING:
    from matplotlib.figure import Figure

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
"""How every figure of the course looks; the background is white, on dark pages too."""

SVG: Any = {"svg.fonttype": "path", "svg.hashsalt": "copydesk"}
"""Settings that make the same figure the same bytes."""

WIDE_POINTS = 500
"""A figure wider than this keeps a readable size on a phone, where it is moved sideways (``book.css``)."""


@dataclass(frozen=True)
class Picture:
    """A figure as SVG, with the text that stands in for it where it cannot be seen."""

    svg: bytes
    alt: str

    def __repr__(self) -> str:
        """Return the alternative text: the same in every run."""
        return self.alt

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:  # noqa: ANN401  (Jupyter passes include and exclude)
        return {"text/html": self.to_html(), "text/plain": self.alt}

    def to_html(self) -> str:
        """Return a ``figure`` element that needs no other file."""
        data = base64.b64encode(self.svg).decode()
        image = (
            f'<img alt="{html.escape(self.alt)}" src="data:image/svg+xml;base64,{data}" '
            'style="max-width:100%;height:auto;background:#fff">'
        )
        names = "copydesk-figure copydesk-wide" if self.is_wide else "copydesk-figure"
        return f'<figure class="{names}" style="margin:1em 0">{image}</figure>'

    @property
    def is_wide(self) -> bool:
        """Whether its words would be too small to read at the width of a phone."""
        width = re.search(rb'<svg [^>]*?width="([\d.]+)pt"', self.svg)
        return width is not None and float(width[1]) > WIDE_POINTS


def show(figure: Figure, *, alt: str) -> Picture:
    """Return a figure as a picture that a notebook cell shows; ``alt`` describes it in words.

    Raises:
        ValueError: ``alt`` is empty or no text.
    """
    if not isinstance(alt, str) or not alt.strip():
        raise ValueError(t("picture.no_alt"))
    buffer = io.BytesIO()
    with mpl.rc_context(SVG):
        metadata = {"Creator": None, "Date": None}
        figure.savefig(buffer, format="svg", facecolor="white", bbox_inches="tight", metadata=metadata)
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)  # otherwise the notebook would show it a second time
    return Picture(buffer.getvalue(), " ".join(alt.split()))
