"""Checks the spelling of the course's own words; quoted words are compared elsewhere."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from copydesk.checks.extraction import remove_quotations
from copydesk.checks.pins import INVENTED
from copydesk.course.documents import lines_of
from copydesk.text import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spellchecker import SpellChecker

    from copydesk.checks.text_units import TextUnit
    from copydesk.course.seeds import Seeds

WORD = re.compile(r"(?<![\w@/.-])[A-Za-zÀ-ÿ]+(?:['’][A-Za-zÀ-ÿ]+)*(?![\w@/])")  # noqa: RUF001  (an apostrophe)
ANY_WORD = re.compile(r"(?<![\w@/.-])[^\W\d_]{2,}(?![\w@/])")
"""A word in another language than English, in any script; an apostrophe parts two words."""

NAME = re.compile(r"\b[A-ZÀ-Ý][\w’'-]+")  # noqa: RUF001  (an apostrophe)
INVENTED_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")
"""A capitalised word within a sentence: a name, in a text that is pinned as invented."""

ENDING = re.compile(r"['’](?:s|d|ll|m|re|ve)?$")  # noqa: RUF001  (an apostrophe)


def misspellings(texts: Iterable[str], allowed: frozenset[str], language: str = DEFAULT) -> list[str]:
    """Return the misspelt words of several texts, each once; none in a language without a dictionary."""
    if not has_dictionary(language):
        return []
    misspelt: dict[str, None] = {}
    for text in texts:
        misspelt.update(dict.fromkeys(_misspelt_words(text, allowed, language)))
    return list(misspelt)


@cache
def has_dictionary(language: str) -> bool:
    """Return whether there is a dictionary of a language."""
    from spellchecker import SpellChecker  # noqa: PLC0415  (slow to load, and only this check needs it)

    return language in SpellChecker.languages()


def _misspelt_words(text: str, allowed: frozenset[str], language: str) -> Iterator[str]:
    """Yield the words of a text, outside its quotations, that neither the dictionary nor ``allowed`` has."""
    base_forms: dict[str, str] = {}
    pattern = WORD if language == DEFAULT else ANY_WORD
    for word in pattern.findall(remove_quotations(text)):
        if len(word) > 1:
            base_forms[word] = base_form(word)
    unknown = _dictionary(language).unknown(set(base_forms.values()) - allowed)
    for word, form in base_forms.items():
        if form in unknown:
            yield word


def base_form(word: str) -> str:
    """Return a word in lower case, without an ending such as a possessive."""
    return ENDING.sub("", word.lower().replace("’", "'"))  # noqa: RUF001  (an apostrophe)


def allowed_words(seeds: Seeds, units: Iterable[TextUnit], language: str = DEFAULT) -> frozenset[str]:
    """Return the course's word list, the article's words, and names: from the dossier, its sources, or invented."""
    texts = seeds.pin_texts()
    words: list[str] = (WORD if language == DEFAULT else ANY_WORD).findall(seeds.article)
    words += NAME.findall("\n".join(texts.values()))
    for key in seeds.source_keys:
        words += WORD.findall(texts[key])
    for unit in units:
        if INVENTED in unit.pins:
            words += INVENTED_NAME.findall(unit.text)
    allowed = set(word_list(seeds))
    for word in words:
        allowed.update(map(base_form, re.split("[-.]", word)))
    return frozenset(allowed)


def word_list(seeds: Seeds) -> frozenset[str]:
    """Return words missing from the dictionary: British forms and terms for any course, and this course's own."""
    common = resources.files("copydesk.checks").joinpath("words.txt").read_text(encoding="utf-8")
    lines = [*lines_of(common), *seeds.words("words.txt")]
    return frozenset(" ".join(lines).split())


@cache
def _dictionary(language: str) -> SpellChecker:
    from spellchecker import SpellChecker  # noqa: PLC0415  (slow to load, and only this check needs it)

    return SpellChecker(language=language, distance=1)
