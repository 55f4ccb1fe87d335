"""What the checks look at in an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.checking import AskedItem, Checks, prompt_item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.order.model import OrderKey, OrderTask


def texts(task: OrderTask) -> list[str]:
    """Return the items."""
    return [item.text for item in task.items]


def asked_items(task: OrderTask) -> Iterator[AskedItem]:
    """Yield the question with its passage or its items."""
    yield prompt_item(task, texts(task))


CHECKS: Checks[OrderTask, OrderKey] = Checks(texts=texts, asked_items=asked_items)
