"""The stub of an order: three items, from first to last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.kinds.stubs import task_head, unwritten
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.stubs import StubMaterial

ITEMS = ("i1", "i2", "i3")


def stub(material: StubMaterial) -> dict[str, Any]:
    """Return items that are listed in their right order."""
    items = []
    for number, item in enumerate(ITEMS, 1):
        items.append({"id": item, "text": unwritten(t("stub.order.item", number=number))})
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
