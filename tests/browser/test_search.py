"""The book's search: a title finds its lesson, a slip is forgiven, and nothing but the text of pages is shown."""

from __future__ import annotations

import json
import random
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from accessibility import violations
from browsing import ROOT, served
from playwright.sync_api import expect

from copydesk.course.course import Course

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

COURSE = Course(ROOT)
NAMES = {f"lessons/{slug}.html": bank.name for slug, bank in COURSE.quizzes.items()}
TITLES = {f"lessons/{slug}.html": bank.title for slug, bank in COURSE.quizzes.items()}
FURNITURE = ("Download notebook", "Colours:", "Show the explanation", "Here you can only read the task")
"""What pages say to be worked with."""
STRICT = "default-src 'self'"


@pytest.fixture(scope="module", params=["http", "file"])
def address(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    """Return the address of the book on a strict server, and as files on a disk."""
    if request.param == "file":
        yield f"{site.as_uri()}/"
    else:
        with served(site, policy=STRICT) as address:
            yield address


def slip(title: str, seed: int) -> str:
    """Return a title with one letter wrong, left out, doubled, or in the place of the one after it."""
    chance = random.Random(seed)
    places = [at for at in range(len(title) - 1) if title[at : at + 2].isalpha()]
    place = chance.choice(places)
    letter, after = title[place], title[place + 1]
    wrong = chance.choice("abcdefghijklmnopqrstuvwxyz".replace(letter.lower(), ""))
    changed = [wrong + after, after, letter * 2 + after, after + letter][seed % 4]
    return title[:place] + changed + title[place + 2 :]


def found(page: Page, address: str, words: str) -> list[str]:
    """Search for words; return the pages that are listed, the best first."""
    page.goto(f"{address}search.html?q={quote(words)}")
    expect(page.locator("#search-status")).not_to_be_empty()
    links = page.locator("#search-results a")
    return [str(link.get_attribute("href")).partition("#")[0] for link in links.all()]


def test_each_lesson_is_found_first_by_its_title(page: Page, address: str) -> None:
    """By its name, by its title alone, and with one slip of any kind."""
    for lesson, title in TITLES.items():
        queries = [title, NAMES[lesson], *(slip(title, seed) for seed in range(4))]
        for words in queries:
            assert found(page, address, words)[:1] == [lesson], words


def test_a_search_begins_on_any_page_and_leads_to_a_place(page: Page, address: str) -> None:
    """A reader types words on a page, and goes from what is found to the section that has them."""
    page.set_viewport_size({"width": 1300, "height": 1000})  # the contents and the search stand beside the page
    page.goto(f"{address}about.html")
    page.get_by_role("searchbox").fill("CNAME robots")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=CNAME+robots")
    expect(page.get_by_role("searchbox")).to_have_value("CNAME robots")
    assert violations(page) == []
    result = page.locator("#search-results li").first
    expect(result.locator("mark").first).to_have_text(re.compile("CNAME|robots", re.IGNORECASE))
    result.get_by_role("link").click()
    page.wait_for_url(re.compile(r"publishing\.html#"))
    assert page.evaluate("document.querySelector(location.hash) !== null")


def test_what_is_shown_is_text_of_the_page(page: Page, address: str) -> None:
    """No button, menu or hint of the page is in what is found, and words of the reader are never markup."""
    assert found(page, address, "print download notebook explanation contents colours")
    shown = page.locator("#search-results p").all_inner_texts()
    assert [words for words in FURNITURE if any(words in text for text in shown)] == []
    assert found(page, address, "<zzyzx>quuxq</zzyzx>") == []
    expect(page.locator("#search-status")).to_contain_text("Nothing was found for “<zzyzx>quuxq</zzyzx>”")
    expect(page.locator("zzyzx")).to_have_count(0)


def test_the_index_is_text_and_is_loaded_where_one_searches(site: Path) -> None:
    """No furniture is in the index, and pages that are read do not load it."""
    text = (site / "search-index.js").read_text(encoding="utf-8")
    pages = json.loads(text.removeprefix("globalThis.copydeskPages=").removesuffix(";\n"))
    assert set(NAMES) <= {page["page"] for page in pages}
    assert [words for words in FURNITURE if words in text] == []
    loading = [path.name for path in site.rglob("*.html") if "search-index.js" in path.read_text(encoding="utf-8")]
    assert loading == ["search.html"]
