"""How a text for a new course is read: text files, pasted text, pages saved from a browser."""

from __future__ import annotations

import socket
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.scaffold.intake import MOST_WORDS, IntakeError, SourceText, read_source

TITLE = "The ferry is late"
FIRST = "The ferry to Orrin was late on Tuesday, the harbour office said."
SECOND = "“We waited for hours,” said a passenger."
PLAIN = f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n"
EXPECTED = SourceText(TITLE, (FIRST, SECOND))

BODY = " ".join(f"Sentence number {number} says that the ferry to Orrin was late again." for number in range(20))
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>{TITLE} | The Orrin Post</title>
<meta property="og:title" content="{TITLE}"><meta name="author" content="Ida Marl">
<meta property="og:site_name" content="The Orrin Post">
<script>fetch("https://example.org/spy"); document.write("from a script")</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">All about sport</a></nav>
<article><h1>{TITLE}</h1><p>{FIRST}</p><p>{BODY}</p><p>{SECOND}</p></article>
<aside><p>Buy a boat now, only today!</p></aside>
<section id="comments"><p>First comment: lovely boat.</p></section><footer>All rights reserved.</footer></body></html>
"""
ARCHIVE = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/ferry
Subject: {TITLE}
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----edge"

------edge
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 8bit

{PAGE}
------edge
Content-Type: text/css

p {{ color: red }}
------edge--
"""


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.encode("utf-16"),
        f"\n\n  {PLAIN}\n\n".encode(),
        PLAIN.replace("late on", "late\u00a0on").encode(),
        PLAIN.replace("harbour", "har\u00adbour").encode(),
        PLAIN.replace("\n\n", "\n \t\n").encode(),
        f"{TITLE}\n{FIRST}\n{SECOND}".encode(),
    ],
    ids=["utf-8", "mark", "crlf", "cr", "utf-16", "spaces", "hard-space", "soft-hyphen", "blank", "no-blank-lines"],
)
def test_a_text_is_read_however_it_was_saved(content: bytes) -> None:
    """Byte order marks, line ends, invisible characters and stray spaces change nothing."""
    assert read_source(content, "article.txt") == EXPECTED


def test_a_wrapped_paragraph_is_one_paragraph() -> None:
    """A paragraph that a program has wrapped into short lines becomes one; long lines stay paragraphs."""
    wrapped = f"{TITLE}\n\nThe ferry to Orrin was late\non Tuesday, the harbour office\nsaid.\n\n{SECOND}"
    assert read_source(wrapped.encode(), "article.txt") == EXPECTED
    longer = f"{BODY}\n{SECOND}"
    assert read_source(f"{TITLE}\n{longer}".encode(), "article.txt").paragraphs == (BODY, SECOND)


def test_letters_are_composed() -> None:
    """Letters that a Mac has taken apart are put together, so that typed words are found in the text."""
    source = read_source("Fa\u0308hre\n\nDie Fa\u0308hre kam.".encode(), "article.txt")
    assert (source.title, source.paragraphs) == ("Fähre", ("Die Fähre kam.",))


def test_a_long_first_line_is_no_title() -> None:
    """A text that begins with a long paragraph, or is a single line, has no title."""
    source = read_source(f"{BODY}\n\n{SECOND}".encode(), "a.txt")
    assert (source.title, source.paragraphs) == ("", (BODY, SECOND))
    assert read_source(FIRST.encode(), "a.txt").paragraphs == (FIRST,)


def test_lines_can_be_sentences() -> None:
    """An author can cut the sentences by hand: one a line, with an empty line between paragraphs."""
    source = read_source(f"{TITLE}\n\nMr. X came.\nHe left.\n\n{SECOND}".encode(), "a.txt", lines=True)
    assert source.paragraphs == ("Mr. X came.\nHe left.", SECOND)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.txt", "no text"),
        (b"  \n\n ", "a.txt", "no text"),
        (TITLE.encode(), "a.txt", None),
        ("Die Fähre\n\nkam zu spät an.".encode("cp1252"), "a.txt", "“Fähre” in line 1"),
        ("Title\n\nnächste".encode("cp1252"), "a.txt", "“nächste” in line 3. It’s probably in Windows-1252"),
        ("Пором\n\nзапізнився".encode("cp1251"), "a.txt", "“Пором” in line 1. It’s probably in Windows-1251"),
        (b"%PDF-1.7\n\x00\x01", "a.txt", "is a PDF"),
        (b"PK\x03\x04rest", "essay.docx", "word processor"),
        (b"PK\x03\x04rest", "essay.txt", "word processor"),
        (b"\xd0\xcf\x11\xe0rest", "essay.doc", "word processor"),
        (b"{\\rtf1 text}", "essay.rtf", "word processor"),
        (b"\x89PNG\r\n\x00\x00", "a.txt", "isn’t a text"),
        ((TITLE + "\n\n" + "word " * (MOST_WORDS + 1)).encode(), "a.txt", "20,001 words"),
        (b"<html><body><script>load()</script></body></html>", "page.html", "No article was found"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_remedy(content: bytes, name: str, words: str | None) -> None:
    """An empty or endless text, an old encoding and other kinds of files are told apart, each with its remedy."""
    if words is None:
        assert read_source(content, name).title == ""
        return
    with pytest.raises(IntakeError) as caught:
        read_source(content, name)
    assert words in str(caught.value)
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("content", "name"),
    [(PAGE.encode(), "ferry.html"), (PAGE.encode(), "ferry.txt"), (ARCHIVE.encode(), "ferry.mhtml")],
    ids=["html", "html-in-disguise", "archive"],
)
def test_the_article_of_a_saved_page_is_taken(content: bytes, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a saved page we take title and article, leave out the rest, say so, and open no connection."""

    def no_network(*_arguments: object) -> NoReturn:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", no_network)
    source = read_source(content, name)
    assert source.title == TITLE
    text = "\n".join(source.paragraphs)
    assert FIRST in text
    assert BODY in text
    for other in ("sport", "Buy a boat", "lovely boat", "from a script"):
        assert other not in text
    assert "Ida Marl" in source.origin
    (note,) = source.notes
    assert "compare seeds/article.txt with the page" in note


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Whatever is in a file, it gives a text with words, or a message."""
    message = ""
    try:
        source = read_source(content, "file")
    except IntakeError as error:
        message = str(error)
        source = SourceText("", (message,))
    assert "".join(source.paragraphs).strip()
    assert "file" in message or not message
