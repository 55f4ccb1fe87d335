"""The draw of statements: what is about the event, the same for a seed, with place and pins."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = """# A page

Tass reported the visit on Sunday 19 March 2023. Who said so? Two words. Reuters passed it on with a source.

<!-- pins: C07 -->

## Of the course

Every lesson of this course takes an hour or less of your time.

<!-- pins: course -->

## A ferry

The ferry of the town ran twice a day in May, the office said.

<!-- pins: invented -->
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a course with one page."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "about.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def draw(course: Path, *options: str) -> str:
    """Return what the tool prints."""
    command = [sys.executable, str(ROOT / "tools" / "draw_statements.py"), "--root", str(course), *options]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def test_statements_about_the_event_are_drawn_and_nothing_else(course: Path) -> None:
    """No question, no heading, nothing of the course itself, nothing invented."""
    drawn = draw(course, "--seed", "1", "--count", "9999")
    assert "Reuters passed it on with a source." in drawn
    assert "book/about.md, line 1 [C07]" in drawn
    for other in ("Who said so?", "Two words.", "Every lesson of this course", "The ferry of the town"):
        assert other not in drawn


def test_a_seed_draws_the_same_again(course: Path) -> None:
    """The record of a review names the seed."""
    assert draw(course, "--seed", "5", "--count", "20") == draw(course, "--seed", "5", "--count", "20")
    assert draw(course, "--seed", "5", "--count", "20") != draw(course, "--seed", "6", "--count", "20")
