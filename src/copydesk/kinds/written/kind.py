"""The kind *written*, put together: a text that a person marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.kind import Kind
from copydesk.kinds.written import scoring
from copydesk.kinds.written.checks import CHECKS
from copydesk.kinds.written.counts import COUNTS
from copydesk.kinds.written.feedback import feedback_view
from copydesk.kinds.written.stub import stub

if TYPE_CHECKING:
    from copydesk.kinds.written.model import WrittenKey, WrittenResponse, WrittenTask

WRITTEN: Kind[WrittenTask, WrittenKey, WrittenResponse] = Kind(
    scoring=scoring,
    feedback_view=feedback_view,
    stub=stub,
    counts=COUNTS,
    checks=CHECKS,
    outline={"min_words": True},
    is_marked_by_person=True,
)
