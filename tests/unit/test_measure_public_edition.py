"""The second measure of a public site finds what a stranger finds: by eye, by places given away, by joining."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = ROOT / "seeds" / "article.txt"
TEXT = ARTICLE.read_text(encoding="utf-8")
WORDS = TEXT.split()
TOOL = ROOT / "tools" / "measure_public_edition.py"


def figures(site: Path) -> dict[str, float]:
    """Return what the script prints of a site."""
    command = [sys.executable, str(TOOL), str(site), str(ARTICLE), "--json"]
    figures: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return figures


def test_it_shares_no_code_with_the_build() -> None:
    """It would find the build's mistakes only if it did not make them too."""
    assert "copydesk." not in TOOL.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page",
    [
        f"<p>{TEXT}</p>",
        f'<img alt="{TEXT}">',
        f"<script type='application/json'>{json.dumps({'id': 'a', 'text': TEXT})}</script>",
        "".join(f"<mark><small>a label of four words</small> {word}</mark>" for word in WORDS),
        "".join(f"<li>{word}<details>Explained at some length.</details></li>" for word in WORDS),
    ],
)
def test_the_whole_article_is_found(tmp_path: Path, page: str) -> None:
    """In text, alternative texts and data, and between labels and folds."""
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    found = figures(tmp_path)
    assert found["longest"] > 500
    assert found["share"] == 1


def test_pieces_that_overlap_are_joined(tmp_path: Path) -> None:
    """Quotations of six words that share three with the next one are the whole article."""
    for at in range(0, len(WORDS), 3):
        (tmp_path / f"{at}.html").write_text(f"<p>“{' '.join(WORDS[at : at + 6])}”</p>", encoding="utf-8")
    found = figures(tmp_path)
    assert found["longest"] < 12
    assert found["recovered"] > 0.9


def test_places_beside_cuts_are_used(tmp_path: Path) -> None:
    """Pieces of six words, each cut at a place that is given away, are put where they belong."""
    at = 0
    for number, start in enumerate(range(0, len(WORDS) - 6, 6)):
        piece = " ".join(WORDS[start : start + 6])
        at = TEXT.index(WORDS[start], at)
        gap = at + len(piece)
        page = f'<p>{TEXT[at:gap]}<span data-article="{gap}-{gap + 40}"> …</span></p>'
        (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
        at = gap
    found = figures(tmp_path)
    assert found["longest"] < 12
    assert found["recovered"] > 0.6


def test_pieces_with_gaps_between_stay_apart(tmp_path: Path) -> None:
    """Where something is missing between any two quotations, a script puts nothing together."""
    for at in range(0, len(WORDS), 9):
        (tmp_path / f"{at}.html").write_text(f"<p>“{' '.join(WORDS[at : at + 5])} …”</p>", encoding="utf-8")
    found = figures(tmp_path)
    assert found["share"] > 0.4
    assert found["recovered"] == 0
