"""What a translator in the browser may not change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.checks.extraction import quotations, remove_quotations
from copydesk.text.quotations import QUOTATION, quoted


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("S05: “a trip” (today)", 'S05: <span translate="no">“a trip”</span> (today)'),
        ("«поїздка» і «візит»", '<span translate="no">«поїздка»</span> і <span translate="no">«візит»</span>'),
        ("“the “trip” of S05” (today", '<span translate="no">“the “trip” of S05”</span> (today'),
        ("“not closed, “a trip”", '“not closed, <span translate="no">“a trip”</span>'),
        ("*The paper:* “a trip”", '<em>The paper:</em> <span translate="no">“a trip”</span>'),
        ("**no** 2 * 3 * 4", "<strong>no</strong> 2 * 3 * 4"),
        ("nothing is quoted", "nothing is quoted"),
        ("“never closed", "“never closed"),
    ],
)
def test_what_is_quoted_stays(text: str, html: str) -> None:
    """Words in quotation marks are left to nobody's translator, all else is, and stress is shown and not its signs."""
    assert str(quoted(text)) == html


VECTORS = Path(__file__).parents[1] / "vectors" / "quotations" / "quotations.json"
TEXTS = json.loads(VECTORS.read_text(encoding="utf-8"))["texts"]


@pytest.mark.parametrize("pieces", TEXTS, ids="".join)
def test_marks_of_any_language_are_known(pieces: list[str]) -> None:
    """Quotation marks of several languages, one of which closes in German and opens in English, are told apart."""
    assert QUOTATION.split("".join(pieces)) == pieces


CHECKED = [pieces for pieces in TEXTS if '"' not in "".join(pieces) and "“n" not in "".join(pieces)]
"""Checks forbid straight marks, and read a quotation that is not closed to the end of its paragraph."""


@pytest.mark.parametrize("pieces", CHECKED, ids="".join)
def test_checks_find_the_same_quotations(pieces: list[str]) -> None:
    """What checks compare and leave out of the course's own words is what stands between these marks."""
    text = "".join(pieces)
    assert quotations(text) == [piece[1:-1] for piece in pieces[1::2]]
    assert remove_quotations(text, "0") == "0".join(pieces[::2])


def test_a_hostile_text_is_only_text() -> None:
    """Markup in a text, quoted or not, is shown as it stands."""
    assert "<b>" not in quoted("<b>x</b> “<b>y</b>”")
