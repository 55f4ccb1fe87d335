"""What is stated about the event stands in the dossier entry that it is pinned to."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from copydesk.checks.extraction import Date
from copydesk.checks.pins import PinChecker, SeedTexts, pin_faults, read_names
from copydesk.checks.text_units import TextUnit, bank_units, card_units, notebook_units, page_units, prose, read_pins
from copydesk.course.bank import Bank
from copydesk.course.bank_files import SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.seeds import Seeds
from copydesk.course.settings import find_root

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()
SEEDS = Seeds(ROOT)
ARTICLE = "Mr Putin flew by helicopter. The country’s gas. The warrant claims he bore responsibility."
TEXTS = {
    "C17": "Reuters wrote on 14 March 2023 that the front lines had hardly moved for more than four months.",
    "TL06": "2022-03-16\nStrike on the theatre; 1,348 deaths",
    "K-ICC": "Judges see “reasonable grounds to believe”.",
    "dossier-counts": "attributions: 8",
}
NAMES = [("Reuters",), ("Tass", "TASS"), ("Putin",)]


def unit(text: str, *pins: str, free: tuple[str, ...] = ()) -> TextUnit:
    """Return a unit with one text."""
    return TextUnit("lesson.md", 1, "", "02-attribution", "learner", (text,), pins=pins, free=free)


def faults(given: TextUnit) -> list[str]:
    """Return what is wrong with a unit, without the remedies."""
    return [what for what, _ in pin_faults(given, SeedTexts(TEXTS, ARTICLE, NAMES, Date(2023, 3, 19)))]


@pytest.mark.parametrize(
    "given",
    [
        unit("Reuters wrote it on 14 March.", "C17"),
        unit("On 16 March 2022 a strike hit the theatre; 1348 people died, in 2022.", "TL06"),
        unit("The court saw “Reasonable grounds … to believe”.", "K-ICC"),
        unit("It says “claims he bore responsibility” and “The country’s gas.”", "C17"),
        unit("There are 8 attributions, as of 19 March 2023.", "dossier-counts"),
        unit("On a scale from 0 to 100, “said” is neutral.", "C17", free=("0", "100", "“said”")),
        unit("One may say it was alleged. “Alleged” doubts.", "C17"),
        unit("Anything: Tass, “words”, 1999.", "course"),
        unit("Anything: Tass, “words”, 1999.", "invented", "course"),
        unit("No fact stands here."),
    ],
)
def test_what_the_pins_carry_passes(given: TextUnit) -> None:
    """Quotations, numbers, dates and names that stand in a pin, the article or the free strings are no fault."""
    assert faults(given) == []


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (unit("Reuters wrote it on 15 March.", "C17"), "15 March is in no pin"),
        (unit("It happened on 16 March 2023.", "TL06"), "16 March 2023 is in no pin"),
        (unit("In all 1349 died.", "TL06"), "1349 is in no pin"),
        (unit("They see “sufficient grounds”.", "K-ICC"), "“sufficient grounds” is in no pin"),
        (unit("It says “The country's gas”.", "C17"), "“The country's gas” is in no pin"),
        (unit("TASS said so.", "C17"), "Tass is in no pin"),
        (unit("Yes.", "C99"), "the pin 'C99' is not in the seeds"),
        (unit('He "said" so.', "C17"), "there is a straight quotation mark"),
        (unit("It says “claims he bore”."), "nothing is pinned here: claims he bore"),
        (unit("In 1,348 cases."), "nothing is pinned here: 1348"),
        (unit("Putin flew."), "nothing is pinned here: Putin"),
        (unit("On 17 March 2023.", "course"), "17 March 2023 is about the event, and only course is pinned"),
        (
            unit("It says “claims he bore responsibility”.", "course"),
            "“claims he bore responsibility” is about the event, and only course is pinned",
        ),
    ],
)
def test_what_no_pin_carries_is_named(given: TextUnit, what: str) -> None:
    """A figure, date, quotation or name without an entry that has it is a fault that quotes it."""
    assert faults(given) == [what]


def test_numbers_of_keys_and_wordings_of_passages_are_compared() -> None:
    """The number that a key asks for, and a passage that was read elsewhere, stand on pins as well."""
    given = replace(
        unit("Count the attributions.", "dossier-counts"), values=(8.0,), passages=("Reuters wrote on 14 March 2023",)
    )
    assert faults(given) == ["“Reuters wrote on 14 March 2023” is in no pin"]
    assert faults(replace(given, pins=("dossier-counts", "C17"))) == []
    assert "9 is in no pin" in faults(replace(given, values=(9.0,)))


def test_a_count_is_carried_where_its_thing_is_spoken_of() -> None:
    """The totals of the seeds carry a number only for a unit that speaks of what is counted."""
    assert faults(unit("It has 8 attributions.", "dossier-counts")) == []
    assert faults(unit("It has 8 headlines.", "dossier-counts")) == ["8 is in no pin"]


def test_an_exemplar_may_quote_itself() -> None:
    """A written example may quote words of its own, and nothing that it does not say."""
    text = "I said the line barely moves. I chose “the line barely moves” and “the line stands still”."
    given = replace(unit("", "C17"), exemplars=(text,))
    assert faults(given) == ["“the line stands still” is in no pin"]


def test_a_comment_holds_pins_and_free_strings() -> None:
    """Ids are parted by spaces, free strings by a comma and a space; a number may hold a comma."""
    source = "Text.\n\n<!-- pins: C17 K-ICC ref-41 | free: 425,681, “said” -->"
    assert read_pins(source) == (("C17", "K-ICC", "ref-41"), ("425,681", "“said”"))
    assert prose(source).strip() == "Text."


def test_markup_is_no_text() -> None:
    """Addresses, code and comments state nothing; the words of a link and of a directive do."""
    source = "See [page 8](../lessons/02.ipynb#50), `x = 9` and **bold** *words* on https://a.example/2022."
    assert prose(source).split() == ["See", "page", "8,", "code", "and", "bold", "words", "on"]
    fences = "```python\nx = 1999\n```\n\n```{note}\nIt was in 2022.\n```\n"
    assert prose(fences).strip() == "It was in 2022."


def test_a_page_is_cut_at_its_headings(tmp_path: Path) -> None:
    """Each heading of a page begins a unit that knows its line and its own pins."""
    page = tmp_path / "page.md"
    page.write_text("---\na: 1\n---\n\n# One\n\nA.\n\n<!-- pins: S01 -->\n\n## Two\n\nB.\n", encoding="utf-8")
    units = list(page_units(page, "book/page.md", reader="learner"))
    assert [(each.line, each.pins) for each in units] == [(5, ("S01",)), (11, ())]


def test_a_notebook_is_cut_into_its_markdown_cells(tmp_path: Path) -> None:
    """Each Markdown cell is a unit, counted from 1 over all cells; cells for instructors are told apart."""
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# One\n", "<!-- pins: course -->"]},
        {"cell_type": "code", "metadata": {}, "source": "x = 1"},
        {"cell_type": "markdown", "metadata": {"tags": ["instructor"]}, "source": "Two"},
    ]
    path = tmp_path / "02-attribution.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    units = list(notebook_units(path, path.name))
    assert [(each.place, each.reader, each.pins) for each in units] == [
        ("cell 1", "learner", ("course",)),
        ("cell 3", "instructor", ()),
    ]


def test_tasks_and_cards_bring_pins_of_their_own() -> None:
    """Cards and the article's sentences pin the task that shows them; the sources of a card pin the card."""
    bank = Course(ROOT).bank(SOLUTIONS, "02-attribution")
    by_place = {each.place: each for each in bank_units(bank, "tasks.yml", {"T1": 11})}
    assert "S18" in by_place["T1"].pins
    assert by_place["T1"].line == 11
    assert {"K-ICC", "K-FRONT"} <= set(by_place["W1"].pins)
    assert by_place["T4"].values == (1.0, 4.0, 1.0, 2.0)
    assert len(by_place["W1"].exemplars) == 8
    card = next(iter(card_units(SEEDS.part("cards"), "cards.yml", {})))
    assert set(SEEDS.part("cards")[0].sources) <= set(card.pins)


def test_ids_that_authors_choose_hide_no_text() -> None:
    """An item may be called like a field of the model; its reason is read all the same."""
    data = {"id": "P1", "kind": "order", "title": "T", "prompt": "Put in order.", "first": "first", "last": "last"}
    items = [{"id": name, "text": f"Item {name}"} for name in ("source", "level")]
    key = {"ranks": [["source"], ["level"]], "why": {"source": "It was in 1999.", "level": "It came later."}}
    bank = {"schema": "copydesk/bank/1", "course": "c", "lesson": "02-x", "title": "T", "purpose": "practice"}
    task = {**data, "items": items, "key": key}
    read = Bank.model_validate({**bank, "keyed_by": "one reading", "tasks": [task]})
    assert "It was in 1999." in next(bank_units(read, "quiz.yml", {})).texts


def test_every_listed_name_is_one_of_the_dossier() -> None:
    """No name is listed that the seeds do not speak of, so that each can be pinned."""
    said = "\n".join(SEEDS.pin_texts().values())
    assert [forms for forms in read_names(SEEDS) if not any(form in said for form in forms)] == []


def test_a_card_of_an_invented_world_stands_for_the_pin_invented() -> None:
    """Numbers and quotations need no entry in a text on such cards only; beside a real card they do."""
    checker = PinChecker(SEEDS, date(2023, 3, 19))
    assert list(checker.faults(unit("“Only 77 boats”, they wrote.", "K-X-LOG"))) == []
    assert list(checker.faults(unit("“Only 77 boats”, they wrote.", "K-X-LOG", "K-ICC")))
