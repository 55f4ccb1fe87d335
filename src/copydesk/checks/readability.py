"""Measures how hard learner text is to read: the grade of each lesson, and sentences that are too long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from copydesk.checks.extraction import replace_quotations
from copydesk.model.tokens import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.checks.text_units import TextUnit
    from copydesk.kinds.checking import Fault

EASIEST, HARDEST = 6, 10
"""The lowest and highest grade (years of US schooling) that a lesson may have."""

ENGLISH = "en_US"
"""The language that textstat begins with."""

MOST_WORDS = 30
LEAST_SENTENCE_WORDS = 3
"""Shorter stretches do not count."""

LONG_QUOTATION_WORDS = 8
"""Longer quotations are not the course's own English and are left out of the measure."""

BLOCK = re.compile(
    r"""
      \n\s*\n                               # paragraphs
    | \n(?=\s*(?:[-*+]|\d+[.)]|\#+|>)\s)      # items, headings, quoted blocks
    | (?<=[.!?:”])\n(?=\S)                    # one sentence a line
    | (?<=\S)\n(?=[ ]{2,}\S)                  # a definition under its term
    | \n(?=\s*\|)|\|                          # cells of a table
    """,
    flags=re.VERBOSE,
)
SENTENCE_END = re.compile(r"(?<=[.!?])[”’“»«\")*_]*\s+(?=[\"“‘„«»¿¡(*_]*[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩЀ-Я0-9])")  # noqa: RUF001  (closing and opening marks)
ABBREVIATION = re.compile(r"\b(Mr|Mrs|Ms|Dr|St|No|vs|Jr|[A-Z])\.(?=\s)")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; headings, list items and table cells end one too."""
    parts = []
    for block in BLOCK.split(text):
        bare = re.sub(r"^\s*(?:[-*+]|\d+[.)]|#+|>)\s+", "", block)
        bare = ABBREVIATION.sub(r"\1", " ".join(bare.split()))
        for stretch in SENTENCE_END.split(bare):
            sentence = stretch.strip()
            if sentence:
                parts.append(sentence)
    return parts


def remove_long_quotations(text: str) -> str:
    """Return a text without its long quotations."""
    return replace_quotations(text, lambda words: "it" if len(words.split()) > LONG_QUOTATION_WORDS else None)


def long_sentences(text: str) -> Iterator[Fault]:
    """Yield sentences of more than 30 words, long quotations not counted."""
    for sentence in sentences(remove_long_quotations(text)):
        count = count_words(sentence)
        if count > MOST_WORDS:
            start = " ".join(sentence.split()[:6])
            yield f"a sentence has {count} words: “{start} …”", f"Make two of it; {MOST_WORDS} words are the most."


class ReadingGrade(NamedTuple):
    """How hard a text is, in years of school.

    ``smog`` counts long words (McLaughlin 1969) and must be between 6 and 10. ``flesch_kincaid`` (Kincaid and others
    1975) also counts sentence length, which this course keeps below 25 words on purpose, so it has no lower bound.
    """

    smog: float
    flesch_kincaid: float


def reading_grade(texts: Iterable[str]) -> ReadingGrade:
    """Return the grade of the sentences in some texts, as computed by textstat."""
    whole = " ".join(_measured_sentences(texts))
    if not whole:
        return ReadingGrade(0, 0)
    import textstat  # noqa: PLC0415  (slow to load, and only this check needs it)

    return ReadingGrade(float(textstat.smog_index(whole)), float(textstat.flesch_kincaid_grade(whole)))


def _measured_sentences(texts: Iterable[str]) -> Iterator[str]:
    """Yield the whole sentences in some texts, without long quotations, each ending in a full stop."""
    for text in texts:
        for sentence in sentences(remove_long_quotations(text)):
            if _is_whole(sentence):
                yield sentence.rstrip(".!?”’“»)*_ ") + "."  # noqa: RUF001  (closing marks)


def _is_whole(sentence: str) -> bool:
    """Return whether a stretch is a sentence rather than a heading, label or cell."""
    return sentence.rstrip("”’“»)*_ ")[-1:] in {".", "!", "?"} and count_words(sentence) >= LEAST_SENTENCE_WORDS  # noqa: RUF001


def lesson_texts(units: Iterable[TextUnit]) -> dict[str, list[str]]:
    """Return all learner text of each lesson."""
    texts: dict[str, list[str]] = {}
    for unit in units:
        if unit.lesson and unit.reader == "learner":
            texts.setdefault(unit.lesson, []).extend(unit.texts)
    return dict(sorted(texts.items()))


def lesson_grades(units: Iterable[TextUnit]) -> dict[str, ReadingGrade]:
    """Return the grade of all learner text of each lesson; it is meant for English."""
    return {lesson: reading_grade(parts) for lesson, parts in lesson_texts(units).items()}


def lesson_ease(units: Iterable[TextUnit], language: str) -> dict[str, float] | None:
    """Return how easy all learner text of each lesson is to read in another language than English.

    It is Flesch's reading ease, from 0 (very hard) to 100 (very easy), with the constants that textstat has for the
    language (for German those of Amstad, for Spanish of Fernández Huerta). None if it has none.
    """
    import textstat  # noqa: PLC0415  (slow to load, and only this check needs it)
    from textstat.backend.utils.constants import LANG_CONFIGS  # noqa: PLC0415  (the same)

    if language not in LANG_CONFIGS:
        return None
    textstat.set_lang(language)
    try:
        texts = {lesson: " ".join(_measured_sentences(parts)) for lesson, parts in lesson_texts(units).items()}
        return {lesson: float(textstat.flesch_reading_ease(text)) for lesson, text in texts.items() if text}
    finally:
        textstat.set_lang(ENGLISH)


def grade_faults(grades: dict[str, ReadingGrade]) -> Iterator[tuple[str, Fault]]:
    """Yield lessons whose text is too easy or too hard to read."""
    for lesson, grade in grades.items():
        hardest = max(grade)
        if hardest > HARDEST:
            yield lesson, (f"its text is of grade {hardest:.1f}", f"Shorten sentences and words, to {HARDEST} at most.")
        elif grade.smog < EASIEST:
            yield lesson, (f"its text is of grade {grade.smog:.1f}", f"Say more in a sentence; {EASIEST} is the least.")
