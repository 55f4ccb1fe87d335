"""The table of the kinds of task: how each is shown on a feedback page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.arrows.feedback import feedback_view as arrows
from copydesk.kinds.choice.feedback import feedback_view as choice
from copydesk.kinds.drawer.feedback import feedback_view as drawer
from copydesk.kinds.order.feedback import feedback_view as order
from copydesk.kinds.sort.feedback import feedback_view as sort
from copydesk.kinds.spans.feedback import feedback_view as spans
from copydesk.kinds.value.feedback import feedback_view as value
from copydesk.kinds.verdict.feedback import feedback_view as verdict
from copydesk.kinds.written.feedback import feedback_view as written

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

FEEDBACK_VIEWS: dict[str, Callable[..., Markup]] = {
    "arrows": arrows,
    "choice": choice,
    "drawer": drawer,
    "order": order,
    "sort": sort,
    "spans": spans,
    "value": value,
    "verdict": verdict,
    "written": written,
}
"""One line a kind."""
