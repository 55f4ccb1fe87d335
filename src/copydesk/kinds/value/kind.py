"""The kind *value*, put together: numbers, dates, texts and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.kind import Kind
from copydesk.kinds.value import scoring
from copydesk.kinds.value.checks import CHECKS
from copydesk.kinds.value.counts import COUNTS
from copydesk.kinds.value.feedback import feedback_view
from copydesk.kinds.value.stub import stub

if TYPE_CHECKING:
    from copydesk.kinds.value.model import ValueKey, ValueResponse, ValueTask

VALUE: Kind[ValueTask, ValueKey, ValueResponse] = Kind(
    scoring=scoring,
    feedback_view=feedback_view,
    stub=stub,
    counts=COUNTS,
    checks=CHECKS,
    size_error=scoring.size_error,
    outline={"fields": {"__all__": {"id", "type", "rows"}}},
)
