"""What a publisher lays down is on the pages: logo, colours, imprint, reports, date and how to cite."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

from copydesk.course.citation import Citation
from copydesk.course.course import Course
from copydesk.course.documents import ContentError
from copydesk.course.settings import find_root
from copydesk.publish import build as book
from copydesk.publish.citation import bibtex, citation_text, edition_date
from copydesk.publish.edition import Edition, listed_files
from copydesk.publish.site_parts import paragraphs
from copydesk.site_file.model import SiteFile
from copydesk.site_file.reading import SiteSettings

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()
CITATION = Citation.model_validate(
    {
        "title": "Reading: a *course*",
        "authors": [{"name": "The Authors"}, {"given-names": "Ada", "family-names": "Example"}],
        "version": 1.5,
        "date-released": "2031-02-03",
        "message": "Please cite it.",
    }
)


@pytest.fixture
def site(tmp_path: Path) -> SiteSettings:
    """Return what a publisher laid down, with a logo."""
    (tmp_path / "crest.PNG").write_bytes(b"png")
    file = SiteFile.model_validate(
        {
            "schema": "copydesk/site/1",
            "publisher": "Example & School",
            "report": "desk@school.example",
            "imprint": "Example School\n1 Harbour Road\n\nhttps://school.example/a?b=1&c=2. Or desk@school.example",
            "privacy": "We keep <nothing>.\n```",
            "logo": "crest.PNG",
            "colours": {"dark": "#ffffff"},
        }
    )
    return SiteSettings(file, tmp_path)


def test_imprint_and_privacy_are_a_page_of_the_book(tmp_path: Path, site: SiteSettings) -> None:
    """Lines stay as they were broken, addresses are links, nothing is markup, and the contents name the page."""
    source = tmp_path / "source"
    book.stage(Course(ROOT), source, Edition(), site)
    page = (source / "imprint.md").read_text(encoding="utf-8")
    assert "<p>Example School<br>1 Harbour Road</p>" in page
    assert '<a href="https://school.example/a?b=1&amp;c=2">https://school.example/a?b=1&amp;c=2</a>. Or' in page
    assert '<a href="mailto:desk@school.example">desk@school.example</a>' in page
    assert "We keep &lt;nothing&gt;.<br>&#96;&#96;&#96;" in page
    assert page.count("```") == 4
    contents = list(listed_files(yaml.safe_load((source / "_toc.yml").read_text(encoding="utf-8"))))
    assert contents[contents.index("about") + 1] == "imprint"
    (description,) = re.findall('description: "(.*)"', page)
    assert 41 <= len(description) <= 169


def test_without_these_texts_there_is_no_such_page(tmp_path: Path) -> None:
    """A book has no empty page, and its contents don't name one."""
    book.stage(Course(ROOT), tmp_path / "source")
    assert not (tmp_path / "source" / "imprint.md").exists()
    assert "imprint" not in (tmp_path / "source" / "_toc.yml").read_text(encoding="utf-8")


def test_logo_and_colours_are_beside_the_styles_of_the_book(tmp_path: Path, site: SiteSettings) -> None:
    """The sheet comes last, on screens only; a logo keeps its kind under a name of the book's own."""
    static = tmp_path / "source" / "_static"
    book.stage(Course(ROOT), tmp_path / "source", Edition(), site)
    assert (static / "logo.png").read_bytes() == b"png"
    assert (static / "publisher.css").read_text(encoding="utf-8") == (
        '@media screen {\n  html[data-theme="dark"] { --book-pencil: #ffffff; }\n}\n'
    )
    assert max(path.name for path in static.glob("*.css")) == "publisher.css"


def test_the_templates_know_edition_and_date(tmp_path: Path, site: SiteSettings) -> None:
    """A report says which edition it is about, and the foot of each page has the date of the edition."""
    book.stage(Course(ROOT), tmp_path / "source", Edition(learner=True, article="quotes"), site)
    config = yaml.safe_load((tmp_path / "source" / "_config.yml").read_text(encoding="utf-8"))
    facts = config["sphinx"]["config"]["html_context"]["site"]
    assert facts["edition"] == "quotes, learner"
    assert facts["date"] == Course(ROOT).citation.released.isoformat()
    assert facts["report"] == "mailto:desk@school.example?subject={title}"


def test_how_to_cite_comes_from_the_citation_file(tmp_path: Path, site: SiteSettings) -> None:
    """The page about the course says it once more in words, with the address of this site."""
    book.stage(Course(ROOT), tmp_path / "source", Edition(), site.at("https://school.example/desk/"))
    page = (tmp_path / "source" / "about.md").read_text(encoding="utf-8")
    citation = Course(ROOT).citation
    assert f"*{citation.title}*, version {citation.version}. <https://school.example/desk/>" in page
    assert "<!-- how to cite -->" not in page


def test_a_citation_has_every_author_and_no_markup() -> None:
    """People and groups are named in the order of the file, and what looks like markup is shown as it is."""
    words = citation_text(CITATION, None)
    assert words.startswith(r"> The Authors and Ada Example (2031). *Reading: a \*course\**, version 1.5.")
    assert bibtex(CITATION, "https://a.example/") == (
        "@misc{reading,\n"
        "  author = {{The Authors} and {Ada Example}},\n"
        "  title = {{Reading: a *course*}},\n"
        "  year = {2031},\n"
        "  version = {1.5},\n"
        "  url = {https://a.example/},\n"
        "}"
    )


def test_the_date_is_never_that_of_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the date of the version, unless the publisher sets the variable that other tools read, too."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert edition_date(CITATION).isoformat() == "2031-02-03"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86399")
    assert edition_date(CITATION).isoformat() == "1970-01-01"
    for wrong in ("soon", "9" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(ContentError, match=r"is not a number of seconds since 1970\. Set the variable"):
            edition_date(CITATION)


def test_paragraphs_are_escaped() -> None:
    """Whatever a publisher writes is shown as it is."""
    assert paragraphs("a < b\n\n\n  c") == "<p>a &lt; b</p>\n<p>c</p>"
