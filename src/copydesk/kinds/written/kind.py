"""The kind *written*, put together: a text that a person marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.kind import Kind
from copydesk.kinds.written import scoring
from copydesk.kinds.written.counts import COUNTS
from copydesk.kinds.written.feedback import feedback_view

if TYPE_CHECKING:
    from copydesk.kinds.written.model import WrittenKey, WrittenResponse, WrittenTask

WRITTEN: Kind[WrittenTask, WrittenKey, WrittenResponse] = Kind(
    is_answered=scoring.is_answered,
    completeness=scoring.completeness,
    validation_errors=scoring.validation_errors,
    score=scoring.score,
    reference_response=scoring.reference_response,
    guessing_strategies=scoring.guessing_strategies,
    feedback_view=feedback_view,
    counts=COUNTS,
    outline={"min_words": True},
    is_marked_by_person=True,
)
