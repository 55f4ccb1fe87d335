"""The stub of a choice: a question about a sentence, with one best answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.kinds.stubs import task_head, unwritten
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.stubs import StubMaterial


def stub(material: StubMaterial) -> dict[str, Any]:
    """Return a question with a best answer and two wrong ones."""
    return {
        **task_head(material, "choice"),
        "prompt": unwritten(t("stub.choice.prompt")),
        "context": material.passages(1)[0]["text"],
        "options": [
            {"id": "a", "text": unwritten(t("stub.choice.best"))},
            {"id": "b", "text": unwritten(t("stub.choice.wrong"))},
            {"id": "c", "text": unwritten(t("stub.choice.other"))},
        ],
        "key": {
            "options": {
                "a": {"weight": 1, "why": unwritten(t("stub.choice.why_best"))},
                "b": {"weight": 0, "why": unwritten(t("stub.choice.why_wrong"))},
                "c": {"weight": 0, "why": unwritten(t("stub.choice.why_wrong"))},
            }
        },
    }
