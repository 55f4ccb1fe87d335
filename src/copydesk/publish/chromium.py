"""Prints pages with a browser of this machine, even one that sees only some of its folders."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from copydesk.publish.build import BookError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pypdf import PdfReader

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "%ProgramFiles%/Google/Chrome/Application/chrome.exe",
    "%ProgramFiles(x86)%/Google/Chrome/Application/chrome.exe",
    "%ProgramFiles%/Microsoft/Edge/Application/msedge.exe",
    "%ProgramFiles(x86)%/Microsoft/Edge/Application/msedge.exe",
    "%LocalAppData%/Google/Chrome/Application/chrome.exe",
)
LIMIT_SECONDS = 600
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
"""Tags, for screen readers, are in every PDF of a browser; bookmarks have to be asked for."""

NO_BROWSER = (
    "No browser was found that can print the book. Install Chromium, Chrome or Edge, or name its program in "
    "COPYDESK_CHROMIUM. Without --pdf, the pages need none of this, and each has a button Print."
)
UNSEEN = (
    "If it comes from a snap or a flatpak, it sees only your home folder without hidden folders: name a PDF there with "
    "--pdf, or another browser in COPYDESK_CHROMIUM."
)


PART = re.compile(r'id="(page-\d+)"')
PIXELS_PER_POINT = 96 / 72
MOST_TIMES = 8
"""How often a page that depends on its own sheets is printed, if it does not come out as before any earlier."""

SOFT_HYPHEN = re.compile("\u00ad\\s*")
LINE = re.compile(rb"1 0 0 -1 [\d.-]+ ([\d.-]+) Tm")
"""Where a line of text begins, in pixels from the left and from above, as Chromium writes it."""


DOUBLED = re.compile(rb"/Title (?:\((.{4,}?)\1\)|<FEFF((?:[\dA-F]{4}){4,}?)\2>)")
"""A bookmark of a heading with which a sheet begins: Chromium 156 writes the words of such a heading twice."""

NODE = re.compile(rb"\bnode\d{8}\b")
"""The number of a cell of a table, which Chromium counts on from whatever it did before."""


class Printed(NamedTuple):
    """A printed page: the PDF, and the number of the sheet of each place in it that a link leads to."""

    content: bytes
    reader: PdfReader
    numbers: Mapping[str, int]

    @property
    def sheets(self) -> int:
        """How many sheets there are."""
        return len(self.reader.pages)

    def text(self) -> str:
        """Return the text of all sheets in the order in which it is drawn, without the hyphens that break words."""
        text = "\n".join(page.extract_text() for page in self.reader.pages)
        return SOFT_HYPHEN.sub("", text)

    def is_nearly_empty(self, number: int) -> bool:
        """Return whether the lines of a sheet, but those at its foot, take less than a quarter of its height.

        Chromium draws the foot first. A sheet that is drawn in another way is taken for a full one.
        """
        sheet = self.reader.pages[number - 1]
        contents = sheet.get_contents()
        foot, *lines = [float(line) for line in LINE.findall(contents.get_data())] if contents is not None else [0.0]
        text = [line for line in lines if line != foot]
        quarter = float(sheet.mediabox.height) * PIXELS_PER_POINT / 4
        return bool(text) and max(text) - min(text) < quarter


def find_browser() -> str:
    """Return the program of a browser that can print: that in ``COPYDESK_CHROMIUM``, or one that is installed.

    Raises:
        BookError: there is none.
    """
    program = os.environ.get("COPYDESK_CHROMIUM")
    if program:
        if shutil.which(program) is None:
            message = f"COPYDESK_CHROMIUM is {program}, and there is no such program. Correct it, or leave it out."
            raise BookError(message)
        return program
    for name in NAMES:
        program = shutil.which(name)
        if program:
            return program
    for place in map(os.path.expandvars, PLACES):
        if Path(place).is_file():
            return place
    raise BookError(NO_BROWSER)


def print_page(page: Callable[[Printed | None], str], static: Path, near: Path) -> Printed:
    """Print a page that may depend on how it was printed, as its contents do, and return the result.

    ``page`` is called with the last result, first with none, until it returns the same again. ``static`` is the folder
    with its styles and pictures. The browser works in the system's folder for temporary files or, if it does not see
    that one, in the folder ``near`` or in the home folder.

    Raises:
        BookError: there is no browser, or it prints nothing.
    """
    program, said = find_browser(), ""
    for place in _places(near):
        try:
            folder = tempfile.TemporaryDirectory(prefix="copydesk-print-", dir=place, ignore_cleanup_errors=True)
        except OSError:
            continue  # it cannot be written
        with folder as name:
            work = Path(name)
            shutil.copytree(static, work / "_static")
            html, printed = "", None
            for _ in range(MOST_TIMES):
                again = page(printed)
                if again == html:
                    break
                html = again
                said, printed = _run(program, work, html)
                if printed is None:
                    break
            if printed is not None:
                return printed
    message = f"{program} did not print the book. {UNSEEN}\n{said[-2000:]}"
    raise BookError(message)


def _places(near: Path) -> Iterator[Path | None]:
    """Yield the folders in which a browser may work; none is the system's own for temporary files."""
    yield None
    yield near
    yield Path.home()


def _run(program: str, work: Path, html: str) -> tuple[str, Printed | None]:
    """Let a browser print a page in a folder; return what it said, and what it printed, if anything."""
    page, printed = work / "course.html", work / "course.pdf"
    page.write_text(html, encoding="utf-8", newline="\n")
    printed.unlink(missing_ok=True)
    flags = list(FLAGS)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")  # as root, Chromium does not start otherwise
    command = [program, *flags, f"--user-data-dir={work / 'profile'}", f"--print-to-pdf={printed}", page.as_uri()]
    try:
        result = subprocess.run(command, capture_output=True, check=False, timeout=LIMIT_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        message = f"{program} did not print the book: {error}"
        raise BookError(message) from error
    return result.stderr.decode(errors="replace"), _read(printed, html) if printed.is_file() else None


def _read(pdf: Path, html: str) -> Printed | None:
    """Return what was printed; nothing if it is not the page but the browser's note that it cannot read it."""
    from pypdf import PdfReader  # noqa: PLC0415  (comes with the extra "book")

    content = _with_same_nodes(DOUBLED.sub(_with_words_once, pdf.read_bytes()))
    reader = PdfReader(BytesIO(content))
    title = reader.metadata.title if reader.metadata else None
    if f"<title>{escape(title or '')}</title>" not in html:
        return None
    numbers = {}
    for name, place in reader.named_destinations.items():
        number = reader.get_destination_page_number(place)
        if number is not None:
            numbers[name.removeprefix("/")] = number + 1
    parts = PART.findall(html)  # each begins with a heading of its own, whose bookmark has the right sheet in any case
    bookmarks = [entry for entry in reader.outline if not isinstance(entry, list)]
    for name, bookmark in zip(parts, bookmarks[-len(parts) :], strict=False):
        numbers[name] = (reader.get_destination_page_number(bookmark) or 0) + 1
    return Printed(content, reader, numbers)


def _with_words_once(bookmark: re.Match[bytes]) -> bytes:
    """Return a bookmark with its words once, and as long as before: no place in the file moves."""
    literal, digits = bookmark.groups()
    title = b"/Title (%s)" % literal if digits is None else b"/Title <FEFF%s>" % digits
    return title.ljust(len(bookmark[0]))


def _with_same_nodes(content: bytes) -> bytes:
    """Return a PDF whose cells are counted from 0, in their order, so that the same page makes the same bytes."""
    numbers = {name: b"node%08d" % number for number, name in enumerate(sorted(set(NODE.findall(content))))}
    return NODE.sub(lambda match: numbers[match[0]], content)
