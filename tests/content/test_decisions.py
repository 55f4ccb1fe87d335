"""Records of decisions are short, say everything that a later reader asks, and stand in the index."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "decisions"
RECORDS = sorted(FOLDER.glob("[0-9]*.md"))
NUMBERS = [path.name[:4] for path in RECORDS]
MOST_WORDS = 150
HEADINGS = ("Question", "Choice", "Why", "Price", "What would change our mind")
HEAD = re.compile(r"# (\d+)\. (.+)\n\nDate: \d{4}-\d\d-\d\d\. Status: (accepted(?:; .+)?|superseded by \d{4})\.\n\n")


def parts(path: Path) -> tuple[str, str, str, str]:
    """Return number, title, status and text of a record."""
    content = path.read_text(encoding="utf-8")
    head = HEAD.match(content)
    assert head, f"{path.name} begins with a title and a line with date and status; the README has the form"
    return head[1], head[2], head[3], content[head.end() :]


@pytest.mark.parametrize("path", RECORDS, ids=NUMBERS)
def test_a_record_is_short(path: Path) -> None:
    """A record has at most 150 words, for a longer one is not read."""
    _, _, _, text = parts(path)
    assert len(text.split()) <= MOST_WORDS


@pytest.mark.parametrize("path", RECORDS, ids=NUMBERS)
def test_a_record_says_what_a_later_reader_asks(path: Path) -> None:
    """A record has question, choice, reason, price, and what would change our mind, in this order."""
    _, _, _, text = parts(path)
    headings = re.findall(r"^\*\*(.+?)\.\*\*", text, flags=re.MULTILINE)
    assert [heading for heading in headings if heading in HEADINGS] == list(HEADINGS)


@pytest.mark.parametrize("path", RECORDS, ids=NUMBERS)
def test_a_record_stands_in_the_index(path: Path) -> None:
    """The index has the title and the status of each record."""
    number, title, status, _ = parts(path)
    row = f"| {path.name[:4]} | [{title}]({path.name}) | {status} |"
    assert row in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    assert path.name[:4] == number.zfill(4)


def test_what_overtakes_a_record_is_there() -> None:
    """No number is used twice, and a record that is overtaken names one that exists."""
    assert len(set(NUMBERS)) == len(NUMBERS)
    for path in RECORDS:
        _, _, status, _ = parts(path)
        assert set(re.findall(r"\d{4}", status)) <= set(NUMBERS)
