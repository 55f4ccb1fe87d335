"""What a text states is found in a form that can be compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checks.extraction import (
    Date,
    all_numbers,
    dates,
    is_known,
    numbers,
    occurs_in,
    quotation_parts,
    quotations,
    remove_quotations,
)

WORDS = st.text(alphabet="abcdefg hij", min_size=1, max_size=30)
DATES = st.dates()


@given(st.lists(st.tuples(WORDS, WORDS), max_size=5))
def test_quotations_are_found_in_any_text(parts: list[tuple[str, str]]) -> None:
    """Whatever is put between curly marks is found, in order, and taking it out leaves the rest."""
    text = "".join(f"{plain}“{quoted}”" for plain, quoted in parts)
    assert quotations(text) == [quoted for _, quoted in parts]
    assert remove_quotations(text, "") == "".join(plain for plain, _ in parts)


def test_the_outermost_marks_count() -> None:
    """A quotation inside a quotation belongs to it, and one that is not closed ends with its paragraph."""
    assert quotations("He wrote “the stop a “work trip” for him” twice.") == ["the stop a “work trip” for him"]
    assert quotations("It “never ends\n\nand here “it does”.") == ["never ends", "it does"]


def test_dots_split_a_quotation() -> None:
    """Dots of omission part a quotation; punctuation of the sentence around it is no part of it."""
    assert quotation_parts("our land, our territory … return what is ours,") == [
        "our land, our territory",
        "return what is ours",
    ]
    assert quotation_parts("… ...") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on Friday 17 March 2023, she said", {Date(2023, 3, 17)}),
        ("on 16 and 17 March", {Date(0, 3, 16), Date(0, 3, 17)}),
        ("18–19 March 2023", {Date(2023, 3, 18), Date(2023, 3, 19)}),
        ("March 17, 2023", {Date(2023, 3, 17)}),
        ("in March 2023", {Date(2023, 3, 0)}),
        ("2022-02-24/2022-05-20", {Date(2022, 2, 24), Date(2022, 5, 20)}),
        ("in March, 40 people", set()),
    ],
)
def test_dates_are_read_in_the_forms_of_the_course(text: str, found: set[Date]) -> None:
    """Days before and after the month, ranges, months and ISO dates are dates."""
    assert dates(text)[0] == found


@given(DATES)
def test_a_date_is_known_by_its_iso_form(date: object) -> None:
    """A date written out is the date that the dossier has in ISO form, with its year or without."""
    known = dates(date.isoformat())[0]  # type: ignore[attr-defined]
    written = Date(date.year, date.month, date.day)  # type: ignore[attr-defined]
    assert dates(f"on {written}.")[0] <= {written, written._replace(year=0)}
    assert is_known(written, known)
    assert is_known(written._replace(year=0), known)
    assert not is_known(written._replace(year=written.year + 1), known)


def test_a_known_date_without_its_year_needs_another_of_that_year() -> None:
    """“17 March 2022” is not known from “17 March” where only 2023 is spoken of."""
    known = {Date(0, 3, 17), Date(2023, 2, 1)}
    assert is_known(Date(2023, 3, 17), known)
    assert not is_known(Date(2022, 3, 17), known)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("425,681 people, about 48% and 0.5", {"425681", "48", "0.5"}),
        ("S08, TL12, ref-41, C17 and MiG-29", set()),
        ("lesson 03, lessons 02 and 04, 20 points, 30 to 40 minutes, task 4", set()),
        ("1. one\n2. two\n\nthe 3 towns", {"3"}),
        ("on 17 March 2023 it had 21 sentences", {"21"}),
        ("Write about 200 words.", set()),
        ("the 12th edition", set()),
    ],
)
def test_numbers_are_those_of_the_event(text: str, found: set[str]) -> None:
    """Ids, lessons, points, minutes, list numbers and dates are no numbers to pin."""
    assert numbers(text) == found


def test_the_numbers_of_an_entry_are_those_of_its_dates_too() -> None:
    """A year or a day that a date holds may be said alone."""
    assert all_numbers("1,348 deaths, 2022-06-16") == {"1348", "2022", "16"}


def test_words_stand_whole() -> None:
    """A quotation stands in a text as whole words; only the case of its first letter is free."""
    assert occurs_in("Claims he bore", "The warrant claims he bore it")
    assert not occurs_in("claims He bore", "The warrant claims he bore it")
    assert not occurs_in("laim", "claims")
    assert not occurs_in("claims", "claims once", times=2)
