"""The kind *sort*, put together: items into classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.kind import IDS, Kind
from copydesk.kinds.sort import scoring
from copydesk.kinds.sort.checks import CHECKS
from copydesk.kinds.sort.counts import COUNTS
from copydesk.kinds.sort.feedback import feedback_view
from copydesk.kinds.sort.stub import stub

if TYPE_CHECKING:
    from copydesk.kinds.sort.model import SortKey, SortResponse, SortTask

SORT: Kind[SortTask, SortKey, SortResponse] = Kind(
    scoring=scoring,
    feedback_view=feedback_view,
    stub=stub,
    counts=COUNTS,
    checks=CHECKS,
    outline={"items": IDS},
)
