"""Reads exported quizzes with parsers that are not ours: lxml, gift-pegjs (Node), and Pyslet, which also runs QTI."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import warnings
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from lxml import etree

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Pyslet is older than some rules of Python
    from pyslet.imscpv1p2 import ContentPackage
    from pyslet.qtiv2 import interactions, variables
    from pyslet.qtiv2.xml import QTIDocument
    from pyslet.vfs import OSFilePath

FOLDER = Path(__file__).parent


def letters(text: str) -> str:
    """Return a text without spaces and without the marks of Markdown, so that layout makes no difference."""
    return re.sub(r"[\s*`]", "", text)


def shown(html: str) -> str:
    """Return the letters that a reader of some HTML sees."""
    return letters(BeautifulSoup(html, "html.parser").get_text())


@dataclass
class Read:
    """One question as a platform would have it; all texts are letters."""

    title: str
    stem: str
    after: str
    options: dict[str, tuple[float, str]] = field(default_factory=dict)
    pairs: dict[str, str] = field(default_factory=dict)
    offered: set[str] = field(default_factory=set)
    orders: list[list[str]] = field(default_factory=list)
    number: tuple[float, float] | None = None
    words: str = ""
    multiple: bool = False
    hints: tuple[str, ...] = ()
    for_marker: str = ""
    points: float = 1.0


def read_folder(folder: Path, form: str) -> dict[str, dict[str, Read]]:
    """Return the questions of every file of a format in a folder, by file and title."""
    paths = sorted(path for path in folder.iterdir() if path.suffix != ".md" and path.name[0] != ".")
    if form == "gift":
        return read_gift(paths)
    read = {"moodle": read_moodle, "qti": read_qti}[form]
    return {path.name: read(path) for path in paths}


def read_moodle(path: Path) -> dict[str, Read]:
    """Return the questions of a Moodle XML file by name."""
    quiz = etree.parse(path, etree.XMLParser(resolve_entities=False)).getroot()
    assert quiz.tag == "quiz"
    assert quiz[0].get("type") == "category"
    found = [_from_moodle(question) for question in quiz[1:]]
    ids = quiz.xpath("question/idnumber/text()")
    assert len(set(ids)) == len(found) == len(ids), "Moodle drops a second question with the same id number"
    return {each.title: each for each in found}


def _from_moodle(question: Any) -> Read:  # noqa: ANN401  (an element of lxml)
    def text(path: str) -> str:
        return "".join(question.xpath(f"{path}/text/text()"))

    read = Read(text("name"), shown(text("questiontext")), shown(text("generalfeedback")))
    read.points = float(question.findtext("defaultgrade"))
    read.hints = tuple(map(shown, question.xpath("hint/text/text()")))
    read.multiple = question.findtext("single") == "false"
    kind = question.get("type")
    if kind == "multichoice":
        for answer in question.findall("answer"):
            why = shown(answer.findtext("feedback/text"))
            read.options[shown(answer.findtext("text"))] = float(answer.get("fraction")) / 100, why
    elif kind == "matching":
        for part in question.findall("subquestion"):
            answer = letters(part.findtext("answer/text"))
            read.offered.add(answer)
            if part.findtext("text"):
                read.pairs[shown(part.findtext("text"))] = answer
    elif kind == "numerical":
        read.number = float(question.findtext("answer/text")), float(question.findtext("answer/tolerance"))
    elif kind == "shortanswer":
        read.words = question.findtext("answer/text")
    else:
        assert kind == "essay"
        read.for_marker = shown(text("graderinfo"))
    return read


def read_gift(paths: list[Path]) -> dict[str, dict[str, Read]]:
    """Return the questions of GIFT files by file and name."""
    node = shutil.which("node")
    assert node, "GIFT is read with Node: install it, or run python start.py test unit"
    command = [node, str(FOLDER / "read_gift.mjs"), *map(str, paths)]
    output = subprocess.run(command, capture_output=True, check=True).stdout
    return {Path(path).name: _from_gift_file(questions) for path, questions in json.loads(output).items()}


def _from_gift_file(questions: list[dict[str, Any]]) -> dict[str, Read]:
    category, *rest = questions
    assert category["type"] == "Category"
    ids = [question["id"] for question in rest]
    assert len(set(ids)) == len(ids)
    return {question["title"]: _from_gift(question) for question in rest}


def _from_gift(question: dict[str, Any]) -> Read:
    def text(part: dict[str, str]) -> str:
        assert part["format"] == "html"
        return shown(part["text"])

    read = Read(question["title"], text(question["stem"]), text(question["globalFeedback"]))
    kind = question["type"]
    if kind == "MC":
        read.multiple = not any(choice["isCorrect"] for choice in question["choices"])
        for choice in question["choices"]:
            weight = 1.0 if choice["isCorrect"] else choice["weight"] / 100
            read.options[text(choice["text"])] = weight, text(choice["feedback"])
    elif kind == "Matching":
        for pair in question["matchPairs"]:
            answer = letters(_decoded(pair["subanswer"]))
            read.offered.add(answer)
            if pair["subquestion"]["text"]:
                read.pairs[text(pair["subquestion"])] = answer
    elif kind == "Numerical":
        read.number = question["choices"]["number"], question["choices"]["range"]
    elif kind == "Short":
        (choice,) = question["choices"]
        read.words = choice["text"]["text"]
    else:
        assert kind == "Essay"
    return read


def _decoded(text: str) -> str:
    """Resolve the placeholders that gift-pegjs 1.0.2 leaves in the answers of matching questions."""
    return re.sub(r"&&(\d{3});", lambda match: chr(int(match[1])), text)


class QtiItem:
    """An item of QTI 2.1 in Pyslet: what it shows, and what a response to it earns and brings."""

    def __init__(self, raw: bytes) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            document = QTIDocument()
            document.read(src=io.BytesIO(raw))
        self.root = document.root
        self.feedback = {each.identifier: _seen(each) for each in self.root.QTIModalFeedback}

    def all(self, kind: type) -> list[Any]:
        """Return all elements of a class in the body."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(self.root.ItemBody.find_children_depth_first(kind))

    def run(self, response: object = None) -> tuple[float, set[str]]:
        """Return the score of a response, and the names of the feedback that it brings."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            state = variables.ItemSessionState(self.root)
            state.begin_session()
            if response is not None:
                state["RESPONSE"].set_value(response)
            self.root.ResponseProcessing.run(state)
            return state["SCORE"].value, set(state["FEEDBACK"].value)

    def right(self) -> Any:  # noqa: ANN401  (of the type of the response)
        """Return the response that the item declares to be right."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return variables.ItemSessionState(self.root)["RESPONSE.CORRECT"].value


def read_package(path: Path) -> dict[str, QtiItem]:
    """Return the items of a content package by title: those, and only those, that its manifest lists."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package = ContentPackage(OSFilePath(str(path)))
        try:
            resources = package.manifest.root.Resources.Resource
            assert {each.type for each in resources} == {"imsqti_item_xmlv2p1"}
            names = [str(each.href) for each in resources]
        finally:
            package.Close()
    with zipfile.ZipFile(path) as archive:
        assert set(archive.namelist()) == {"imsmanifest.xml", *names}
        items = [QtiItem(archive.read(name)) for name in names]
    assert len({item.root.identifier for item in items}) == len(items)
    return {item.root.title: item for item in items}


def read_qti(path: Path) -> dict[str, Read]:
    """Return the questions of a content package by title; what each option earns is what the item pays for it."""
    return {title: _from_qti(title, item) for title, item in read_package(path).items()}


def _from_qti(title: str, item: QtiItem) -> Read:
    most = next(each for each in item.root.OutcomeDeclaration if each.identifier == "MAXSCORE")
    points = float(most.get_default_value().value)
    read = Read(title, _seen(item.root.ItemBody), item.feedback["EXPLAINED"], points=points)
    names = {each.identifier: _seen(each) for each in item.all(interactions.Choice)}
    right = item.right()
    if found := item.all(interactions.ChoiceInteraction):
        read.multiple = found[0].maxChoices == 0
        mapping = item.root.ResponseDeclaration[0].Mapping
        for name, text in names.items():
            earned = mapping.map[name] / points
            read.options[text] = earned, item.feedback[name]
    elif item.all(interactions.MatchInteraction):
        read.offered = {text for name, text in names.items() if name.startswith("answer-")}
        read.pairs = {names[source]: names[target] for source, target in right}
    elif item.all(interactions.OrderInteraction):
        read.orders = [[names[name] for name in right]]
    elif item.all(interactions.TextEntryInteraction):
        if isinstance(right, float):
            read.number = right, 0.0
        else:
            read.words = right
    else:
        assert item.all(interactions.ExtendedTextInteraction)
    return read


def _seen(element: Any) -> str:  # noqa: ANN401  (an element of Pyslet)
    """Return the letters in an element."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return letters("".join(etree.fromstring(str(element).strip().encode()).itertext()))
