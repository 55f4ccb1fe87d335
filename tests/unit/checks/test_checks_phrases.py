"""What sounds translated is named, with what people say instead."""

from __future__ import annotations

import pytest

from copydesk.checks.phrases import phrase_faults, phrases


@pytest.mark.parametrize(
    ("text", "phrase", "instead"),
    [
        ("Upload your hand-in.", "hand-in", "submission"),
        ("Whoever wrote it is named.", "Whoever", "you"),
        ("The owner stands beside the price.", "stands beside", "is in"),
        ("The file lies in a folder.", "lies in", "is in"),
        ("A slip in a copy is no lie by a newspaper.", "is no lie", "isn't a"),
        ("Your answers were surer than right.", "surer than right", "overconfident"),
        ("What may a reader conclude,\nand what not?", "and what not", "can't"),
    ],
)
def test_a_phrase_of_the_list_is_found(text: str, phrase: str, instead: str) -> None:
    """In any case and across lines, and the remedy says what people say."""
    ((fault, remedy),) = phrase_faults(text)
    assert fault == f"“{phrase}” sounds translated"
    assert instead in remedy


@pytest.mark.parametrize(
    "text",
    [
        "She called it “nobody's business”.",
        "The tests stand in for a class.",
        "He stood at the window and lied.",
        "An intern lay in wait; a truth lies in wait.",
        "It is no longer there, and there is no doubt about it.",
        "BBC stands for British Broadcasting Corporation.",
        "Hold good form.",
    ],
)
def test_what_people_say_is_left_alone(text: str) -> None:
    """Quotations, idioms and people who stand somewhere are fine."""
    assert list(phrase_faults(text)) == []


def test_each_line_of_the_list_has_its_remedy() -> None:
    """No pattern is without an answer, and none is there twice."""
    assert len(phrases()) > 30
    assert all(phrase.instead for phrase in phrases())
    patterns = [phrase.pattern.pattern for phrase in phrases()]
    assert len(patterns) == len(set(patterns))
