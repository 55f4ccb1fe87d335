"""The course's own English is short, spelt right, and its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checks.readability import (
    ReadingGrade,
    grade_faults,
    lesson_ease,
    long_sentences,
    reading_grade,
    sentences,
)
from copydesk.checks.spelling import allowed_words, has_dictionary, misspellings, word_list
from copydesk.checks.text_units import TextUnit
from copydesk.checks.verbatim import RUN, copied_runs, word_runs
from copydesk.course.seeds import Seeds
from copydesk.course.settings import find_root

PLAIN = "Mr Smith reads the paper. He asks who says so."
SEEDS = Seeds(find_root())


def test_sentences_end_where_a_reader_pauses() -> None:
    """Full stops, items, headings, terms and cells end a sentence; an abbreviation and a number do not."""
    text = "# A title\n\nMr. Putin flew. It took 3.5 hours!\nReally?\n\n- one thing\n- two things\n\n| a | b |"
    assert sentences(text) == [
        "A title",
        "Mr Putin flew.",
        "It took 3.5 hours!",
        "Really?",
        "one thing",
        "two things",
        "a",
        "b",
    ]
    assert sentences("Key\n  What a score is computed by.") == ["Key", "What a score is computed by."]


@given(st.integers(3, 60))
def test_a_sentence_of_more_than_thirty_words_is_long(words: int) -> None:
    """Thirty words pass and thirty-one do not; a long quotation does not count."""
    sentence = " ".join(["Word", *["word"] * (words - 1)]) + "."
    assert bool(list(long_sentences(f"{PLAIN} {sentence}"))) == (words > 30)
    assert list(long_sentences(f"He reads “{' '.join(['word'] * words)}” twice.")) == [] or words <= 8


def test_hard_text_has_a_high_grade() -> None:
    """Long words and long sentences raise the grade; labels and headings do not count."""
    easy = reading_grade([PLAIN, "A title without an end"])
    hard = reading_grade(
        ["Attribution notwithstanding, institutional representatives characteristically equivocate. " * 3]
    )
    assert easy.smog < 6
    assert hard.smog > 10
    assert easy.flesch_kincaid < hard.flesch_kincaid
    assert reading_grade([]) == ReadingGrade(0, 0)


@pytest.mark.parametrize(
    ("found", "what"),
    [
        (ReadingGrade(7.5, 4.0), []),
        (ReadingGrade(5.0, 4.0), ["its text is of grade 5.0"]),
        (ReadingGrade(11.0, 9.0), ["its text is of grade 11.0"]),
        (ReadingGrade(9.0, 10.5), ["its text is of grade 10.5"]),
    ],
)
def test_a_lesson_is_of_grade_6_to_10(found: ReadingGrade, what: list[str]) -> None:
    """A lesson may be neither childish nor hard."""
    assert [fault[0] for _, fault in grade_faults({"02-attribution": found})] == what


def test_misspelt_words_are_found() -> None:
    """British spelling, names of the dossier and possessives are known; slips are found, but not in quotations."""
    allowed = allowed_words(SEEDS, ())
    good = "The neighbours’ colour isn't Peskov's. We analyse a rumour about Mariupol and the Kyiv Independent."
    assert misspellings([good], allowed) == []
    assert misspellings(["The atribution is definately “teh” wrong.", "The atribution."], allowed) == [
        "atribution",
        "definately",
    ]


def test_invented_names_are_known() -> None:
    """A capital in the middle of a sentence is a name where the text is pinned as invented."""
    unit = TextUnit("a", 0, "", "", "learner", ("The pool of Wexlow is cold.",), pins=("invented",))
    assert misspellings(["Nobody in Wexlow swims."], allowed_words(SEEDS, [unit])) == []
    assert misspellings(["Nobody in Wexlow swims."], allowed_words(SEEDS, ())) == ["Wexlow"]


@pytest.mark.parametrize(
    ("language", "text", "misspelt"),
    [
        ("de", "Die Fähre fährt heute nicht, die Straße ist groß, das Haus ist kleein.", ["kleein"]),
        ("es", "La casa es roja y la gente lo sabee.", ["sabee"]),
        ("ru", "Сегодня корабль стоит, погодаа плохая.", ["погодаа"]),
        ("uk", "Сьогодні пором не хадить.", []),
    ],
)
def test_spelling_is_that_of_the_language(language: str, text: str, misspelt: list[str]) -> None:
    """Words are looked up in the dictionary of the course's language; without one, nothing is said."""
    assert misspellings([text], frozenset(), language) == misspelt
    assert has_dictionary(language) == (language != "uk")


EASY = {
    "de": "Das Haus ist rot. Der Hund ist da. Wir gehen nach Haus.",
    "es": "La casa es roja. El perro está. Vamos a casa.",
}
HARD = {
    "de": "Die Berücksichtigung wirtschaftspolitischer Rahmenbedingungen erschwert zwischenstaatliche Vereinbarungen.",
    "es": "La consideración de condicionamientos macroeconómicos dificulta extraordinariamente las negociaciones.",
}


@pytest.mark.parametrize("language", EASY)
def test_ease_is_measured_by_the_formula_of_the_language(language: str) -> None:
    """Short words and sentences are easier than long ones; a language without a formula has no number."""

    def unit(lesson: str, text: str) -> TextUnit:
        return TextUnit("lessons/x.ipynb", 1, "", lesson=lesson, reader="learner", texts=(text,))

    units = [unit("01-easy", EASY[language]), unit("02-hard", HARD[language])]
    ease = lesson_ease(units, language)
    assert ease is not None
    assert ease["01-easy"] > 60 > ease["02-hard"]
    assert lesson_ease(units, "uk") is None
    before = reading_grade([PLAIN])
    lesson_ease(units, language)
    assert reading_grade([PLAIN]) == before, "English is measured as before"


def test_the_word_list_is_small_letters_and_no_word_stands_twice() -> None:
    """Each word of the list is written as it is looked up, once."""
    assert all(word == word.casefold() and word.isalpha() for word in word_list(SEEDS))


WORDS = st.lists(st.sampled_from(["who", "says", "so", "and", "how", "can", "they", "know"]), min_size=RUN, max_size=30)


@given(WORDS)
def test_a_copied_run_is_found_unless_it_is_quoted(words: list[str]) -> None:
    """Eight words in a row are found whatever stands around them and however they are set; a quotation is free."""
    known = word_runs([" ".join(words)])
    assert len(list(copied_runs("Then " + ", ".join(words).upper() + " again.", known))) == 1
    assert list(copied_runs(f"Then “{' '.join(words)}” again.", known)) == []
    assert list(copied_runs(f"> {' '.join(words)}", known)) == []
    assert list(copied_runs(" ".join(words[: RUN - 1]), known)) == []


def test_no_run_reaches_over_a_quotation() -> None:
    """Words before and after a quotation are not one run."""
    known = word_runs(["one two three four five six seven eight nine"])
    assert list(copied_runs("one two three four “x” five six seven eight nine", known)) == []
