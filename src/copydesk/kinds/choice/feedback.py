"""Shows every option on a feedback page with its standing and reason."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.credit_labels import NEUTRAL, CreditLabel, credit_label

if TYPE_CHECKING:
    from markupsafe import Markup

    from copydesk.kinds.choice.model import ChoiceKey, ChoiceResponse, ChoiceTask
    from copydesk.kinds.parts import Parts
    from copydesk.model.score import Score


class ChosenOption(NamedTuple):
    """An option, whether the learner chose it, and its standing."""

    text: str
    is_chosen: bool
    standing: CreditLabel
    why: str


def feedback_view(task: ChoiceTask, key: ChoiceKey, response: ChoiceResponse | None, _: Score, parts: Parts) -> Markup:
    """Return every option with its standing and reason."""
    chosen = response.chosen if response else ()
    options = []
    for name, (left, picked) in _options(task, key).items():
        options.append(picked if name in chosen else left)
    return parts.render_around("choice.view", task.multiple, parts.render_each("choice.option", options))


@cache
def _options(task: ChoiceTask, key: ChoiceKey) -> dict[str, tuple[ChosenOption, ChosenOption]]:
    """Return each option twice: as it was left, and as it was chosen."""
    options = {}
    for option in task.options:
        entry = key.options[option.id]
        # a defensible one of several is neutral (grading.md 4)
        is_neutral = task.multiple and 0 < entry.weight < 1
        label = NEUTRAL if is_neutral else credit_label(entry.weight)
        left = ChosenOption(option.text, is_chosen=False, standing=label, why=entry.why)
        options[option.id] = left, left._replace(is_chosen=True)
    return options
