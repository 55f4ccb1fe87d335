"""The glossary defines each term once, and every link to a term finds it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from copydesk.checks.text_units import markdown_cells
from copydesk.course.glossary import plain_glossary
from copydesk.course.settings import find_root

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()
GLOSSARY = (ROOT / "book" / "glossary.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\{glossary\}\n(.*?)^```", GLOSSARY, flags=re.MULTILINE | re.DOTALL)
TERMS = [line for block in BLOCKS for line in block.splitlines() if line and not line.startswith(" ")]
ANCHORS = {f"term-{term.replace(' ', '-')}" for term in TERMS}
LINK = re.compile(r"\(([^()\s]*glossary\.md)(?:#([^()\s]*))?\)")
NOTEBOOKS = sorted(path for folder in ("lessons", "exercises", "solutions") for path in (ROOT / folder).glob("*.ipynb"))
PAGES = sorted((ROOT / "book").rglob("*.md"))
TAUGHT = (
    "Provenance",
    "Version",
    "Copy",
    "Rewriting",
    "Trace",
    "Attribution",
    "Source",
    "Cue",
    "Content",
    "Cue verb",
    "State media",
    "Public service media",
    "Wire copy",
    "Independent sources",
    "Frame",
    "Loaded language",
    "Presupposition",
    "Nominalisation",
    "Agency deletion",
    "Hedge",
    "Claim",
    "Opinion",
    "Prediction",
    "Mixed statement",
    "Claim drift",
    "Check-worthiness",
    "Verdict",
    "Support",
    "Confidence",
    "As-of date",
    "Calibration",
)
"""The definitions that the lessons stand on; a lesson that brings one in says where it is defined."""


def text_of(path: Path) -> str:
    """Return the words of a page that a reader sees: of a notebook the Markdown cells."""
    if path.suffix == ".ipynb":
        return "\n".join(cell.source for cell in markdown_cells(path))
    return path.read_text(encoding="utf-8")


def anchors_in(path: Path) -> list[str]:
    """Return the places in the glossary that a page links to, in its order."""
    return [anchor for _, anchor in LINK.findall(text_of(path)) if anchor]


def test_each_term_is_defined_once() -> None:
    """Two definitions of one term would let lessons mean different things."""
    assert [term for term, times in Counter(term.casefold() for term in TERMS).items() if times > 1] == []


def test_no_word_is_lost_where_no_book_is_built() -> None:
    """In JupyterLab each term is a heading, and under it stands what the book says, word for word."""
    found = plain_glossary(GLOSSARY)
    assert re.findall(r"^### (.+)", found, flags=re.MULTILINE) == TERMS
    assert "glossary}" not in found
    bare = re.sub(r"```(\{glossary\})?|^### ", "", GLOSSARY, flags=re.MULTILINE)
    assert found.replace("### ", "").split() == bare.split()


@pytest.mark.parametrize("path", [*NOTEBOOKS, *PAGES], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_find_their_term(path: Path) -> None:
    """A link to the glossary leads to the glossary, and to a term that stands there under that name."""
    for target, anchor in LINK.findall(text_of(path)):
        assert (path.parent / target).resolve() == ROOT / "book" / "glossary.md"
        assert not anchor or anchor in ANCHORS


@pytest.mark.parametrize("term", TAUGHT)
def test_taught_terms_are_linked(term: str) -> None:
    """Every term that the course teaches is defined, and at least one lesson links to its definition."""
    lessons = [path for path in NOTEBOOKS if path.parent.name == "lessons"]
    assert any(f"term-{term.replace(' ', '-')}" in anchors_in(path) for path in lessons)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_terms_are_linked_at_first_use_only(path: Path) -> None:
    """A term is linked once in a notebook, where it first comes up, so that links stay worth following."""
    assert [anchor for anchor, times in Counter(anchors_in(path)).items() if times > 1] == []
