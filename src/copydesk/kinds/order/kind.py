"""The kind *order*, put together: items in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.kind import IDS, Kind
from copydesk.kinds.order import scoring
from copydesk.kinds.order.checks import CHECKS
from copydesk.kinds.order.counts import COUNTS
from copydesk.kinds.order.feedback import feedback_view

if TYPE_CHECKING:
    from copydesk.kinds.order.model import OrderKey, OrderResponse, OrderTask

ORDER: Kind[OrderTask, OrderKey, OrderResponse] = Kind(
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
