"""The edition for public sites in a browser: short quotations, and the whole for a reader who has the article."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from accessibility import violations
from browsing import served
from playwright.sync_api import expect

from copydesk.course.seeds import Seeds
from copydesk.publish.article_share import article_share
from copydesk.publish.article_words import Article
from copydesk.publish.build import BOOK
from copydesk.publish.quotations import SCRIPT, shorten
from copydesk.publish.search_index import write_search_index
from copydesk.release.kept_results import KeptResults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
TEXT = ROOT / "seeds" / "article.txt"
LESSON = "lessons/02-attribution.html"
WAITING = "[data-article-view]"


@pytest.fixture(scope="module")
def public(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built book with short quotations only, as the builder makes it of the same pages."""
    folder = tmp_path_factory.mktemp("public") / "site"
    shutil.copytree(site, folder)
    shutil.copyfile(BOOK / SCRIPT, folder / SCRIPT)
    text = TEXT.read_text(encoding="utf-8")
    shorten(Article(text), folder)
    write_search_index(folder, KeptResults(), article=text)
    return folder


@pytest.fixture(params=["http", "file"])
def address(request: pytest.FixtureRequest, public: Path) -> Iterator[str]:
    """Return where the book is: on a web server, and on a memory stick."""
    if request.param == "file":
        yield f"{public.as_uri()}/"
        return
    with served(public) as origin:
        yield origin


def choose(page: Page, file: Path) -> None:
    """Open a file as the article."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Open the article from a file").first.click()
    chooser.value.set_files(file)


def test_nothing_of_the_article_is_left_but_short_quotations(site: Path, public: Path) -> None:
    """The full book has nearly every word of the article in long runs, the public one only short ones in any file."""
    article = Article(TEXT.read_text(encoding="utf-8"))
    assert article_share(article, site).share > 0.9
    assert article_share(article, public).faults() == []


ALL_REACHED = """() => [...document.querySelectorAll("pre")].every(
  (box) => box.scrollWidth <= box.clientWidth || box.tabIndex === 0)"""
"""Once the page can be used, all that scrolls sideways gets into the order of the Tab key."""


WITHOUT_LABELS = """(main) => {
  const copy = main.cloneNode(true);
  for (const label of copy.querySelectorAll("mark > small")) label.remove();
  return copy.textContent;
}"""
"""The text of a page, as it reads without the names of labels that stand before words in a worked example."""


def test_a_reader_opens_the_article_and_the_page_is_whole(page: Page, address: str, tmp_path: Path) -> None:
    """Tasks wait for the words that they ask about; with the file they come to life, and can be put to rest again."""
    sentences = [Seeds(ROOT).sentence(name).text for name in ("S02", "S17")]
    page.goto(address + LESSON)
    expect(page.locator(WAITING).nth(3)).to_be_attached()
    assert not any(sentence in page.locator("main").evaluate(WITHOUT_LABELS) for sentence in sentences)
    page.wait_for_function(ALL_REACHED)
    assert violations(page) == []

    wrong = tmp_path / "wrong.txt"
    wrong.write_text("Another text.", encoding="utf-8")
    choose(page, wrong)
    expect(page.get_by_role("status").filter(has_text="That's a different file")).to_be_visible()

    windows = tmp_path / "article.txt"
    windows.write_bytes(TEXT.read_bytes().replace(b"\n", b"\r\n"))
    choose(page, windows)
    expect(page.get_by_role("button", name="Put the article away").first).to_be_visible()
    expect(page.locator(WAITING)).to_have_count(0)
    page.wait_for_function("() => !document.querySelector('[data-copydesk]:not([data-live=true])')")
    assert "\ue000" not in page.content()
    assert all(sentence in page.locator("main").evaluate(WITHOUT_LABELS) for sentence in sentences)

    page.get_by_role("button", name="Put the article away").first.click()
    expect(page.get_by_role("button", name="Open the article from a file").first).to_be_visible()
    expect(page.locator(WAITING).nth(3)).to_be_attached()


def test_the_corrected_copy_shows_what_it_may(page: Page, address: str) -> None:
    """Without the article the sentences stop after their beginning; with it they are whole, and so is the change."""
    sentence = Seeds(ROOT).sentence("S08").text
    page.goto(address + LESSON)
    choose(page, TEXT)
    task = page.locator(".cd-item", has=page.get_by_role("heading", name="Mend the copy", exact=True))
    task.get_by_role("button", name="Edit as text").click()
    task.get_by_role("textbox", name="Text of S08").fill(sentence.replace("Russia", "Ukraine"))
    page.goto(address + "my-copy.html")
    copy = page.locator(".cd-copy-view")
    expect(copy.locator("ins")).to_have_text("Ukraine")
    page.get_by_role("button", name="Put the article away").click()
    expect(copy).to_contain_text("…")
    expect(copy).to_contain_text("You also changed S08")
    expect(copy.locator("ins")).to_have_count(0)
    assert sentence not in (page.locator("body").text_content() or "")
