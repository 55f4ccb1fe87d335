"""Prints the book: all pages for learners as one PDF, made by a browser on this machine."""

from __future__ import annotations

import os
import posixpath
import shutil
import subprocess
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urlsplit

from copydesk.atomic_write import replace_file
from copydesk.publish.article_share import Share, article_share
from copydesk.publish.article_words import Article
from copydesk.publish.build import BookError
from copydesk.publish.edition import INSTRUCTORS
from copydesk.publish.pdf_text import PdfTextError, pdf_text
from copydesk.publish.placing import READABLE_FILE, PlacingError, make_readable, require_writable
from copydesk.publish.styles import PAPER
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bs4 import BeautifulSoup, Tag

    from copydesk.course.course import Course

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
PRINTED = b"\n% printed by copydesk\n"
"""The last line of a PDF of ours, a comment that no reader shows; notes added to a PDF are appended after it."""

NOT_PRINTED = (f"{INSTRUCTORS}/", "publishing", "my-course.", "my-copy.")
ARTICLE = "article.html"
"""The page on which the reading pane is printed, as the text alone, without its layers."""
ON_SCREEN = ("reading", "progress", "reliability", "own", "calendar", "guess", "copy")
"""Views that show what a reader does, and say nothing on paper."""
NO_BROWSER = (
    "No browser was found that can print the book. Install Chromium, Chrome or Edge, or name its program in "
    "COPYDESK_CHROMIUM. The pages are ready; the button Print on each page needs none of this."
)


def print_book(site: Path, pdf: Path, *, check: Callable[[bytes], object] | None = None) -> Path:
    """Print a built book to a file, and return that file; ``check`` gets what was printed before it's kept.

    It has the pages of the contents in order, without those for instructors and publishers; tasks are as they
    read without a script, but without their explanations.

    Raises:
        BookError: there is no browser, it prints nothing, or the file is someone else's.
    """
    require_ours(pdf)
    program, pdf = find_browser(), pdf.resolve()
    if program is None:
        raise BookError(NO_BROWSER)
    with tempfile.TemporaryDirectory(prefix="copydesk-print-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        shutil.copytree(site / "_static", folder / "_static")
        page = folder / "course.html"
        page.write_text(one_page(site), encoding="utf-8", newline="\n")
        printed = folder / "course.pdf"
        flags = [
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--no-pdf-header-footer",
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            flags.append("--no-sandbox")  # as root, Chromium does not start otherwise
        command = [program, *flags, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={printed}", page.as_uri()]
        try:
            result = subprocess.run(command, capture_output=True, check=False, timeout=LIMIT_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            message = f"{program} did not print the book: {error}"
            raise BookError(message) from error
        if not printed.is_file():
            message = f"{program} did not print the book:\n{result.stderr.decode(errors='replace')[-2000:]}"
            raise BookError(message)
        if check:
            check(printed.read_bytes())
        _keep(printed.read_bytes() + PRINTED, pdf)
    return pdf


def require_quotations(course: Course, site: Path, pdf: Path, content: bytes) -> Share:
    """Return how much of the article a public site and its PDF have together; ``content`` is what was printed.

    Raises:
        BookError: it's more than the public edition may have, or the PDF can't be read.
    """
    try:
        text = pdf_text(content)
    except PdfTextError as error:
        raise BookError(t("quotations.unread_pdf", file=pdf.name)) from error
    share = article_share(Article(course.seeds.article), site)
    share.add_text(text, pdf.name)
    faults = share.faults()
    if faults:
        raise BookError("\n".join([t("quotations.no_pdf"), *faults]))
    return share


def require_ours(pdf: Path | None) -> None:
    """Refuse to print over anything but a PDF that this program printed and no one has changed since.

    Raises:
        BookError: something else is there, or nothing can be written there.
    """
    if pdf is None:
        return
    if pdf.is_dir():
        message = f"{pdf} is a folder. Name a file for the PDF."
        raise BookError(message)
    if pdf.is_symlink() or (pdf.exists() and not pdf.read_bytes().endswith(PRINTED)):
        message = f"{pdf} was not printed by Copy Desk, or has been changed since. Name another file with --pdf."
        raise BookError(message)
    try:
        require_writable(pdf.resolve().parent, option="--pdf")
    except PlacingError as error:
        raise BookError(str(error)) from error


def _keep(content: bytes, pdf: Path) -> None:
    try:
        pdf.parent.mkdir(parents=True, exist_ok=True)
        replace_file(pdf, content)
        make_readable(pdf, READABLE_FILE)
    except OSError as error:
        message = f"{pdf} cannot be written ({error.strerror or error}). Name another file with --pdf."
        raise BookError(message) from error


def find_browser() -> str | None:
    """Return the program of a browser that can print: that in ``COPYDESK_CHROMIUM``, or one that is installed."""
    program = os.environ.get("COPYDESK_CHROMIUM")
    if program:
        return program
    for name in NAMES:
        program = shutil.which(name)
        if program:
            return program
    for place in map(os.path.expandvars, PLACES):
        if Path(place).is_file():
            return place
    return None


def one_page(site: Path) -> str:
    """Return the pages of a built book as one page: every name unique, and links between pages as links within it."""
    from bs4 import BeautifulSoup  # noqa: PLC0415  (comes with the extra "book")

    start = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser")
    prefixes = {name: f"page-{number}" for number, name in enumerate(_page_names(start))}
    articles = []
    for name, prefix in prefixes.items():
        page = BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")
        article = page.select_one("article.bd-article")
        if article is None:
            message = f"{name} has no text to print"
            raise BookError(message)
        _fit_for_paper(article, name)
        _add_prefixes(article, name, prefixes)
        article["id"] = prefix
        articles.append(str(article))
    styles = "".join(map(str, start.select('link[rel="stylesheet"]')))
    title = escape(start.title.get_text()) if start.title else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en" data-theme="light"><head><meta charset="utf-8"><title>{title}</title>'
        f'{styles}</head><body class="{PAPER}">{"".join(articles)}</body></html>\n'
    )


def _page_names(start: BeautifulSoup) -> Iterator[str]:
    """Yield the pages to print, each once, in the order of the contents."""
    passed: set[str] = set()
    for link in start.select(".bd-docs-nav a[href]"):
        address = str(link["href"])
        name = "index.html" if address == "#" else urldefrag(address).url
        if name not in passed and not name.startswith(NOT_PRINTED):
            yield name
        passed.add(name)


def _fit_for_paper(article: Tag, name: str) -> None:
    """Turn a page into a question sheet: what questions are about is unfolded, explanations and buttons are removed."""
    for figure in article.select("img[loading]"):
        del figure["loading"]  # no one scrolls to it on paper
    for narrow in article.select("picture > source"):
        narrow.decompose()  # paper is wide
    for fold in article.select(".copydesk-guess > details"):
        fold["open"] = ""
    if name == ARTICLE:
        for layer in article.select('[data-copydesk="reading"] details'):
            layer.decompose()
    else:
        for view in article.select(",".join(map('[data-copydesk="{}"]'.format, ON_SCREEN))):
            heading = view.select_one("strong")
            title = heading.get_text() if heading else view["data-copydesk"]
            view.string = t("print.on_screen", title=title)
    for fold in article.select("details:not(.hide)"):
        summary = fold.select_one("summary")
        if summary is not None and summary.get_text().strip() == t("view.explained"):
            fold.decompose()
        else:
            fold["open"] = ""
    for script in article.select("script, .headerlink, .book-needs-script"):
        script.decompose()


def _add_prefixes(article: Tag, name: str, prefixes: Mapping[str, str]) -> None:
    """Prefix the names in a page, and make its links lead to other places in the same page."""
    for element in article.select("[id]"):
        element["id"] = f"{prefixes[name]}-{element['id']}"
    for element in article.select("[href]"):
        parts = urlsplit(str(element["href"]))
        if parts.scheme or parts.netloc:
            continue
        page = _path_from_top(name, unquote(parts.path)) if parts.path else name
        if page not in prefixes:
            del element["href"]
        elif parts.fragment:
            element["href"] = f"#{prefixes[page]}-{parts.fragment}"
        else:
            element["href"] = f"#{prefixes[page]}"
    for element in article.select("[src]"):
        source = str(element["src"])
        if not source.startswith("data:"):
            element["src"] = _path_from_top(name, source)


def _path_from_top(page: str, path: str) -> str:
    """Return a path on a page as seen from the top of the book."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
