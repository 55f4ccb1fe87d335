"""No sentence claims the experience of a class: none has taken the course."""

from __future__ import annotations

import pytest

from copydesk.checks.experience import experience_faults


def phrases(text: str) -> list[str]:
    """Return the turns of phrase that a text is told of."""
    return [fault.split("”")[0].removeprefix("“") for fault, _ in experience_faults(text)]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("This is the step that most classes miss.", "most classes"),
        ("Many readers hear doubt in it.", "Many readers"),
        ("Three moments come up again and again.", "come up again and again"),
        ("Learners often stop here.", "Learners often"),
        ("In our experience ten minutes are enough.", "In our experience"),
        ("Students tend to skip the second part.", "Students tend to"),
        ("Some learners refuse any step beyond the letter.", "Some learners"),
        ("It is a common mistake.", "a common mistake"),
    ],
)
def test_a_claim_of_experience_is_named(text: str, phrase: str) -> None:
    """Each turn of phrase is found, wherever it stands in the sentence."""
    assert phrases(text) == [phrase]


@pytest.mark.parametrize(
    "text",
    [
        "We expect most classes to miss this step.",
        "If many learners stop here, show the film.",
        "Some learners may refuse any step beyond the letter.",
        "In one study many students read laterally.",
        "It shows how many learners opened a card.",
        "Of the simulated class most learners gain.",
        "The paper wrote that “most readers agree”.",
        "Most sources say that they surrendered.",
    ],
)
def test_an_expectation_is_none(text: str) -> None:
    """What is expected, supposed, studied by others, counted or quoted claims no experience."""
    assert phrases(text) == []
