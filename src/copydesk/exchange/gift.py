"""Writes questions as GIFT, the plain text format that Moodle and others import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.exchange.moodle import number, partial_credit, percent
from copydesk.exchange.questions import Choice, Essay, Match, Number, Order, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.exchange.questions import Body, Question

SUFFIX = "gift.txt"
ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "\\~=#{}:"} | {"\n": " "})
"""The signs that mean something in GIFT; a text stands on one line, since a blank line ends a question."""


def not_held(question: Question) -> Iterator[str]:
    """Yield what GIFT does not hold of a question."""
    body = question.body
    yield from partial_credit(question)
    if isinstance(body, Order):
        yield "steps are matched with the numbers of their places"
    if question.hints:
        yield "its hints are left out"
    if question.points != 1:
        yield f"it counts 1 point instead of {number(round(question.points, 2))}"
    if isinstance(body, Choice) and not body.shuffle:
        yield "its options may be shuffled"
    if isinstance(body, Essay) and body.for_marker:
        yield "what only the marker sees, such as exemplars, is left out"


def document(questions: Iterable[Question], category: str, prefix: str) -> str:
    """Return questions as one file that puts them into a category; ``prefix`` makes their ids unique."""
    parts = [f"$CATEGORY: $course$/top/{category}", *(_question(question, prefix) for question in questions)]
    return "\n\n".join(parts) + "\n"


def _question(question: Question, prefix: str) -> str:
    body = question.body.places() if isinstance(question.body, Order) else question.body
    lines = [*_answers(body), f"####{_html(question.after)}"]
    head = f"// [id:{prefix}-{question.id}]\n::{escaped(question.title)}::[html]{_html(question.stem)}"
    return head + "{" + ("#" if isinstance(body, Number) else "") + "\n" + "\n".join(lines) + "\n}"


def _answers(body: Body) -> Iterator[str]:
    """Yield the lines between the braces."""
    if isinstance(body, Choice):
        has_right = False
        for option, fraction in zip(body.options, body.fractions(), strict=True):
            # The first right answer says by its sign that one is to be chosen; a second such sign would be none.
            is_first = not body.multiple and fraction == 1 and not has_right
            has_right |= is_first
            weight = "=" if is_first else f"~%{percent(fraction)}%"
            yield f"{weight}{_html(option.text)}#{_html(option.why)}"
    elif isinstance(body, Match):
        for item in body.items:
            yield f"={_html(item.text)} -> {escaped(body.answers[item.answer])}"
        for answer in body.unused():
            yield f"= -> {escaped(answer)}"
    elif isinstance(body, Number):
        yield f"{number(body.value)}:{number(body.tolerance)}"
    elif isinstance(body, Words):
        yield f"={escaped(body.answer)}"


def _html(text: str) -> str:
    """Return HTML in which no sign means anything to GIFT; a bracket at the beginning would name a format."""
    return escaped(f"&#91;{text[1:]}" if text.startswith("[") else text)


def escaped(text: str) -> str:
    """Return a text in which no sign means anything to GIFT."""
    return text.translate(ESCAPES)
