"""The page *Sources and studies* prints every reference and source of the seeds, with an anchor and how it was read."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from copydesk.course.article import Reference, Source
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.publish.sources_page import PAGE, put_sources, readable_date, reference_text, source_text

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()


def test_every_entry_is_on_the_page(tmp_path: Path) -> None:
    """Each reference and each source has its paragraph, and no mark is left."""
    shutil.copy(ROOT / "book" / PAGE, tmp_path)
    course = Course(ROOT)
    put_sources(course, tmp_path)
    text = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert "<!-- studies -->" not in text
    assert "<!-- sources -->" not in text
    for reference in course.seeds.part("references"):
        assert f"\n\n(ref-{reference.id})=\n" in text
    for source in course.seeds.part("sources"):
        assert f"\n\n(source-{source.key.casefold()})=\n" in text


def test_a_study_has_a_complete_reference() -> None:
    """Authors, year, title, place of publication, DOI, what was read, and what could not be confirmed."""
    study = Reference(
        id="1",
        kind="study",
        authors="Gull, Ada",
        year="2019",
        title="Reading [on] ferries",
        published="Harbour Studies 3(1)",
        doi="10.1000/ferry.1",
        read="abstract",
        unconfirmed="pages",
    )
    assert reference_text(study) == (
        "(ref-1)=\nGull, Ada (2019). *Reading \\[on\\] ferries*. Harbour Studies 3(1). "
        "[doi:10.1000/ferry.1](https://doi.org/10.1000/ferry.1). Read: abstract. "
        "Not confirmed, and left out: pages."
    )


def test_a_reference_without_authors_begins_with_its_title() -> None:
    """A paragraph never begins with a number and a full stop: Markdown would make a list of it."""
    pages = Reference(id="2", kind="pages", year="2023", title="Coverage of the ferry", read="excerpts")
    assert reference_text(pages) == "(ref-2)=\n*Coverage of the ferry* (2023). Read: excerpts."


def test_a_source_without_an_address_has_no_link() -> None:
    """What was read through a copy says so and is no link."""
    source = Source(
        key="POST", publisher="Harbour Post", title="slug: a-ferry", date="2023-03", read="excerpt", via="repost"
    )
    assert source_text(source) == (
        "(source-post)=\n**Harbour Post**. Headline not seen; words from the address: a-ferry. March 2023. "
        "Read: excerpt, repost."
    )


@pytest.mark.parametrize(
    ("date", "readable"),
    [
        ("2023-03-19", "19 March 2023"),
        ("2023-03-19/2023-03-20", "19 March 2023 to 20 March 2023"),
        ("2022-11 (event)", "November 2022 (event)"),
        ("mirror, 2022-23", "mirror, 2022-23"),
        ("undated", "undated"),
    ],
)
def test_a_date_is_readable(date: str, readable: str) -> None:
    """Months stand in words."""
    assert readable_date(date) == readable
