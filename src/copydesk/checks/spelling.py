"""Checks the spelling of the course's own words; what stands in quotation marks is compared elsewhere."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from copydesk.checks.facts import without_quotations
from copydesk.checks.pins import INVENTED
from copydesk.course.documents import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spellchecker import SpellChecker

    from copydesk.checks.text_units import Unit
    from copydesk.course.seeds import Seeds

WORD = re.compile(r"(?<![\w@/.-])[A-Za-zÀ-ÿ]+(?:['’][A-Za-zÀ-ÿ]+)*(?![\w@/])")  # noqa: RUF001  (an apostrophe)
NAME = re.compile(r"\b[A-ZÀ-Ý][\w’'-]+")  # noqa: RUF001  (an apostrophe)
INVENTED_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")
"""A capital in the middle of a sentence: in a text that is pinned as invented, a name."""

ENDING = re.compile(r"['’](?:s|d|ll|m|re|ve)?$")  # noqa: RUF001  (an apostrophe)


def misspelt(text: str, allowed: frozenset[str]) -> list[str]:
    """Return the words of a text, outside its quotations, that neither the dictionary nor ``allowed`` has."""
    found = dict.fromkeys(WORD.findall(without_quotations(text)))
    words = {word: straightened(word) for word in found if len(word) > 1}
    unknown = _dictionary().unknown([word for word in words.values() if word not in allowed])
    return [word for word, plain in words.items() if plain in unknown]


def straightened(word: str) -> str:
    """Return a word in small letters, without a possessive ending."""
    return ENDING.sub("", word.casefold().replace("’", "'"))  # noqa: RUF001  (an apostrophe)


def allowed_words(seeds: Seeds, units: Iterable[Unit]) -> frozenset[str]:
    """Return the course's word list, the article's words, and names: of the dossier, its sources, and invented ones."""
    texts = seeds.pin_texts()
    names = [
        *NAME.findall("\n".join(texts.values())),
        *WORD.findall("\n".join(texts[key] for key in seeds.source_keys)),
        *(name for unit in units if INVENTED in unit.pins for name in INVENTED_NAME.findall(unit.text)),
    ]
    parts = (part for word in (*WORD.findall(seeds.article), *names) for part in re.split("[-.]", word))
    return word_list(seeds) | {straightened(part) for part in parts}


def word_list(seeds: Seeds) -> frozenset[str]:
    """Return the words that no dictionary has: British forms and terms of any course, and the words of this one."""
    common = resources.files("copydesk.checks").joinpath("words.txt").read_text(encoding="utf-8")
    lines = (*lines_of(common), *seeds.words("words.txt"))
    return frozenset(word for line in lines for word in line.split())


@cache
def _dictionary() -> SpellChecker:
    from spellchecker import SpellChecker  # noqa: PLC0415  (slow to load, and only this check needs it)

    return SpellChecker(language="en", distance=1)


def misspellings(texts: Iterable[str], allowed: frozenset[str]) -> list[str]:
    """Return the misspelt words of several texts, each once."""
    return list(dict.fromkeys(word for text in texts for word in misspelt(text, allowed)))
