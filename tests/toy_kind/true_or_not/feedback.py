"""Shows on a feedback page what was said of a statement, and what the reference says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from copydesk.kinds.true_or_not.model import TrueOrNotKey, TrueOrNotResponse, TrueOrNotTask
    from markupsafe import Markup

    from copydesk.kinds.parts import Parts
    from copydesk.model.score import Score


class Statement(NamedTuple):
    """A statement, whether it is true and why, and what the learner says."""

    text: str
    is_true: bool
    why: str
    answer: bool | None


def feedback_view(
    task: TrueOrNotTask, key: TrueOrNotKey, response: TrueOrNotResponse | None, _: Score, parts: Parts
) -> Markup:
    """Return the statement with both answers and the reason."""
    answer = response.answer if response else None
    return parts.render("true_or_not.view", Statement(task.statement, key.is_true, key.why, answer))
