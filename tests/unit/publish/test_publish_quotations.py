"""A public book holds short quotations of the article, and what was cut can be put back letter by letter."""

from __future__ import annotations

import base64
import html
import json
import re
from typing import TYPE_CHECKING

import pytest

from copydesk.course.seeds import Seeds
from copydesk.course.settings import find_root
from copydesk.publish.quotations import BEGINNING, COUNTED, Article, article_share, shorten, shorten_page
from copydesk.views.html import passage_html

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = find_root() / "book" / "_static" / "article.js"
ARTICLE = Article((find_root() / "seeds" / "article.txt").read_text(encoding="utf-8"))
SENTENCE = Seeds(find_root()).sentence("S02").text
SHORT = " ".join(SENTENCE.split()[: COUNTED - 1])


def site(folder: Path, text: str, name: str = "lessons/a.html") -> Path:
    """Write one file of a book and return the book."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a book that has nothing yet but the script for readers who have the article."""
    return site(tmp_path, SCRIPT.read_text(encoding="utf-8"), "_static/article.js")


def put_back(page: str) -> str:
    """Return the text of a page with the article's words in their places, as the script does it."""

    def words(match: re.Match[str]) -> str:
        return ARTICLE.text[int(match[1]) : int(match[2])]

    page = re.sub(r'<span data-article="(\d+)-(\d+)">[^<]*</span>', words, page)
    return html.unescape(re.sub(r"<[^>]*>", "", page))


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{SENTENCE}</p>",
        f"<p>{html.escape(SENTENCE).replace('’', '&#8217;')}</p>",
        f"<p>{SENTENCE.replace(' visited ', ' <b>visited</b> ').replace(' then ', '<br> then ')}</p>",
        f'<img alt="{html.escape(SENTENCE)}" src="a.png">',
        f'<script type="application/json">{json.dumps({"text": SENTENCE})}</script>',
        f"<p>{SENTENCE.upper()}</p>",
        f'<img alt="" src="data:image/svg+xml;base64,{base64.b64encode(SENTENCE.encode()).decode()}">',
    ],
)
def test_the_article_is_found_in_every_form(tmp_path: Path, text: str) -> None:
    """Markup, entities, escapes, capitals, alternative texts, data and pictures hide nothing from the measure."""
    found = article_share(ARTICLE, site(tmp_path, text))
    assert found.longest == len(SENTENCE.split())
    assert found.words == pytest.approx(found.longest / len(ARTICLE.words))
    assert found.file == "lessons/a.html"


def test_the_share_is_that_of_all_files_together(tmp_path: Path) -> None:
    """Whoever spreads the article over many pages has published it all the same; what stands twice counts once."""
    words = ARTICLE.text.split()
    for start in range(0, len(words), 20):
        site(tmp_path, " ".join(words[start : start + 20]), f"{start}.html")
        site(tmp_path, " ".join(words[start : start + 20]), f"again-{start}.txt")
    assert article_share(ARTICLE, tmp_path).words > 0.95
    assert article_share(ARTICLE, tmp_path).longest < 25


def test_short_quotations_stay(book: Path) -> None:
    """Fewer than eight words in a row are left alone, byte by byte."""
    page = f"<h1>A</h1><p>“{SHORT}” &amp; so on</p>"
    assert shorten_page(ARTICLE, page) == page
    shorten(ARTICLE, site(book, page))
    assert (book / "lessons" / "a.html").read_text(encoding="utf-8") == page


def test_a_passage_is_cut_and_can_be_put_back() -> None:
    """Of each sentence its beginning stays, and the places of the rest give back every letter."""
    sentences = [Seeds(find_root()).sentence(f"S{number:02}") for number in range(25)]
    page = passage_html(sentences, caption="The article")
    short = shorten_page(ARTICLE, page)
    beginning = " ".join(SENTENCE.split()[:BEGINNING])
    assert f"{beginning}<span data-article=" in short
    assert SENTENCE not in html.unescape(short)
    assert put_back(short) == put_back(page)


def test_words_are_cut_across_markup() -> None:
    """A sentence in pieces, each with a label, is one run, and one sign says that something is missing."""
    words = SENTENCE.split(" ")
    page = "<p>" + " ".join(f"<mark>{html.escape(word)}</mark>" for word in words) + "</p>"
    short = shorten_page(ARTICLE, page)
    assert short.count("\u2026") == 1
    assert put_back(short) == SENTENCE


def view(**task: object) -> str:
    """Return a page with a view of one task."""
    data = json.dumps({"view": "tasks", "tasks": [{"kind": "choice", **task}]})
    data = data.replace("&", "\\u0026").replace("<", "\\u003c")
    return (
        f'<h1>A</h1><div class="copydesk" data-copydesk="tasks" lang="en">\n<script type="application/json">{data}'
        "</script>\n<div>still</div></div>"
    )


def test_a_task_waits_for_the_words_that_it_asks_about() -> None:
    """A view whose question was cut is not live; one in which only an explanation was cut is."""
    assert 'data-article-view="tasks"' in shorten_page(ARTICLE, view(prompt=f"Who says <b>{SENTENCE}</b>?"))
    explained = shorten_page(ARTICLE, view(prompt="Who says so?", key={"why": SENTENCE}))
    assert 'data-copydesk="tasks"' in explained
    assert SENTENCE[-30:] not in explained


def test_data_is_put_back_letter_by_letter() -> None:
    """In the data of a view the place of what was cut stands between two signs that no text has."""
    page = shorten_page(ARTICLE, view(prompt=f"Who says <b>{SENTENCE}</b>?"))
    whole = re.sub(
        "\ue000(\\d+)-(\\d+)\ue001",
        lambda match: json.dumps(ARTICLE.text[int(match[1]) : int(match[2])])[1:-1],
        re.findall(r"<script[^>]*>(.*)</script>", page)[0],
    )
    assert json.loads(whole)["tasks"][0]["prompt"] == f"Who says <b>{SENTENCE}</b>?"


def test_pages_say_what_is_missing_and_downloads_are_cut(book: Path) -> None:
    """A page that was cut leads to the page of the article; a notebook to download is cut for good."""
    site(book, f"<title>A</title><h1>A</h1><p>{SENTENCE}</p>")
    site(book, json.dumps({"cells": [{"source": [SENTENCE[:60], SENTENCE[60:]]}]}), "_sources/a.ipynb")
    shorten(ARTICLE, book)
    assert article_share(ARTICLE, book).words == 0
    page = (book / "lessons" / "a.html").read_text(encoding="utf-8")
    assert page.count('data-book="article"') == 1
    for address in ('href="../article.html"', 'src="../_static/article.js"'):
        assert address in page
    assert "\ue000" not in (book / "_sources" / "a.ipynb").read_text(encoding="utf-8")


def test_the_script_knows_the_right_file_without_a_word_of_it(book: Path) -> None:
    """A browser takes no other file for the article: the script has its length and hash."""
    shorten(ARTICLE, book)
    assert re.search(r'known = "3492-[0-9a-f]{8}"', (book / "_static" / "article.js").read_text(encoding="utf-8"))
