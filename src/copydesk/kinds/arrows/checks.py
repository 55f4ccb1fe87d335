"""What the checks look at in a source map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.checking import AskedItem, Checks, prompt_item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.arrows.model import ArrowsKey, ArrowsTask


def texts(task: ArrowsTask) -> list[str]:
    """Return the nodes."""
    return [node.text for node in task.nodes]


def asked_items(task: ArrowsTask) -> Iterator[AskedItem]:
    """Yield the question with its passage or its nodes."""
    yield prompt_item(task, texts(task))


CHECKS: Checks[ArrowsTask, ArrowsKey] = Checks(texts=texts, asked_items=asked_items)
