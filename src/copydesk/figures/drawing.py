"""A drawing made by code, in the inks of the page that shows it, with its alternative text."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

INKS = {
    "paper": "#fdfcf8",
    "ink": "#1d1b18",
    "soft": "#6b675e",
    "light": "#f3e3bd",
    "shade": "#b9b2a2",
    "roof": "#a5553a",
    "water": "#a9cbe3",
    "green": "#9db58a",
    "pencil": "#1b4f9c",
}
"""The colour of each ink on light paper, and in print."""

DARK_INKS = {
    "paper": "var(--book-paper,var(--jp-layout-color0,#17181b))",
    "ink": "#e8e5dd",
    "soft": "#918d84",
    "light": "#b39a63",
    "shade": "#4a4a4c",
    "roof": "#8a4a35",
    "water": "#2f5573",
    "green": "#4e6b45",
    "pencil": "#9cc0f5",
}
"""The colour of each ink on a dark screen; the paper is that of the surrounding book page or notebook."""

DARK_PAGES = "[data-theme=dark],[data-jp-theme-light=false]"
"""How the book and JupyterLab say that they are dark."""

Point = tuple[float, float]


def ink(name: str) -> str:
    """Return an ink, as CSS."""
    return f"var(--{name})"


@dataclass(frozen=True)
class Drawing:
    """The contents of an ``svg`` element, with its size and alternative text."""

    width: int
    height: int
    inside: str
    alt: str

    def __repr__(self) -> str:
        """Return the alternative text: the same in every run."""
        return self.alt

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:  # noqa: ANN401  (Jupyter passes include and exclude)
        return {"text/html": self.to_html(), "text/plain": self.alt}

    def to_svg(self) -> str:
        """Return the ``svg`` element with its inks, as part of the page, so that it knows whether the page is dark."""
        look = f"background:{ink('paper')};max-width:100%;height:auto;stroke-linejoin:round"
        return (
            f'<svg role="img" aria-label="{escape(self.alt)}" '
            f'viewBox="0 0 {self.width} {self.height}" width="{1.6 * self.width:g}" height="{1.6 * self.height:g}" '
            f'style="{look}" font-family="sans-serif" font-size="13"><style>{_inks()}</style>{self.inside}</svg>'
        )

    def to_html(self) -> str:
        """Return a ``figure`` element that needs no other file."""
        return f'<figure class="copydesk-drawing" style="margin:1em 0">{self.to_svg()}</figure>'


def _inks() -> str:
    """Return the CSS rules that give drawings the inks for a dark screen, or else those for light paper."""
    light = ";".join(f"--{name}:{value}" for name, value in INKS.items())
    dark = ";".join(f"--{name}:{value}" for name, value in DARK_INKS.items())
    return f".copydesk-drawing svg{{{light}}}@media screen{{:is({DARK_PAGES}) .copydesk-drawing svg{{{dark}}}}}"


def polygon(points: Iterable[Point], fill: str, *, line: str = "ink", width: float = 0.7) -> str:
    """Return an area with an outline, or without one if ``line`` is empty."""
    stroke = f"stroke:{ink(line)};stroke-width:{width:g}" if line else "stroke:none"
    return f'<path d="M{_joined(points)}Z" style="fill:{ink(fill) if fill else "none"};{stroke}"/>'


def polyline(points: Iterable[Point], *, line: str = "ink", width: float = 1, dash: str = "") -> str:
    """Return a line through some points."""
    dashes = f";stroke-dasharray:{dash}" if dash else ""
    return f'<path d="M{_joined(points)}" style="fill:none;stroke:{ink(line)};stroke-width:{width:g}{dashes}"/>'


def circle(centre: Point, radius: float, fill: str, *, line: str = "ink", width: float = 0.7) -> str:
    """Return a disc."""
    x, y = centre
    look = f"fill:{ink(fill)};stroke:{ink(line)};stroke-width:{width:g}"
    return f'<circle cx="{_short(x)}" cy="{_short(y)}" r="{_short(radius)}" style="{look}"/>'


def label(
    at: Point, text: str, *, turned: bool = False, look: str = "", anchor: str = "middle", fill: str = "ink"
) -> str:
    """Return words on a drawing; with ``turned`` they run upwards."""
    x, y = _short(at[0]), _short(at[1])
    turn = f' transform="rotate(-90 {x} {y})"' if turned else ""
    style = f"fill:{ink(fill)};{look}"
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" style="{style}"{turn}>{escape(text)}</text>'


def _joined(points: Iterable[Point]) -> str:
    return "L".join(f"{_short(x)} {_short(y)}" for x, y in points)


def _short(value: float) -> str:
    """Return a coordinate to a tenth, without a minus sign before zero."""
    return f"{round(value, 1) + 0.0:g}"
