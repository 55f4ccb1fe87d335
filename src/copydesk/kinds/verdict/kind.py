"""The kind *verdict*, put together: a claim judged by evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.kind import IDS, Kind
from copydesk.kinds.verdict import scoring
from copydesk.kinds.verdict.checks import CHECKS
from copydesk.kinds.verdict.counts import COUNTS
from copydesk.kinds.verdict.feedback import feedback_view
from copydesk.kinds.verdict.stub import stub

if TYPE_CHECKING:
    from copydesk.kinds.verdict.model import VerdictKey, VerdictResponse, VerdictTask

VERDICT: Kind[VerdictTask, VerdictKey, VerdictResponse] = Kind(
    scoring=scoring,
    feedback_view=feedback_view,
    stub=stub,
    counts=COUNTS,
    checks=CHECKS,
    outline={"qualifications": IDS},
    asks_confidence=True,
)
