"""A lesson has a number, which is its place in the course, or a name alone, and then it has no exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import twins
import yaml
from pydantic import TypeAdapter, ValidationError

from copydesk.course.bank_files import read_bank_file
from copydesk.course.course import Course
from copydesk.course.documents import ContentError
from copydesk.course.settings import find_root
from copydesk.lab.jupyterlab import find_notebook
from copydesk.model.base import Slug, is_numbered, short_name

if TYPE_CHECKING:
    from pathlib import Path

NAMES = TypeAdapter(Slug)


@pytest.mark.parametrize(
    ("slug", "short", "numbered"),
    [("02-attribution", "02", True), ("taster", "Taster", False), ("first-steps", "First steps", False)],
)
def test_a_lesson_has_a_number_or_a_name(slug: str, short: str, *, numbered: bool) -> None:
    """For short it is called by its number, and where it has none by its name."""
    assert NAMES.validate_python(slug) == slug
    assert (short_name(slug), is_numbered(slug)) == (short, numbered)


@pytest.mark.parametrize("slug", ["", "02", "2-attribution", "Taster", "-taster", "the taster", "02_taster", "a" * 50])
def test_what_is_no_name_of_a_lesson(slug: str) -> None:
    """A number without a name, capitals, spaces and other signs are refused."""
    with pytest.raises(ValidationError):
        NAMES.validate_python(slug)


def test_a_lesson_without_a_number_has_practice_alone(tmp_path: Path) -> None:
    """What is graded needs a number, and the message says so."""
    path = tmp_path / "sky.yml"
    data = twins.bank().model_dump(mode="json", by_alias=True) | {"lesson": "sky"}
    path.write_text(yaml.safe_dump(data | {"purpose": "graded"}), encoding="utf-8")
    with pytest.raises(ContentError, match="'sky' has no number, and these tasks are graded"):
        read_bank_file(path)
    path.write_text(yaml.safe_dump(data | {"purpose": "practice"}), encoding="utf-8")
    assert read_bank_file(path).bank.name.startswith("Sky · ")


def test_the_lesson_without_a_number_is_opened_by_its_name() -> None:
    """No number is needed, and without a name the first lesson of the course opens."""
    root = find_root()
    (slug,) = [slug for slug in Course(root).quizzes if not is_numbered(slug)]
    assert find_notebook(root, slug) == f"lessons/{slug}.ipynb"
    assert is_numbered(find_notebook(root, "").removeprefix("lessons/"))
