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
    data = base64.b64decode(match[2])
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


def _pixels(points: bytes) -> int:
    return round(float(points) * PIXELS_A_POINT)
