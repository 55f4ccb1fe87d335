"""The page that walks through a course of 300 shows what the program prints. It takes about three minutes."""

from __future__ import annotations

from walkthrough_course import PAGE, worked_through


def test_the_page_shows_what_the_commands_print() -> None:
    """Each output on the page is the one that its command prints today, on the files that the page shows.

    If it isn't, ``python tests/simulated/walkthrough_course.py`` brings the page up to date.
    """
    text = PAGE.read_text(encoding="utf-8")
    assert worked_through(text) == text
