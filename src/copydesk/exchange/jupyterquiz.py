"""Takes questions of JupyterQuiz, a list in JSON, into a quiz file of ours, and says what could not be taken."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml
from pydantic import ValidationError

from copydesk.course.bank import Bank
from copydesk.exchange.markup import allowed
from copydesk.exchange.writing import ExchangeError
from copydesk.model.task import TO_BE_WRITTEN

LARGEST = 5_000_000
"""More bytes than any quiz has."""

MOST_OPTIONS, LONGEST = 40, 4000
WORDS_IN_TITLE = 7
LESSON = re.compile(r"[0-9]{2}-[a-z0-9-]{1,40}")
MARKUP = re.compile(r"<[a-zA-Z/][^>]*>|\$[^$]+\$|\\\(|\\\[|&[a-z]+;")
"""HTML and formulas, which JupyterQuiz shows as such and we as they stand."""


class _RefusedError(ValueError):
    """A question cannot be taken; the message says why, as the end of a sentence."""


@dataclass
class Imported:
    """A quiz in our shape, and notes on what it lacks: one sentence each, by number of the question."""

    data: dict[str, Any]
    notes: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many questions were taken."""
        return len(self.data["tasks"])

    def text(self) -> str:
        """Return the quiz file."""
        head = "# Taken from a JupyterQuiz file. Explanations and pins are to be written; copydesk check names them.\n"
        return head + str(yaml.safe_dump(self.data, allow_unicode=True, sort_keys=False, width=110))


def import_quiz(raw: bytes, *, course: str, lesson: str, title: str = "") -> Imported:
    """Return the questions of a JupyterQuiz file as a practice quiz of a lesson.

    Raises:
        ExchangeError: the bytes are no list of questions, no question can be taken, or the lesson has no such name.
    """
    if not LESSON.fullmatch(lesson):
        msg = f"{lesson!r} is no name of a quiz. Write two digits, a hyphen, small letters, for example 10-logic.yml."
        raise ExchangeError(msg)
    questions = _read(raw)
    tasks: list[dict[str, Any]] = []
    data = {
        "schema": "copydesk/bank/1",
        "course": course,
        "lesson": lesson,
        "title": title or "Imported quiz",
        "purpose": "practice",
        "keyed_by": "as in the imported quiz",
        "tasks": tasks,
    }
    found = Imported(data)
    for number, question in enumerate(questions, start=1):
        try:
            entry = _entry(question, number, found.notes)
        except _RefusedError as error:
            found.notes.append(f"Question {number} is not taken: {error}.")
        else:
            tasks.append(entry)
    if not tasks:
        msg = "No question could be taken. " + " ".join(found.notes)
        raise ExchangeError(msg.strip())
    try:
        Bank.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        msg = f"The quiz would not be in order: {'.'.join(map(str, first['loc']))}: {first['msg']}."
        raise ExchangeError(msg) from error
    return found


def _read(raw: bytes) -> list[Any]:
    """Return the list in some bytes."""
    if len(raw) > LARGEST:
        msg = f"The file has {len(raw)} bytes; a quiz has at most {LARGEST}."
        raise ExchangeError(msg)
    try:
        data = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        msg = "The file is not text in UTF-8. Save it as JSON in UTF-8."
        raise ExchangeError(msg) from None
    except json.JSONDecodeError as error:
        msg = f"The file is not JSON: {error.msg} in line {error.lineno}. Questions in base64 must be decoded first."
        raise ExchangeError(msg) from None
    except (ValueError, RecursionError):
        msg = "The file is not JSON that can be read: it holds a number that is none, or lists in too many lists."
        raise ExchangeError(msg) from None
    if not isinstance(data, list):
        msg = "The file holds no list. JupyterQuiz keeps its questions in one: [ {...}, {...} ]."
        raise ExchangeError(msg)
    return data


def _no_constant(name: str) -> float:
    msg = f"{name} is no number"
    raise ValueError(msg)


def _entry(question: Any, number: int, notes: list[str]) -> dict[str, Any]:  # noqa: ANN401  (what the file holds)
    """Return one question as an entry of a quiz file; what it loses goes into the notes."""
    if not isinstance(question, dict):
        msg = "it is not an object with the fields question, type and answers"
        raise _RefusedError(msg)
    kinds = {"multiple_choice": _choice, "many_choice": _choice, "numeric": _numeric, "string": _string}
    kind = question.get("type")
    if not isinstance(kind, str) or kind not in kinds:
        msg = f"its type is {_shown(kind)}; taken are {', '.join(kinds)}"
        raise _RefusedError(msg)
    answers = question.get("answers")
    if not isinstance(answers, list) or not answers or not all(isinstance(answer, dict) for answer in answers):
        msg = "it has no list of answers"
        raise _RefusedError(msg)
    prompt = _with_code(question, "question")
    lost: list[str] = []
    entry = {
        "id": f"Q{number}",
        "kind": "choice",
        "group": "quiz",
        "title": _title(prompt, number),
        "prompt": prompt,
        **kinds[kind](question, answers, lost),
    }
    if MARKUP.search(json.dumps(entry, ensure_ascii=False)):
        lost.append("HTML and formulas are shown as they stand")
    if TO_BE_WRITTEN in json.dumps(entry):
        lost.append("explanations are to be written")
    if lost:
        notes.append(f"Question {number}: {'; '.join(lost)}.")
    return entry


def _choice(question: dict[str, Any], answers: list[dict[str, Any]], _: list[str]) -> dict[str, Any]:
    if not 1 < len(answers) <= MOST_OPTIONS:
        msg = f"it has {len(answers)} answers; there must be 2 to {MOST_OPTIONS}"
        raise _RefusedError(msg)
    names = [f"o{place}" for place in range(1, len(answers) + 1)]
    right = [_is_right(answer) for answer in answers]
    if not any(right):
        msg = "none of its answers is correct"
        raise _RefusedError(msg)
    options = [{"id": name, "text": _with_code(each, "answer")} for name, each in zip(names, answers, strict=True)]
    keys = {
        name: {"weight": int(is_right), "why": _why(each)}
        for name, each, is_right in zip(names, answers, right, strict=True)
    }
    return {"multiple": question["type"] == "many_choice", "options": options, "key": {"options": keys}}


def _numeric(question: dict[str, Any], answers: list[dict[str, Any]], lost: list[str]) -> dict[str, Any]:
    right = [answer for answer in answers if answer.get("type") != "default" and _is_right(answer)]
    if not right:
        msg = "none of its answers is a correct value or range"
        raise _RefusedError(msg)
    if len(answers) > 1:
        lost.append("of its numbers only the first correct one is taken, without feedback on others")
    if "range" in right[0]:
        lost.append("both ends of its range count")
    value, tolerance = _number(right[0], question.get("precision"))
    key = {"type": "number", "value": value, "tolerance": tolerance, "why": _why(right[0])}
    fields = [{"type": "number", "id": "number", "label": "Your number"}]
    return {"kind": "value", "fields": fields, "key": {"fields": {"number": key}}}


def _number(answer: dict[str, Any], precision: Any) -> tuple[float, float]:  # noqa: ANN401
    """Return the middle of what counts as right, and how far from it a number may be.

    ``precision`` is how many significant digits JupyterQuiz compares.
    """
    if "range" in answer:
        bounds = answer["range"]
        if isinstance(bounds, list) and len(bounds) == 2 and all(map(_is_number, bounds)):  # noqa: PLR2004  (from, to)
            low, high = sorted(Decimal(repr(float(bound))) for bound in bounds)  # a tolerance counts as it reads
            return float((low + high) / 2), float((high - low) / 2)
    elif _is_number(answer.get("value")):
        value = float(answer["value"])
        if isinstance(precision, int) and not isinstance(precision, bool) and 0 < precision <= 15 and value:  # noqa: PLR2004  (digits of a float)
            value = float(f"{value:.{precision - 1}e}")
            return value, 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) - precision + 1)
        return value, 0.0
    msg = "its number or range is none"
    raise _RefusedError(msg)


def _string(_: dict[str, Any], answers: list[dict[str, Any]], lost: list[str]) -> dict[str, Any]:
    right = [answer for answer in answers if answer.get("type") != "default" and _is_right(answer)]
    if not right:
        msg = "none of its answers is a correct text"
        raise _RefusedError(msg)
    texts = [_text(answer, "answer") for answer in right]
    lost.append("a text counts once it holds a correct answer, letter by letter but for capitals")
    if len(answers) > len(right):
        lost.append("feedback on wrong texts is not taken")
    key = {"type": "text", "min_words": 1, "mentions": [texts], "example": texts[0], "why": _why(right[0])}
    fields = [{"type": "text", "id": "text", "label": "Your answer"}]
    return {"kind": "value", "fields": fields, "key": {"fields": {"text": key}}}


def _is_right(answer: dict[str, Any]) -> bool:
    if not isinstance(answer.get("correct"), bool):
        msg = f"an answer says {_shown(answer.get('correct'))} for correct; it must be true or false"
        raise _RefusedError(msg)
    return bool(answer["correct"])


def _is_number(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300  # noqa: PLR2004  (a float)


def _why(answer: dict[str, Any]) -> str:
    """Return the feedback of an answer, or the mark that it is to be written."""
    feedback = answer.get("feedback")
    text = allowed(feedback).strip()[:LONGEST] if isinstance(feedback, str) else ""
    return text or f"{TO_BE_WRITTEN}: why this answer is right, or what makes it tempting."


def _text(data: dict[str, Any], name: str) -> str:
    text = data.get(name)
    if not isinstance(text, str) or not text.strip():
        msg = f"the field {name!r} holds no text"
        raise _RefusedError(msg)
    if len(text) > LONGEST:
        msg = f"the field {name!r} has {len(text)} characters; {LONGEST} are the most"
        raise _RefusedError(msg)
    return allowed(text).strip()


def _with_code(data: dict[str, Any], name: str) -> str:
    """Return a text with its code; code of several lines cannot be shown in a task."""
    code = data.get("code")
    if not isinstance(code, str) or not code.strip():
        return _text(data, name)
    shown = allowed(code).strip()
    if "\n" in shown or "`" in shown:
        msg = "it shows code of several lines or with backquotes; put that into a notebook cell instead"
        raise _RefusedError(msg)
    text = data.get(name)
    return f"{_text(data, name)}\n\n`{shown}`" if isinstance(text, str) and text.strip() else f"`{shown}`"


def _title(prompt: str, number: int) -> str:
    """Return the first words of a question as its title."""
    words = prompt.split()
    first = " ".join(words[:WORDS_IN_TITLE]).rstrip(" .,:;?!") or f"Question {number}"
    return f"{first} …" if len(words) > WORDS_IN_TITLE else first


def _shown(value: Any) -> str:  # noqa: ANN401
    text = json.dumps(value)
    return text if len(text) <= 40 else text[:37] + "..."  # noqa: PLR2004  (part of a line)
