"""What the checks ask of an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.checking import AskedItem, Checks, asked_as_a_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.order.model import OrderKey, OrderTask


def texts(task: OrderTask) -> list[str]:
    """Return the items."""
    return [item.text for item in task.items]


def asked(task: OrderTask) -> Iterator[AskedItem]:
    """Yield the question with its passage or its items."""
    yield asked_as_a_whole(task, texts(task))


CHECKS: Checks[OrderTask, OrderKey] = Checks(texts=texts, asked=asked)
