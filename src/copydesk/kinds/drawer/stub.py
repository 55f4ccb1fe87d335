"""The stub of a drawer: evidence cards to open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from copydesk.kinds.stubs import task_head, unwritten
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.stubs import StubMaterial


def stub(material: StubMaterial) -> dict[str, Any]:
    """Return a drawer with all the cards; it never has points."""
    return {
        **task_head(replace(material, points=0), "drawer"),
        "prompt": unwritten(t("stub.drawer.prompt")),
        "cards": list(material.cards),
        "key": {"why": unwritten(t("stub.drawer.why"))},
    }
