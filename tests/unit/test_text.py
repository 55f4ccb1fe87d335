"""The texts of the interface, in every language."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from string import Formatter
from typing import Any

import pytest

from copydesk import text
from copydesk.text import UnknownLanguageError, UnknownLanguageWarning, catalogue, language, languages, t

PLURALS = {"en": {"one", "other"}, "uk": {"one", "few", "many", "other"}}
"""The plural forms of each language, by the Unicode rules that browsers follow."""

OTHERS = [name for name in languages() if name != "en"]
CYRILLIC, LATIN = re.compile("[а-яіїєґ]", re.IGNORECASE), re.compile("[a-z]", re.IGNORECASE)


def whole(name: str) -> dict[str, dict[str, Any]]:
    """Return a catalogue with both of its parts."""
    data: dict[str, dict[str, Any]] = json.loads(files(text).joinpath(f"{name}.json").read_text(encoding="utf-8"))
    return data


def placeholders(entry: str | dict[str, str]) -> set[str]:
    """Return the names that a text, or the general form of a text with plurals, has room for."""
    template = entry if isinstance(entry, str) else entry["other"]
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_the_languages_are_there() -> None:
    """English and Ukrainian can be chosen."""
    assert {"en", "uk"} <= set(languages())
    assert set(PLURALS) == set(languages()), "say which plural forms the new language has"


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("part", ["widget", "python"])
def test_no_text_is_missing(name: str, part: str) -> None:
    """Each language has every key of the English catalogue in its order, and no other."""
    assert list(whole(name)[part]) == list(whole("en")[part])


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("part", ["widget", "python"])
def test_placeholders_are_the_same(name: str, part: str) -> None:
    """A translation has room for the same values as the English text; ``count`` is free where that has plurals."""
    english = whole("en")[part]
    for key, entry in whole(name)[part].items():
        free = set() if isinstance(english[key], str) else {"count"}
        for form in [entry] if isinstance(entry, str) else entry.values():
            assert placeholders(form) - free == placeholders(english[key]) - free, (key, form)


@pytest.mark.parametrize("name", languages())
def test_plural_forms_are_complete(name: str) -> None:
    """A text with plural forms has all of its language; Python's part has none."""
    for key, entry in whole(name)["widget"].items():
        assert isinstance(entry, str) or set(entry) == PLURALS[name], key
    assert all(isinstance(entry, str) for entry in whole(name)["python"].values())


def test_ukrainian_is_ukrainian() -> None:
    """No Ukrainian text is left in English: each that has words has Cyrillic ones, and none has letters of Russian."""
    for part in ("widget", "python"):
        for key, entry in whole("uk")[part].items():
            for form in [entry] if isinstance(entry, str) else entry.values():
                words = re.sub(r"\{[^}]*\}", "", form)
                assert CYRILLIC.search(words) or not LATIN.search(words), (key, form)
                assert not re.search("[ыэъё]", words, re.IGNORECASE), (key, form)


def test_the_language_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """COPYDESK_LANGUAGE chooses the language, with or without a country."""
    for chosen in ("uk", "uk-UA", "uk_UA", "UK"):
        monkeypatch.setenv("COPYDESK_LANGUAGE", chosen)
        assert language() == "uk"
        assert t("quiz.quiz") == "Тест"
    monkeypatch.setenv("COPYDESK_LANGUAGE", "")
    assert language() == "en"


@pytest.mark.parametrize("chosen", ["xx", "../en", "english", "."])
def test_an_unknown_language_gives_english_and_a_clear_word(monkeypatch: pytest.MonkeyPatch, chosen: str) -> None:
    """A language that is not there is named together with those there are, and English is shown."""
    monkeypatch.setenv("COPYDESK_LANGUAGE", chosen)
    with pytest.warns(UnknownLanguageWarning, match="en or uk"):
        assert t("quiz.quiz") == "Quiz"
    with pytest.raises(UnknownLanguageError, match="COPYDESK_LANGUAGE"):
        catalogue(chosen)
