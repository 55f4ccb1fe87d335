"""Takes the article out of a page saved from a browser, by trafilatura; nothing is fetched."""

from __future__ import annotations

import email
import json
import logging
from dataclasses import dataclass
from email import policy
from importlib.util import find_spec
from typing import TYPE_CHECKING

from copydesk.model.tokens import count_words
from copydesk.text import t

if TYPE_CHECKING:
    from email.message import EmailMessage

SHOWN_TEXT = "//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::template)]"
ARCHIVE_HEADERS = (b"MIME-Version:", b"From: <Saved by", b"Snapshot-Content-Location:")


class MissingLibraryError(RuntimeError):
    """A library of the extra ``author`` is not installed; the message says how to install it."""


@dataclass(frozen=True)
class SavedPage:
    """The article on a saved page: its title, its paragraphs (one a line), notes, and what the page says of itself."""

    title: str
    text: str
    notes: tuple[str, ...]
    origin: str


def require_library(name: str) -> None:
    """Raise an error that says how to install a library, if it is not there.

    Raises:
        MissingLibraryError: it is not installed.
    """
    if find_spec(name) is None:
        raise MissingLibraryError(t("scaffold.missing_library", library=name))


def read_page(content: bytes) -> SavedPage:
    """Return the article on a page, an HTML file or a browser's single-file archive (MHTML).

    Raises:
        MissingLibraryError: trafilatura is not installed.
    """
    require_library("trafilatura")
    from trafilatura import extract, load_html  # noqa: PLC0415  (heavy, and only a saved page needs it)

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it logs is no message for an author
    page = _archived_page(content) if _is_archive(content) else content
    tree = load_html(page)
    answer = extract(page, output_format="json", with_metadata=True, include_comments=False, include_tables=False)
    found = json.loads(answer) if answer else {}
    if tree is None or not found.get("text"):
        return SavedPage("", "", (), "")
    every, taken = count_words(" ".join(tree.xpath(SHOWN_TEXT))), count_words(found["text"])
    notes = (t("intake.page", taken=f"{taken:,}", words=f"{every:,}"),)
    origin = ", ".join(filter(None, map(found.get, ("author", "source-hostname", "date"))))
    return SavedPage(found.get("title") or "", found["text"], notes, origin)


def _is_archive(content: bytes) -> bool:
    """Return whether a file begins with the headers of a browser's archive."""
    headers, _, _ = content.replace(b"\r\n", b"\n").partition(b"\n\n")
    return any(header in headers for header in ARCHIVE_HEADERS) and b"<" not in headers[:1]


def _archived_page(content: bytes) -> str:
    """Return the first page in a browser's archive."""
    message: EmailMessage = email.message_from_bytes(content, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            text: str = part.get_content()
            return text
    return ""
