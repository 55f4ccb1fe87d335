"""The catalogue of interface texts, one JSON file per language, shared with the browser side."""

from __future__ import annotations

import json
import os
import warnings
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Text = str | dict[str, str]
"""A text, or its plural forms by category."""

DEFAULT = "en"
"""The language in which every text exists."""


class UnknownLanguageError(ValueError):
    """There is no catalogue for a language; the message lists the languages that have one."""


class UnknownLanguageWarning(UserWarning):
    """The chosen language has no catalogue, so English is shown."""


@cache
def languages() -> tuple[str, ...]:
    """Return the languages of the catalogue, sorted by name."""
    names = []
    for path in files(__package__).iterdir():
        name, _, ending = path.name.partition(".")
        if ending == "json":
            names.append(name)
    return tuple(sorted(names))


@cache
def catalogue(language: str) -> dict[str, Text]:
    """Return the texts of the Python side by key.

    Raises:
        UnknownLanguageError: there is no catalogue for that language.
    """
    if language not in languages():
        # In English and not from a catalogue: the one asked for is missing.
        choices = " or ".join(languages())
        msg = f"there is no interface in the language {language!r}; COPYDESK_LANGUAGE can be {choices}"
        raise UnknownLanguageError(msg)
    texts: dict[str, Text] = _read(language)["python"]
    return texts


@cache
def browser_texts(language: str) -> dict[str, str | dict[str, str]]:
    """Return the texts of the browser side by key; none for English, which its script already has.

    A text with plural forms is a mapping from the plural category to the form.
    """
    if language == DEFAULT or language not in languages():
        return {}
    texts: dict[str, str | dict[str, str]] = _read(language)["widget"]
    return texts


@cache
def author_texts(language: str) -> dict[str, str | dict[str, str]]:
    """Return the texts of the authoring page by key; in English where the language lacks one."""
    texts: dict[str, str | dict[str, str]] = dict(_read(DEFAULT)["author"])
    if language in languages():
        texts |= _read(language).get("author", {})
    return texts


@cache
def _read(language: str) -> dict[str, Any]:
    text = files(__package__).joinpath(f"{language}.json").read_text(encoding="utf-8")
    catalogues: dict[str, Any] = json.loads(text)
    return catalogues


def language() -> str:
    """Return the language that ``COPYDESK_LANGUAGE`` names, English if it is not set.

    ``uk-UA`` and ``uk_UA`` mean ``uk``. A language without a catalogue gives English and a warning:
    a wrong setting must not keep a learner from the lesson.
    """
    setting = os.environ.get("COPYDESK_LANGUAGE", "").replace("_", "-")
    chosen = setting.split("-")[0].lower() or DEFAULT
    try:
        catalogue(chosen)
    except UnknownLanguageError as error:
        warnings.warn(f"{error}. English is shown.", UnknownLanguageWarning, stacklevel=2)
        return DEFAULT
    return chosen


def t(key: str, **values: object) -> str:
    """Return a text of the catalogue with its ``{placeholders}`` filled in; in English if the language lacks it.

    For a text with plural forms, ``count`` picks the form.
    """
    chosen = language()
    text = catalogue(chosen).get(key)
    if text is None:
        chosen, text = DEFAULT, catalogue(DEFAULT)[key]
    return _plural_form(text, chosen, values).format(**values)


def shared_text(key: str, **values: object) -> str:
    """Return a text that Python and the browser share; ``count`` picks among plural forms."""
    chosen = language()
    text = _read(chosen)["widget"][key]
    return _plural_form(text, chosen, values).format(**values)


def _plural_form(text: Text, language: str, values: Mapping[str, object]) -> str:
    if isinstance(text, str):
        return text
    count = int(str(values.get("count", 0)))
    return text.get(plural_category(language, count), text["other"])


def plural_category(language: str, count: int) -> str:
    """Return the plural category of a whole number, by the rules that browsers follow (Unicode CLDR)."""
    if language != "uk":
        return "one" if count == 1 else "other"
    if count % 100 in range(11, 15):
        return "many"
    last = count % 10
    if last == 1:
        return "one"
    return "few" if last in (2, 3, 4) else "many"
