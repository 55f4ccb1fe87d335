"""The texts of the interface, in every language."""

from __future__ import annotations

import ast
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from copydesk import text
from copydesk.grading.feedback.page import GENERATOR
from copydesk.text import (
    DEFAULT,
    PARTS,
    UnknownLanguageError,
    UnknownLanguageWarning,
    catalogue,
    follow,
    language,
    languages,
    remark,
    shared_text,
    t,
)
from copydesk.text.fitting import misfits
from copydesk.text.plurals import direction, plural_categories, plural_category

OTHERS = [name for name in languages() if name != "en"]
WHOLE = ["uk"]
"""Languages besides English that have every text; the others have what a learner reads."""

CYRILLIC, LATIN = re.compile("[а-яіїєґ]", re.IGNORECASE), re.compile("[a-z]", re.IGNORECASE)


def whole(name: str) -> dict[str, dict[str, Any]]:
    """Return a catalogue with both of its parts."""
    data: dict[str, dict[str, Any]] = json.loads(files(text).joinpath(f"{name}.json").read_text(encoding="utf-8"))
    return {part: {} for part in PARTS} | data


def test_the_languages_are_there() -> None:
    """English, Ukrainian, German and Spanish can be chosen."""
    assert languages() == ("de", "en", "es", "uk")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", WHOLE)
def test_no_text_is_missing(name: str, part: str) -> None:
    """Each language that is kept whole has every key of the English catalogue in its order, and no other."""
    assert list(whole(name)[part]) == list(whole("en")[part])


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", OTHERS)
def test_no_text_is_out_of_place(name: str, part: str) -> None:
    """Each language has keys of the English catalogue alone, in its order."""
    texts = whole(name)[part]
    remedy = f"run copydesk text export {name} and copydesk text import {name}: it puts them in order"
    assert list(texts) == [key for key in whole("en")[part] if key in texts], remedy


@pytest.mark.parametrize("name", OTHERS)
def test_a_translation_says_who_has_read_it(name: str) -> None:
    """Each translation carries a remark, in its own language, that no native speaker has read it."""
    said = {"de": "Muttersprache", "es": "lengua materna", "uk": "носій"}
    assert said[name] in remark(name)
    assert remark("en") == ""


LEARNERS = {
    *("check", "agreement", "record", "submission", "view", "sources", "quiz", "support", "finish", "progress"),
    *("course", "reliability", "reading", "xray", "panel", "feedback", "form", "calendar", "scoring", "list"),
    *("copy", "remarks", "course_page", "pages", "part", "print"),
}
"""Families of texts that a learner reads."""


@pytest.mark.parametrize("name", OTHERS)
def test_what_a_learner_reads_is_translated(name: str) -> None:
    """Only texts that were added to English since are missing from what a learner reads: at most one in ten."""
    learners = [("widget", key) for key in whole("en")["widget"]]
    learners += [("python", key) for key in whole("en")["python"] if key.partition(".")[0] in LEARNERS]
    missing = [key for part, key in learners if key not in whole(name)[part]]
    assert len(missing) < len(learners) / 10, missing


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", languages())
def test_a_translation_fits(name: str, part: str) -> None:
    """A translation has room for the same values as the English text, the same markup, and all its plural forms."""
    english = whole("en")[part]
    for key, entry in whole(name)[part].items():
        assert list(misfits(english[key], entry, name)) == [], key


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", languages())
def test_a_text_keeps_its_spaces(name: str, part: str) -> None:
    """A text that joins others begins and ends with a space where the English one does."""
    english = whole("en")[part]
    for key, entry in whole(name)[part].items():
        if isinstance(entry, str) and isinstance(english[key], str):
            assert entry[0] == " " or english[key][0] != " ", key
            assert entry[-1] == " " or english[key][-1] != " ", key


MISFITS = [
    ("{a} of {b}", "{a} von {b}", []),
    ("{a} of {b}", "{a} von {c}", ["placeholder_missing", "placeholder_unknown"]),
    ("{a}", "{a.__class__}", ["placeholder_missing", "placeholder_unknown"]),
    ("{a:,}", "{a:>999999999}", ["placeholder_form"]),
    ("{a:,}", "{a}", []),
    ("{a}", "{a", ["braces"]),
    ("{a}", {"one": "{a}", "other": "{a}"}, ["no_plural"]),
    ({"one": "One.", "other": "{count}."}, {"one": "Eine.", "other": "{count}."}, []),
    ({"one": "One.", "other": "{count}."}, "Mehrere.", []),
    ({"one": "One.", "other": "{count}."}, {"one": "Eine."}, ["plural_missing"]),
    ({"one": "One.", "other": "{count}."}, {"one": "1", "other": "2", "few": "3"}, ["plural_unknown"]),
    ({"one": "Open it.", "other": "{of} open."}, {"one": "Auf.", "other": "{of} offen."}, []),
    ({"one": "Open it.", "other": "{of} open."}, {"one": "Auf.", "other": "offen."}, ["placeholder_missing"]),
    ("<b>a</b>", "a", ["markup"]),
    ("a", "<script>a</script>", ["markup"]),
    ("[a](about.md)", "[a](javascript:b)", ["markup"]),
]


@pytest.mark.parametrize(("english", "translation", "reasons"), MISFITS)
def test_what_does_not_fit_is_found(english: str | dict[str, str], translation: object, reasons: list[str]) -> None:
    """Lost and invented placeholders and markup, and plural forms that German lacks or needs, have their reasons."""
    assert [misfit.reason for misfit in misfits(english, translation, "de")] == reasons


def test_ukrainian_is_ukrainian() -> None:
    """No Ukrainian text is left in English: each that has words has Cyrillic ones, and none has letters of Russian."""
    for part in PARTS:
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
    with pytest.warns(UnknownLanguageWarning, match="de or en or es or uk"):
        assert t("quiz.practice") == "Practice"
    with pytest.raises(UnknownLanguageError, match="COPYDESK_LANGUAGE"):
        catalogue(chosen)


def test_a_course_has_a_language(tmp_path: Path) -> None:
    """The language of a course is followed; one without a catalogue is shown in English, without a warning."""
    follow("de")
    assert (language(), t("quiz.practice")) == ("de", "Übung")
    assert t("command.grade") == catalogue("en")["command.grade"], "what German lacks is English"
    assert shared_text("check") == "Prüfen"
    follow("fr", tmp_path / "texts")
    assert (language(), t("quiz.practice"), shared_text("check")) == ("fr", "Practice", "Check")
    follow(DEFAULT)
    assert t("quiz.practice") == "Practice"


def test_a_person_is_followed_before_a_course(monkeypatch: pytest.MonkeyPatch) -> None:
    """COPYDESK_LANGUAGE wins over the language of the course."""
    follow("de")
    monkeypatch.setenv("COPYDESK_LANGUAGE", "uk")
    assert t("quiz.practice") == "Практика"


def test_a_course_brings_texts_along(tmp_path: Path) -> None:
    """A course's own catalogue lies over the package's; what doesn't fit the English text is left out of it."""
    own = {
        "remark": "Nur ein Versuch.",
        "widget": {"check": "Kontrolle", "head.count": "{done.__class__}", "invented": "x"},
        "python": {"quiz.practice": "Training", "remarks.days": {"one": "ein Tag"}},
    }
    (tmp_path / "de.json").write_text(json.dumps(own), encoding="utf-8")
    (tmp_path / "fr.json").write_text("no catalogue", encoding="utf-8")
    (tmp_path / "nl.json").write_text('{"python": {"quiz.practice": "Oefening"}}', encoding="utf-8")
    follow("de", tmp_path)
    assert (shared_text("check"), t("quiz.practice"), remark("de")) == ("Kontrolle", "Training", "Nur ein Versuch.")
    assert shared_text("head.count", done=1, of=2) == "1 von 2 fertig"
    assert t("remarks.days", count=1) == "1 Tag"
    follow("nl", tmp_path)
    assert (t("quiz.practice"), t("quiz.quiz")) == ("Oefening", "Questions on the lesson")
    follow("de")
    assert shared_text("check") == "Prüfen"


def test_plural_forms_are_those_of_browsers() -> None:
    """Plural forms and direction follow Unicode; a language that it doesn't know has those of English."""
    assert [plural_category("uk", count) for count in (0, 1, 2, 5, 11, 21, 22)] == [
        *("many", "one", "few", "many", "many", "one", "few"),
    ]
    assert [plural_category("ar", count) for count in (0, 1, 2, 3, 11, 100)] == [
        *("zero", "one", "two", "few", "many", "other"),
    ]
    assert plural_category("es", 1_000_000) == "many"
    assert plural_categories("de") == plural_categories("qaa") == ("one", "other")
    assert plural_categories("es") == ("one", "many", "other")
    assert [direction(name) for name in ("en", "ar", "he", "de", "qaa")] == ["ltr", "rtl", "rtl", "ltr", "ltr"]


PACKAGE = Path(text.__file__).parents[1]
TEMPLATES = sorted(PACKAGE.rglob("*.j2"))
PAGES = sorted((PACKAGE / "publish" / "book" / "_templates").rglob("*.html"))
"""Templates of the pages of a book."""

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


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_of_a_book_has_words_of_its_own(path: Path) -> None:
    """What the templates of a book say is in the catalogue, except for our name and the line below the book's."""
    markup = re.sub(r"\{[{%#].*?[%#}]\}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    said = SHOWN_ATTRIBUTE.findall(markup) + re.findall(r">([^<>]*)<", markup)
    words = {word for text in said for word in WORDS.findall(text)}
    assert words <= {"Copy", "Desk", "One", "news", "article", "taken", "apart"}, words


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
    paths = [*PACKAGE.rglob("*.py"), *TEMPLATES, *PAGES]
    code = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    for key in whole(name)["python"]:
        reason = key.removesuffix(".remedy")  # ``problem`` asks for a reason and its remedy by one key
        uses = [f'"{key}"', f'"{reason}"']
        for match in re.finditer(r"\.", key):
            family = key[: match.start()]
            uses += [f'"{family}.{{', f'"{family}." ~']
        assert any(use in code for use in uses), key
