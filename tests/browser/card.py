"""Draws ``book/social-card.png``, the picture that other sites show beside a link to the book.

python tests/browser/card.py
"""

from __future__ import annotations

import io
from pathlib import Path

from browsing import running_browser
from PIL import Image

from copydesk.publish.page_head import CARD, CARD_SIZE

ROOT = Path(__file__).resolve().parents[2]
COLOURS = 32
"""Enough for three colours and the edges of letters; the picture is a third as large as with all of them."""

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><style>
  body { margin: 0; width: 1200px; height: 630px; box-sizing: border-box; padding: 88px 96px; background: #fdfcf8;
         color: #1d1b18; border-top: 24px solid #1b4f9c; font-family: Palatino, "URW Palladio L", Georgia, serif; }
  h1 { margin: 0; font-size: 132px; line-height: 1; letter-spacing: -3px; }
  p { margin: 28px 0 44px; padding-bottom: 36px; border-bottom: 12px double #1d1b18; font-size: 54px;
      font-style: italic; color: #5b574f; }
  svg { display: block; }
</style><h1>Copy Desk</h1><p>One news article, taken apart</p>
<svg width="1008" height="130" fill="none" stroke-width="14">
  <path stroke="#d9d4c7" d="M0 20h1008M0 75h610M690 75h318M0 123h420"/>
  <path stroke="#1b4f9c" stroke-width="10" d="M606 96l22-22 26 26M470 96l34 30 76-84"/>
</svg></html>"""


def main() -> None:
    """Draw the picture, with few colours."""
    with running_browser() as browser:
        page = browser.new_page(viewport=dict(zip(("width", "height"), CARD_SIZE, strict=True)))
        page.set_content(PAGE)
        picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(ROOT / "book" / CARD, optimize=True)


if __name__ == "__main__":
    main()
