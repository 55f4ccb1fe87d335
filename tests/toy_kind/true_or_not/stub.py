"""The stub of a statement that is true or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.kinds.stubs import task_head, unwritten
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.stubs import StubMaterial


def stub(material: StubMaterial) -> dict[str, Any]:
    """Return a statement, which its key calls true."""
    return {
        **task_head(material, "true_or_not"),
        "prompt": unwritten(t("stub.true_or_not.prompt")),
        "statement": unwritten(t("stub.true_or_not.statement")),
        "key": {"is_true": True, "why": unwritten(t("stub.true_or_not.why"))},
    }
