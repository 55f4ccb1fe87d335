"""Cuts a text into the sentences of ``seeds/sentences.yml``, by sentencex, each with its place in the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from copydesk.scaffold.web_page import require_library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.scaffold.intake import SourceText


ORDINALS = frozenset(
    {"cs", "da", "de", "et", "fi", "hr", "hu", "is", "lv", "nb", "nn", "no", "pl", "sk", "sl", "sr", "tr"}
)
"""Languages in which a full stop after a number makes it an ordinal, as in *3. Oktober*."""

ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")
LONGEST_HEADING = 120
GOES_ON = re.compile(r"[-–—,;:)\]»”]?\s*(?P<letter>\w)")  # noqa: RUF001  (dashes)

Span = tuple[int, int]
"""Where a sentence begins and ends in its paragraph."""


def article_and_sentences(source: SourceText, language: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the article, and its sentences with their places in it (code points, end exclusive).

    Paragraphs are parted by a blank line. The title is sentence 0 of paragraph 0; a short paragraph that doesn't end
    as a sentence does is a title, too. A paragraph that consists of lines has one sentence a line.

    Raises:
        MissingLibraryError: sentencex is not installed.
    """
    blocks: list[tuple[int, str, list[Span]]] = []
    if source.title:
        blocks.append((0, source.title, [(0, len(source.title))]))
    for number, paragraph in enumerate(source.paragraphs, 1):
        spans = _lines(paragraph) if "\n" in paragraph else sentence_spans(paragraph, language)
        blocks.append((number, paragraph.replace("\n", " "), spans))
    article, sentences = "", []
    for number, text, spans in blocks:
        article += "\n\n" if article else ""
        kind = "title" if number == 0 or _is_heading(text, spans) else "body"
        for start, end in spans:
            place = len(article) + start
            sentence = {"start": place, "end": place + end - start, "text": text[start:end]}
            sentences.append({**sentence, "paragraph": number, "kind": kind})
        article += text
    return article + "\n", list(_with_ids(sentences))


def sentence_spans(paragraph: str, language: str) -> list[Span]:
    """Return where each sentence of a paragraph begins and ends, without the spaces between them.

    sentencex rather leaves two sentences together than cuts one. Where it cuts before a small letter, after a
    quotation or before a dash, or after an ordinal, the parts are put together again.

    Raises:
        MissingLibraryError: sentencex is not installed.
    """
    require_library("sentencex")
    from sentencex import segment  # noqa: PLC0415  (only a new course needs it)

    spans: list[Span] = []
    position = 0
    for part in segment(language, paragraph):
        words = part.strip()
        start = paragraph.find(words, position)
        if not words or start < 0:
            continue
        position = start + len(words)
        if spans and _belongs_to(paragraph[slice(*spans[-1])], words, language):
            start, _ = spans.pop()
        spans.append((start, position))
    return spans or [(0, len(paragraph))]


def _lines(paragraph: str) -> list[Span]:
    """Return where each line of a paragraph begins and ends."""
    spans, start = [], 0
    for row in paragraph.split("\n"):
        spans.append((start, start + len(row)))
        start += len(row) + 1
    return spans


def _belongs_to(sentence: str, part: str, language: str) -> bool:
    """Return whether a part goes on with the sentence before it."""
    if language in ORDINALS and ORDINAL.search(sentence) and part[:1].isalpha():
        return True
    match = GOES_ON.match(part)
    if match is None:
        return all(not character.isalnum() for character in part)
    return match["letter"].islower() or match["letter"] == "_"


def _is_heading(text: str, spans: list[Span]) -> bool:
    """Return whether a paragraph is a heading: one short line that ends in a letter or a number."""
    return len(spans) == 1 and len(text) <= LONGEST_HEADING and text[-1:].isalnum()


def _with_ids(sentences: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield sentences with their ids: the title has the number 0, and without a title they begin with 1."""
    first = 0 if sentences and sentences[0]["kind"] == "title" else 1
    for number, sentence in enumerate(sentences, first):
        yield {"id": f"S{number:02}", **sentence}
