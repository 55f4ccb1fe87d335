"""Names for a new course, made from words in any script."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from copydesk.model.base import Identifier, Slug, is_numbered
from copydesk.scaffold.names import NameRefusedError, chosen_slug, course_id, lesson_slug, require_folder_name

IDENTIFIER, SLUG = TypeAdapter(Identifier), TypeAdapter(Slug)


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("my-course", "my-course"),
        ("My Course 2026", "my-course-2026"),
        ("Die Fähre (9b)", "die-fahre-9b"),
        ("Straße", "strasse"),
        ("l’été", "lete"),
        ("Łódź", "lodz"),
    ],
)
def test_an_id_is_read_off_the_folder(folder: str, expected: str) -> None:
    """Latin letters lose their accents, everything else becomes a hyphen."""
    assert course_id(folder) == expected


def test_another_script_gets_an_id_of_its_own() -> None:
    """Two folders in another script have different ids, each always the same."""
    first, second = course_id("Пором 1"), course_id("Порт 1")
    assert re.fullmatch("course-[0-9a-f]{8}", first)
    assert first != second
    assert first == course_id("Пором 1")


@given(st.text(min_size=1, max_size=60))
def test_any_words_make_valid_names(text: str) -> None:
    """Whatever a folder or title is called, its id and slug are valid, and a lesson has its number."""
    IDENTIFIER.validate_python(course_id(text))
    slug = SLUG.validate_python(lesson_slug(text))
    assert is_numbered(slug)


def test_a_slug_has_the_first_words_of_the_title() -> None:
    """The slug of a lesson is short, and falls back on a plain word."""
    assert lesson_slug("Night ferry to Skelmouth ran aground, office says") == "01-night-ferry-to-skelmouth"
    assert lesson_slug("Donaudampfschifffahrtsgesellschaftskapitän") == "01-donaudampfschifffahrtsgesellsc"
    assert lesson_slug("Пором запізнився") == "01-lesson"


@pytest.mark.parametrize(
    ("name", "slug"), [("ferry", "01-ferry"), ("02-Late Ferry", "02-late-ferry"), ("Fähre", "01-fahre")]
)
def test_a_lesson_can_be_named(name: str, slug: str) -> None:
    """A name that someone types becomes a slug, with a number if it has none."""
    assert chosen_slug(name) == slug


@pytest.mark.parametrize("name", ["", "пором", "01-", "a" * 40, "///"])
def test_a_name_that_makes_no_slug_is_refused(name: str) -> None:
    """A name without plain letters, or one that is too long, is refused with an example."""
    with pytest.raises(NameRefusedError, match="--lesson late-ferry"):
        chosen_slug(name)


@pytest.mark.parametrize("name", ["Die Fähre (9b)", "Пором", "my course", "com", "con-text"])
def test_folders_may_have_spaces_and_letters_of_any_script(name: str) -> None:
    """A folder can have any name that every system allows."""
    require_folder_name(name)


@pytest.mark.parametrize("name", ["a:b", "what?", "a*b", "CON", "nul.txt", "com1", "ends.", "ends "])
def test_a_name_that_windows_refuses_is_refused_everywhere(name: str) -> None:
    """A course is shared, so its folder has no name that another system cannot have."""
    with pytest.raises(NameRefusedError):
        require_folder_name(name)
