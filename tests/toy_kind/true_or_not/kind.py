"""The kind *true_or_not*, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.true_or_not import scoring
from copydesk.kinds.true_or_not.counts import COUNTS
from copydesk.kinds.true_or_not.feedback import feedback_view
from copydesk.kinds.true_or_not.stub import stub

from copydesk.kinds.kind import Kind

if TYPE_CHECKING:
    from copydesk.kinds.true_or_not.model import TrueOrNotKey, TrueOrNotResponse, TrueOrNotTask

TRUE_OR_NOT: Kind[TrueOrNotTask, TrueOrNotKey, TrueOrNotResponse] = Kind(
    scoring=scoring,
    feedback_view=feedback_view,
    stub=stub,
    counts=COUNTS,
)
