"""Imports JupyterQuiz questions, a JSON list, into a quiz file of the course, with notes on the losses."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from copydesk.course.bank import Bank
from copydesk.exchange.markup import xml_text
from copydesk.exchange.writing import ExchangeError
from copydesk.model.base import SLUG
from copydesk.model.task import TO_BE_WRITTEN
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 5_000_000
"""More bytes than any quiz has."""

MOST_OPTIONS, LONGEST = 40, 4000
WORDS_IN_TITLE = 7
LONGEST_EXCERPT = 40
MOST_DIGITS = 15
"""How many significant digits a float is certain to hold."""

LESSON = re.compile(SLUG)
MARKUP = re.compile(r"<[a-zA-Z/][^>]*>|\$[^$]+\$|\\\(|\\\[|&[a-z]+;")
"""HTML and formulas: JupyterQuiz renders them, the course shows their source."""


class _RefusedError(ValueError):
    """A question cannot be imported; the message says why, as the end of a sentence."""


@dataclass
class ImportedQuiz:
    """A quiz in the course's form, and notes on its losses: one sentence each, by question number."""

    data: dict[str, Any]
    notes: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """The number of questions imported."""
        return len(self.data["tasks"])

    def text(self) -> str:
        """Return the quiz file."""
        head = t("jupyterquiz.head")
        quiz = yaml.safe_dump(self.data, allow_unicode=True, sort_keys=False, width=110)
        return f"# {head}\n{quiz}"


def import_quiz(raw: bytes, *, course: str, lesson: str, title: str = "") -> ImportedQuiz:
    """Return the questions of a JupyterQuiz file as a practice quiz of a lesson.

    Raises:
        ExchangeError: the bytes are not a list of questions, no question can be imported, or ``lesson`` is not a name.
    """
    if not LESSON.fullmatch(lesson):
        raise ExchangeError(t("jupyterquiz.wrong_name", name=lesson))
    tasks: list[dict[str, Any]] = []
    data = {
        "schema": "copydesk/bank/1",
        "course": course,
        "lesson": lesson,
        "title": title or t("jupyterquiz.title"),
        "purpose": "practice",
        "keyed_by": t("jupyterquiz.keyed_by"),
        "tasks": tasks,
    }
    quiz = ImportedQuiz(data)
    for number, question in enumerate(_questions(raw), start=1):
        try:
            task = _task(question, number, quiz.notes)
        except _RefusedError as error:
            quiz.notes.append(t("jupyterquiz.not_taken", number=number, reason=error))
        else:
            tasks.append(task)
    if not tasks:
        raise ExchangeError(" ".join([t("jupyterquiz.nothing_taken"), *quiz.notes]))
    _require_bank(data)
    return quiz


def _require_bank(data: dict[str, Any]) -> None:
    """Raise ``ExchangeError`` if the course could not read a quiz."""
    try:
        Bank.model_validate(data)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(map(str, fault["loc"]))
        raise ExchangeError(t("jupyterquiz.not_in_order", place=place, fault=fault["msg"])) from error


def _questions(raw: bytes) -> list[Any]:
    """Return the list of questions in the bytes of a file."""
    if len(raw) > LARGEST:
        raise ExchangeError(t("jupyterquiz.too_large", size=len(raw), most=LARGEST))
    try:
        data = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise ExchangeError(t("jupyterquiz.not_utf8")) from None
    except json.JSONDecodeError as error:
        raise ExchangeError(t("jupyterquiz.not_json", fault=error.msg, line=error.lineno)) from None
    except (ValueError, RecursionError):
        raise ExchangeError(t("jupyterquiz.not_readable")) from None
    if not isinstance(data, list):
        raise ExchangeError(t("jupyterquiz.no_list"))
    return data


def _refuse_constant(name: str) -> float:
    msg = f"{name} is no number"
    raise ValueError(msg)


def _task(question: Any, number: int, notes: list[str]) -> dict[str, Any]:  # noqa: ANN401  (what the file holds)
    """Return one question as a task of a quiz file; its losses are added to the notes."""
    if not isinstance(question, dict):
        raise _RefusedError(t("jupyterquiz.no_object"))
    kind = question.get("type")
    if not isinstance(kind, str) or kind not in TASK_PARTS:
        raise _RefusedError(t("jupyterquiz.unknown_type", type=_excerpt(kind), types=", ".join(TASK_PARTS)))
    answers = _answers(question)
    prompt = _text_with_code(question, "question")
    losses: list[str] = []
    task = {
        "id": f"Q{number}",
        "kind": "choice",
        "group": "quiz",
        "title": _title(prompt, number),
        "prompt": prompt,
        **TASK_PARTS[kind](question, answers, losses),
    }
    if MARKUP.search(json.dumps(task, ensure_ascii=False)):
        losses.append(t("jupyterquiz.markup"))
    if TO_BE_WRITTEN in json.dumps(task):
        losses.append(t("jupyterquiz.unwritten"))
    if losses:
        notes.append(t("jupyterquiz.losses", number=number, losses="; ".join(losses)))
    return task


def _answers(question: dict[str, Any]) -> list[dict[str, Any]]:
    answers = question.get("answers")
    if not isinstance(answers, list) or not answers or not all(isinstance(answer, dict) for answer in answers):
        raise _RefusedError(t("jupyterquiz.no_answers"))
    return answers


def _choice(question: dict[str, Any], answers: list[dict[str, Any]], _: list[str]) -> dict[str, Any]:
    if not 1 < len(answers) <= MOST_OPTIONS:
        raise _RefusedError(t("jupyterquiz.number_of_answers", count=len(answers), most=MOST_OPTIONS))
    verdicts = [_is_right(answer) for answer in answers]
    if not any(verdicts):
        raise _RefusedError(t("jupyterquiz.none_correct"))
    options = []
    keys = {}
    for place, answer in enumerate(answers, start=1):
        name = f"o{place}"
        options.append({"id": name, "text": _text_with_code(answer, "answer")})
        keys[name] = {"weight": int(_is_right(answer)), "why": _explanation(answer)}
    return {"multiple": question["type"] == "many_choice", "options": options, "key": {"options": keys}}


def _numeric(question: dict[str, Any], answers: list[dict[str, Any]], losses: list[str]) -> dict[str, Any]:
    right = _right_answers(answers)
    if not right:
        raise _RefusedError(t("jupyterquiz.no_number_correct"))
    first = right[0]
    if len(answers) > 1:
        losses.append(t("jupyterquiz.first_number"))
    if "range" in first:
        losses.append(t("jupyterquiz.range_ends"))
    value, tolerance = _number(first, question.get("precision"))
    key = {"type": "number", "value": value, "tolerance": tolerance, "why": _explanation(first)}
    fields = [{"type": "number", "id": "number", "label": t("jupyterquiz.your_number")}]
    return {"kind": "value", "fields": fields, "key": {"fields": {"number": key}}}


def _number(answer: dict[str, Any], precision: Any) -> tuple[float, float]:  # noqa: ANN401
    """Return the middle of the accepted range, and how far from it a number may be.

    ``precision`` is how many significant digits JupyterQuiz compares.
    """
    if "range" in answer:
        bounds = answer["range"]
        if isinstance(bounds, list) and len(bounds) == 2 and all(map(_is_number, bounds)):  # noqa: PLR2004  (from, to)
            low, high = sorted(Decimal(repr(float(bound))) for bound in bounds)  # a tolerance is taken as written
            return float((low + high) / 2), float((high - low) / 2)
    elif _is_number(answer.get("value")):
        value = float(answer["value"])
        if value and _is_precision(precision):
            value = float(f"{value:.{precision - 1}e}")
            return value, 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) - precision + 1)
        return value, 0.0
    raise _RefusedError(t("jupyterquiz.no_number"))


def _string(_: dict[str, Any], answers: list[dict[str, Any]], losses: list[str]) -> dict[str, Any]:
    right = _right_answers(answers)
    if not right:
        raise _RefusedError(t("jupyterquiz.no_text_correct"))
    texts = [_text(answer, "answer") for answer in right]
    losses.append(t("jupyterquiz.text_within"))
    if len(answers) > len(right):
        losses.append(t("jupyterquiz.wrong_texts"))
    key = {"type": "text", "min_words": 1, "mentions": [texts], "example": texts[0], "why": _explanation(right[0])}
    fields = [{"type": "text", "id": "text", "label": t("jupyterquiz.your_answer")}]
    return {"kind": "value", "fields": fields, "key": {"fields": {"text": key}}}


TASK_PARTS: dict[str, Callable[[dict[str, Any], list[dict[str, Any]], list[str]], dict[str, Any]]] = {
    "multiple_choice": _choice,
    "many_choice": _choice,
    "numeric": _numeric,
    "string": _string,
}
"""The functions that make the parts of a task that depend on the question's type."""


def _right_answers(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the right ones among answers to be typed; ``default`` is the feedback on all others."""
    return [answer for answer in answers if answer.get("type") != "default" and _is_right(answer)]


def _is_right(answer: dict[str, Any]) -> bool:
    correct = answer.get("correct")
    if not isinstance(correct, bool):
        raise _RefusedError(t("jupyterquiz.wrong_correct", value=_excerpt(correct)))
    return correct


def _is_number(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300  # noqa: PLR2004  (a float)


def _is_precision(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_DIGITS


def _explanation(answer: dict[str, Any]) -> str:
    """Return the feedback on an answer, or the mark that it is still to be written."""
    feedback = answer.get("feedback")
    text = xml_text(feedback).strip()[:LONGEST] if isinstance(feedback, str) else ""
    return text or t("jupyterquiz.explanation", mark=TO_BE_WRITTEN)


def _text(data: dict[str, Any], name: str) -> str:
    text = data.get(name)
    if not isinstance(text, str) or not text.strip():
        raise _RefusedError(t("jupyterquiz.no_text", field=name))
    if len(text) > LONGEST:
        raise _RefusedError(t("jupyterquiz.long_text", field=name, length=len(text), most=LONGEST))
    return xml_text(text).strip()


def _text_with_code(data: dict[str, Any], name: str) -> str:
    """Return a text with its code; code of several lines cannot be shown in a task."""
    code = data.get("code")
    if not isinstance(code, str) or not code.strip():
        return _text(data, name)
    line = xml_text(code).strip()
    if "\n" in line or "`" in line:
        raise _RefusedError(t("jupyterquiz.long_code"))
    text = data.get(name)
    if isinstance(text, str) and text.strip():
        return f"{_text(data, name)}\n\n`{line}`"
    return f"`{line}`"


def _title(prompt: str, number: int) -> str:
    """Return the first words of a question as its title."""
    words = prompt.split()
    title = " ".join(words[:WORDS_IN_TITLE]).rstrip(" .,:;?!") or t("jupyterquiz.question", number=number)
    return f"{title} …" if len(words) > WORDS_IN_TITLE else title


def _excerpt(value: Any) -> str:  # noqa: ANN401
    """Return the beginning of a value as JSON, to be shown within a sentence."""
    text = json.dumps(value)
    return text if len(text) <= LONGEST_EXCERPT else text[: LONGEST_EXCERPT - 3] + "..."
