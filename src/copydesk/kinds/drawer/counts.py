"""Says which cards were opened and when; opening is never an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.counting import Counts, no_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from copydesk.kinds.drawer.model import DrawerKey, DrawerResponse, DrawerTask


def opened_cards(response: DrawerResponse) -> Iterator[tuple[str, datetime]]:
    """Yield each opening of a card."""
    for opening in response.opened:
        yield opening.card, opening.at


COUNTS: Counts[DrawerTask, DrawerKey, DrawerResponse] = Counts(items=no_rows, opened_cards=opened_cards)
