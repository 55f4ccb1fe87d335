"""The rules by which only a reader of its text can answer a task: each of them can fail."""

from __future__ import annotations

from typing import Any

import pytest

from copydesk.checks import reading_needed
from copydesk.course.article import Card
from copydesk.course.bank import Entry

CARD = Card(
    id="K1", title="Harbour office, 3 May", quote="", says="Two ferries ran.", sources=(), date="3 May", read="invented"
)


def choice(task: str = "Q1", **fields: object) -> dict[str, Any]:
    """Return a sound choice as a file has it, with fields changed."""
    sound = {
        "id": task,
        "kind": "choice",
        "title": "The ferry",
        "prompt": "What does the notice allow you to say?",
        "context": "The office says that two ferries were seen.",
        "options": [{"id": "a", "text": "Two ferries ran."}, {"id": "b", "text": "The office reports two ferries."}],
        "key": {
            "options": {
                "a": {"weight": 0, "why": "Somebody saw them: “were seen”.", "missed": "were seen"},
                "b": {"weight": 1, "why": "It says so."},
            },
        },
    }
    return sound | fields


def faults(data: dict[str, Any]) -> list[str]:
    """Return the faults of a task."""
    return [fault for fault, _ in reading_needed.reading_faults(Entry.model_validate(data), {"K1": CARD})]


def test_a_sound_choice_has_no_fault() -> None:
    """A passage, and a wrong option that names the word."""
    assert faults(choice()) == []


def test_a_choice_shows_what_it_asks_about() -> None:
    """A passage or a card, unless it says why not."""
    assert faults(choice(context="")) == ["it shows nothing that it asks about"]
    assert faults(choice(context="", concept_only="It asks for a definition.")) == []
    key = {"options": {"a": {"weight": 1, "why": "x"}, "b": {"weight": 0, "why": "x", "missed": "ran"}}}
    assert faults(choice(context="", cards=["K1"], key=key)) == []


def test_a_wrong_option_names_a_word_that_is_shown() -> None:
    """Without one, or with a word that stands nowhere, there is a fault; of a twin, too."""
    key = {"options": {"a": {"weight": 0, "why": "x"}, "b": {"weight": 1, "why": "x"}}}
    assert faults(choice(key=key)) == ["no wrong option is that of a reader who missed one word"]
    twin = {"context": "The office says that two ferries ran."}
    assert faults(choice(twin=twin)) == ["the missed “were seen” is nowhere in what the task shows"]


def test_the_baseline_and_worked_examples_have_other_rules() -> None:
    """Nothing is asked of them here."""
    assert faults(choice(context="", group="worked")) == []


@pytest.mark.parametrize(
    ("surface", "expected"), [("no", []), ("", ["0 of 2 items contradict their surface word; 1 or more should"])]
)
def test_a_third_of_a_sort_contradicts_its_surface_word(surface: str, expected: list[str]) -> None:
    """An item whose striking word points to the wrong class names that class."""
    task = {
        "id": "P1",
        "kind": "sort",
        "title": "Said or seen",
        "prompt": "Sort.",
        "items": [{"id": "i", "text": "the two ferries"}, {"id": "j", "text": "the notice"}],
        "classes": [{"id": "yes", "text": "Said"}, {"id": "no", "text": "Seen"}],
        "key": {
            "items": {
                "i": {"weights": {"yes": 1}, "why": "x", "surface": surface},
                "j": {"weights": {"no": 1}, "why": "x"},
            },
        },
    }
    assert faults(task) == expected


def stanced(task: str, *, right: bool) -> Entry:
    """Return a choice whose first option doubts."""
    key = {
        "options": {
            "a": {"weight": int(right), "why": "x", "stance": "doubt", "missed": "were seen"},
            "b": {"weight": int(not right), "why": "x", "missed": "were seen"},
        },
    }
    return Entry.model_validate(choice(task, key=key))


def course_faults(*entries: Entry) -> list[str]:
    """Return the faults of some tasks together."""
    return [fault for fault, _ in reading_needed.course_faults(entries)]


def test_an_option_that_doubts_is_right_in_a_quarter() -> None:
    """One in five is too few, one in four is enough."""
    wrong = [stanced(f"Q{number}", right=False) for number in range(4)]
    assert course_faults(stanced("Q9", right=True), *wrong) == [
        "An option that doubts is right in 1 of 5 items that offer one; a quarter or more should be",
    ]
    assert course_faults(stanced("Q9", right=True), *wrong[1:]) == []


def test_few_choices_ask_for_a_concept_alone() -> None:
    """One of ten, and not two."""
    rest = [Entry.model_validate(choice(f"Q{number}")) for number in range(9)]
    alone = [Entry.model_validate(choice(f"P{number}", context="", concept_only="x")) for number in range(2)]
    assert course_faults(alone[0], *rest) == []
    assert course_faults(*alone, *rest[1:]) == ["2 of 10 choices show nothing; at most a tenth may"]


def verdict(task: str, prompt: str) -> Entry:
    """Return a verdict."""
    supports = ("supported", "qualified", "not-established", "contradicted", "not-checkable")
    data = {
        "id": task,
        "kind": "verdict",
        "title": "The ferry",
        "prompt": prompt,
        "claim": "Two ferries ran.",
        "as_of": "3 May",
        "cards": ["K1"],
        "key": {
            "support": {name: {"weight": int(name == "supported"), "why": "x"} for name in supports},
            "decisive": {"K1": "It says so."},
        },
    }
    return Entry.model_validate(data)


def test_all_verdicts_ask_in_the_same_words() -> None:
    """A word more where a limit is needed would give it away."""
    same = [verdict("T1", "Which verdict?"), verdict("T2", "Which verdict?")]
    assert course_faults(*same) == []
    assert course_faults(*same, verdict("T3", "Which verdict, with which limit?")) == [
        "a verdict asks “Which verdict, with which limit?”, others “Which verdict?”",
    ]


def test_a_lesson_has_at_most_twelve_practice_tasks() -> None:
    """The thirteenth is one too many; a baseline does not count."""
    tasks = [Entry.model_validate(choice(f"Q{number}")) for number in range(13)]
    baseline = Entry.model_validate(choice("A01", group="baseline"))
    assert list(reading_needed.practice_faults([*tasks[1:], baseline])) == []
    assert len(list(reading_needed.practice_faults(tasks))) == 1


def test_an_option_that_hardly_differs_from_one_of_another_lesson_is_found() -> None:
    """The words of weight decide; within a lesson, and between quotations, options may be alike."""
    first = [{"id": "a", "text": "The harbour office counted ferries twice on market days"}, {"id": "b", "text": "No."}]
    second = [
        {"id": "a", "text": "On market days the harbour office counted the ferries twice"},
        {"id": "b", "text": "Yes."},
    ]
    entries = {
        ("01.yml", "Q1"): Entry.model_validate(choice(options=first)),
        ("02.yml", "Q1"): Entry.model_validate(choice(options=second)),
    }
    (twin,) = reading_needed.find_near_twins(entries)
    assert (twin.place, twin.other) == (("02.yml", "Q1"), ("01.yml", "Q1"))
    in_one_file = {("01.yml", task): entry for task, entry in zip(("Q1", "Q2"), entries.values(), strict=True)}
    assert list(reading_needed.find_near_twins(in_one_file)) == []
