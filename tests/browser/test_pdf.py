"""The course as a PDF of a real browser: what a reader of paper, of a screen and of a screen reader gets."""

from __future__ import annotations

import os
import re
import shlex
import sys
import tempfile
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from copydesk import __version__
from copydesk.publish.build import BookError
from copydesk.publish.chromium import find_browser
from copydesk.publish.pdf import print_book

if TYPE_CHECKING:
    from collections.abc import Iterator

LESSON = "02-attribution"
MOST_SHEETS = 190
FEWEST_WORDS = 40
FIGURE_BYTES = 30_000
"""A sheet with fewer words, and too little drawn on it for a figure, is nearly empty."""

A4, LETTER = (595, 842), (612, 792)
SCREEN_WORDS = re.compile(
    r"Run All|JavaScript|Show the (explanation|code)|Download (answers|notebook)|[Pp]ress |[Tt]ap "
    r"|[Cc]lick (?!Wisely)|On screen,|Here you can only|Scroll|Make my submission"
)
"""What has a meaning only where there are buttons."""
PRESSED = re.compile(r"[Pp]ress (service|office|release|Club|Agency|Association)")


@pytest.fixture(scope="module")
def printed(site: Path, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    """Print the whole course."""
    file, sheets = print_book(site, tmp_path_factory.mktemp("prints") / "course.pdf")
    reader = PdfReader(file)
    assert len(reader.pages) == sheets
    return reader


@pytest.fixture(scope="module")
def texts(printed: PdfReader) -> list[str]:
    """Return the text of each sheet."""
    return [page.extract_text() for page in printed.pages]


def paper(reader: PdfReader) -> set[tuple[int, int]]:
    """Return the sizes of the sheets in points."""
    return {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages}


def bookmarks(outline: list[Any], depth: int = 0) -> Iterator[tuple[int, str, Any]]:
    """Yield depth, title and target of each bookmark."""
    for entry in outline:
        if isinstance(entry, list):
            yield from bookmarks(entry, depth + 1)
        else:
            yield depth, entry.title, entry


def elements(node: Any) -> Iterator[Any]:  # noqa: ANN401  (an object of a PDF may be anything)
    """Yield every element of the tags that a screen reader reads."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from elements(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def test_the_course_is_few_sheets_and_none_is_nearly_empty(printed: PdfReader, texts: list[str]) -> None:
    """The whole course is at most 190 sheets of A4, and each has a paragraph or a figure at least."""
    assert paper(printed) == {A4}
    assert len(printed.pages) <= MOST_SHEETS
    sparse = []
    for number, (page, text) in enumerate(zip(printed.pages, texts, strict=True), start=1):
        is_drawn_on = len(page.get_contents().get_data()) > FIGURE_BYTES
        if len(text.split()) < FEWEST_WORDS and not is_drawn_on:
            sparse.append((number, text))
    assert sparse == []


def test_the_first_sheet_says_what_this_is_and_where_everything_begins(printed: PdfReader, texts: list[str]) -> None:
    """It has version, day, licence and rights; each line of the contents has the number of the right sheet."""
    front = " ".join(texts[0].split())
    assert re.search(rf"Copy Desk, version {re.escape(__version__)}, \d+ \w+ \d{{4}}\.", front)
    assert "CC BY 4.0" in front
    assert "The rights to the article remain with their owners" in front
    tops = [entry for depth, _, entry in bookmarks(printed.outline) if depth == 0][1:]
    begins = [printed.get_destination_page_number(entry) + 1 for entry in tops]
    contents = texts[0].partition("Contents")[2]
    assert [int(number) for number in re.findall(r"(\d+)$", contents, re.MULTILINE)] == begins
    assert len(begins) > 20
    for number, entry in zip(begins, tops, strict=True):
        assert entry.title in " ".join(texts[number - 1].split())


def test_every_sheet_has_its_number_and_its_place(texts: list[str]) -> None:
    """A sheet that falls out of the pile says where it belongs."""
    for number, text in enumerate(texts, start=1):
        foot = f"Copy Desk {__version__}"
        assert {f"{number}{foot}", f"{foot}{number}", f"{foot} {number}"} & set(text.split("\n")), number


def test_bookmarks_lead_to_every_part(printed: PdfReader) -> None:
    """A reader on a screen finds each page and each of its sections in the bookmarks, a level deeper."""
    marks = list(bookmarks(printed.outline))
    titles = [title for _, title, _ in marks]
    assert titles[0] == "Copy Desk"
    assert (0, "Glossary") in [(depth, title) for depth, title, _ in marks]
    assert sum(depth == 1 for depth, _, _ in marks) > 100
    assert not [title for title in titles if not title.strip()]
    assert not [title for title in titles if re.fullmatch(r"(.{4,}?)\1", title)]


def test_a_screen_reader_has_tags_a_language_and_words_for_every_figure(printed: PdfReader) -> None:
    """The document is tagged; headings, lists and tables are what they are, and no figure is without a text."""
    root = printed.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert printed.metadata is not None
    assert printed.metadata.title == "Copy Desk"
    kinds: dict[str, int] = {}
    silent = []
    for element in elements(root["/StructTreeRoot"]):
        kind = element["/S"]
        kinds[kind] = kinds.get(kind, 0) + 1
        if kind == "/Figure" and not str(element.get("/Alt", "")).strip():
            silent.append(element)
    assert silent == []
    for kind in ("/Figure", "/H1", "/H2", "/L", "/LI", "/Table", "/TH", "/Link"):
        assert kinds.get(kind), kind
    assert "/Form" not in kinds  # nothing to press, nothing to fill in but with a pencil


def test_nothing_is_said_that_has_a_meaning_only_on_a_screen(texts: list[str]) -> None:
    """Paper has no buttons: none is named, and no sentence says what to press."""
    found = []
    for number, text in enumerate(texts, start=1):
        line = PRESSED.sub("", " ".join(unicodedata.normalize("NFKC", text).split()))
        found += [
            (number, line[max(0, match.start() - 60) : match.end() + 60]) for match in SCREEN_WORDS.finditer(line)
        ]
    assert found == []


def test_a_lesson_is_printed_alone_on_other_paper(site: Path, tmp_path: Path) -> None:
    """On Letter, with its exercise and nothing else, with the day of the edition; the same each time."""
    file, sheets = print_book(site, tmp_path / "lesson.pdf", lesson=LESSON, size="letter")
    reader = PdfReader(file)
    assert paper(reader) == {LETTER}
    assert len(reader.pages) == sheets < 25
    assert [title for depth, title, _ in bookmarks(reader.outline) if depth == 0] == [
        "02 · Who says so?",
        "02 · Who says so? · Exercise",
    ]
    assert print_book(site, tmp_path / "again.pdf", lesson=LESSON, size="letter").file.read_bytes() == file.read_bytes()
    last = " ".join(reader.pages[-1].extract_text().split())
    assert re.search(rf"Copy Desk, version {re.escape(__version__)}, \d+ \w+ \d{{4}}\.", last)
    assert "CC BY 4.0" in last


if sys.platform.startswith("linux"):

    @pytest.fixture
    def home() -> Iterator[Path]:
        """Return a folder that a browser with its own folder for temporary files sees."""
        with tempfile.TemporaryDirectory(prefix="copydesk-test-", dir=Path.home()) as name:
            yield Path(name)

    @pytest.fixture
    def apart(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Return the browser in a namespace of its own where /tmp is another folder, as in a snap."""
        user = f"setpriv --reuid={os.getuid()} --regid={os.getgid()} --clear-groups"
        mounted = f'mount -t tmpfs -o mode=1777 none /tmp && exec {user} "$0" "$@"'
        become_root = "" if os.geteuid() == 0 else "sudo "
        inside = f"unshare --mount sh -c {shlex.quote(mounted)} {shlex.quote(find_browser())}"
        program = home / "browser"
        program.write_text(f'#!/bin/sh\nexec {become_root}{inside} "$@"\n', encoding="utf-8")
        program.chmod(0o700)
        monkeypatch.setenv("COPYDESK_CHROMIUM", str(program))
        return program

    @pytest.mark.usefixtures("apart")
    def test_a_browser_with_a_tmp_of_its_own_prints(
        site: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As Ubuntu's snap does: beside the PDF, by way of the home folder, or it is said in a sentence what to do."""
        assert tmp_path.is_relative_to("/tmp")  # noqa: S108  (that is the point: the browser does not see it)
        file, _ = print_book(site, home / "lesson.pdf", lesson=LESSON)
        assert PdfReader(file).metadata.title == "02 · Who says so? (Copy Desk)"
        assert sorted(path.name for path in home.iterdir()) == ["browser", "lesson.pdf"]
        monkeypatch.setenv("HOME", str(home))
        file, _ = print_book(site, tmp_path / "lesson.pdf", lesson=LESSON)
        assert PdfReader(file).metadata.title == "02 · Who says so? (Copy Desk)"
        monkeypatch.setenv("HOME", str(tmp_path))
        with pytest.raises(BookError, match="it sees only your home folder without hidden folders: name a PDF there"):
            print_book(site, tmp_path / "lesson.pdf", lesson=LESSON)
