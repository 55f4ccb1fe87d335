"""The answer file: a learner's answers to one lesson, and the submission made from it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from copydesk.kinds.union import Response
from copydesk.model.base import Frozen, Identifier, Moment, Slug

Orders = Annotated[dict[Identifier, Annotated[tuple[Identifier, ...], Field(max_length=100)]], Field(max_length=20)]
"""The order drawn for a learner, of the statements in each form of the baseline."""

Alias = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]


NOT_ANSWERED = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of an answer that only says which version of a task was drawn: any real answer is later."""


class Learner(Frozen):
    """Who answered: the alias that the learner chose, or an empty one."""

    alias: Alias = ""


class Answer(Frozen):
    """One answered task.

    ``reason`` is the learner's "because ...", ``at`` the time of the last change, ``checked`` whether the
    explanations were shown, ``hints`` how many hints were. ``version``, 1 or 2, is the version of a task with a
    twin that the learner was shown, drawn when it was first shown and kept from then on; the first by default.
    """

    response: Annotated[Response, Field()]
    confidence: float | None = Field(default=None, ge=0.5, le=1.0)
    reason: str = Field(default="", max_length=2000)
    at: Moment
    attempts: int = Field(default=1, ge=0, le=100_000)
    hints: int = Field(default=0, ge=0, le=100)
    checked: bool = False
    version: Literal[1, 2] | None = None

    @property
    def is_only_drawn(self) -> bool:
        """Return whether the task was shown, and so its version drawn, but nothing has been done in it yet."""
        return self.version is not None and self.at == NOT_ANSWERED


class Header(Frozen):
    """The fields of an answer file other than the answers."""

    schema_: Literal["copydesk/answers/1"] = Field(default="copydesk/answers/1", alias="schema")
    course: Identifier
    lesson: Slug
    bank: str = Field(pattern=r"^sha256:[0-9a-f]{64}$")
    release: str | None = Field(default=None, pattern=r"^[0-9A-Za-z.+!-]{1,40}$")
    learner: Learner = Learner()
    saved: Moment
    handed_in: Moment | None = None


class AnswerFile(Header):
    """The file ``answers/NN-slug.json``; with ``handed_in`` set it is a submission.

    ``bank`` is the fingerprint of the tasks that were asked, ``release`` the Copy Desk version that wrote the file;
    the oldest files do not say. ``orders`` are drawn only once. Times are UTC.
    """

    orders: Orders | None = None
    answers: dict[Identifier, Answer] = Field(default_factory=dict, max_length=500)


class ReceivedFile(Header):
    """An answer file as it was submitted: a malformed answer stays as it is and does not affect the others."""

    orders: Any = None
    answers: dict[str, Annotated[Answer | Any, Field(union_mode="left_to_right")]] = Field(default_factory=dict)


def merge_answers(first: dict[str, Answer], second: dict[str, Answer]) -> dict[str, Answer]:
    """Return all answers of both; of two answers to one task, the later, or the second if the times are equal.

    An answer keeps the version that it was given to. Of two that were only drawn, the first stays: it was shown first.
    """
    merged = dict(first)
    for task_id, answer in second.items():
        if task_id not in merged or (answer.at >= merged[task_id].at and not answer.is_only_drawn):
            merged[task_id] = answer
    return merged


def version_in(answer: object) -> object:
    """Return which version of a task an answer says was drawn; None if it says nothing.

    Even a malformed answer may say so: someone reads it to see what the learner was asked.
    """
    return answer.get("version") if isinstance(answer, dict) else getattr(answer, "version", None)
