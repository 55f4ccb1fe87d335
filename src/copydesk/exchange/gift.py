"""Writes questions as GIFT, the plain text format that Moodle and others import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.exchange.moodle import decimal_text, partial_credit_losses, percent
from copydesk.exchange.questions import Choice, Essay, Match, Number, Order, Words
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.exchange.questions import Body, Question

SUFFIX = "gift.txt"
SIGNS = "\\~=#{}:"
"""The characters that have a meaning in GIFT."""

ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in SIGNS})


def losses(question: Question) -> Iterator[str]:
    """Yield the parts of a question that GIFT cannot hold."""
    body = question.body
    yield from partial_credit_losses(question)
    if isinstance(body, Order):
        yield t("moodle.places")
    if question.hints:
        yield t("gift.hints")
    if question.points != 1:
        yield t("gift.points", points=decimal_text(round(question.points, 2)))
    if isinstance(body, Choice) and not body.shuffle:
        yield t("gift.shuffled")
    if isinstance(body, Essay) and body.for_marker:
        yield t("gift.for_marker")


def document(questions: Iterable[Question], category: str, prefix: str) -> bytes:
    """Return questions as the bytes of one file that puts them into a category; ``prefix`` makes their ids unique."""
    parts = [_question(question, prefix) for question in questions]
    text = "\n\n".join([f"$CATEGORY: $course$/top/{category}", *parts])
    return f"{text}\n".encode()


def _question(question: Question, prefix: str) -> str:
    """Return a question with its answers in braces."""
    body = question.body.places() if isinstance(question.body, Order) else question.body
    head = f"// [id:{prefix}-{question.id}]\n::{escape(question.title)}::[html]{_html(question.stem)}"
    opening = "{#" if isinstance(body, Number) else "{"
    return "\n".join([head + opening, *_answers(body), f"####{_html(question.after)}", "}"])


def _answers(body: Body) -> Iterator[str]:
    """Yield the lines between the braces."""
    if isinstance(body, Choice):
        has_right = False
        for option, fraction in zip(body.options, body.fractions(), strict=True):
            # The first right answer's sign makes this a single choice; a second such sign would not.
            is_first = not body.multiple and fraction == 1 and not has_right
            has_right |= is_first
            weight = "=" if is_first else f"~%{percent(fraction)}%"
            yield f"{weight}{_html(option.text)}#{_html(option.why)}"
    elif isinstance(body, Match):
        for item in body.items:
            yield f"={_html(item.text)} -> {escape(body.answers[item.answer])}"
        for answer in body.unused():
            yield f"= -> {escape(answer)}"
    elif isinstance(body, Number):
        yield f"{decimal_text(body.value)}:{decimal_text(body.tolerance)}"
    elif isinstance(body, Words):
        yield f"={escape(body.answer)}"


def _html(text: str) -> str:
    """Return HTML with GIFT's characters escaped; a bracket at the beginning would name a format."""
    if text.startswith("["):
        text = f"&#91;{text[1:]}"
    return escape(text)


def escape(text: str) -> str:
    """Return a text on one line, since a blank line ends a question, with GIFT's characters escaped."""
    return text.translate(ESCAPES).replace("\n", " ")
