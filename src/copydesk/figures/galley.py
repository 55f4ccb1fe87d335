"""Draws the key of the editor's marks, and the web page as it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.figures.drawing import Drawing, Point, ink, label, polygon, polyline
from copydesk.figures.shapes import wrap
from copydesk.text import t

if TYPE_CHECKING:
    import pandas as pd

WIDTH = 340
ROW = 62
LEFT, MIDDLE, RIGHT, NAME = 34.0, 92.0, 150.0, 214.0
"""The positions of the three words of a line of copy and of the mark's name."""

PAGE_HEAD, PAGE_LEFT, PAGE_RIGHT = 34, 24, 316
LETTER = 1.15
"""The width of a word's bar per letter."""


def galley_marks() -> Drawing:
    """Draw the marks by which an editor strikes, inserts and replaces words, each in a line of copy with its name."""
    serif = "font-family:serif;font-size:18px"
    struck = f"{serif};text-decoration:line-through"
    new = f"font-family:serif;font-size:16px;font-style:italic;text-decoration:underline;fill:{ink('pencil')}"
    parts = []
    for row, mark in enumerate(("struck", "inserted", "replaced")):
        y = 40 + ROW * row
        parts.append(label((LEFT, y), t("galley.left"), look=serif))
        parts.append(label((RIGHT, y), t("galley.right"), look=serif))
        if mark != "inserted":
            parts.append(label((MIDDLE, y), t("galley.old"), look=struck))
        if mark != "struck":
            parts.append(_caret((MIDDLE, y + 3)))
            parts.append(label((MIDDLE, y - 20), t("galley.new"), look=new))
        parts.append(label((NAME, y), t(f"galley.{mark}"), anchor="start", look="font-weight:bold"))
        if row:
            parts.append(polyline([(12, y - 44), (WIDTH - 12, y - 44)], line="soft", width=0.5))
    return Drawing(WIDTH, 3 * ROW + 4, "".join(parts), t("galley.alt"))


def _caret(tip: Point) -> str:
    x, y = tip
    return polyline([(x - 6, y + 10), (x, y), (x + 6, y + 10)], line="pencil", width=2)


def found_page(sentences: pd.DataFrame) -> Drawing:
    """Draw the page on which the article was found: its headline, its paragraphs as bars of words, and what follows.

    Args:
        sentences: a row per sentence, with the columns ``kind`` (``title``, ``body`` or ``boilerplate``), ``text`` and
            ``paragraph``, as in ``desk.table("sentences")``.
    """
    title = sentences.loc[sentences["kind"] == "title", "text"].iloc[0]
    form = sentences.loc[sentences["kind"] == "boilerplate", "text"].iloc[0]
    paragraphs = sentences[sentences["kind"] == "body"].groupby("paragraph", sort=False)["text"].agg(" ".join)
    parts = [polyline([(PAGE_LEFT, 18), (PAGE_RIGHT, 18)], line="soft", width=0.5)]
    y = PAGE_HEAD + 12.0
    for line in wrap(title, (PAGE_RIGHT - PAGE_LEFT) * 0.9, 19, family="serif", weight="bold").split("\n"):
        parts.append(label((PAGE_LEFT, y), line, anchor="start", look="font:bold 19px serif"))
        y += 23
    bars = []
    for paragraph in paragraphs:
        x = float(PAGE_LEFT)
        for word in paragraph.split():
            length = 3 + LETTER * len(word)
            if x + length > PAGE_RIGHT:
                x, y = float(PAGE_LEFT), y + 7
            bars.append(f"M{x:.0f} {y:.0f}h{length:.0f}")
            x += length + 2.5
        y += 14
    parts.append(f'<path d="{"".join(bars)}" style="stroke:{ink("soft")};stroke-width:3"/>')
    parts.append(polyline([(PAGE_LEFT, y), (PAGE_RIGHT, y)], line="soft", width=0.5))
    parts.append(label((PAGE_LEFT, y + 24), form, anchor="start", look="font:bold 15px serif"))
    y += 34
    for height in (46, 18, 18):
        parts.append(polygon(_field(y, PAGE_RIGHT - PAGE_LEFT, height), ""))
        y += height + 8
    parts.append(polygon(_field(y, 70, 20), "shade"))
    frame = polygon([(0, 0), (WIDTH, 0), (WIDTH, y + 34), (0, y + 34)], "", width=1.5)
    alt = t("found_page.alt", title=title, paragraphs=len(paragraphs), form=form)
    return Drawing(WIDTH, round(y + 34), "".join(parts) + frame, alt)


def _field(top: float, width: float, height: float) -> list[Point]:
    right = PAGE_LEFT + width
    return [(PAGE_LEFT, top), (right, top), (right, top + height), (PAGE_LEFT, top + height)]
