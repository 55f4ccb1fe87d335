"""Writes questions as QTI 2.1 items, zipped with a manifest as an IMS content package."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from copydesk._version import __version__
from copydesk.exchange import markup
from copydesk.exchange.moodle import decimal_text
from copydesk.exchange.questions import MOST_ORDERS, Choice, Essay, Match, Number, Order, Words
from copydesk.text import t
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
"""The name of the feedback that follows any answer."""


def losses(question: Question) -> Iterator[str]:
    """Yield the parts of a question that QTI cannot hold."""
    body = question.body
    if question.hints:
        yield t("gift.hints")
    if isinstance(body, Choice) and not body.multiple and body.has_defensible_option():
        yield t("moodle.defensible_option")
    if isinstance(body, Order):
        yield t("qti.places")
        if body.has_open_places() and len(list(body.orders())) == 1:
            yield t("qti.too_many_orders", most=MOST_ORDERS)


def package(questions: Iterable[Question], category: str, prefix: str) -> bytes:
    """Return questions as the bytes of a content package; each has the category as its label, and a unique name."""
    items = {f"items/{prefix}-{question.id}.xml": item(question, category, prefix) for question in questions}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        _add_file(archive, "imsmanifest.xml", manifest(items, prefix))
        for name, element in items.items():
            _add_file(archive, name, element)
    return buffer.getvalue()


def _add_file(archive: zipfile.ZipFile, name: str, element: ET.Element) -> None:
    text = ET.tostring(element, encoding="unicode")
    archive.writestr(zip_entry(name), f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n')


def manifest(names: Iterable[str], prefix: str) -> ET.Element:
    """Return the list of the files in a package."""
    root = _root(PACKAGE, "manifest", identifier=identifier(prefix))
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = "QTIv2.1 Package"
    ET.SubElement(metadata, "schemaversion").text = "1.0.0"
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")
    for name in names:
        attributes = {"identifier": identifier(name.rpartition("/")[2]), "type": "imsqti_item_xmlv2p1", "href": name}
        resource = ET.SubElement(resources, "resource", attributes)
        ET.SubElement(resource, "file", href=name)
    return root


def item(question: Question, category: str, prefix: str) -> ET.Element:
    """Return a question as an assessment item: its score, and the explanations that follow an answer."""
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
    _declare_response(root, body, points)
    _declare_outcome(root, "SCORE", 0)
    _declare_outcome(root, "MAXSCORE", points)
    ET.SubElement(root, "outcomeDeclaration", identifier="FEEDBACK", cardinality="multiple", baseType="identifier")
    item_body = ET.SubElement(root, "itemBody")
    item_body.extend(markup.tree(question.stem))
    _add_interaction(item_body, body)
    _add_processing(root, body, points)
    if isinstance(body, Choice):
        for option in body.options:
            _add_feedback(root, identifier(option.id), option.why)
    _add_feedback(root, EXPLAINED, question.after)
    return root


def identifier(name: str) -> str:
    """Return a name in a form QTI accepts: it begins with a letter."""
    return f"id-{name}"


def _root(namespace: str, name: str, **attributes: str) -> ET.Element:
    location = {"xmlns:xsi": INSTANCE, "xsi:schemaLocation": f"{namespace} {LOCATIONS[namespace]}"}
    return ET.Element(name, {"xmlns": namespace, **location, **attributes})


class _Declaration(NamedTuple):
    """Cardinality and type of a response, the right one, and the points for each part of it."""

    cardinality: str
    base_type: str
    right: list[str]
    points: dict[str, float]


def _declare_response(root: ET.Element, body: Body, points: float) -> None:
    """Declare the response: its type, the right one, and the points for each part."""
    declared = _declaration(body, points)
    attributes = {"identifier": "RESPONSE", "cardinality": declared.cardinality, "baseType": declared.base_type}
    declaration = ET.SubElement(root, "responseDeclaration", attributes)
    if declared.right:
        values = ET.SubElement(declaration, "correctResponse")
        for value in declared.right:
            ET.SubElement(values, "value").text = value
    if declared.points:
        bounds = {"lowerBound": "0", "upperBound": decimal_text(points), "defaultValue": "0"}
        entries = ET.SubElement(declaration, "mapping", bounds)
        for key, earned in declared.points.items():
            ET.SubElement(entries, "mapEntry", mapKey=key, mappedValue=decimal_text(earned))


def _declaration(body: Body, points: float) -> _Declaration:
    if isinstance(body, Choice):
        return _choice_declaration(body, points)
    if isinstance(body, Match):
        return _match_declaration(body, points)
    if isinstance(body, Order):
        reference = map(identifier, next(body.orders()))
        return _Declaration("ordered", "identifier", list(reference), {})
    if isinstance(body, Number):
        return _Declaration("single", "float", [decimal_text(body.value)], {})
    right = [body.answer] if isinstance(body, Words) else []
    return _Declaration("single", "string", right, {})


def _choice_declaration(body: Choice, points: float) -> _Declaration:
    right = []
    earned = {}
    for option, fraction in zip(body.options, body.fractions(), strict=True):
        name = identifier(option.id)
        earned[name] = fraction * points
        if option.weight == 1:
            right.append(name)
    if body.multiple:
        return _Declaration("multiple", "identifier", right, earned)
    return _Declaration("single", "identifier", right[:1], earned)


def _match_declaration(body: Match, points: float) -> _Declaration:
    right = []
    earned = {}
    for matched in body.items:
        name = identifier(matched.id)
        right.append(f"{name} {_answer(matched.answer)}")
        for answer, weight in matched.weights.items():
            earned[f"{name} {_answer(answer)}"] = weight * points / len(body.items)
    return _Declaration("multiple", "directedPair", right, earned)


def _answer(name: str) -> str:
    """Return the identifier of an answer to be matched; an item may have the same name."""
    return f"answer-{name}"


def _declare_outcome(root: ET.Element, name: str, value: float) -> None:
    declaration = ET.SubElement(root, "outcomeDeclaration", identifier=name, cardinality="single", baseType="float")
    default = ET.SubElement(declaration, "defaultValue")
    ET.SubElement(default, "value").text = decimal_text(float(value))


def _add_interaction(item_body: ET.Element, body: Body) -> None:
    """Add the element in which the learner answers."""
    response = {"responseIdentifier": "RESPONSE"}
    if isinstance(body, Choice):
        _add_choice(item_body, body, response)
    elif isinstance(body, Match):
        _add_match(item_body, body, response)
    elif isinstance(body, Order):
        interaction = ET.SubElement(item_body, "orderInteraction", {**response, "shuffle": "true"})
        for name, text in body.steps.items():
            step = ET.SubElement(interaction, "simpleChoice", identifier=identifier(name))
            _fill(step, text)
    elif isinstance(body, Essay):
        if body.for_marker:
            block = ET.SubElement(item_body, "rubricBlock", view="scorer")
            block.extend(markup.tree(body.for_marker))
        ET.SubElement(item_body, "extendedTextInteraction", response)
    else:
        paragraph = ET.SubElement(item_body, "p")
        ET.SubElement(paragraph, "textEntryInteraction", response)


def _add_choice(item_body: ET.Element, body: Choice, response: dict[str, str]) -> None:
    most = "0" if body.multiple else "1"
    attributes = {**response, "shuffle": str(body.shuffle).lower(), "maxChoices": most}
    interaction = ET.SubElement(item_body, "choiceInteraction", attributes)
    for option in body.options:
        choice = ET.SubElement(interaction, "simpleChoice", identifier=identifier(option.id))
        _fill(choice, option.text)


def _add_match(item_body: ET.Element, body: Match, response: dict[str, str]) -> None:
    most = str(len(body.items))
    attributes = {**response, "shuffle": "true", "maxAssociations": most}
    interaction = ET.SubElement(item_body, "matchInteraction", attributes)
    items = ET.SubElement(interaction, "simpleMatchSet")
    answers = ET.SubElement(interaction, "simpleMatchSet")
    for matched in body.items:
        attributes = {"identifier": identifier(matched.id), "matchMax": "1"}
        choice = ET.SubElement(items, "simpleAssociableChoice", attributes)
        _fill(choice, matched.text)
    for name, text in body.answers.items():
        attributes = {"identifier": _answer(name), "matchMax": most}
        ET.SubElement(answers, "simpleAssociableChoice", attributes).text = text


def _add_processing(root: ET.Element, body: Body, points: float) -> None:
    """Add the rules for how a response is scored and what feedback it gets."""
    rules = ET.SubElement(root, "responseProcessing")
    if isinstance(body, Choice | Match):
        _add_mapped_score(rules)
    elif not isinstance(body, Essay):
        condition = ET.SubElement(rules, "responseCondition")
        branch = ET.SubElement(condition, "responseIf")
        _add_test(branch, body)
        _add_value(_set_outcome(branch, "SCORE"), "float", decimal_text(float(points)))
    feedback = ET.SubElement(_set_outcome(rules, "FEEDBACK"), "multiple")
    if isinstance(body, Choice):
        _add_response(feedback)
    _add_value(feedback, "identifier", EXPLAINED)


def _add_mapped_score(rules: ET.Element) -> None:
    """Add the rule that a response earns the mapped points of its parts."""
    condition = ET.SubElement(rules, "responseCondition")
    branch = ET.SubElement(condition, "responseIf")
    negation = ET.SubElement(branch, "not")
    _add_response(ET.SubElement(negation, "isNull"))
    ET.SubElement(_set_outcome(branch, "SCORE"), "mapResponse", identifier="RESPONSE")


def _add_test(branch: ET.Element, body: Order | Number | Words) -> None:
    """Add the test of whether a response is right."""
    if isinstance(body, Number):
        both = ET.SubElement(branch, "and")
        _add_bound(both, "gte", body.value - body.tolerance)
        _add_bound(both, "lte", body.value + body.tolerance)
    elif isinstance(body, Words):
        test = ET.SubElement(branch, "stringMatch", caseSensitive="false")
        _add_response(test)
        _add_value(test, "string", body.answer)
    else:
        orders = list(body.orders())
        place = ET.SubElement(branch, "or") if len(orders) > 1 else branch
        for order in orders:
            _add_order(place, order)


def _add_bound(place: ET.Element, comparison: str, bound: float) -> None:
    test = ET.SubElement(place, comparison)
    _add_response(test)
    _add_value(test, "float", decimal_text(round(bound, 9)))


def _add_order(place: ET.Element, order: Iterable[str]) -> None:
    test = ET.SubElement(place, "match")
    _add_response(test)
    steps = ET.SubElement(test, "ordered")
    for name in order:
        _add_value(steps, "identifier", identifier(name))


def _add_response(place: ET.Element) -> None:
    ET.SubElement(place, "variable", identifier="RESPONSE")


def _set_outcome(place: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(place, "setOutcomeValue", identifier=name)


def _add_value(place: ET.Element, base_type: str, text: str) -> None:
    ET.SubElement(place, "baseValue", baseType=base_type).text = text


def _add_feedback(root: ET.Element, name: str, html: str) -> None:
    attributes = {"outcomeIdentifier": "FEEDBACK", "identifier": name, "showHide": "show"}
    feedback = ET.SubElement(root, "modalFeedback", attributes)
    feedback.extend(markup.tree(html))


def _fill(element: ET.Element, html: str) -> None:
    """Put HTML, which may begin with plain text, into an element."""
    content = markup.tree(html)
    element.text = content.text
    element.extend(content)
