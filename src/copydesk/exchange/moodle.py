"""Writes questions as Moodle XML, the format that Moodle exports and imports without loss."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from copydesk.exchange.questions import Choice, Essay, Match, Number, Order, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.exchange.questions import Body, Question

SUFFIX = "moodle.xml"
GRADES = (
    *(100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111),
    *(10, 5, 0),
)
"""The shares of a mark, in percent, that Moodle takes; it refuses a question with any other."""

TYPES: dict[type[Body], str] = {
    Choice: "multichoice",
    Match: "matching",
    Order: "matching",
    Number: "numerical",
    Words: "shortanswer",
    Essay: "essay",
}


def not_held(question: Question) -> Iterator[str]:
    """Yield what Moodle does not hold of a question."""
    yield from partial_credit(question)
    if isinstance(question.body, Order):
        yield "steps are matched with the numbers of their places"


def partial_credit(question: Question) -> Iterator[str]:
    """Yield what a format loses in which each item has one right answer, and chance is not taken into account."""
    body = question.body
    if isinstance(body, Match) and any(len(item.weights) > 1 for item in body.items):
        yield "a second class that one can defend earns nothing"
    if isinstance(body, Choice) and not body.multiple and any(0 < option.weight < 1 for option in body.options):
        yield "an option that one can defend earns its weight; the course takes off what guessing earns"


def percent(fraction: float) -> str:
    """Return the share of a mark that Moodle knows and that is nearest, as it writes it."""
    nearest = min(GRADES, key=lambda grade: abs(grade - abs(fraction) * 100))
    return f"{nearest if fraction >= 0 else -nearest:.7g}"


def number(value: float) -> str:
    """Return a number as the shortest decimal that is the same number, without an exponent."""
    return format(Decimal(repr(value)).normalize(), "f")


def document(questions: Iterable[Question], category: str, prefix: str) -> str:
    """Return questions as one file that puts them into a category; ``prefix`` makes their id numbers unique."""
    quiz = ET.Element("quiz")
    place = ET.SubElement(quiz, "question", type="category")
    _text(place, "category", f"$course$/top/{category}")
    for question in questions:
        quiz.append(_question(question, prefix))
    ET.indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(quiz, encoding="unicode") + "\n"


def _question(question: Question, prefix: str) -> ET.Element:
    body = question.body
    element = ET.Element("question", type=TYPES[type(body)])
    _text(element, "name", question.title)
    _text(element, "questiontext", question.stem, html=True)
    _text(element, "generalfeedback", question.after, html=True)
    for name, value in (
        ("defaultgrade", number(round(question.points, 7))),
        ("penalty", "0"),
        ("hidden", "0"),
        ("idnumber", f"{prefix}-{question.id}"),
    ):
        ET.SubElement(element, name).text = value
    _body(element, body.places() if isinstance(body, Order) else body)
    for hint in question.hints:
        _text(element, "hint", hint, html=True)
    return element


def _body(element: ET.Element, body: Body) -> None:
    """Add what only a kind of question has."""
    if isinstance(body, Choice):
        ET.SubElement(element, "single").text = str(not body.multiple).lower()
        ET.SubElement(element, "shuffleanswers").text = str(body.shuffle).lower()
        ET.SubElement(element, "answernumbering").text = "none"
        for option, fraction in zip(body.options, body.fractions(), strict=True):
            _answer(element, option.text, percent(fraction), option.why)
    elif isinstance(body, Match):
        ET.SubElement(element, "shuffleanswers").text = "true"
        for item in body.items:
            _subquestion(element, item.text, body.answers[item.answer])
        for answer in body.unused():
            _subquestion(element, "", answer)
    elif isinstance(body, Number):
        ET.SubElement(_answer(element, number(body.value), "100"), "tolerance").text = number(body.tolerance)
    elif isinstance(body, Words):
        ET.SubElement(element, "usecase").text = "0"
        _answer(element, body.answer, "100")
    elif isinstance(body, Essay):
        for name, value in (("responseformat", "editor"), ("responserequired", "1"), ("responsefieldlines", "15")):
            ET.SubElement(element, name).text = value
        _text(element, "graderinfo", body.for_marker, html=True)


def _answer(element: ET.Element, text: str, share: str, why: str | None = None) -> ET.Element:
    """Add an answer; one with an explanation is HTML, one that is typed is plain."""
    answer = ET.SubElement(element, "answer", fraction=share, format="moodle_auto_format" if why is None else "html")
    ET.SubElement(answer, "text").text = text
    _text(answer, "feedback", why or "", html=True)
    return answer


def _subquestion(element: ET.Element, html: str, answer: str) -> None:
    part = ET.SubElement(element, "subquestion", format="html")
    ET.SubElement(part, "text").text = html
    _text(part, "answer", answer)


def _text(element: ET.Element, name: str, text: str, *, html: bool = False) -> None:
    child = ET.SubElement(element, name, {"format": "html"} if html else {})
    ET.SubElement(child, "text").text = text
