"""The kind *arrows*, put together: a source map, drawn as links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.arrows import scoring
from copydesk.kinds.arrows.checks import CHECKS
from copydesk.kinds.arrows.counts import COUNTS
from copydesk.kinds.arrows.feedback import feedback_view
from copydesk.kinds.arrows.stub import stub
from copydesk.kinds.kind import Kind

if TYPE_CHECKING:
    from copydesk.kinds.arrows.model import ArrowsKey, ArrowsResponse, ArrowsTask

ARROWS: Kind[ArrowsTask, ArrowsKey, ArrowsResponse] = Kind(
    scoring=scoring,
    feedback_view=feedback_view,
    stub=stub,
    counts=COUNTS,
    checks=CHECKS,
)
