"""What search engines and other sites read of a page, and what they are asked to leave out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.publish.edition import Edition
from copydesk.publish.page_head import CARD, CARD_SIZE, NOINDEX, PublicSite, hide_from_search
from copydesk.site_file.reading import SiteSettings

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()
ADDRESS = "https://school.example/media/desk/"
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta content="What it&#x27;s for &amp; how" name="description" />
<title>Q&amp;A: who says &lt;so&gt;? &#8212; Copy Desk</title>
<link rel="stylesheet" href="_static/a.css">
</head>
<body><h1>Q&amp;A</h1><a href="#top">up</a><a href="index.html">home</a><form action="search.html"></form>
<a href="https://other.example/">other</a><a href="mailto:a@b.example">mail</a></body></html>
"""
PAGES = ("index.html", "search.html", "404.html", "lessons/02-a b.html", "exercises/02-a.html")


def finished(folder: Path, edition: Edition, address: str | None = ADDRESS) -> dict[str, str]:
    """Complete a book of a few pages, and return its files."""
    for name in PAGES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PAGE, encoding="utf-8")
    site = SiteSettings().at(address) if address else SiteSettings()
    book = PublicSite(Course(ROOT), edition, site)
    book.complete(folder)
    book.root_missing_page(folder)
    names = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".png"]
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in names}


QUOTES = Edition(article="quotes", learner=True)


def test_each_page_has_one_address(tmp_path: Path) -> None:
    """Whichever way a page was reached, it names the address under which it should be found."""
    files = finished(tmp_path, QUOTES)
    canonical = {name: re.findall(r'<link rel="canonical" href="([^"]*)">', text) for name, text in files.items()}
    assert canonical["index.html"] == [ADDRESS]
    assert canonical["lessons/02-a b.html"] == [f"{ADDRESS}lessons/02-a%20b.html"]
    assert canonical["404.html"] == []


def test_a_link_to_a_page_becomes_a_card(tmp_path: Path) -> None:
    """The four properties that Open Graph asks for are there, and the picture is in the site and small."""
    text = finished(tmp_path, QUOTES)["exercises/02-a.html"]
    card = dict(re.findall(r'<meta property="og:([^"]*)" content="([^"]*)">', text))
    assert card["title"] == "Q&amp;A: who says &lt;so&gt;?"
    assert card["description"] == "What it&#x27;s for &amp; how"
    assert card["type"] == "website"
    assert card["url"] == f"{ADDRESS}exercises/02-a.html"
    assert card["image"] == ADDRESS + CARD
    assert '<meta name="twitter:card" content="summary_large_image">' in text
    with Image.open(tmp_path / CARD) as picture:
        assert picture.size == CARD_SIZE
    assert (tmp_path / CARD).stat().st_size < 40_000


def test_licence_and_date_are_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library finds out what a page is, who made it, when, and what may be done with it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761600")
    text = finished(tmp_path, QUOTES)["lessons/02-a b.html"]
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert "<" not in data
    facts = json.loads(data)
    assert facts["@type"] == "LearningResource"
    assert facts["name"] == "Q&A: who says <so>?"
    assert facts["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert facts["datePublished"] == "2027-01-01"
    assert facts["learningResourceType"] == "Lesson"
    assert facts["author"] == [{"@type": "Organization", "name": "The Copy Desk authors"}]
    assert facts["isPartOf"]["url"] == ADDRESS
    assert facts["inLanguage"] == "en"


def test_the_map_of_the_site_has_what_search_may_offer(tmp_path: Path) -> None:
    """Each page is in it once, by its one address, and neither the page for what is missing nor the one for search."""
    root = ET.fromstring(finished(tmp_path, QUOTES)["sitemap.xml"])  # noqa: S314  (our own file)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    places = [entry.findtext(f"{space}loc") for entry in root]
    assert places == [f"{ADDRESS}exercises/02-a.html", ADDRESS, f"{ADDRESS}lessons/02-a%20b.html"]
    assert {entry.findtext(f"{space}lastmod") for entry in root} == {Course(ROOT).citation.released.isoformat()}


@pytest.mark.parametrize("address", [ADDRESS, None])
def test_nothing_with_the_whole_article_is_found_by_search(tmp_path: Path, address: str | None) -> None:
    """Every page of the full edition asks not to be indexed, with or without an address, and there is no map of it."""
    files = finished(tmp_path, Edition(), address)
    pages = {name: text for name, text in files.items() if name.endswith(".html")}
    assert all(text.count(NOINDEX) == 1 for text in pages.values())
    assert "sitemap.xml" not in files


def test_short_quotations_are_found_by_search(tmp_path: Path) -> None:
    """A public site is for everyone; only search itself and the page for what is missing are left out."""
    files = finished(tmp_path, QUOTES)
    assert {name for name, text in files.items() if NOINDEX in text} == {"404.html", "search.html"}


def test_without_an_address_a_page_says_nothing_of_one(tmp_path: Path) -> None:
    """A site on a memory stick has no address, no card, and no page for what is missing."""
    files = finished(tmp_path, QUOTES, None)
    assert set(files) == {*PAGES} - {"404.html"}
    assert files["index.html"] == PAGE


def test_the_page_for_what_is_missing_works_at_any_depth(tmp_path: Path) -> None:
    """A server shows it at addresses of any depth, so its own begin at the top of the server."""
    text = finished(tmp_path, QUOTES)["404.html"]
    found = re.findall(r'(?:href|src|action)="([^"]*)"', text)
    top = "/media/desk/"
    whole = ["#top", f"{top}index.html", f"{top}search.html", "https://other.example/", "mailto:a@b.example"]
    assert found == [f"{top}_static/a.css", *whole]


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    """No page has the time of the build in it."""
    assert finished(tmp_path / "a", QUOTES) == finished(tmp_path / "b", QUOTES)


def test_a_site_that_was_made_elsewhere_is_hidden_too(tmp_path: Path) -> None:
    """JupyterLab in the browser has the whole article, so its pages ask not to be indexed."""
    (tmp_path / "lab").mkdir()
    (tmp_path / "lab" / "index.html").write_text("<html><head><title>Lab</title></head></html>", encoding="utf-8")
    hide_from_search(tmp_path)
    assert NOINDEX in (tmp_path / "lab" / "index.html").read_text(encoding="utf-8")
