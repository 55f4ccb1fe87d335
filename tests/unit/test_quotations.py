"""What a translator in the browser may not change."""

from __future__ import annotations

import pytest

from copydesk.text.quotations import quoted


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


def test_a_hostile_text_is_only_text() -> None:
    """Markup in a text, quoted or not, is shown as it stands."""
    assert "<b>" not in quoted("<b>x</b> “<b>y</b>”")
