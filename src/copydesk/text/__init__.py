"""The catalogue of interface texts, one JSON file per language, shared with the browser side."""

from __future__ import annotations

import hashlib
import json
import os
import warnings
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.text.fitting import misfits
from copydesk.text.plurals import plural_category

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Text = str | dict[str, str]
"""A text, or its plural forms by category."""

Catalogue = dict[str, Any]
"""The texts of a language by part, and a remark on the translation."""

DEFAULT = "en"
"""The language in which every text exists."""

PARTS = ("widget", "python", "author")
REMARK = "remark"
"""Where a catalogue says what a reader should know about the translation."""

COURSE_TEXTS = "texts"
"""The folder of a course with catalogues of its own, one file for each language."""

LANGUAGE_VARIABLE = "COPYDESK_LANGUAGE"


class CourseLanguage(NamedTuple):
    """The language of a course, and catalogues that it brings along, by language.

    A process gives it to those that it starts (``use``).
    """

    language: str = DEFAULT
    catalogues: dict[str, Catalogue] = {}  # noqa: RUF012  (never changed)


_CURRENT = [CourseLanguage()]
"""The one of the course that this process works in."""


class UnknownLanguageError(ValueError):
    """There is no catalogue for a language; the message lists the languages that have one."""


class UnknownLanguageWarning(UserWarning):
    """The chosen language has no catalogue, so English is shown."""


def follow(language: str, folder: Path | None = None) -> None:
    """Take the language of a course, for people who haven't chosen one with ``COPYDESK_LANGUAGE``.

    ``folder`` has the course's own catalogues, which need not exist. What can't be read is left out here;
    ``copydesk check`` says what is wrong with it.
    """
    catalogues = {}
    for path in sorted(folder.glob("*.json")) if folder else ():
        try:
            catalogues[path.stem] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
    use(CourseLanguage(language, catalogues))


def use(course_language: CourseLanguage) -> None:
    """Take the language of a course from another process."""
    if course_language != _CURRENT[0]:
        _CURRENT[0] = course_language
        for function in (languages, _read):
            function.cache_clear()


def followed() -> CourseLanguage:
    """Return the language of the course, for a process that this one starts."""
    return _CURRENT[0]


def language_mark() -> str:
    """Return what pages depend on in their texts: the language, and a digest of the course's own catalogue of it."""
    chosen = language()
    own = _CURRENT[0].catalogues.get(chosen)
    if own is None:
        return chosen
    digest = hashlib.sha256(json.dumps(own, sort_keys=True).encode()).hexdigest()
    return f"{chosen}-{digest[:12]}"


@cache
def languages() -> tuple[str, ...]:
    """Return the languages of the catalogue, sorted by name."""
    names = set(_CURRENT[0].catalogues)
    for path in files(__package__).iterdir():
        name, _, ending = path.name.partition(".")
        if ending == "json":
            names.add(name)
    return tuple(sorted(names))


def catalogue(language: str) -> dict[str, Text]:
    """Return the texts of the Python side by key, as far as they are translated.

    Raises:
        UnknownLanguageError: there is no catalogue for that language.
    """
    if language not in languages():
        # In English and not from a catalogue: the one asked for is missing.
        choices = " or ".join(languages())
        msg = f"there is no interface in the language {language!r}; {LANGUAGE_VARIABLE} can be {choices}"
        raise UnknownLanguageError(msg)
    texts: dict[str, Text] = _read(language)["python"]
    return texts


def browser_texts(language: str) -> dict[str, str | dict[str, str]]:
    """Return the texts of the browser side by key; none for English, which its script already has.

    A text with plural forms is a mapping from the plural category to the form.
    """
    if language == DEFAULT:
        return {}
    texts: dict[str, str | dict[str, str]] = _read(language)["widget"]
    return texts


def remark(language: str) -> str:
    """Return what the catalogue says about its translation, empty if it says nothing."""
    return str(_read(language).get(REMARK, ""))


def author_texts(language: str) -> dict[str, str | dict[str, str]]:
    """Return the texts of the authoring page by key; in English where the language lacks one."""
    return {**_read(DEFAULT)["author"], **_read(language)["author"]}


@cache
def _read(language: str) -> Catalogue:
    """Return a language's texts: the package's, and over them the course's own as far as they fit."""
    texts = _packaged(language)
    own = _CURRENT[0].catalogues.get(language)
    if not isinstance(own, dict):
        return texts
    merged: Catalogue = {**texts, **{part: {**texts[part], **_fit(own, part, language)} for part in PARTS}}
    if isinstance(own.get(REMARK), str):
        merged[REMARK] = own[REMARK]
    return merged


@cache
def _packaged(language: str) -> Catalogue:
    """Return the package's texts of a language; a part that it lacks has no texts."""
    catalogues: Catalogue = {part: {} for part in PARTS}
    name = f"{language}.json"
    if name in {path.name for path in files(__package__).iterdir()}:
        catalogues |= json.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return catalogues


def _fit(own: Catalogue, part: str, language: str) -> dict[str, Text]:
    """Return the texts of a course's own catalogue that can be used: a stranger may have written it."""
    english, texts = _packaged(DEFAULT)[part], own.get(part)
    if not isinstance(texts, dict):
        return {}
    known = {key: text for key, text in texts.items() if key in english}
    return {key: text for key, text in known.items() if not any(misfits(english[key], text, language))}


def language() -> str:
    """Return the language that ``COPYDESK_LANGUAGE`` names, that of the course if it is not set.

    ``uk-UA`` and ``uk_UA`` mean ``uk``. A setting without a catalogue gives English and a warning: a wrong
    setting must not keep a learner from the lesson. The language of a course may have no catalogue: then the texts
    are English, without a warning.
    """
    setting = os.environ.get(LANGUAGE_VARIABLE, "").replace("_", "-")
    chosen = setting.split("-")[0].lower()
    if not chosen:
        return _CURRENT[0].language
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
    return _filled("python", key, values)


def shared_text(key: str, **values: object) -> str:
    """Return a text that Python and the browser share; ``count`` picks among plural forms."""
    return _filled("widget", key, values)


def _filled(part: str, key: str, values: Mapping[str, object]) -> str:
    chosen = language()
    text = _read(chosen)[part].get(key)
    if text is None:
        chosen, text = DEFAULT, _read(DEFAULT)[part][key]
    return _plural_form(text, chosen, values).format(**values)


def own_form(text: Text, form: str) -> str:
    """Return a form of a text, its general one if it has no such form."""
    return text if isinstance(text, str) else text.get(form, text["other"])


def texts_of(language: str) -> Catalogue:
    """Return all texts of a language, with those of the course; no texts if there are none."""
    return _read(language)


def _plural_form(text: Text, language: str, values: Mapping[str, object]) -> str:
    if isinstance(text, str):
        return text
    count = int(str(values.get("count", 0)))
    return text.get(plural_category(language, count), text["other"])
