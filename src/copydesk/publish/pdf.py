"""Prints the book: all pages for learners, or one lesson, as a PDF made by a browser on this machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from copydesk.atomic_write import replace_file
from copydesk.publish.article_share import Share, article_share
from copydesk.publish.article_words import Article
from copydesk.publish.build import BookError
from copydesk.publish.chromium import find_browser, print_page
from copydesk.publish.paper_page import PaperPage
from copydesk.publish.placing import READABLE_FILE, PlacingError, make_readable, require_writable
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from copydesk.course.course import Course

PRINTED = b"\n% printed by copydesk\n"
"""The last line of a PDF of ours, a comment that no reader shows; notes added to a PDF are appended after it."""


TIME = re.compile(rb"\(D:\d{14}[+-]\d\d'\d\d'\)")
"""When a PDF was made, as browsers write it."""


class PrintedBook(NamedTuple):
    """A PDF of the book, and how many sheets it has."""

    file: Path
    sheets: int


def print_book(
    site: Path, pdf: Path, *, lesson: str = "", size: str = "a4", check: Callable[[str], object] | None = None
) -> PrintedBook:
    """Print a built book to a file; ``lesson`` names one lesson, which is printed alone with its exercise.

    Tasks are as they read without a script, but without their explanations. ``size`` is that of the paper. ``check``
    gets the text of what was printed before it's kept.

    Raises:
        BookError: there is no browser, it prints nothing, or the file is someone else's.
    """
    require_printable(pdf)
    pdf = pdf.resolve()
    page = PaperPage(site, lesson=lesson, size=size)
    try:
        pdf.parent.mkdir(parents=True, exist_ok=True)
        printed = print_page(page.html, site / "_static", pdf.parent)
        if check:
            check(printed.text())
        made = f"(D:{page.date:%Y%m%d}000000+00'00')".encode()
        replace_file(pdf, TIME.sub(made, printed.content) + PRINTED)  # of the same length: no place in the file moves
        make_readable(pdf, READABLE_FILE)
    except OSError as error:
        message = f"{pdf} cannot be written ({error.strerror or error}). Name another file with --pdf."
        raise BookError(message) from error
    return PrintedBook(pdf, printed.sheets)


def require_printable(pdf: Path) -> None:
    """Refuse to print without a browser, or over anything but a PDF of ours that no one has changed since.

    Raises:
        BookError: there is no browser, something else is there, or nothing can be written there.
    """
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
    find_browser()


def require_quotations(course: Course, site: Path, pdf: Path, text: str) -> Share:
    """Return how much of the article a public site and its PDF have together; ``text`` is what was printed.

    Raises:
        BookError: it's more than the public edition may have, or the PDF has no text.
    """
    if not text.strip():
        raise BookError(t("quotations.unread_pdf", file=pdf.name))
    share = article_share(Article(course.seeds.article), site)
    share.add_text(text, pdf.name)
    faults = share.faults()
    if faults:
        raise BookError("\n".join([t("quotations.no_pdf"), *faults]))
    return share
