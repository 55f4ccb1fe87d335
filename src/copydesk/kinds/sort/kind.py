"""The kind *sort*, put together: items into classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.kind import IDS, Kind
from copydesk.kinds.sort import scoring
from copydesk.kinds.sort.checks import CHECKS
from copydesk.kinds.sort.counts import COUNTS
from copydesk.kinds.sort.feedback import feedback_view

if TYPE_CHECKING:
    from copydesk.kinds.sort.model import SortKey, SortResponse, SortTask

SORT: Kind[SortTask, SortKey, SortResponse] = Kind(
    is_answered=scoring.is_answered,
    completeness=scoring.completeness,
    validation_errors=scoring.validation_errors,
    score=scoring.score,
    reference_response=scoring.reference_response,
    guessing_strategies=scoring.guessing_strategies,
    feedback_view=feedback_view,
    counts=COUNTS,
    checks=CHECKS,
    outline={"items": IDS},
)
