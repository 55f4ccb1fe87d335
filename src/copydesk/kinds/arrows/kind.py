"""The kind *arrows*, put together: a source map, drawn as links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.arrows import scoring
from copydesk.kinds.arrows.checks import CHECKS
from copydesk.kinds.arrows.counts import COUNTS
from copydesk.kinds.arrows.feedback import feedback_view
from copydesk.kinds.kind import Kind

if TYPE_CHECKING:
    from copydesk.kinds.arrows.model import ArrowsKey, ArrowsResponse, ArrowsTask

ARROWS: Kind[ArrowsTask, ArrowsKey, ArrowsResponse] = Kind(
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
