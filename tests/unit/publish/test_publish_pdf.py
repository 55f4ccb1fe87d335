"""The course on paper: one page of all pages, printed by a browser that is there."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from copydesk.commands.main import app
from copydesk.publish import pdf as paper
from copydesk.publish.build import BookError
from copydesk.publish.pdf import one_page, print_book

if TYPE_CHECKING:
    from pathlib import Path

NAV = """<nav class="bd-docs-nav"><a href="#">Start</a><a href="lessons/a.html">A</a><a href="lessons/b.html">B</a>
<a href="article.html">Article</a><a href="publishing.html">P</a><a href="instructors/index.html">I</a></nav>"""
PAGES = {
    "index.html": f'<title>T</title><link rel="stylesheet" href="_static/x.css">{NAV}'
    '<article class="bd-article"><h1 id="top">Start</h1><a href="lessons/b.html#cue">cue</a></article>',
    "lessons/a.html": '<article class="bd-article"><h1 id="top">A</h1><script>1</script><a href="../index.html">up</a>'
    '<img alt="x" src="../_static/f.svg"><a href="https://example.org/">out</a><a href="#top">here</a>'
    '<a href="../instructors/index.html">theirs</a>'
    '<div data-copydesk="reading"><div><strong>The article</strong><p>long</p></div></div></article>',
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


def test_pages_become_one_page_in_the_order_of_the_contents(site: Path) -> None:
    """Each name stands once, links lead to places of the same page, and pages for instructors stay out."""
    page = one_page(site)
    assert re.findall(r"<h1[^>]*>(\w+)", page) == ["Start", "A", "B", "Text"]
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids)) == 7
    inside = re.findall(r'href="#([^"]*)"', page)
    assert len(inside) == 3
    assert set(inside) <= set(ids)
    assert 'href="https://example.org/"' in page
    assert 'src="_static/f.svg"' in page


def test_what_needs_a_screen_is_named_and_left_out(site: Path) -> None:
    """A view that only a screen can show leaves a line that says so, and no script is printed."""
    page = one_page(site)
    assert "On screen, you’ll find this here: The article." in page
    assert page.count("<p>long</p>") == 1  # on the page of the article
    assert "a mark" not in page
    assert "<script" not in page
    assert "instructors" not in page


def test_questions_are_printed_with_their_evidence_and_without_answers(site: Path) -> None:
    """A teacher can hand the sheets out: what a question asks about is unfolded, and explanations are not there."""
    page = one_page(site)
    assert '<details open="">' in page
    assert "a card" in page
    assert "because" not in page


def test_without_a_browser_the_message_says_what_to_do(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback, and the way that needs no program is named too."""
    monkeypatch.delenv("COPYDESK_CHROMIUM", raising=False)
    monkeypatch.setattr(paper, "PLACES", ())
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BookError, match=r"Install Chromium, Chrome or Edge.*button Print"):
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


def printing(folder: Path, content: bytes) -> Path:
    """Return a program that prints, as a browser does, always the same."""
    source = folder / "printer.py"
    source.write_text(
        "import sys\nfrom pathlib import Path\n"
        "(name,) = [each.partition('=')[2] for each in sys.argv if each.startswith('--print-to-pdf=')]\n"
        f"Path(name).write_bytes({content!r})\n",
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
    monkeypatch.setenv("COPYDESK_CHROMIUM", str(printing(site.parent, b"%PDF-1.4 one %%EOF")))
    print_book(site, pdf)
    monkeypatch.setenv("COPYDESK_CHROMIUM", str(printing(site.parent, b"%PDF-1.4 two %%EOF")))
    print_book(site, pdf)
    assert pdf.read_bytes().startswith(b"%PDF-1.4 two %%EOF")
    for content in (pdf.read_bytes() + b"1 0 obj note %%EOF", b"%PDF-1.4 thesis %%EOF", b""):
        pdf.write_bytes(content)
        with pytest.raises(BookError, match=r"course\.pdf was not printed by Copy Desk.*Name another file"):
            print_book(site, pdf)
        assert pdf.read_bytes() == content


def test_a_pdf_in_the_way_is_named_before_the_book_is_built(tmp_path: Path) -> None:
    """Nobody waits for a book to be told that its PDF cannot be written."""
    (tmp_path / "course.pdf").write_bytes(b"mine")
    result = CliRunner().invoke(app, ["book", "--pdf", str(tmp_path / "course.pdf"), "--out", str(tmp_path / "site")])
    assert result.exit_code == 1
    assert "Name another file with --pdf" in " ".join(result.output.split())
    assert not (tmp_path / "site").exists()
