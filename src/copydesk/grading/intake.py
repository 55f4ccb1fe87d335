"""Turns the bytes of a file into hand-ins: an answer file is one, a notebook carries them in its outputs."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import to_json

from copydesk.answers import MIME_TYPE, SCHEMA
from copydesk.grading.display import one_line
from copydesk.grading.limits import Document, suffix_of
from copydesk.grading.problems import HandInProblem
from copydesk.grading.safejson import SEND_AGAIN, UnreadableError, read_json
from copydesk.model.answer import AnswerFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from copydesk.model.bank import Bank

SCHEMA_FAMILY = "copydesk/answers/"
NO_ANSWERS = "the notebook carries no answers"
MAX_NAMES = 50
"""How many names the outermost object may have; an answer file has eight."""


class HandIn(NamedTuple):
    """What one learner handed in for one lesson.

    ``header`` is the answer file without its answers, which are still unchecked in ``answers``: each is
    checked by itself, so that one bad answer costs one answer. ``moment`` is when it was handed in or else
    saved (UTC), by its own word; ``content`` is how it is written.
    """

    file: str
    header: AnswerFile
    answers: dict[str, Any]
    moment: datetime
    content: bytes

    @property
    def digest(self) -> str:
        """Return the hash of how it is written."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def order(self) -> tuple[datetime, str]:
        """Return what decides between two hand-ins of one learner: the later counts, then the greater hash."""
        return self.moment, self.digest


def hand_ins(document: Document, banks: Mapping[str, Bank]) -> list[HandIn | HandInProblem]:
    """Return the hand-ins in a file (of a notebook the newest for each lesson), or why there is none."""
    try:
        data = read_json(document.data)
        if suffix_of(document.name) == ".ipynb":
            return _in_notebook(document.name, data, banks)
        return [_hand_in(document.name, data, banks, document.data)]
    except UnreadableError as error:
        return [HandInProblem(document.name, error.reason, error.remedy)]


def _in_notebook(name: str, notebook: Any, banks: Mapping[str, Bank]) -> list[HandIn | HandInProblem]:  # noqa: ANN401
    newest: dict[str, HandIn] = {}
    problems: dict[str, HandInProblem] = {}
    carried = 0
    for data in _outputs(notebook):
        carried += 1
        try:
            found = _hand_in(name, data, banks, to_json(data))
        except UnreadableError as error:
            problems[error.reason] = HandInProblem(name, error.reason, error.remedy)
            continue
        lesson = found.header.lesson
        if lesson not in newest or found.order > newest[lesson].order:
            newest[lesson] = found
    if not carried:
        remedy = "Ask for the file that the hand-in button made, or for the notebook saved after pressing the button"
        raise UnreadableError(reason=NO_ANSWERS, remedy=remedy)
    return [*newest.values(), *problems.values()]


def _outputs(notebook: Any) -> Iterator[Any]:  # noqa: ANN401  (a notebook that nobody has checked)
    """Yield all answer files in the outputs of a notebook, whatever shape the rest of it has."""
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    for cell in cells if isinstance(cells, list) else []:
        outputs = cell.get("outputs") if isinstance(cell, dict) else None
        for output in outputs if isinstance(outputs, list) else []:
            data = output.get("data") if isinstance(output, dict) else None
            if isinstance(data, dict) and MIME_TYPE in data:
                yield data[MIME_TYPE]


def _hand_in(name: str, data: Any, banks: Mapping[str, Bank], content: bytes) -> HandIn:  # noqa: ANN401  (checked here)
    """Return a hand-in whose header is checked and whose answers are not; ``content`` is ``data`` as it was written.

    Raises:
        UnreadableError: it is no answer file, or one of another course, lesson or version.
    """
    _require_schema(data)
    answers = data.get("answers", {})
    if not isinstance(answers, dict):
        raise UnreadableError(reason="its answers are not a list of tasks with their answers", remedy=SEND_AGAIN)
    try:
        header = AnswerFile.model_validate({**data, "answers": {}})
        moment = (header.handed_in or header.saved).astimezone(UTC)
    except ValidationError as error:
        reason = f"the file does not have the form of an answer file ({explain(error)})"
        raise UnreadableError(reason=reason, remedy=SEND_AGAIN) from None
    except OverflowError:
        raise UnreadableError(reason="its time lies outside the calendar", remedy=SEND_AGAIN) from None
    _require_lesson(header, banks)
    return HandIn(name, header, answers, moment, content)


def _require_schema(data: Any) -> None:  # noqa: ANN401  (any JSON value)
    schema = data.get("schema") if isinstance(data, dict) else None
    if schema == SCHEMA:
        if len(data) > MAX_NAMES:
            raise UnreadableError(reason="the file does not have the form of an answer file", remedy=SEND_AGAIN)
        return
    if isinstance(schema, str) and schema.startswith(SCHEMA_FAMILY):
        reason = f"it was made by another version of Copy Desk ({one_line(schema, 40)}); this one reads {SCHEMA}"
        raise UnreadableError(reason=reason, remedy="Grade it with the newest version of Copy Desk")
    remedy = "Nothing to do, unless somebody meant it to be graded: then ask for the file that Copy Desk made"
    raise UnreadableError(reason="not a hand-in: it is not an answer file of Copy Desk", remedy=remedy)


def _require_lesson(header: AnswerFile, banks: Mapping[str, Bank]) -> None:
    bank = banks.get(header.lesson)
    if bank and bank.course == header.course:
        return
    courses = sorted({bank.course for bank in banks.values()})
    if header.course not in courses:
        reason = f"it belongs to the course {header.course!r}, not to {', '.join(courses) or 'any that is graded'}"
        raise UnreadableError(reason=reason, remedy="Grade it in that course")
    reason = f"it belongs to the lesson {header.lesson!r}, for which there is no key"
    raise UnreadableError(
        reason=reason, remedy=f"Put the key at solutions/tasks/{header.lesson}.yml, or leave the file out"
    )


def explain(error: ValidationError) -> str:
    """Return the first thing that a model refuses, without repeating what was handed in."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(str(step) for step in first["loc"])
    return one_line(f"{where}: {first['msg']}" if where else first["msg"], 160)
