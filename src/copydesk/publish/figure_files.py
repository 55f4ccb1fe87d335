"""Takes the figures out of built pages, so that a page can be read and used before they have come."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = PurePosixPath("_static", "figures")
FIGURE = re.compile(r'src="data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)"')
SIZE = re.compile(rb'<svg\b[^>]*?\swidth="([\d.]+)pt"\s+height="([\d.]+)pt"')
PIXELS_A_POINT = 4 / 3


def take_out(html: Path) -> None:
    """Write each figure of a built book into a file, one for all pages that show it.

    The page keeps its size, so that nothing moves when it comes: once the page can be used, or a reader comes near.
    """
    for path in sorted(html.rglob("*.html")):
        up = "../" * (len(path.relative_to(html).parts) - 1)

        def out(match: re.Match[str], up: str = up) -> str:
            data = base64.b64decode(match[1])
            name = FOLDER / f"{hashlib.sha256(data).hexdigest()[:12]}.svg"
            (html / FOLDER).mkdir(parents=True, exist_ok=True)
            (html / name).write_bytes(data)
            size = SIZE.search(data)
            sides = [round(float(side) * PIXELS_A_POINT) for side in size.groups()] if size else []
            attributes = map('{}="{}"'.format, ("width", "height"), sides)
            return " ".join([f'src="{up}{name}"', *attributes, 'loading="lazy"'])

        page = path.read_text(encoding="utf-8")
        path.write_text(FIGURE.sub(out, page), encoding="utf-8", newline="\n")
