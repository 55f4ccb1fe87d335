"""Moves the figures out of built pages, so that a page can be read and used before they have loaded."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from copydesk.publish.built_pages import path_to_top

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = PurePosixPath("_static", "figures")
FIGURE = re.compile(r'\b(src|srcset)="data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)"')
SIZE = re.compile(rb'<svg\b[^>]*?\swidth="([\d.]+)pt"\s+height="([\d.]+)pt"')
PIXELS_A_POINT = 4 / 3
STYLE = re.compile(rb' style="([^"]*)"')
RULE_FOR_ALL = re.compile(rb'<style type="text/css">\*\{([^{}]*)\}</style>')
"""Matplotlib's rule for all elements; as attributes of the ``svg`` element, it holds where an element has no others."""


def move_figures(html: Path) -> None:
    """Write each figure of a built book into a file, one for all pages that show it.

    Figures load once the page can be used, or a reader comes near; the page keeps its size, so nothing moves then.
    A figure in two shapes has a file for each, and a browser fetches the one that it shows.
    """
    for path in sorted(html.rglob("*.html")):
        up = path_to_top(path, html)
        page = path.read_text(encoding="utf-8")
        path.write_text(FIGURE.sub(partial(_move_figure, html, up), page), encoding="utf-8", newline="\n")


def _move_figure(html: Path, up: str, match: re.Match[str]) -> str:
    """Write a figure to its file, and return the attributes that show the file in its place."""
    data = _without_styles(base64.b64decode(match[2]))
    name = FOLDER / f"{hashlib.sha256(data).hexdigest()[:12]}.svg"
    (html / FOLDER).mkdir(parents=True, exist_ok=True)
    (html / name).write_bytes(data)
    attributes = [f'{match[1]}="{up}{name}"']
    size = SIZE.search(data)
    if size:
        attributes.append(f'width="{_pixels(size[1])}"')
        attributes.append(f'height="{_pixels(size[2])}"')
    if match[1] == "src":
        attributes.append('loading="lazy"')
    return " ".join(attributes)


def _without_styles(svg: bytes) -> bytes:
    """Return a figure that has attributes instead of styles: a strict policy of a site forbids styles in a file."""
    rule = RULE_FOR_ALL.search(svg)
    bare = RULE_FOR_ALL.sub(b"", STYLE.sub(lambda style: _attributes(style[1]), svg))
    return bare.replace(b"<svg", b"<svg" + _attributes(rule[1]), 1) if rule else bare


def _attributes(style: bytes) -> bytes:
    """Return declarations of a style as attributes; an SVG has one for each property that matplotlib sets."""
    pairs = [declaration.partition(b":") for declaration in style.split(b";") if declaration.strip()]
    return b"".join(b' %s="%s"' % (name.strip(), value.strip()) for name, _, value in pairs)


def _pixels(points: bytes) -> int:
    return round(float(points) * PIXELS_A_POINT)
