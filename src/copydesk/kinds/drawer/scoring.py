"""Counts opened cards; opening is recorded, never graded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.drawer.model import DrawerKey, DrawerResponse, DrawerTask
from copydesk.model.score import Feedback

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_answered(task: DrawerTask, response: DrawerResponse) -> bool:  # noqa: ARG001  (same signature for all kinds)
    """Return whether any card was opened."""
    return bool(response.opened)


def state(task: DrawerTask, response: DrawerResponse | None) -> tuple[int, int]:
    """Return how many cards were opened, of the least number."""
    return (min(task.least, len({each.card for each in response.opened})) if response else 0), task.least


def faults(task: DrawerTask, response: DrawerResponse) -> Iterator[str]:
    """Yield cards that the drawer does not hold."""
    for each in response.opened:
        if each.card not in task.cards:
            yield f"The card {each.card!r} does not belong to task {task.id}."


def credit(task: DrawerTask, key: DrawerKey, response: DrawerResponse) -> tuple[float, list[Feedback]]:
    """Return the share of the least number of cards that was opened."""
    done, least = state(task, response)
    return done / least, [Feedback(part="drawer", credit=done / least, text=key.why)]


def best(task: DrawerTask, key: DrawerKey) -> DrawerResponse:  # noqa: ARG001
    """Return a response in which every card was opened, at the beginning of time."""
    return DrawerResponse.model_validate(
        {"opened": [{"card": card, "at": "1970-01-01T00:00:00Z"} for card in task.cards]}
    )


def careless(task: DrawerTask) -> Iterator[tuple[str, DrawerResponse]]:  # noqa: ARG001
    """Yield nothing: opening cards is what is asked."""
    yield from ()
