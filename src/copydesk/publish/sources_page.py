"""The page of a book with full references: the studies behind the course, and everything that was read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from copydesk.text import t

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.article import Reference, Source
    from copydesk.course.course import Course

PAGE = "sources.md"
STUDIES, SOURCES = "<!-- studies -->", "<!-- sources -->"
DAY = re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?\b")
SLUG = re.compile(r"^slug: |; slug\b|\(slug\)$")
MARKDOWN = re.compile(r"([\\`*_{}\[\]<>])")


def put_sources(course: Course, source: Path) -> None:
    """Put references and sources where the page of a staged book has ``<!-- studies -->`` and ``<!-- sources -->``.

    Each has an anchor: ``ref-NN`` for a reference, ``source-KEY`` in lower case for a source.
    """
    page = source / PAGE
    if not page.is_file():
        return
    text = page.read_text(encoding="utf-8")
    references = [reference_text(entry) for entry in course.seeds.part("references")]
    sources = [source_text(entry) for entry in sorted(course.seeds.part("sources"), key=_publisher_and_date)]
    text = text.replace(STUDIES, "\n\n".join(references)).replace(SOURCES, "\n\n".join(sources))
    page.write_text(text, encoding="utf-8", newline="\n")


def reference_text(reference: Reference) -> str:
    """Return a reference as a paragraph of Markdown with its anchor."""
    year = f" ({reference.year})" if reference.year else ""
    title = f"*{plain(reference.title)}*"
    named = [plain(reference.authors) + year, title] if reference.authors else [title + year]
    parts = [*named, plain(reference.published)]
    if reference.doi:
        parts.append(f"[doi:{reference.doi}](https://doi.org/{reference.doi})")
    elif reference.url:
        parts.append(f"<{reference.url}>")
    parts.append(t("sources.read", read=plain(reference.read)))
    if reference.unconfirmed:
        parts.append(t("sources.unconfirmed", fields=plain(reference.unconfirmed)))
    return _paragraph(f"ref-{reference.id}", parts)


def source_text(source: Source) -> str:
    """Return a source as a paragraph of Markdown with its anchor."""
    read = plain(f"{source.read}, {source.via}" if source.via else source.read)
    parts = [f"**{plain(source.publisher)}**", _headline(source.title), readable_date(source.date)]
    parts.append(t("sources.read", read=read))
    if source.url:
        parts.append(f"<{source.url}>")
    return _paragraph(f"source-{source.key.casefold()}", parts)


def readable_date(date: str) -> str:
    """Return a date from the seeds with its months in words; ``2001-05-04/2001-06-05`` has two."""
    to = t("sources.to")
    return DAY.sub(_in_words, date.replace("/", f" {to} "))


def _in_words(date: re.Match[str]) -> str:
    year, month, day = date.groups()
    words = f"{t(f'feedback.month.{int(month)}')} {year}"
    return f"{int(day)} {words}" if day else words


def _headline(title: str) -> str:
    """Return a headline in italics, or the text that replaces one that was not seen."""
    words, is_slug = SLUG.subn("", title)
    if is_slug:
        return t("sources.slug", words=plain(words.strip("( )")))
    return plain(title) if title.startswith("(") else f"*{plain(title)}*"


def plain(text: str) -> str:
    """Return text as Markdown that shows every character literally."""
    return MARKDOWN.sub(r"\\\1", text)


def _paragraph(anchor: str, parts: list[str]) -> str:
    sentences = [part.rstrip(".") + "." for part in parts if part]
    return f"({anchor})=\n{' '.join(sentences)}"


def _publisher_and_date(source: Source) -> tuple[str, str]:
    return source.publisher.casefold(), source.date
