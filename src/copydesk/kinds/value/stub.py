"""The stub of a value task: one number to be found in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.kinds.stubs import task_head, unwritten
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.stubs import StubMaterial


def stub(material: StubMaterial) -> dict[str, Any]:
    """Return a form with one field for a number."""
    return {
        **task_head(material, "value"),
        "prompt": unwritten(t("stub.value.prompt")),
        "context": material.passages(1)[0]["text"],
        "fields": [{"id": "number", "type": "number", "label": unwritten(t("stub.value.label"))}],
        "key": {"fields": {"number": {"type": "number", "value": 1, "why": unwritten(t("stub.value.why"))}}},
    }
