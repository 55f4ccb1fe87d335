"""Drawings made of code: their words, their inks, their weight."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from copydesk import figures
from copydesk.figures.drawing import DARK_INKS, INKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from copydesk.figures.drawing import Drawing

ROOT = Path(__file__).parents[3]
ROWS = [
    ("title", "The old bridge <is> closed & nobody knows for how long", 0),
    ("body", "The old footbridge was closed on Tuesday.", 1),
    ("body", "Two planks had split.", 1),
    ("body", "About three hundred people cross it every day.", 2),
    ("boilerplate", "Leave a Reply", 3),
    ("boilerplate", "Required fields are marked *", 4),
]
DRAWN: dict[str, Callable[[], Drawing]] = {
    "marks": figures.galley_marks,
    "page": lambda: figures.found_page(pd.DataFrame(ROWS, columns=["kind", "text", "paragraph"])),
    "plan": figures.town_plan,
    **{f"view {name}": lambda name=name: figures.town_view(name) for name in "ABCD"},  # type: ignore[misc]
}
ON_A_PHONE = 350
SMALLEST_TYPE = 12
STYLES = "src/copydesk/publish/book/_static"


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_has_words_and_can_be_read_on_a_phone(name: str) -> None:
    """An image with a name for those who do not see it, and no type below 12 pixels on a screen of 390."""
    drawing = DRAWN[name]()
    root = ET.fromstring(drawing.to_svg())  # noqa: S314  (our own)
    assert root.get("role") == "img"
    assert root.get("aria-label") == drawing.alt == repr(drawing)
    scale = min(1.6, ON_A_PHONE / drawing.width)
    sizes = [float(size) for size in re.findall(r"(?:font-size[:=]\"?|font:bold )(\d+)", drawing.to_svg())]
    assert min(sizes) * scale >= SMALLEST_TYPE


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_has_the_inks_of_its_page(name: str) -> None:
    """No colour is fixed: all are inks, which a drawing brings for light paper."""
    drawing = DRAWN[name]()
    assert not re.search(r"#[0-9a-f]{3}", drawing.inside)
    assert set(re.findall(r"var\(--([a-z]+)\)", drawing.inside)) <= set(INKS)
    for ink, light in INKS.items():
        assert f"--{ink}:{light}" in drawing.to_svg()


def test_dark_pages_have_every_ink() -> None:
    """A drawing brings a dark ink for each light one, for screens alone."""
    assert set(DARK_INKS) == set(INKS)
    svg = DRAWN["marks"]().to_svg()
    dark = svg[svg.index("@media screen") :]
    for ink, value in DARK_INKS.items():
        assert f"--{ink}:{value}" in dark


@pytest.mark.parametrize(
    "sheet",
    ["src/copydesk/publish/book/_static/book.css", "src/copydesk/publish/book/_static/print.css", "js/lab/style.css"],
)
def test_the_dark_inks_stand_in_one_place(sheet: str) -> None:
    """No style sheet says again which inks a drawing has."""
    text = (ROOT / sheet).read_text(encoding="utf-8")
    assert not any(DARK_INKS[ink] in text for ink in ("roof", "water", "green"))


def test_a_drawing_weighs_little() -> None:
    """All seven together take less than a fifth of what a page may weigh, packed; they are part of it."""
    everything = "".join(draw().to_html() for draw in DRAWN.values())
    assert len(gzip.compress(everything.encode(), 6)) < 12_000


def test_the_page_as_found_says_what_is_on_it() -> None:
    """Its words have the headline as found, how many paragraphs follow, and the form; it names no newspaper."""
    drawing = DRAWN["page"]()
    assert "“The old bridge <is> closed & nobody knows for how long”" in drawing.alt
    assert "2 paragraphs" in drawing.alt
    assert ">Leave a Reply</text>" in drawing.inside
    assert "<is>" not in drawing.to_svg()


def test_the_key_names_each_mark() -> None:
    """Struck, inserted and replaced words are told apart by a line, a caret and words, and not by colour alone."""
    drawing = figures.galley_marks()
    for mark in ("struck", "inserted", "replaced"):
        assert f">{mark}</text>" in drawing.inside
        assert mark in drawing.alt.lower()
    assert drawing.inside.count("line-through") == 2


def test_what_a_notebook_shows_is_the_drawing_and_its_words() -> None:
    """A cell shows the figure, and where no HTML is shown its alternative text."""
    bundle = figures.galley_marks()._repr_mimebundle_()
    assert bundle["text/html"].startswith('<figure class="copydesk-drawing"')
    assert bundle["text/plain"] == figures.galley_marks().alt
