"""What the checks look at in values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.checking import AskedItem, Checks, prompt_item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.value.model import ValueKey, ValueTask


def asked_items(task: ValueTask) -> Iterator[AskedItem]:
    """Yield the question with its passage."""
    yield prompt_item(task)


CHECKS: Checks[ValueTask, ValueKey] = Checks(asked_items=asked_items)
