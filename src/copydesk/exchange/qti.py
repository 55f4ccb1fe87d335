"""Writes questions as QTI 2.1 items, zipped with a manifest as an IMS content package."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from copydesk._version import __version__
from copydesk.exchange import markup
from copydesk.exchange.moodle import number
from copydesk.exchange.questions import MOST_ORDERS, Choice, Essay, Match, Number, Order, Words
from copydesk.zip_entry import zip_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.exchange.questions import Body, Question

SUFFIX = "qti.zip"
QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
LOCATIONS = {
    QTI: "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    PACKAGE: "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
}
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
LONGEST_LABEL = 256
EXPLAINED = "EXPLAINED"
"""The name of the feedback that is shown after any answer."""


def not_held(question: Question) -> Iterator[str]:
    """Yield what QTI does not hold of a question."""
    body = question.body
    if question.hints:
        yield "its hints are left out"
    if isinstance(body, Choice) and not body.multiple and any(0 < option.weight < 1 for option in body.options):
        yield "an option that one can defend earns its weight; the course takes off what guessing earns"
    if isinstance(body, Order):
        yield "steps cannot share a place; an order earns all or nothing"
        if any(len(group) > 1 for group in body.ranks) and len(list(body.orders())) == 1:
            yield f"more than {MOST_ORDERS} orders are right, and only the reference order counts"


def package(questions: Iterable[Question], category: str, prefix: str) -> bytes:
    """Return questions as the bytes of a content package; each has its category as its label, and a unique name."""
    files = {f"items/{prefix}-{question.id}.xml": item(question, category, prefix) for question in questions}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, element in {"imsmanifest.xml": manifest(files, prefix), **files}.items():
            text = ET.tostring(element, encoding="unicode")
            archive.writestr(zip_entry(name), f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n')
    return buffer.getvalue()


def manifest(names: Iterable[str], prefix: str) -> ET.Element:
    """Return the list of what a package holds."""
    root = _root(PACKAGE, "manifest", identifier=identifier(prefix))
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = "QTIv2.1 Package"
    ET.SubElement(metadata, "schemaversion").text = "1.0.0"
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")
    for name in names:
        attributes = {"identifier": identifier(name.rpartition("/")[2]), "type": "imsqti_item_xmlv2p1", "href": name}
        ET.SubElement(ET.SubElement(resources, "resource", attributes), "file", href=name)
    return root


def item(question: Question, category: str, prefix: str) -> ET.Element:
    """Return a question as an assessment item: score, explanations of what was chosen, and what is shown after it."""
    root = _root(
        QTI,
        "assessmentItem",
        identifier=identifier(f"{prefix}-{question.id}"),
        title=question.title,
        label=category[:LONGEST_LABEL],
        adaptive="false",
        timeDependent="false",
        toolName="Copy Desk",
        toolVersion=__version__,
        **{"xml:lang": "en"},
    )
    body, points = question.body, question.points
    _response(root, body, points)
    _outcome(root, "SCORE", 0)
    _outcome(root, "MAXSCORE", points)
    ET.SubElement(root, "outcomeDeclaration", identifier="FEEDBACK", cardinality="multiple", baseType="identifier")
    shown = ET.SubElement(root, "itemBody")
    shown.extend(markup.tree(question.stem))
    _interaction(shown, body)
    _processing(root, body, points)
    if isinstance(body, Choice):
        for option in body.options:
            _feedback(root, identifier(option.id), option.why)
    _feedback(root, EXPLAINED, question.after)
    return root


def identifier(name: str) -> str:
    """Return a name as QTI takes it: it begins with a letter."""
    return f"id-{name}"


def _root(namespace: str, name: str, **attributes: str) -> ET.Element:
    location = {"xmlns:xsi": INSTANCE, "xsi:schemaLocation": f"{namespace} {LOCATIONS[namespace]}"}
    return ET.Element(name, {"xmlns": namespace, **location, **attributes})


def _response(root: ET.Element, body: Body, points: float) -> None:
    """Declare the response: its type, the right one, and what parts of it earn."""
    cardinality, base, right, mapping = _declaration(body, points)
    attributes = {"identifier": "RESPONSE", "cardinality": cardinality, "baseType": base}
    declaration = ET.SubElement(root, "responseDeclaration", attributes)
    if right:
        values = ET.SubElement(declaration, "correctResponse")
        for value in right:
            ET.SubElement(values, "value").text = value
    if mapping:
        entries = ET.SubElement(declaration, "mapping", lowerBound="0", upperBound=number(points), defaultValue="0")
        for key, earned in mapping.items():
            ET.SubElement(entries, "mapEntry", mapKey=key, mappedValue=number(earned))


def _declaration(body: Body, points: float) -> tuple[str, str, list[str], dict[str, float]]:
    """Return cardinality, type, the right response, and what each part of a response earns."""
    if isinstance(body, Choice):
        right = [identifier(option.id) for option in body.options if option.weight == 1]
        names = [identifier(option.id) for option in body.options]
        earned = [fraction * points for fraction in body.fractions()]
        cardinality = "multiple" if body.multiple else "single"
        return cardinality, "identifier", right if body.multiple else right[:1], dict(zip(names, earned, strict=True))
    if isinstance(body, Match):
        pairs = {
            f"{identifier(each.id)} {_answer(name)}": weight * points / len(body.items)
            for each in body.items
            for name, weight in each.weights.items()
        }
        return (
            "multiple",
            "directedPair",
            [f"{identifier(each.id)} {_answer(each.answer)}" for each in body.items],
            pairs,
        )
    if isinstance(body, Order):
        return "ordered", "identifier", [identifier(name) for name in next(body.orders())], {}
    if isinstance(body, Number):
        return "single", "float", [number(body.value)], {}
    return "single", "string", [body.answer] if isinstance(body, Words) else [], {}


def _answer(name: str) -> str:
    """Return the name of an answer to be matched; an item may have the same one."""
    return f"answer-{name}"


def _outcome(root: ET.Element, name: str, value: float) -> None:
    declaration = ET.SubElement(root, "outcomeDeclaration", identifier=name, cardinality="single", baseType="float")
    ET.SubElement(ET.SubElement(declaration, "defaultValue"), "value").text = number(float(value))


def _interaction(shown: ET.Element, body: Body) -> None:
    """Add what the learner does."""
    named = {"responseIdentifier": "RESPONSE"}
    if isinstance(body, Choice):
        most = "0" if body.multiple else "1"
        part = ET.SubElement(
            shown, "choiceInteraction", {**named, "shuffle": str(body.shuffle).lower(), "maxChoices": most}
        )
        for option in body.options:
            _filled(ET.SubElement(part, "simpleChoice", identifier=identifier(option.id)), option.text)
    elif isinstance(body, Match):
        most = str(len(body.items))
        part = ET.SubElement(shown, "matchInteraction", {**named, "shuffle": "true", "maxAssociations": most})
        items, answers = ET.SubElement(part, "simpleMatchSet"), ET.SubElement(part, "simpleMatchSet")
        for each in body.items:
            attributes = {"identifier": identifier(each.id), "matchMax": "1"}
            _filled(ET.SubElement(items, "simpleAssociableChoice", attributes), each.text)
        for name, text in body.answers.items():
            attributes = {"identifier": _answer(name), "matchMax": most}
            ET.SubElement(answers, "simpleAssociableChoice", attributes).text = text
    elif isinstance(body, Order):
        part = ET.SubElement(shown, "orderInteraction", {**named, "shuffle": "true"})
        for name, text in body.steps.items():
            _filled(ET.SubElement(part, "simpleChoice", identifier=identifier(name)), text)
    elif isinstance(body, Essay):
        if body.for_marker:
            ET.SubElement(shown, "rubricBlock", view="scorer").extend(markup.tree(body.for_marker))
        ET.SubElement(shown, "extendedTextInteraction", named)
    else:
        ET.SubElement(ET.SubElement(shown, "p"), "textEntryInteraction", named)


def _processing(root: ET.Element, body: Body, points: float) -> None:
    """Add how a response is scored, and which feedback it brings."""
    rules = ET.SubElement(root, "responseProcessing")
    if isinstance(body, Choice | Match):
        condition = ET.SubElement(rules, "responseCondition")
        given = ET.SubElement(condition, "responseIf")
        ET.SubElement(ET.SubElement(ET.SubElement(given, "not"), "isNull"), "variable", identifier="RESPONSE")
        ET.SubElement(_set(given, "SCORE"), "mapResponse", identifier="RESPONSE")
    elif not isinstance(body, Essay):
        given = ET.SubElement(ET.SubElement(rules, "responseCondition"), "responseIf")
        _right(given, body)
        _value(_set(given, "SCORE"), "float", number(float(points)))
    feedback = ET.SubElement(_set(rules, "FEEDBACK"), "multiple")
    if isinstance(body, Choice):
        ET.SubElement(feedback, "variable", identifier="RESPONSE")
    _value(feedback, "identifier", EXPLAINED)


def _right(given: ET.Element, body: Order | Number | Words) -> None:
    """Add the test whether a response is right."""
    if isinstance(body, Number):
        both = ET.SubElement(given, "and")
        for name, bound in (("gte", body.value - body.tolerance), ("lte", body.value + body.tolerance)):
            test = ET.SubElement(both, name)
            ET.SubElement(test, "variable", identifier="RESPONSE")
            _value(test, "float", number(round(bound, 9)))
    elif isinstance(body, Words):
        test = ET.SubElement(given, "stringMatch", caseSensitive="false")
        ET.SubElement(test, "variable", identifier="RESPONSE")
        _value(test, "string", body.answer)
    else:
        orders = list(body.orders())
        place = ET.SubElement(given, "or") if len(orders) > 1 else given
        for order in orders:
            test = ET.SubElement(place, "match")
            ET.SubElement(test, "variable", identifier="RESPONSE")
            steps = ET.SubElement(test, "ordered")
            for name in order:
                _value(steps, "identifier", identifier(name))


def _set(place: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(place, "setOutcomeValue", identifier=name)


def _value(place: ET.Element, base: str, text: str) -> None:
    ET.SubElement(place, "baseValue", baseType=base).text = text


def _feedback(root: ET.Element, name: str, html: str) -> None:
    attributes = {"outcomeIdentifier": "FEEDBACK", "identifier": name, "showHide": "show"}
    ET.SubElement(root, "modalFeedback", attributes).extend(markup.tree(html))


def _filled(element: ET.Element, html: str) -> None:
    """Put HTML, which may begin with plain text, into an element."""
    content = markup.tree(html)
    element.text = content.text
    element.extend(content)
