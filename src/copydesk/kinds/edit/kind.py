"""The kind *edit*, put together: passages to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.edit import scoring
from copydesk.kinds.edit.checks import CHECKS
from copydesk.kinds.edit.counts import COUNTS
from copydesk.kinds.edit.feedback import feedback_view
from copydesk.kinds.edit.stub import stub
from copydesk.kinds.kind import IDS, Kind

if TYPE_CHECKING:
    from copydesk.kinds.edit.model import EditKey, EditResponse, EditTask

EDIT: Kind[EditTask, EditKey, EditResponse] = Kind(
    scoring=scoring,
    feedback_view=feedback_view,
    stub=stub,
    counts=COUNTS,
    checks=CHECKS,
    outline={"passages": IDS},
)
