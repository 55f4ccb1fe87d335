"""The course on paper: one page of all pages, printed by a browser that is there."""

from __future__ import annotations

import os
import re
import sys
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import Destination, Fit
from typer.testing import CliRunner

from copydesk import __version__
from copydesk.commands.main import app
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.publish import chromium
from copydesk.publish.build import BookError
from copydesk.publish.chromium import Printed
from copydesk.publish.paper_page import PaperPage
from copydesk.publish.pdf import print_book, require_quotations

if TYPE_CHECKING:
    from pathlib import Path

COURSE = Course(find_root())
NAV = """<p class="book-line">Under a line</p><nav class="bd-docs-nav">
<ul><li class="toctree-l1"><a href="#">Start</a></li></ul>
<p class="caption">Lessons</p><ul><li class="toctree-l1"><a href="lessons/02-cues.html">02 · Cues</a>
<ul><li class="toctree-l2"><a href="exercises/02-cues.html">02 · Exercise</a></li></ul></li>
<li class="toctree-l1"><a href="lessons/b.html">B</a></li></ul>
<a href="article.html">Article</a><a href="publishing.html">P</a><a href="instructors/index.html">I</a></nav>
<p class="book-footer"><time datetime="2026-09-21">21 September 2026</time>.
<span class="book-rights">Text: <a rel="license" href="https://example.org/by">CC</a>.</span></p>"""
PAGES = {
    "index.html": f'<title>T</title><link rel="stylesheet" href="_static/x.css">{NAV}'
    '<article class="bd-article"><h1 id="top">Start</h1><a href="lessons/b.html#cue">cue</a></article>',
    "lessons/02-cues.html": '<article class="bd-article"><h1 id="top">A</h1><script>1</script>'
    '<a href="../index.html">up</a>'
    '<img alt="x" src="../_static/f.svg"><a href="https://example.org/">out</a><a href="#top">here</a>'
    '<a href="../instructors/index.html">theirs</a>'
    '<div data-copydesk="reading"><div><strong>The article</strong><p>long</p></div></div>'
    '<section><h2>Yours</h2><div data-copydesk="reliability"><p>a chart</p></div></section>'
    '<section id="next"><h2>Next</h2><p>onwards</p></section></article>',
    "exercises/02-cues.html": '<article class="bd-article"><h1>A, exercise</h1><p>Mark it. '
    '<span class="on-screen">Press here.</span></p><p class="copydesk-needs-script">No script.</p>'
    '<label><input type="radio" value="a"> too high</label>'
    '<div class="book-waits"><p>It waits. <button>Open the file</button></p></div>'
    '<div data-article-view="reading"><strong>Its end</strong><p>cut</p><details>An answer</details></div></article>',
    "lessons/b.html": '<article class="bd-article"><h1 id="cue">B</h1>'
    '<div class="copydesk-static"><details><summary>Show the explanation</summary>because</details>'
    "<details><summary>Evidence cards</summary>a card</details></div></article>",
    "article.html": '<article class="bd-article"><h1>Text</h1><div data-copydesk="reading">'
    '<div class="copydesk-static">'
    "<strong>The article</strong><p>long</p><details><summary>Layer</summary>a mark</details></div></div></article>",
    "publishing.html": '<article class="bd-article"><h1>P</h1></article>',
    "instructors/index.html": '<article class="bd-article"><h1>Keys</h1></article>',
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a built book of five pages."""
    for name, text in PAGES.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<html><body>{text}</body></html>", encoding="utf-8")
    (tmp_path / "site" / "_static").mkdir()
    return tmp_path / "site"


def sheets(count: int, numbers: dict[str, int]) -> Printed:
    """Return a print of blank sheets, with the sheets on which parts begin."""
    writer, file = PdfWriter(), BytesIO()
    for _ in range(count):
        writer.add_blank_page(595, 842)
    writer.write(file)
    return Printed(file.getvalue(), PdfReader(file), numbers)


def test_pages_become_one_page_in_the_order_of_the_contents(site: Path) -> None:
    """Each name stands once, links lead to places of the same page, and pages for instructors stay out."""
    page = PaperPage(site).html()
    assert re.findall(r"<h1[^>]*>(?:<span[^>]*></span>)?([\w, ]+)", page) == [
        "T",
        "Start",
        "A",
        "A, exercise",
        "B",
        "Text",
    ]
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids)) == 13
    inside = re.findall(r'href="#([^"]*)"', page)
    assert len(inside) == 3 + 5
    assert set(inside) <= set(ids)
    assert 'href="https://example.org/"' in page
    assert 'src="_static/f.svg"' in page


def test_the_title_page_says_what_this_is_and_where_things_are(site: Path) -> None:
    """Version, day, licence and rights, contents with the numbers of the sheets; each foot says whose a sheet is."""
    page = PaperPage(site, size="letter").html(sheets(50, {"page-0": 2, "page-2": 41}))
    head = page[page.index("<header>") : page.index("</header>")]
    assert f"T, version {__version__}, 21 September 2026." in head
    assert 'Text: <a href="https://example.org/by" rel="license">CC</a>.' in head
    assert re.findall(r"<h3>(.*?)</h3>", head) == ["Lessons"]
    assert re.findall(r'<p class="(\S+)"><a href="#(\S+)">(.*?)</a><span></span><b>(\d*)</b>', head) == [
        ("toctree-l1", "page-0", "Start", "2"),
        ("toctree-l1", "page-1", "02 · Cues", ""),
        ("toctree-l2", "page-2", "02 · Exercise", "41"),
        ("toctree-l1", "page-3", "B", ""),
        ("toctree-l1", "page-4", "Article", ""),
    ]
    assert "size: letter" in page
    assert f'content: "T {__version__}"' in page


def test_a_lesson_alone_is_the_lesson_and_its_exercise(site: Path) -> None:
    """It has no title page, and says at its end which version it is of and whose it is."""
    page = PaperPage(site, lesson="02-cues")
    html = page.html()
    assert page.title == "A (T)"
    assert re.findall(r"<h1[^>]*>(?:<span[^>]*></span>)?([\w, ]+)", html) == ["A", "A, exercise"]
    assert "<header>" not in html
    assert f"<footer><p>T, version {__version__}" in html


def test_what_needs_a_screen_is_left_out(site: Path) -> None:
    """The reading pane becomes a reference to the article; what only a screen shows goes, with sections of it alone."""
    page = PaperPage(site).html(sheets(7, {"page-4": 7}))
    assert "The article: page 7." in page
    assert "Its end: page 7." in page
    assert "You need the article for this task." in page
    assert '<label><span data-field="radio"></span> too high</label>' in page
    assert page.count("<p>long</p>") == 1  # on the page of the article
    for gone in (
        "a mark",
        "<script",
        "instructors",
        "a chart",
        "Yours",
        "onwards",
        "Press here",
        "No script",
        "It waits",
        "An answer",
    ):
        assert gone not in page
    assert "Mark it." in page
    assert "The article:" not in PaperPage(site, lesson="02-cues").html()


def test_questions_are_printed_with_their_evidence_and_without_answers(site: Path) -> None:
    """A teacher can hand the sheets out: what a question asks about is unfolded, and explanations are not there."""
    page = PaperPage(site).html()
    assert '<details open="">' in page
    assert "a card" in page
    assert "because" not in page


def test_without_a_browser_the_message_says_what_to_do(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback, and the way that needs no program is named too."""
    monkeypatch.delenv("COPYDESK_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "PLACES", ())
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BookError, match=r"Install Chromium, Chrome or Edge.*Without --pdf"):
        print_book(site, site.parent / "course.pdf")


@pytest.mark.parametrize(
    ("line", "said"), [("", "did not print the book"), ("sys.exit('out of paper')", "out of paper")]
)
def test_a_browser_that_prints_nothing_is_reported(
    site: Path, monkeypatch: pytest.MonkeyPatch, line: str, said: str
) -> None:
    """What the browser said is passed on, and no file is left."""
    if os.name == "nt":
        program = site.parent / "browser.bat"
        program.write_text(f'@"{sys.executable}" -c "import sys; {line}"\n', encoding="utf-8")
    else:
        program = site.parent / "browser"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "import sys; {line}"\n', encoding="utf-8")
        program.chmod(0o700)
    monkeypatch.setenv("COPYDESK_CHROMIUM", str(program))
    with pytest.raises(BookError, match=said):
        print_book(site, site.parent / "course.pdf")
    assert not (site.parent / "course.pdf").exists()


def printing(folder: Path, sheets: int, title: str = "T") -> Path:
    """Return a program that prints, as a browser does, always the same: sheets of a document with a title."""
    writer = PdfWriter()
    writer.metadata = {"/Title": title}
    for number in range(sheets):
        page = writer.add_blank_page(100, 100)
        writer.add_named_destination_object(Destination(f"page-{number}", page.indirect_reference, Fit.fit()))
    writer.write(folder / "print.pdf")
    source = folder / "printer.py"
    source.write_text(
        "import shutil, sys\n"
        "(name,) = [each.partition('=')[2] for each in sys.argv if each.startswith('--print-to-pdf=')]\n"
        f"shutil.copy({str(folder / 'print.pdf')!r}, name)\n",
        encoding="utf-8",
    )
    if os.name == "nt":
        program = folder / "printer.bat"
        program.write_text(f'@"{sys.executable}" "{source}" %*\n', encoding="utf-8")
    else:
        program = folder / "printer"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{source}" "$@"\n', encoding="utf-8")
        program.chmod(0o700)
    return program


def test_a_pdf_of_ours_is_printed_again_and_no_other(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thesis that is called course.pdf stays, and so does our own PDF once somebody has written notes into it."""
    pdf = site.parent / "prints" / "course.pdf"
    monkeypatch.setenv("COPYDESK_CHROMIUM", str(printing(site.parent, 1)))
    assert print_book(site, pdf) == (pdf, 1)
    printing(site.parent, 2)
    assert print_book(site, pdf) == (pdf, 2)
    for content in (pdf.read_bytes() + b"1 0 obj note %%EOF", b"%PDF-1.4 thesis %%EOF", b""):
        pdf.write_bytes(content)
        with pytest.raises(BookError, match=r"course\.pdf was not printed by Copy Desk.*Name another file"):
            print_book(site, pdf)
        assert pdf.read_bytes() == content


def test_a_browsers_note_that_it_sees_no_page_is_no_book(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that sees none of our folders is named, with what to do, and nothing is kept of what it printed."""
    monkeypatch.setenv("COPYDESK_CHROMIUM", str(printing(site.parent, 1, title="course.html")))
    with pytest.raises(BookError, match=r"only your home folder.*name a PDF there"):
        print_book(site, site.parent / "course.pdf")
    assert not (site.parent / "course.pdf").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--pdf-lesson", "02"], "add --pdf with a file"),
        (["--pdf-paper", "letter"], "add --pdf with a file"),
        (["--pdf", "course.pdf", "--pdf-lesson", "92"], "no lesson “92”"),
        (["--pdf", "course.pdf", "--pdf-lesson", "02,04"], "no lesson “02,04”"),
        (["--pdf", "course.pdf", "--pdf-lesson", "02", "--lessons", "04"], "no lesson “02”"),
    ],
)
def test_options_of_a_pdf_are_checked_before_the_book_is_built(tmp_path: Path, options: list[str], said: str) -> None:
    """Nobody waits for a book to be told that a lesson has another name, or that no PDF was asked for."""
    result = CliRunner().invoke(app, ["book", "--out", str(tmp_path / "site"), *options])
    assert result.exit_code == 1
    assert said in " ".join(result.output.split())
    assert not (tmp_path / "site").exists()


def test_a_pdf_in_the_way_is_named_before_the_book_is_built(tmp_path: Path) -> None:
    """Nobody waits for a book to be told that its PDF cannot be written."""
    (tmp_path / "course.pdf").write_bytes(b"mine")
    result = CliRunner().invoke(app, ["book", "--pdf", str(tmp_path / "course.pdf"), "--out", str(tmp_path / "site")])
    assert result.exit_code == 1
    assert "Name another file with --pdf" in " ".join(result.output.split())
    assert not (tmp_path / "site").exists()


def test_a_pdf_with_more_than_quotations_is_refused(tmp_path: Path) -> None:
    """What touches on paper alone breaks the promise too, and the message names the file."""
    (tmp_path / "index.html").write_text("<p>Nothing of it.</p>", encoding="utf-8")
    words = re.findall("[A-Za-z]+", COURSE.seeds.article[100:400])
    cut = [" ".join(words[at : at + 6]) for at in range(0, 24, 6)]
    pdf = tmp_path / "course.pdf"
    with pytest.raises(BookError, match=r"course\.pdf has 2\d words of the article in a row"):
        require_quotations(COURSE, tmp_path, pdf, "\n".join(cut))
    share = require_quotations(COURSE, tmp_path, pdf, "\n".join([cut[0], "Words of our own", cut[2]]))
    assert (share.longest, len(share.words)) == (6, 12)
    with pytest.raises(BookError, match="can’t be measured"):
        require_quotations(COURSE, tmp_path, pdf, " \n")


def test_nothing_is_kept_of_a_pdf_that_is_refused(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who checks what was printed gets its text, and has the last word."""
    pdf, texts = site.parent / "course.pdf", []
    monkeypatch.setenv("COPYDESK_CHROMIUM", str(printing(site.parent, 1)))

    def refuse(text: str) -> None:
        texts.append(text)
        raise BookError(text or "too much")

    with pytest.raises(BookError, match="too much"):
        print_book(site, pdf, check=refuse)
    assert texts == [""]
    assert not pdf.exists()
