"""The kind *choice*, put together: one option, or all that apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.choice import scoring
from copydesk.kinds.choice.checks import CHECKS
from copydesk.kinds.choice.counts import COUNTS
from copydesk.kinds.choice.feedback import feedback_view
from copydesk.kinds.choice.stub import stub
from copydesk.kinds.kind import Kind

if TYPE_CHECKING:
    from copydesk.kinds.choice.model import ChoiceKey, ChoiceResponse, ChoiceTask

CHOICE: Kind[ChoiceTask, ChoiceKey, ChoiceResponse] = Kind(
    scoring=scoring,
    feedback_view=feedback_view,
    stub=stub,
    counts=COUNTS,
    checks=CHECKS,
)
