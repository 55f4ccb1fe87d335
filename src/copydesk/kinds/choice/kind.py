"""The kind *choice*, put together: one option, or all that apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.choice import scoring
from copydesk.kinds.choice.checks import CHECKS
from copydesk.kinds.choice.counts import COUNTS
from copydesk.kinds.choice.feedback import feedback_view
from copydesk.kinds.kind import Kind

if TYPE_CHECKING:
    from copydesk.kinds.choice.model import ChoiceKey, ChoiceResponse, ChoiceTask

CHOICE: Kind[ChoiceTask, ChoiceKey, ChoiceResponse] = Kind(
    is_answered=scoring.is_answered,
    completeness=scoring.completeness,
    validation_errors=scoring.validation_errors,
    score=scoring.score,
    reference_response=scoring.reference_response,
    guessing_strategies=scoring.guessing_strategies,
    feedback_view=feedback_view,
    counts=COUNTS,
    checks=CHECKS,
)
