"""Shows the learner's marks in a practice task against the reference."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from copydesk import figures
from copydesk.desk.rendered import Rendered
from copydesk.kinds import scoring
from copydesk.kinds.spans.model import SpansKey, SpansResponse
from copydesk.kinds.spans.strips import strips
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from copydesk.course.bank import Bank, Entry
    from copydesk.figures import Picture
    from copydesk.kinds.union import Response


def render_panel(
    bank: Bank, entry: Entry, response: Response | None, *, empty: Callable[[str], str]
) -> Picture | Rendered:
    """Return the marks as strips over the words or, if there are none, what ``empty`` says of the task.

    Raises:
        ValueError: the task is of another kind, or is graded.
    """
    task = entry.task
    if task.kind != "spans" or bank.purpose != "practice" or not isinstance(entry.key, SpansKey):
        raise ValueError(t("desk.no_panel", task=task.id))
    is_usable = response is not None and not scoring.validation_errors(task, response)
    if not isinstance(response, SpansResponse) or not is_usable or not scoring.is_answered(task, response):
        text = empty(task.id)
        return Rendered(f"<p>{escape(text)}</p>", text)
    rows = strips(task, entry.key, response)
    return figures.show(figures.panel(task, rows), alt=figures.describe_panel(task, rows))
