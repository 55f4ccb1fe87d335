"""Turns the bytes of a file into submissions: an answer file is one, a notebook carries them in its outputs."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import to_json

from copydesk.answers.file import ReceivedFile
from copydesk.answers.store import MIME_TYPE, SCHEMA
from copydesk.grading.files.limits import HEAD_BYTES, SubmittedFile, content_suffix, foreign_type, suffix_of
from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.files.untrusted_json import UnreadableError, read_json
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from copydesk.course.bank import Bank

SCHEMA_FAMILY = "copydesk/answers/"
NO_ANSWERS = "the notebook carries no answers"
"""A reason that a run looks for among its problems."""

ANSWER_FILE_VALUES = 100_000
"""How many commas an answer file may hold; one for a whole lesson has a few hundred."""


class Submission(NamedTuple):
    """The answers that one learner submitted for one lesson.

    ``moment`` is when it was submitted or else saved (UTC), as it says itself; ``content`` its bytes.
    """

    file: str
    header: ReceivedFile
    moment: datetime
    content: bytes

    @property
    def answers(self) -> dict[str, Any]:
        """Return the answers by task; anything not in the form of an answer is plain JSON, as submitted."""
        return self.header.answers

    @property
    def digest(self) -> str:
        """Return the hash of its bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def is_submitted(self) -> bool:
        """Return whether it was submitted, and not only saved."""
        return self.header.handed_in is not None

    @property
    def order(self) -> tuple[bool, datetime, str]:
        """Return the order of several in one notebook: what was submitted, the later, then the greater hash."""
        return self.is_submitted, self.moment, self.digest


def read_submissions(document: SubmittedFile, banks: Mapping[str, Bank]) -> list[Submission | SubmissionProblem]:
    """Return the submissions in a file (from a notebook, the newest for each lesson), or why there is none."""
    name, data = document
    is_notebook = suffix_of(name) == ".ipynb"
    try:
        header = None if is_notebook else _parse_at_once(data)
        if header:
            return [_submission(name, header, banks, data)]
        if is_notebook or content_suffix(data[:HEAD_BYTES]) == ".ipynb":
            notebook = read_json(data)
            if not _is_answer_file(notebook):
                return _notebook_submissions(name, notebook, banks)
        _require_small(data)
        return [_submission(name, _header(read_json(data)), banks, data)]
    except UnreadableError as error:
        sort = foreign_type(data)
        if sort:
            return [SubmissionProblem(name, t("submission.other_file", what=sort.description), sort.remedy)]
        return [SubmissionProblem(name, error.reason, error.remedy)]


def _is_answer_file(data: Any) -> bool:  # noqa: ANN401  (any JSON value)
    return isinstance(data, dict) and str(data.get("schema", "")).startswith(SCHEMA_FAMILY)


def _parse_at_once(data: bytes) -> ReceivedFile | None:
    """Return an answer file parsed and checked in one go; None if there is anything to say about it."""
    if not _is_small(data):
        return None
    if b"NaN" in data or b"Infinity" in data:  # in a text, or in place of a number: the careful parser tells
        return None
    try:
        header = ReceivedFile.model_validate_json(data)
    except ValidationError:
        return None
    return header if "schema_" in header.model_fields_set else None


def _notebook_submissions(
    name: str,
    notebook: Any,  # noqa: ANN401  (any JSON value)
    banks: Mapping[str, Bank],
) -> list[Submission | SubmissionProblem]:
    """Return the newest submission for each lesson in a notebook, and the problems of others.

    Raises:
        UnreadableError: there is no answer file in it.
    """
    newest: dict[str, Submission] = {}
    problems: dict[str, SubmissionProblem] = {}
    carried = 0
    for carried, bundle in enumerate(_answer_files(notebook), start=1):  # noqa: B007  (how many there were)
        try:
            data = _unwrap(bundle)
            content = to_json(data)
            _require_small(content)
            submission = _submission(name, _header(data), banks, content)
        except UnreadableError as error:
            problems[error.reason] = SubmissionProblem(name, error.reason, error.remedy)
            continue
        lesson = submission.header.lesson
        if lesson not in newest or submission.order > newest[lesson].order:
            newest[lesson] = submission
    if not carried:
        raise UnreadableError(reason=NO_ANSWERS, remedy=t("submission.no_answers.remedy"))
    return [*newest.values(), *problems.values()]


def _answer_files(notebook: Any) -> Iterator[Any]:  # noqa: ANN401  (a notebook that nobody has checked)
    """Yield all answer files in the outputs of a notebook, whatever shape the rest of it has."""
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    for cell in cells if isinstance(cells, list) else []:
        outputs = cell.get("outputs") if isinstance(cell, dict) else None
        for output in outputs if isinstance(outputs, list) else []:
            data = output.get("data") if isinstance(output, dict) else None
            if isinstance(data, dict) and MIME_TYPE in data:
                yield data[MIME_TYPE]


def _unwrap(bundle: Any) -> Any:  # noqa: ANN401  (any JSON value)
    """Return an answer file that some program stored as text, or as lines of text."""
    if isinstance(bundle, list) and all(isinstance(line, str) for line in bundle):
        bundle = "".join(bundle)
    is_text = isinstance(bundle, str) and bundle.lstrip().startswith("{")
    if not is_text:
        return bundle
    return read_json(bundle.encode("utf-8", "surrogatepass"))


def _is_small(content: bytes) -> bool:
    return content.count(b",") <= ANSWER_FILE_VALUES


def _require_small(content: bytes) -> None:
    """Raise if there are many more values than an answer file has: each that does not fit costs time and memory."""
    if not _is_small(content):
        raise UnreadableError(reason=t("submission.too_large", number=f"{ANSWER_FILE_VALUES:,}"))


def _header(data: Any) -> ReceivedFile:  # noqa: ANN401  (any JSON value)
    """Return an answer file, checked.

    Raises:
        UnreadableError: it is not an answer file, or is from another version of Copy Desk.
    """
    _require_schema(data)
    try:
        return ReceivedFile.model_validate(data)
    except ValidationError as error:
        reason = t("submission.wrong_form", fault=first_fault(error))
        raise UnreadableError(reason=reason) from None


def _submission(name: str, header: ReceivedFile, banks: Mapping[str, Bank], content: bytes) -> Submission:
    """Return a submission; ``content`` is the file as it was written.

    Raises:
        UnreadableError: it belongs to another course or lesson, or its time is impossible.
    """
    _require_lesson(header, banks)
    try:
        moment = (header.handed_in or header.saved).astimezone(UTC)
    except OverflowError:
        raise UnreadableError(reason=t("submission.no_such_time")) from None
    return Submission(name, header, moment, content)


def _require_schema(data: Any) -> None:  # noqa: ANN401  (any JSON value)
    schema = data.get("schema") if isinstance(data, dict) else None
    if schema == SCHEMA:
        return
    if isinstance(schema, str) and schema.startswith(SCHEMA_FAMILY):
        reason = t("submission.other_version", schema=one_line(schema, 40), readable=SCHEMA)
        raise UnreadableError(reason=reason, remedy=t("submission.other_version.remedy"))
    raise UnreadableError(reason=t("submission.no_answer_file"), remedy=t("submission.no_answer_file.remedy"))


def _require_lesson(header: ReceivedFile, banks: Mapping[str, Bank]) -> None:
    bank = banks.get(header.lesson)
    if bank and bank.course == header.course:
        return
    courses = sorted({bank.course for bank in banks.values()})
    if header.course not in courses:
        names = ", ".join(courses) or t("submission.any_course")
        reason = t("submission.other_course", course=repr(header.course), courses=names)
        raise UnreadableError(reason=reason, remedy=t("submission.other_course.remedy"))
    reason = t("submission.no_key", lesson=repr(header.lesson))
    raise UnreadableError(reason=reason, remedy=t("submission.no_key.remedy", lesson=header.lesson))


def first_fault(error: ValidationError) -> str:
    """Return the first thing that a model rejects, without repeating what was submitted."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"]))
    return one_line(f"{where}: {first['msg']}" if where else first["msg"], 160)
