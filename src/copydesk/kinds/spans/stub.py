"""The stub of a spans task: sentences of the article, one label, one marked word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.kinds.stubs import first_word, task_head, unwritten
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.stubs import StubMaterial

PASSAGES = 3


def stub(material: StubMaterial) -> dict[str, Any]:
    """Return sentences to mark; the key marks the first word of the first of them."""
    passages = material.passages(PASSAGES)
    marked = {"passage": passages[0]["id"], "quote": first_word(passages[0]["text"])}
    return {
        **task_head(material, "spans"),
        "prompt": unwritten(t("stub.spans.prompt")),
        "passages": passages,
        "labels": [{"id": "mark", "text": unwritten(t("stub.spans.label")), "key": "m"}],
        "key": {"labels": {"mark": [{**marked, "why": unwritten(t("stub.spans.why"))}]}},
    }
