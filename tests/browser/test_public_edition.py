"""The public edition and its PDF, as the command makes them, keep the promise: measured by a script of its own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest
from browsing import ROOT
from playwright.sync_api import expect
from pypdf import PdfReader

from copydesk.publish.chromium import Printed
from copydesk.publish.waiting import count_tasks

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

ARTICLE = ROOT / "seeds" / "article.txt"
SHARE = re.compile(r"(\d+)% (?:of the article’s words )?are in runs")
LONG_WORD = re.compile("[a-z]{4,}")
OFFSETS = re.compile(r'data-article="\d+-\d+"|\ue000\d+-\d+')


class Built(NamedTuple):
    """A public site, its PDF, and what the command printed."""

    site: Path
    pdf: Path
    printed: str


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the edition for public sites by the command of the publishing workflow, and print it."""
    folder = tmp_path_factory.mktemp("public-edition")
    site, pdf = folder / "site", folder / "course.pdf"
    command = [sys.executable, "-m", "copydesk", "book", "--learner", "--article", "quotes"]
    command += ["--out", str(site), "--pdf", str(pdf)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(site, pdf, " ".join(done.stdout.split()))


@pytest.fixture(scope="module")
def figures(public: Built) -> dict[str, float]:
    """Return the figures of the second measure, which shares no code with the build."""
    tool = ROOT / "tools" / "measure_public_edition.py"
    command = [sys.executable, str(tool), str(public.site), str(ARTICLE), "--pdf", str(public.pdf), "--json"]
    found: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def test_the_article_can_neither_be_read_nor_put_together(figures: dict[str, float]) -> None:
    """No run of eight words, at most half of the words in runs of five, and little that a script can join."""
    assert 5 <= figures["longest"] <= 7
    assert 0.1 < figures["share"] <= 0.5
    assert figures["recovered"] <= 0.1


def test_the_build_measures_and_says_the_same(public: Built, figures: dict[str, float]) -> None:
    """What the command prints of the site and the PDF is what the second measure finds, and what the page says."""
    shares = [int(share) / 100 for share in SHARE.findall(public.printed)]
    assert len(shares) == 2
    assert all(share == pytest.approx(figures["share"], abs=0.02) for share in shares)
    assert public.printed.count(f"the longest run has {figures['longest']}.") == 2
    page = (ROOT / "book" / "publishing.md").read_text(encoding="utf-8")
    assert f"In this release it's {shares[0]:.0%}." in page


def test_half_of_the_tasks_need_no_file(public: Built) -> None:
    """In lessons and in exercises, and the page for publishers says how many it is."""
    counts = count_tasks(public.site)
    for purpose in ("all", "practice", "graded"):
        assert 2 * counts[purpose].free >= counts[purpose].all > 40, purpose
    page = (ROOT / "book" / "publishing.md").read_text(encoding="utf-8")
    assert f"{counts['all'].free} of {counts['all'].all} in this release" in page
    assert f"Tasks that need no file: {counts['all'].free} of {counts['all'].all}." in public.printed


def test_nothing_says_where_a_piece_belongs(public: Built) -> None:
    """No file has offsets of the article beside what was cut; the places there are mean nothing without it."""
    pages = [path.read_text(encoding="utf-8") for path in public.site.rglob("*.html")]
    assert not any(OFFSETS.search(page) for page in pages)
    assert sum(page.count('data-article="') for page in pages) > 100


def test_the_text_of_the_pdf_is_read_whole(public: Built) -> None:
    """The build's own reader of PDFs finds the words that another program finds."""
    program = shutil.which("pdftotext")
    assert program, "install poppler-utils"
    other = subprocess.run([program, "-raw", str(public.pdf), "-"], capture_output=True, check=True).stdout.decode()
    ours = set(LONG_WORD.findall(Printed(b"", PdfReader(public.pdf), {}).text().casefold()))
    theirs = set(LONG_WORD.findall(other.casefold()))
    assert len(theirs) > 2000
    assert len(ours & theirs) / len(theirs) > 0.97


def test_a_task_that_waits_says_so_in_its_place(page: Page, public: Built) -> None:
    """Every waiting view says that it waits for the article, with the button; none blames JavaScript."""
    page.goto((public.site / "lessons" / "02-attribution.html").as_uri())
    page.wait_for_function("() => !document.querySelector('[data-copydesk]:not([data-live=true])')")
    waiting = page.locator("[data-article-view]")
    count = waiting.count()
    assert count > 2
    for number in range(count):
        view = waiting.nth(number)
        assert "waits for the article" in (view.text_content() or "")
        assert "JavaScript" not in (view.locator(".copydesk-static").text_content() or "")
        assert view.get_by_role("button", name="Open the article from a file", include_hidden=True).count() == 1
    button = waiting.first.get_by_role("button", name="Open the article from a file")
    with page.expect_file_chooser() as chooser:
        button.click()
    wrong = public.pdf.with_name("wrong.txt")
    wrong.write_text("Another text.", encoding="utf-8")
    chooser.value.set_files(wrong)
    expect(waiting.first.get_by_role("status")).to_contain_text("That's a different file")
    with page.expect_file_chooser() as chooser:
        button.click()
    chooser.value.set_files(ARTICLE)
    expect(waiting).to_have_count(0)
