"""The crossing of the baseline's forms: each rule passes the course as it is, and fails where it is broken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from copydesk.checks import crossed_forms
from copydesk.checks.crossed_forms import CrossedForms, crossing_faults, crossing_summary
from copydesk.course.bank import Entry
from copydesk.course.course import Course
from copydesk.course.settings import find_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COURSE = Course(find_root(Path(__file__)))
SWAPPED = {"supported": "not-supported", "not-supported": "supported"}


def entries() -> list[Entry]:
    """Return all graded tasks of the course."""
    return [entry for bank in COURSE.solutions.values() for entry in bank.tasks]


def statement(form: str, number: int, text: str, *, is_supported: bool) -> Entry:
    """Return a statement of a form."""
    options = [{"id": name, "text": name} for name in SWAPPED]
    key = {name: {"weight": float(is_supported is (name == "supported")), "why": "So it is."} for name in SWAPPED}
    data = {"id": f"{form}-{number:02}", "kind": "choice", "group": "baseline", "title": text, "options": options}
    return Entry.model_validate({**data, "prompt": f"{text}\n\nIs it?", "key": {"options": key}})


def forms(text: Callable[[str, int], str], is_supported: Callable[[str, int], bool]) -> CrossedForms:
    """Return three forms of twenty statements."""

    def made() -> Iterator[Entry]:
        for form in "ABC":
            for number in range(20):
                yield statement(form, number, text(form, number), is_supported=is_supported(form, number))

    return CrossedForms.from_entries(made())


def faults(crossed: CrossedForms) -> list[str]:
    """Return what is wrong, without the remedies."""
    return [fault for fault, _ in crossing_faults(crossed)]


def test_the_course_is_crossed() -> None:
    """Five templates keep their class, any two forms agree on ten, and no rule about wording gets more than 13."""
    crossed = CrossedForms.from_entries(entries())
    assert faults(crossed) == []
    assert len(crossed.kept_templates()) == 5
    assert crossed.agreements() == {("A", "B"): 10, ("A", "C"): 10, ("B", "C"): 10}
    assert max(crossed.wording_scores().values()) <= 13
    assert crossed.tone_counts()["hedged"] == crossed.tone_counts()["causal"] == (6, 12)
    assert len(crossing_summary(crossed)) == 3


def test_forms_that_are_parallel_are_named() -> None:
    """Where every template keeps its class, as in the first edition, classes and wording give the answers away."""
    found = faults(forms(lambda _, number: f"Place {number} is old", lambda _, number: number < 12))
    assert "20 templates of the baseline keep their class" in found[0]
    assert [fault[:17] for fault in found[1:4]] == ["forms A and B of ", "forms A and C of ", "forms B and C of "]


def test_a_word_that_leads_through_two_forms_is_named() -> None:
    """A word that stands in what is supported on each form is found, though the templates themselves are crossed."""

    def is_supported(form: str, number: int) -> bool:
        return (number + 7 * "ABC".index(form)) % 20 < 12

    crossed = forms(lambda form, number: f"Surely {number}" if is_supported(form, number) else "Well", is_supported)
    assert crossed.wording_scores()["a word"] == 20
    assert any(
        "a rule about a word, fitted to one form of the baseline, gets 20 right" in each for each in faults(crossed)
    )


def test_two_words_together_are_a_rule() -> None:
    """Where no single word tells, two that stand together may."""

    def is_supported(form: str, number: int) -> bool:
        return (number + 7 * "ABC".index(form)) % 20 < 10

    def text(form: str, number: int) -> str:
        one, other = ("grey", "tall") if number % 2 else ("plain", "low")
        return f"{one} {other if is_supported(form, number) else ('low' if number % 2 else 'tall')}"

    scores = forms(text, is_supported).wording_scores()
    assert scores["a word"] < scores["two words"]


def test_length_is_a_rule() -> None:
    """Statements that are longer where they are supported are found."""

    def is_supported(form: str, number: int) -> bool:
        return (number + 7 * "ABC".index(form)) % 20 < 12

    crossed = forms(lambda form, number: "so " * (2 + is_supported(form, number)), is_supported)
    assert crossed.wording_scores()["length"] == 20


@pytest.mark.parametrize("word", ["may", "because", "every"])
def test_a_tone_that_tells_is_named(word: str) -> None:
    """Hedged, causal and absolute statements are supported about as often as not."""
    tone = {"may": "hedged", "because": "causal", "every": "absolute"}[word]
    crossed = forms(lambda _, number: f"{word} {number}" if number < 3 else f"{number}", lambda _, number: number < 12)
    assert f"of 9 {tone} statements in the baseline 9 are supported" in faults(crossed)


def test_a_template_that_is_missing_is_named() -> None:
    """Forms are compared only where each has every template; one form alone is compared with nothing."""
    short = [entry for entry in entries() if entry.task.id != "B-05"]
    assert faults(CrossedForms.from_entries(short)) == [
        "the forms of the baseline have not the same templates (A 20, B 19, C 20)"
    ]
    assert crossing_summary(CrossedForms.from_entries(short)) == []
    assert faults(CrossedForms.from_entries(entry for entry in entries() if entry.task.id.startswith("A-"))) == []


def test_the_check_of_a_course_holds_the_forms_against_each_other() -> None:
    """The limits are those that the course promises."""
    limits = crossed_forms.MOST_KEPT, crossed_forms.LEAST_AGREEING, crossed_forms.MOST_AGREEING
    assert (*limits, crossed_forms.MOST_BY_WORDING) == (5, 9, 11, 13)
