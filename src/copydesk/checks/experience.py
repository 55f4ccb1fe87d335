"""Finds sentences that claim what classes, learners or readers do: no class has taken the course."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from copydesk.checks.extraction import remove_quotations
from copydesk.checks.readability import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.checking import Fault

PEOPLE = r"(?:classes|learners|students|pupils|readers|beginners|teachers|instructors)"
TURNS_OF_PHRASE = re.compile(
    rf"\b(?:(?<!how )(?:most|many|some|few|past|earlier) {PEOPLE}\b(?! of\b)"
    rf"|{PEOPLE} (?:often|usually|always|rarely|seldom|sometimes|typically|generally|tend to|like to|struggle)\b"
    r"|(?:most|many|some|few) (?:expect|miss|overlook|choose|stumble|think|forget|find)\b"
    r"|comes? up (?:again and again|often|every time)"
    r"|in (?:our|my) experience|experience (?:shows|tells)|as we have (?:seen|found)|we have often"
    r"|classes (?:before|have)|(?:a|the) common (?:mistake|error|wrong answer)|the usual (?:mistake|error)"
    r"|has worked well|works well with classes)",
    flags=re.IGNORECASE,
)
"""Turns of phrase that claim someone's experience with the course."""

EXPECTATION = re.compile(
    r"\b(?:expect\w*|may|might|could|would|if|imagine|suppose|simulated|invented|look for|study|studies|survey)\b",
    flags=re.IGNORECASE,
)
"""Words that turn such a sentence into an expectation, a condition, or someone else's finding."""

NEXT_WORDS = 15
"""How many characters after the turn of phrase are looked at too: “some learners may …”."""

REMEDY = "No class has taken this course: say what we expect (“We expect …”), or leave it out."


def experience_faults(text: str) -> Iterator[Fault]:
    """Yield the sentences of a text that claim a class's experience."""
    for sentence in sentences(remove_quotations(text)):
        found = TURNS_OF_PHRASE.search(sentence)
        if found and not EXPECTATION.search(sentence[: found.end() + NEXT_WORDS]):
            yield f"“{found[0]}” claims an experience that no one has had", REMEDY
