"""The evidence cards and the two tables stand on the seeds, and a pin gives what its entry says."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from copydesk.course.seeds import TABLES, Seeds
from copydesk.course.settings import find_root

if TYPE_CHECKING:
    from copydesk.course.article import Card

SEEDS = Seeds(find_root())
INVENTED = [card for card in SEEDS.part("cards") if card.pins == ("invented",)]
CARDS = [card for card in SEEDS.part("cards") if card not in INVENTED]
TEXTS = SEEDS.pin_texts()
AFTER = re.compile(r"20(2[4-9])|(2[1-9]|3[01]) March 2023|(April|May|June|July) 2023")


def plain(text: str) -> str:
    """Return a text without its differences of case and apostrophe."""
    return text.replace("’", "'").casefold()


def test_roles_are_counted() -> None:
    """Of the cards on the event two repeat, one is wrong, one is invented, and the others are evidence."""
    roles = Counter(card.role for card in CARDS)
    assert roles == {"evidence": len(CARDS) - 4, "repeats": 2, "wrong": 1, "other": 1}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
class TestCard:
    """Each card."""

    def test_stands_on_entries_that_exist(self, card: Card) -> None:
        """Every source and every pin of a card is an entry of the seeds, and it has at least one pin."""
        assert card.pins
        assert {*card.pins, *card.sources} <= TEXTS.keys()
        assert card.id not in card.pins

    def test_quotes_at_most_40_words_that_stand_there(self, card: Card) -> None:
        """What a card quotes is short, and stands in the article or in an entry that the card names."""
        assert len(card.quote.split()) <= 40
        ground = plain(" ".join([SEEDS.article, *(TEXTS[name] for name in (*card.pins, *card.sources))]))
        for quoted in (card.quote, *re.findall("“([^”]+)”", card.says)):
            for part in quoted.split("…"):
                assert plain(part.strip()) in ground

    def test_says_where_it_was_read(self, card: Card) -> None:
        """A card without a source of its own names the reference that it was read in."""
        references = {name.removeprefix("ref-") for name in card.pins if name.startswith("ref-")}
        assert card.sources or any(f"(reference {number})" in card.read for number in references)

    def test_marks_what_is_later_than_the_article(self, card: Card) -> None:
        """A card on something later than the coverage of the visit tells the reader that it is later."""
        if AFTER.search(card.date):
            assert "later than 19 March 2023" in card.date


def test_cards_of_an_invented_world_say_so() -> None:
    """A card about an invented place has an id of its own kind, names no real source and says that it is invented."""
    assert INVENTED
    for card in INVENTED:
        assert card.id.startswith("K-X-")
        assert not card.sources
        assert card.read == "invented for this course"
        assert len(card.quote.split()) <= 40


def test_every_entry_can_be_pinned() -> None:
    """No entry of any table is without an id that a pin can name, and each of these texts says something."""
    for table in TABLES:
        for entry in SEEDS.part(table):
            name = getattr(entry, "id", None) or entry.key
            assert TEXTS[f"ref-{name}" if table == "references" else name].strip()


@pytest.mark.parametrize(
    ("pin", "said"),
    [
        ("S08", "The warrant claims he bore"),
        ("S04", "population and steelworks are unattributed"),
        ("C21", "43,500 of 90,873"),
        ("TL12", "2022-09-30"),
        ("ES01", "425681"),
        ("ES01", "425,681"),
        ("CM01", "0.791"),
        ("FP08", "Security and defense"),
        ("AT03", "claims"),
        ("K-EANA", "27 February and 13 May 2022"),
        ("REUTERS_0314", "2023-03-14"),
        ("ref-77", "Mostly False"),
        ("dossier-counts", "sentences_with_attribution: 6"),
        ("dossier-counts", "claims, verdict supported: 18"),
        ("dossier-counts", "traces: 28"),
        ("dossier-frames", "Crime and punishment"),
    ],
)
def test_a_pin_gives_what_its_entry_says(pin: str, said: str) -> None:
    """The text behind a pin holds quotations, evidence, dates and numbers of its entry."""
    assert said in TEXTS[pin]


def test_a_pin_carries_no_stray_digits() -> None:
    """Offsets and addresses are not part of what an entry says."""
    assert "1235" not in TEXTS["AT03"]
    assert "http" not in TEXTS["REUTERS_0314"]


def test_sixteen_wordings_have_fewer_origins() -> None:
    """Rows of one origin are linked: two rows are our copy, and one only quotes another."""
    frames = SEEDS.table("frames")
    assert list(frames["id"]) == [f"FW{number:02}" for number in range(1, 17)]
    assert frames["copy_of"].where(frames["copy_of"] != "", frames["id"]).nunique() == 14
    assert {*frames.loc[frames["hedge"] == "", "writer_commits"]} == {3}


def test_the_wordings_of_our_copy_stand_in_the_article() -> None:
    """The two wordings given as ours are the article's own."""
    ours = [row for row in SEEDS.part("frames") if row.source == "OUR_COPY"]
    assert len(ours) == 2
    assert all(row.wording in SEEDS.article for row in ours)


def test_estimates_are_of_two_measures() -> None:
    """Eight counts of the city and six shares of the land, each defined or marked as not defined."""
    estimates = SEEDS.table("estimates")
    assert sorted(estimates["measure"].value_counts()) == [6, 8]
    assert estimates.loc[estimates["unit"] == "%", "value"].between(0, 100).all()
    assert estimates["value"].min() == 22


def test_a_card_names_the_publishers_of_its_sources() -> None:
    """Readers of an interactive card see who published what it quotes; an invented card has its title's publisher."""
    assert SEEDS.card("K-FRONT").publisher == SEEDS.sources_by_key["REUTERS_0314"].publisher
    assert SEEDS.card("K-X-COURT").publisher == SEEDS.card("K-X-COURT").publisher_and_date[0]
    assert all(card.publisher for card in SEEDS.part("cards"))
