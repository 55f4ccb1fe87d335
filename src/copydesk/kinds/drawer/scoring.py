"""Counts opened cards; opening is recorded, never graded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.drawer.model import DrawerKey, DrawerResponse, DrawerTask
from copydesk.model.score import Feedback

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_answered(response: DrawerResponse) -> bool:
    """Return whether any card was opened."""
    return bool(response.opened)


def completeness(task: DrawerTask, response: DrawerResponse | None) -> tuple[int, int]:
    """Return how many cards were opened, of the least number."""
    return (min(task.least, len({each.card for each in response.opened})) if response else 0), task.least


def validation_errors(task: DrawerTask, response: DrawerResponse) -> Iterator[str]:
    """Yield cards that the drawer does not hold."""
    for each in response.opened:
        if each.card not in task.cards:
            yield f"The card {each.card!r} does not belong to task {task.id}."


def score(task: DrawerTask, key: DrawerKey, response: DrawerResponse) -> tuple[float, list[Feedback]]:
    """Return the share of the least number of cards that was opened."""
    done, least = completeness(task, response)
    return done / least, [Feedback(part="drawer", credit=done / least, text=key.why)]


def reference_response(task: DrawerTask, _key: DrawerKey) -> DrawerResponse:
    """Return a response in which every card was opened, at the beginning of time."""
    return DrawerResponse.model_validate(
        {"opened": [{"card": card, "at": "1970-01-01T00:00:00Z"} for card in task.cards]}
    )


def guessing_strategies(_task: DrawerTask) -> Iterator[tuple[str, DrawerResponse]]:
    """Yield nothing: opening cards is what is asked."""
    yield from ()
