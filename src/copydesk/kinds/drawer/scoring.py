"""Counts opened cards; opening is recorded, never graded."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from copydesk.kinds.drawer.model import DrawerKey, DrawerResponse, DrawerTask, OpenedCard
from copydesk.model.score import Feedback
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_answered(response: DrawerResponse) -> bool:
    """Return whether any card was opened."""
    return bool(response.opened)


def completeness(task: DrawerTask, response: DrawerResponse | None) -> tuple[int, int]:
    """Return how many cards were opened, and how many have to be."""
    if response is None:
        return 0, task.least
    cards = {opening.card for opening in response.opened}
    return min(task.least, len(cards)), task.least


def validation_errors(task: DrawerTask, response: DrawerResponse) -> Iterator[str]:
    """Yield the errors: cards that are not in the drawer."""
    for opening in response.opened:
        if opening.card not in task.cards:
            yield t("scoring.unknown_card", name=opening.card, task=task.id)


def score(task: DrawerTask, key: DrawerKey, response: DrawerResponse) -> tuple[float, list[Feedback]]:
    """Return the share of the required number of cards that was opened."""
    done, least = completeness(task, response)
    return done / least, [Feedback(part="drawer", credit=done / least, text=key.why)]


def reference_response(task: DrawerTask, _key: DrawerKey) -> DrawerResponse:
    """Return a response in which every card was opened, at the beginning of time."""
    beginning = datetime.fromtimestamp(0, tz=UTC)
    openings = [OpenedCard(card=card, at=beginning) for card in task.cards]
    return DrawerResponse(opened=tuple(openings))


def guessing_strategies(_task: DrawerTask) -> Iterator[tuple[str, DrawerResponse]]:
    """Yield nothing: opening cards is the task."""
    yield from ()
