"""Plural forms and direction of a language, by the rules that browsers follow (Unicode CLDR)."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

ENGLISH = "en"
ENGLISH_FORMS = ("one", "other")
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""All plural categories there are, in the order in which CLDR names them."""


def plural_category(language: str, count: int) -> str:
    """Return the plural category of a whole number; for a language that CLDR doesn't know, as in English."""
    if sys.platform == "emscripten":  # Python in a browser, which has the rules itself
        from js import Intl  # type: ignore[import-not-found]  # noqa: PLC0415  (only there)

        return str(Intl.PluralRules.new(language).select(count))
    locale = None if language == ENGLISH else _locale(language)
    if locale is None:
        return "one" if count == 1 else "other"
    return str(locale.plural_form(count))


@cache
def plural_categories(language: str) -> tuple[str, ...]:
    """Return the plural categories of a language, in CLDR's order."""
    locale = _locale(language)
    if locale is None:
        return ENGLISH_FORMS
    used = {*locale.plural_form.tags, "other"}
    return tuple(category for category in CATEGORIES if category in used)


def plural_examples(language: str, category: str) -> list[int]:
    """Return up to four whole numbers below 200 that take a category, to tell a translator which they are."""
    numbers = (number for number in range(200) if plural_category(language, number) == category)
    return [number for _, number in zip(range(4), numbers, strict=False)]


def language_name(language: str) -> str:
    """Return the English name of a language, empty if CLDR doesn't know it."""
    locale = _locale(language)
    return (locale.english_name or "") if locale else ""


def direction(language: str) -> str:
    """Return in which direction a language is written: ``ltr`` or ``rtl``."""
    locale = None if language == ENGLISH else _locale(language)
    return "rtl" if locale is not None and locale.text_direction == "rtl" else "ltr"


@cache
def _locale(language: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  (slow to load, and English needs no rules)

    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None
