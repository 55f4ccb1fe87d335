"""The kind *spans*, put together: words marked with labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import TypedDict  # pydantic needs this one before Python 3.12

from copydesk.kinds.kind import IDS, Kind
from copydesk.kinds.spans import scoring
from copydesk.kinds.spans.checks import CHECKS
from copydesk.kinds.spans.counts import COUNTS
from copydesk.kinds.spans.feedback import feedback_view
from copydesk.kinds.spans.stub import stub
from copydesk.model.tokens import tokenize

if TYPE_CHECKING:
    from copydesk.kinds.spans.model import SpansKey, SpansResponse, SpansTask


class Tokens(TypedDict):
    """The start and end of each word of each passage, in code points, end exclusive."""

    tokens: dict[str, list[tuple[int, int]]]


def tokens(task: SpansTask) -> Tokens:
    """Return the words of each passage, so that the browser counts them as the score does."""
    words = {passage.id: tokenize(passage.text) for passage in task.passages}
    return {"tokens": words}


SPANS: Kind[SpansTask, SpansKey, SpansResponse] = Kind(
    scoring=scoring,
    feedback_view=feedback_view,
    stub=stub,
    counts=COUNTS,
    checks=CHECKS,
    outline={"passages": IDS},
    browser_content=tokens,
    browser_fields=Tokens,
)
