"""How to cite a book, and the date of the edition, which is on every page."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from copydesk.course.documents import ContentError, Problem
from copydesk.publish.sources_page import plain
from copydesk.text import t
from copydesk.text.lists import name_list

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from copydesk.course.citation import Citation
    from copydesk.course.course import Course

PAGE, MARK = "about.md", "<!-- how to cite -->"
EPOCH = "SOURCE_DATE_EPOCH"
"""Seconds since 1970, see https://reproducible-builds.org/specs/source-date-epoch/."""


def edition_date(citation: Citation) -> date:
    """Return the date of the edition: that of ``SOURCE_DATE_EPOCH`` if it is set, otherwise that of the version.

    Raises:
        ContentError: the variable is set, and is not a number of seconds.
    """
    seconds = os.environ.get(EPOCH)
    if not seconds:
        return citation.released
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        fault, remedy = t("citation.no_epoch", seconds=repr(seconds)), t("citation.no_epoch.remedy")
        raise ContentError([Problem(EPOCH, 0, "", fault, remedy)]) from None


def put_citation(course: Course, source: Path, address: str | None) -> None:
    """Put how to cite where the page about a staged book has ``<!-- how to cite -->``."""
    page = source / PAGE
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    if MARK in text:
        how = citation_text(course.citation, address)
        page.write_text(text.replace(MARK, how), encoding="utf-8", newline="\n")


def citation_text(citation: Citation, address: str | None) -> str:
    """Return how to cite as Markdown: one sentence, and an entry for BibTeX."""
    year = edition_date(citation).year
    authors = name_list(citation.author_names)
    place = f" <{address}>" if address else ""
    version = t("citation.version", version=citation.version)
    title = f"*{plain(citation.title)}*"
    names = f"{plain(authors)} ({year}). {title}" if authors else f"{title} ({year})"
    sentence = f"{names}, {plain(version)}.{place}"
    return f"> {sentence}\n\n```\n{bibtex(citation, address)}\n```"


def bibtex(citation: Citation, address: str | None) -> str:
    """Return an entry for BibTeX; braces keep names and capitals as they are."""
    name = re.sub(r"\W+", "", citation.title.partition(":")[0]).lower()
    authors = " and ".join(f"{{{author}}}" for author in citation.author_names)
    fields = {"author": f"{{{authors}}}"} if authors else {}
    fields |= {
        "title": f"{{{{{citation.title}}}}}",
        "year": f"{{{edition_date(citation).year}}}",
        "version": f"{{{citation.version}}}",
    }
    if address:
        fields["url"] = f"{{{address}}}"
    lines = [f"  {field} = {value}," for field, value in fields.items()]
    return "\n".join([f"@misc{{{name},", *lines, "}"])
