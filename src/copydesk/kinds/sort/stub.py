"""The stub of a sort: four items, two groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.kinds.stubs import task_head, unwritten
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.stubs import StubMaterial

CLASSES = {"i1": "one", "i2": "two", "i3": "two", "i4": "one"}
"""The class of each item."""


def stub(material: StubMaterial) -> dict[str, Any]:
    """Return items to sort into two classes."""
    items, keys = [], {}
    for number, (item, label) in enumerate(CLASSES.items(), 1):
        items.append({"id": item, "text": unwritten(t("stub.sort.item", number=number))})
        keys[item] = {"weights": {label: 1}, "why": unwritten(t("stub.sort.why"))}
    return {
        **task_head(material, "sort"),
        "prompt": unwritten(t("stub.sort.prompt")),
        "items": items,
        "classes": [
            {"id": "one", "text": unwritten(t("stub.sort.class", number=1))},
            {"id": "two", "text": unwritten(t("stub.sort.class", number=2))},
        ],
        "key": {"items": keys},
    }
