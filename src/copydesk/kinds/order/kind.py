"""The kind *order*, put together: items in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.kind import IDS, Kind
from copydesk.kinds.order import scoring
from copydesk.kinds.order.checks import CHECKS
from copydesk.kinds.order.counts import COUNTS
from copydesk.kinds.order.feedback import feedback_view
from copydesk.kinds.order.stub import stub

if TYPE_CHECKING:
    from copydesk.kinds.order.model import OrderKey, OrderResponse, OrderTask

ORDER: Kind[OrderTask, OrderKey, OrderResponse] = Kind(
    scoring=scoring,
    feedback_view=feedback_view,
    stub=stub,
    counts=COUNTS,
    checks=CHECKS,
    outline={"items": IDS},
)
