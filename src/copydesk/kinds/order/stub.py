"""The stub of an order: three items, from first to last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.kinds.stubs import task_head, unwritten
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.stubs import StubMaterial

ITEMS = ("i1", "i2", "i3")
LISTED = (1, 2, 0)
"""The places in the order in which learners find the items: the right order must not be the one that is given."""


def stub(material: StubMaterial) -> dict[str, Any]:
    """Return items to be put in order, listed in another one."""
    texts = [unwritten(t("stub.order.item", number=place + 1)) for place in LISTED]
    items = [{"id": ITEMS[place], "text": text} for place, text in zip(LISTED, texts, strict=True)]
    return {
        **task_head(material, "order"),
        "prompt": unwritten(t("stub.order.prompt")),
        "first": unwritten(t("stub.order.first")),
        "last": unwritten(t("stub.order.last")),
        "items": items,
        "key": {
            "ranks": [[item] for item in ITEMS],
            "why": {item: unwritten(t("stub.order.why")) for item in ITEMS},
        },
    }
