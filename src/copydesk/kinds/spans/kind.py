"""The kind *spans*, put together: words marked with labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.kind import IDS, Kind
from copydesk.kinds.spans import scoring
from copydesk.kinds.spans.checks import CHECKS
from copydesk.kinds.spans.counts import COUNTS
from copydesk.kinds.spans.feedback import feedback_view
from copydesk.model.tokens import tokenize

if TYPE_CHECKING:
    from typing import Any

    from copydesk.kinds.spans.model import SpansKey, SpansResponse, SpansTask


def tokens(task: SpansTask) -> dict[str, Any]:
    """Return the words of each passage, so that the browser counts them as the score does."""
    return {"tokens": {passage.id: tokenize(passage.text) for passage in task.passages}}


SPANS: Kind[SpansTask, SpansKey, SpansResponse] = Kind(
    scoring=scoring,
    feedback_view=feedback_view,
    counts=COUNTS,
    checks=CHECKS,
    outline={"passages": IDS},
    browser_content=tokens,
)
