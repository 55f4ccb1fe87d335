"""What the checks ask of values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.checking import AskedItem, Checks, asked_as_a_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.value.model import ValueKey, ValueTask


def asked(task: ValueTask) -> Iterator[AskedItem]:
    """Yield the question with its passage."""
    yield asked_as_a_whole(task)


CHECKS: Checks[ValueTask, ValueKey] = Checks(asked=asked)
