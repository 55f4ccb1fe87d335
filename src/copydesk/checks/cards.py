"""Checks that evidence cards do only their job: named by publisher and date alone, they quote and date, never judge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from copydesk.checks.extraction import remove_quotations
from copydesk.course.documents import Problem
from copydesk.model.task import is_unwritten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.checks.course import CourseFiles
    from copydesk.course.article import Card
    from copydesk.kinds.checking import Fault

WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")  # noqa: RUF001  (an apostrophe)
CONTENT_WORD_LETTERS = 4
"""Shorter words (of, and, the) are allowed in any title."""

VERDICT = re.compile(
    r"\b(?:supported|unsupported|established|contradict\w*|refut\w*|debunk\w*|confirms?|prov(?:es?|ed|en)"
    r"|disprov\w*|wrong\w*|misleading\w*|mislead\w*|false\w*|untrue|truth\w*|correct\w*|incorrect\w*|accurate\w*"
    r"|inaccurate\w*|exaggerat\w*|distort\w*|made up|fabricated|fake|verdict\w*|cannot tell|can't tell"
    r"|does not tell you|do(?:es)? not show|is another question|is certain|firmer|never counts?"
    r"|in fact|of course|clearly|obviously)\b",
    flags=re.IGNORECASE,
)
"""Words with which a card would say what follows from it."""


def card_problems(course: CourseFiles) -> Iterator[Problem]:
    """Yield what is wrong with the titles and texts of the evidence cards of a course."""
    if course.seeds is None:
        return
    document = course.seeds.document("cards")
    claims = _claims(course)
    for index, card in enumerate(course.seeds.part("cards")):
        if is_unwritten(f"{card.title}\n{card.says}\n{card.date}"):
            continue
        for fault, remedy in card_faults(card, claims.get(card.id, ())):
            yield Problem(document.name, document.line_of((index,)), card.id, fault, remedy)


def _claims(course: CourseFiles) -> dict[str, list[str]]:
    """Return, for each card, the claims it is based on and those of the tasks that show it."""
    claims: dict[str, list[str]] = {}
    if course.seeds is None:
        return claims
    quotes = {claim.id: claim.quote for claim in course.seeds.part("claims")}
    for card in course.seeds.part("cards"):
        claims[card.id] = [quotes[pin] for pin in card.pins if pin in quotes]
    for file in course.files:
        for entry in file.bank.tasks:
            for card in entry.task.cards:
                claims.setdefault(card, []).append(getattr(entry.task, "claim", ""))
    return claims


def card_faults(card: Card, claims: Iterable[str]) -> Iterator[Fault]:
    """Yield the faults of a card: the form of its title, words from a claim in it, words that judge."""
    _, date = card.publisher_and_date
    if not date or date.casefold() not in card.date.casefold():
        remedy = "Name the publisher and the day of the field date, parted by a comma: “The Herald, 4 May 2001”."
        yield f"the title “{card.title}” is not publisher and date", remedy
    title = set(WORD.findall(card.title))
    for word in sorted(title & _content_words(claims)):
        yield f"“{word}” of the claim is in the title", "Name publisher and date alone."
    for found in VERDICT.finditer(remove_quotations(card.says)):
        remedy = "Quote, date, and say what was read; what follows from it belongs in the key."
        yield f"“{found[0]}” judges", remedy


def _content_words(claims: Iterable[str]) -> set[str]:
    """Return the words of claims that are not names and are longer than most function words."""
    words = set()
    for claim in claims:
        for word in WORD.findall(claim):
            if len(word) >= CONTENT_WORD_LETTERS and word.islower():
                words.add(word)
    return words
