"""An evidence card is named by publisher and date alone; it quotes and dates, and never judges."""

from __future__ import annotations

import pytest

from copydesk.checks.cards import card_faults
from copydesk.course.article import Card

CLAIM = "the ferry was the closest to the northern islands"


def card(title: str = "The Harbour Post, 3 May 2023", says: str = "It wrote this on Tuesday.") -> Card:
    """Return a card of an invented paper."""
    return Card(
        id="K-FERRY",
        title=title,
        quote="the ferry came near",
        says=says,
        sources=(),
        date="3 May 2023 (later than 19 March 2023)",
        read="invented for this course",
    )


def faults(given: Card) -> list[str]:
    """Return what is wrong with a card."""
    return [fault for fault, _ in card_faults(given, [CLAIM])]


def test_publisher_and_date_are_a_good_title() -> None:
    """A title of the publisher and the day of the field ``date`` has no fault, though the field says more."""
    assert faults(card()) == []
    assert card().publisher_and_date == ("The Harbour Post", "3 May 2023")


@pytest.mark.parametrize("title", ["How near was it?", "The Harbour Post", "The Harbour Post, 4 May 2023"])
def test_another_title_is_named(title: str) -> None:
    """A title without a date, or with another day than the field ``date``, is a problem."""
    assert faults(card(title)) == [f"the title “{title}” is not publisher and date"]


def test_a_word_of_the_claim_is_named() -> None:
    """A title may not repeat a word of a claim that its card decides; the names in a claim may be publishers."""
    assert faults(card("The closest ferry, 3 May 2023")) == [
        "“closest” of the claim is in the title",
        "“ferry” of the claim is in the title",
    ]


@pytest.mark.parametrize(
    ("says", "word"),
    [
        ("So the film proves nothing.", "proves"),
        ("The number is wrong.", "wrong"),
        ("The claim is not established.", "established"),
        ("This card cannot tell you who said it.", "cannot tell"),
        ("A later card never counts against the article.", "never counts"),
    ],
)
def test_a_word_that_judges_is_named(says: str, word: str) -> None:
    """What follows from a card stands in the key."""
    assert faults(card(says=says)) == [f"“{word}” judges"]


def test_a_quoted_word_is_the_source_s_own() -> None:
    """A source may say that something is wrong; the card quotes it."""
    assert faults(card(says="The harbour office wrote that the date was “plainly wrong”.")) == []
