"""The texts of the interface, in every language."""

from __future__ import annotations

import ast
import json
import re
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from copydesk import text
from copydesk.grading.feedback.page import GENERATOR
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
    """A text with plural forms has all of its language."""
    for part in ("widget", "python"):
        for key, entry in whole(name)[part].items():
            assert isinstance(entry, str) or set(entry) == PLURALS[name], key


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
        assert t("quiz.practice") == "Практика"
    monkeypatch.setenv("COPYDESK_LANGUAGE", "")
    assert language() == "en"


@pytest.mark.parametrize("chosen", ["xx", "../en", "english", "."])
def test_an_unknown_language_gives_english_and_a_clear_word(monkeypatch: pytest.MonkeyPatch, chosen: str) -> None:
    """A language that is not there is named together with those there are, and English is shown."""
    monkeypatch.setenv("COPYDESK_LANGUAGE", chosen)
    with pytest.warns(UnknownLanguageWarning, match="en or uk"):
        assert t("quiz.practice") == "Practice"
    with pytest.raises(UnknownLanguageError, match="COPYDESK_LANGUAGE"):
        catalogue(chosen)


PACKAGE = Path(text.__file__).parents[1]
TEMPLATES = sorted(PACKAGE.rglob("*.j2"))
SPEAKING = [
    PACKAGE / "grading/feedback/page.py",
    PACKAGE / "kinds" / "cards.py",
    PACKAGE / "kinds" / "credit_labels.py",
    *sorted((PACKAGE / "kinds").glob("*/feedback.py")),
]
"""Modules whose words a learner reads on the feedback page."""

SHOWN_ATTRIBUTE = re.compile(r'\b(?:alt|title|aria-label|placeholder)="([^"]*)"')
WORDS = re.compile(r"[^\W\d_]{2,}")
PHRASE = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")


def words_in_template(source: str) -> list[str]:
    """Return the words that stand in a template itself: between its tags, in attributes that are read, in code."""
    parts = []
    for code in re.findall(r"\{[{%].*?[%}]\}", source, re.DOTALL):
        parts += [literal for literal in re.findall(r'"([^"]*)"', code) if PHRASE.search(literal)]
    markup = re.sub(r"\{[{%#].*?[%#}]\}|<style>.*?</style>", " ", source, flags=re.DOTALL)
    parts += SHOWN_ATTRIBUTE.findall(markup)
    parts.append(re.sub(r"<[^>]*>", " ", markup))
    return WORDS.findall(" ".join(parts))


def phrases_in_module(source: str) -> list[str]:
    """Return the texts of more than one word in a module's code, without its docstrings."""
    tree = ast.parse(source)
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in notes]
    return [phrase for phrase in texts if isinstance(phrase, str) and PHRASE.search(phrase)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_words_of_its_own(path: Path) -> None:
    """What a template says stands in the catalogue."""
    assert words_in_template(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.name)
def test_no_module_behind_the_feedback_has_words_of_its_own(path: Path) -> None:
    """What the code behind the feedback page says stands in the catalogue; the mark of the page is no text."""
    assert set(phrases_in_module(path.read_text(encoding="utf-8"))) <= {GENERATOR}


def test_words_in_the_wrong_place_are_found() -> None:
    """The two tests above see words between tags, in attributes and in code."""
    assert words_in_template('<p title="{{ t(x) }} now">{{ "so it" if y else z }}</p><b>is</b>') == [
        "so",
        "it",
        "now",
        "is",
    ]
    assert phrases_in_module('"""No."""\nsay("two words", f"and {more} of them")') == ["two words", " of them"]


@pytest.mark.parametrize("name", languages())
def test_every_python_text_is_asked_for(name: str) -> None:
    """A key under which nothing asks is not kept: each stands in the code, whole, as a family, or by its reason."""
    paths = [*PACKAGE.rglob("*.py"), *TEMPLATES]
    code = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    for key in whole(name)["python"]:
        reason = key.removesuffix(".remedy")  # ``problem`` asks for a reason and its remedy by one key
        uses = [f'"{key}"', f'"{reason}"']
        for match in re.finditer(r"\.", key):
            family = key[: match.start()]
            uses += [f'"{family}.{{', f'"{family}." ~']
        assert any(use in code for use in uses), key
