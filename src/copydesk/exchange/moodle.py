"""Writes questions as Moodle XML, the format that Moodle exports and imports without loss."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from copydesk.exchange.questions import Choice, Essay, Match, Number, Order, Words
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.exchange.questions import Body, Question

SUFFIX = "moodle.xml"
# fmt: off
GRADES = (
    100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111,
    10, 5, 0,
)
# fmt: on
"""The shares of a mark, in percent, that Moodle accepts; it refuses a question with any other."""

TYPES: dict[type[Body], str] = {
    Choice: "multichoice",
    Match: "matching",
    Order: "matching",
    Number: "numerical",
    Words: "shortanswer",
    Essay: "essay",
}


def losses(question: Question) -> Iterator[str]:
    """Yield the parts of a question that Moodle cannot hold."""
    yield from partial_credit_losses(question)
    if isinstance(question.body, Order):
        yield t("moodle.places")


def partial_credit_losses(question: Question) -> Iterator[str]:
    """Yield the losses in a format where each item has one right answer and guessing is not corrected for."""
    body = question.body
    if isinstance(body, Match) and any(len(item.weights) > 1 for item in body.items):
        yield t("moodle.second_class")
    if isinstance(body, Choice) and not body.multiple and body.has_defensible_option():
        yield t("moodle.defensible_option")


def percent(fraction: float) -> str:
    """Return the nearest share of a mark that Moodle accepts, as Moodle writes it."""
    nearest = min(GRADES, key=lambda grade: abs(grade - abs(fraction) * 100))
    signed = nearest if fraction >= 0 else -nearest
    return f"{signed:.7g}"


def decimal_text(value: float) -> str:
    """Return the shortest decimal equal to a number, without an exponent."""
    return format(Decimal(repr(value)).normalize(), "f")


def document(questions: Iterable[Question], category: str, prefix: str) -> bytes:
    """Return questions as the bytes of one file that puts them into a category; ``prefix`` makes their ids unique."""
    quiz = ET.Element("quiz")
    place = ET.SubElement(quiz, "question", type="category")
    _add_text(place, "category", f"$course$/top/{category}")
    for question in questions:
        quiz.append(_question(question, prefix))
    ET.indent(quiz)
    text = ET.tostring(quiz, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _question(question: Question, prefix: str) -> ET.Element:
    """Return a question as a Moodle element."""
    body = question.body
    element = ET.Element("question", type=TYPES[type(body)])
    _add_text(element, "name", question.title)
    _add_text(element, "questiontext", question.stem, html=True)
    _add_text(element, "generalfeedback", question.after, html=True)
    ET.SubElement(element, "defaultgrade").text = decimal_text(round(question.points, 7))
    ET.SubElement(element, "penalty").text = "0"
    ET.SubElement(element, "hidden").text = "0"
    ET.SubElement(element, "idnumber").text = f"{prefix}-{question.id}"
    _add_body(element, body.places() if isinstance(body, Order) else body)
    for hint in question.hints:
        _add_text(element, "hint", hint, html=True)
    return element


def _add_body(element: ET.Element, body: Body) -> None:
    """Add the elements that only this kind of question has."""
    if isinstance(body, Choice):
        ET.SubElement(element, "single").text = str(not body.multiple).lower()
        ET.SubElement(element, "shuffleanswers").text = str(body.shuffle).lower()
        ET.SubElement(element, "answernumbering").text = "none"
        for option, fraction in zip(body.options, body.fractions(), strict=True):
            _add_answer(element, option.text, percent(fraction), option.why)
    elif isinstance(body, Match):
        ET.SubElement(element, "shuffleanswers").text = "true"
        for item in body.items:
            _add_subquestion(element, item.text, body.answers[item.answer])
        for unused in body.unused():
            _add_subquestion(element, "", unused)
    elif isinstance(body, Number):
        answer = _add_answer(element, decimal_text(body.value), "100")
        ET.SubElement(answer, "tolerance").text = decimal_text(body.tolerance)
    elif isinstance(body, Words):
        ET.SubElement(element, "usecase").text = "0"
        _add_answer(element, body.answer, "100")
    elif isinstance(body, Essay):
        ET.SubElement(element, "responseformat").text = "editor"
        ET.SubElement(element, "responserequired").text = "1"
        ET.SubElement(element, "responsefieldlines").text = "15"
        _add_text(element, "graderinfo", body.for_marker, html=True)


def _add_answer(element: ET.Element, text: str, share: str, why: str | None = None) -> ET.Element:
    """Add an answer: HTML if it has an explanation, plain if it is typed."""
    answer = ET.SubElement(element, "answer", fraction=share, format="moodle_auto_format" if why is None else "html")
    ET.SubElement(answer, "text").text = text
    _add_text(answer, "feedback", why or "", html=True)
    return answer


def _add_subquestion(element: ET.Element, html: str, answer: str) -> None:
    """Add an item with its answer; an answer without an item is offered all the same."""
    part = ET.SubElement(element, "subquestion", format="html")
    ET.SubElement(part, "text").text = html
    _add_text(part, "answer", answer)


def _add_text(element: ET.Element, name: str, text: str, *, html: bool = False) -> None:
    """Add an element with a text, plain or HTML."""
    child = ET.SubElement(element, name, {"format": "html"} if html else {})
    ET.SubElement(child, "text").text = text
