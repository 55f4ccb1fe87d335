"""The stub of an edit: a sentence of the article, in which one word is to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.kinds.stubs import task_head, unwritten
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.stubs import StubMaterial


def stub(material: StubMaterial) -> dict[str, Any]:
    """Return a sentence with one word that the key wants changed."""
    passage, word = material.editable_passage()
    fault = {
        "id": "f1",
        "passage": passage["id"],
        "quote": word,
        "repairs": [unwritten(t("stub.edit.repair"))],
        "why": unwritten(t("stub.edit.why")),
    }
    return {
        **task_head(material, "edit"),
        "prompt": unwritten(t("stub.edit.prompt")),
        "passages": [passage],
        "key": {"faults": [fault]},
    }
