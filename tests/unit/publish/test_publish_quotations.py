"""A public book quotes little of the article and gives no places away; what was cut can be put back."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from typing import TYPE_CHECKING

import pytest

from copydesk.course.seeds import Seeds
from copydesk.course.settings import find_root
from copydesk.publish.article_share import article_share
from copydesk.publish.article_words import LEAST, LONGEST, Article
from copydesk.publish.build import BOOK
from copydesk.publish.quotations import Cutter, shorten, shorten_page
from copydesk.publish.waiting import count_tasks
from copydesk.views.html import passage_html

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = BOOK / "_static" / "article.js"
TEXT = (find_root() / "seeds" / "article.txt").read_text(encoding="utf-8")
ARTICLE = Article(TEXT)
WORDS = TEXT.split()
SENTENCE = Seeds(find_root()).sentence("S02").text
SHORT = " ".join(SENTENCE.split()[: LEAST - 1])
QUOTED = SENTENCE[SENTENCE.index("Mr Putin flew") : SENTENCE.index(" and then visited")]


def excerpt(words: str) -> frozenset[int]:
    """Return the numbers of some words of the article."""
    (run,) = ARTICLE.runs([words])
    return frozenset(run.numbers)


NOTHING = Cutter(ARTICLE, frozenset())
ONE = Cutter(ARTICLE, excerpt(QUOTED))


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


def words_at(place: str) -> str:
    """Return the article's words at a sealed place, as a reader with the article opens it."""
    key = hashlib.sha256(TEXT.encode()).digest()
    mask = hashlib.sha256(key + bytes.fromhex(place[:8])).digest()[:4]
    number = int(place[8:16], 16) ^ int.from_bytes(mask, "big")
    text = TEXT[number >> 13 : (number >> 13) + number % 2**13]
    first = {"": text[:1], "^": text[:1].upper(), "_": text[:1].lower()}[place[16:]]
    return first + text[1:]


def put_back(page: str) -> str:
    """Return the text of a page with the article's words in their places, as the script does it."""
    page = re.sub(r'<span data-article="([0-9a-f]+[_^]?)">[^<]*</span>', lambda match: words_at(match[1]), page)
    return html.unescape(re.sub(r"<[^>]*>", "", page))


LIST = "<ol>{}</ol>"
ITEM = "<li>{}<details><summary>Explained</summary>A reason of more than three words.</details></li>"
PICTURE = base64.b64encode(f"<svg><text>{SENTENCE}</text></svg>".encode()).decode()
PARTS = [" ".join(SENTENCE.split()[at : at + 4]) for at in range(0, 20, 4)]


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{SENTENCE}</p>",
        f"<p>{html.escape(SENTENCE).replace('’', '&#8217;')}</p>",
        f"<p>{SENTENCE.replace(' visited ', ' <b>visited</b> ').replace(' then ', '<br> then ')}</p>",
        f"<p>{SENTENCE.replace(' visited ', ' <mark><small>who says so</small>visited</mark> ')}</p>",
        f'<img alt="{html.escape(SENTENCE)}" src="a.png">',
        f"<p data-note='{html.escape(SENTENCE)}'>A</p>",
        f"<!-- {SENTENCE} -->",
        f'<script type="application/json">{json.dumps({"text": SENTENCE})}</script>',
        f'<script type="application/json">{json.dumps([{"id": "S1", "text": part} for part in PARTS])}</script>',
        f"<script>const text = {json.dumps(SENTENCE)};</script>",
        f"<p>{SENTENCE.upper()}</p>",
        LIST.format("".join(ITEM.format(part) for part in PARTS)),
        f'<img alt="" src="data:image/svg+xml;base64,{PICTURE}">',
    ],
)
def test_the_article_is_found_in_every_form(tmp_path: Path, text: str) -> None:
    """Markup, labels, entities, capitals, alternative texts, comments, data, pictures and lists hide nothing."""
    found = article_share(ARTICLE, site(tmp_path, text))
    assert found.longest >= len(SENTENCE.split()) - 6
    assert found.share == pytest.approx(found.longest / len(ARTICLE.words))
    assert found.file == "lessons/a.html"
    assert "lessons/a.html" in found.faults()[0]


def test_the_share_is_that_of_all_files_together(tmp_path: Path) -> None:
    """Whoever spreads the article over many pages has published it all the same; what stands twice counts once."""
    for start in range(0, len(WORDS), 5):
        piece = " ".join(WORDS[start : start + 5])
        site(tmp_path, piece, f"{start}.html")
        site(tmp_path, piece, f"again-{start}.txt")
    found = article_share(ARTICLE, tmp_path)
    assert found.share > 0.95
    (fault,) = found.faults()
    assert "at most half" in fault


def test_short_quotations_stay(book: Path) -> None:
    """Fewer than five words in a row are left alone, byte by byte."""
    page = f"<h1>A</h1><p>“{SHORT}” &amp; so on</p>"
    assert shorten_page(NOTHING, "", page) == page
    shorten(ARTICLE, site(book, page))
    assert (book / "lessons" / "a.html").read_text(encoding="utf-8") == page


def test_a_passage_is_cut_and_can_be_put_back() -> None:
    """What the book quotes of a passage stays, and the sealed places of the rest give back every letter."""
    sentences = [Seeds(find_root()).sentence(f"S{number:02}") for number in range(25)]
    page = passage_html(sentences, caption="The article")
    short = shorten_page(ONE, "", page)
    assert QUOTED in short
    assert SENTENCE not in html.unescape(short)
    assert len(re.findall(r"\w+", re.sub("<[^>]*>", "", short))) < 200
    assert put_back(short) == put_back(page)


def test_words_are_cut_across_markup() -> None:
    """A sentence in pieces, each with a label, is one run, and one sign says that something is missing."""
    words = SENTENCE.split(" ")
    page = "<p>" + " ".join(f"<mark>{html.escape(word)}</mark>" for word in words) + "</p>"
    short = shorten_page(NOTHING, "", page)
    assert short.count("\u2026") == 1
    assert put_back(short) == SENTENCE


def test_items_that_touch_on_paper_are_one_text(tmp_path: Path) -> None:
    """Between items of a task stand explanations that paper does not have: what they part is cut as one run."""
    page = LIST.format("".join(ITEM.format(part) for part in PARTS))
    short = shorten_page(NOTHING, "", page)
    assert "\u2026" in short
    assert article_share(ARTICLE, site(tmp_path, short)).longest < LEAST
    assert put_back(short) == put_back(page)


def test_places_say_nothing_to_those_who_have_no_article() -> None:
    """Two places that touch in the article have nothing in common, and no offset stands in a page."""
    first, second = ARTICLE.sealed_place(100, 120), ARTICLE.sealed_place(120, 140)
    assert words_at(first) + words_at(second) == TEXT[100:140]
    for place in (first, second):
        assert re.fullmatch(r"[0-9a-f]{16}", place)
    assert first[8:12] != second[8:12]
    assert Article(f"{TEXT} ").sealed_place(100, 120) != first
    assert not re.search(r"\b\d+-\d+\b", shorten_page(NOTHING, "", f"<p>{SENTENCE}</p>"))


def view(**task: object) -> str:
    """Return a page with a view of one task."""
    named = {"kind": "choice", "id": "P1", **task}
    data = json.dumps({"view": "tasks", "lesson": "01", "purpose": "practice", "tasks": [named]})
    data = data.replace("&", "\\u0026").replace("<", "\\u003c")
    return (
        f'<h1>A</h1><div class="copydesk" data-copydesk="tasks" lang="en">\n<script type="application/json">{data}'
        '</script>\n<div class="copydesk-static">\n<section class="copydesk-task">\n<h3>Who?</h3>\n</section>\n'
        '<p class="copydesk-needs-script"><small>Here you can only read the task. To answer it, open the page in a '
        "browser with JavaScript, or the notebook in JupyterLab.</small></p>\n</div></div>"
    )


def test_a_task_waits_for_the_words_that_it_asks_about() -> None:
    """A view whose question was cut says that it waits, and for what; one in which an explanation was cut is live."""
    short = shorten_page(NOTHING, "../", view(prompt=f"Who says <b>{SENTENCE}</b>?"))
    assert 'data-article-view="tasks"' in short
    heading = short.index("<h3>Who?</h3>")
    note = short[heading:]
    assert "This task waits for the article" in note
    assert 'data-book="article"' in note
    assert 'href="../article.html"' in note
    assert "JavaScript" not in short
    explained = shorten_page(NOTHING, "../", view(prompt="Who says so?", key={"why": SENTENCE}))
    assert 'data-copydesk="tasks"' in explained
    assert "JavaScript" in explained
    assert SENTENCE[-30:] not in explained


def test_data_is_put_back_letter_by_letter() -> None:
    """In the data of a view the sealed place of what was cut stands between two signs that no text has."""
    page = shorten_page(NOTHING, "", view(prompt=f"Who says “{SENTENCE}”?"))
    whole = re.sub(
        "\ue000([0-9a-f]+)\ue001",
        lambda match: json.dumps(words_at(match[1]))[1:-1],
        re.findall(r"<script[^>]*>(.*)</script>", page)[0],
    )
    assert json.loads(whole)["tasks"][0]["prompt"] == f"Who says “{SENTENCE}”?"


def test_tasks_with_the_fewest_words_are_served_first(book: Path) -> None:
    """The budget is for the whole book: short quotations of tasks stay, also where prose would quote beside them."""
    first = " ".join(WORDS[20:26])
    touching = " ".join(WORDS[23:30])
    site(book, f"<title>A</title>{view(prompt=f'Who says “{first}”?')}")
    site(book, f"<title>B</title><h1>B</h1><p>“{touching}”</p>" * 3, "lessons/b.html")
    shorten(ARTICLE, book)
    assert 'data-copydesk="tasks"' in (book / "lessons" / "a.html").read_text(encoding="utf-8")
    assert touching not in (book / "lessons" / "b.html").read_text(encoding="utf-8")
    assert article_share(ARTICLE, book).longest <= LONGEST
    assert count_tasks(book)["practice"] == (1, 1)


def test_a_book_that_quotes_everything_in_short_pieces_keeps_less_than_half(book: Path) -> None:
    """However many short quotations there are, the budget holds, and what is left has gaps between."""
    pieces = "".join(
        f"<p>What is said of it here: “{' '.join(WORDS[at : at + 6])}”</p>" for at in range(0, len(WORDS), 6)
    )
    shorten(ARTICLE, site(book, f"<title>A</title><h1>A</h1>{pieces}"))
    share = article_share(ARTICLE, book)
    assert 0.2 < share.share < 0.5
    assert share.longest <= LONGEST
    assert share.faults() == []


def test_pages_say_what_is_missing_and_downloads_are_cut(book: Path) -> None:
    """A page that was cut leads to the page of the article; notebooks and pictures are cut for good."""
    site(book, f"<title>A</title><h1>A</h1><p>{SENTENCE}</p>")
    site(book, json.dumps({"cells": [{"source": [SENTENCE[:60], SENTENCE[60:]]}]}), "_sources/a.ipynb")
    site(book, f"<svg><!-- {SENTENCE} --><text>{SENTENCE}</text></svg>", "_static/a.svg")
    shorten(ARTICLE, book)
    assert article_share(ARTICLE, book).share == 0
    page = (book / "lessons" / "a.html").read_text(encoding="utf-8")
    assert page.count('data-book="article"') == 1
    for address in ('href="../article.html"', 'src="../_static/article.js"'):
        assert address in page
    for name in ("_sources/a.ipynb", "_static/a.svg"):
        short = (book / name).read_text(encoding="utf-8")
        assert "\u2026" in short
        assert "\ue000" not in short
        assert "data-article" not in short


def test_the_script_knows_the_right_file_without_a_word_of_it(book: Path) -> None:
    """A browser takes no other file for the article: the script has its length and hash."""
    shorten(ARTICLE, book)
    assert re.search(r'known = "3492-[0-9a-f]{8}"', (book / "_static" / "article.js").read_text(encoding="utf-8"))


def test_a_quotation_that_goes_on_in_words_of_ours_is_put_back_too() -> None:
    """Where the quotation marks end in the middle of a run, the mark stays, and the words on both sides come back."""
    text = f"“{' '.join(WORDS[20:26])}” {' '.join(WORDS[26:30])}, it says"
    short = shorten_page(NOTHING, "", f"<p>{text}</p>")
    assert "”" in short
    assert WORDS[27] not in re.sub("<[^>]*>", "", short)
    assert put_back(short) == text
    assert 'data-article-view="tasks"' in shorten_page(NOTHING, "", view(prompt=text))


def test_a_first_letter_may_be_large_or_small() -> None:
    """A quotation that begins a sentence of ours, or goes on in one, comes back as it was."""
    text = f"mr Putin flew by helicopter from {' '.join(SENTENCE.split()[6:14]).replace('then', 'Then')}"
    short = shorten_page(NOTHING, "", f"<p>{text}</p>")
    assert "helicopter" not in short
    assert put_back(short) == text


def test_words_in_other_letters_wait_without_a_place() -> None:
    """What the article has in other letters can't come from it; the task waits all the same."""
    short = shorten_page(NOTHING, "", view(prompt=SENTENCE.upper()))
    assert 'data-article-view="tasks"' in short
    assert "\ue000\ue001" in short
