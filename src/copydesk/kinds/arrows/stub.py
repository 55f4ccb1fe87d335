"""The stub of a source map: three places, two links."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from copydesk.kinds.stubs import task_head, unwritten
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.stubs import StubMaterial

NODES = ("n1", "n2", "n3")


def stub(material: StubMaterial) -> dict[str, Any]:
    """Return places to link; the key leads from the first to the second, and on to the third."""
    nodes, edges = [], []
    for number, node in enumerate(NODES, 1):
        nodes.append({"id": node, "text": unwritten(t("stub.arrows.node", number=number))})
    for source, target in pairwise(NODES):
        edges.append({"source": source, "target": target, "why": unwritten(t("stub.arrows.why"))})
    return {
        **task_head(material, "arrows"),
        "prompt": unwritten(t("stub.arrows.prompt")),
        "nodes": nodes,
        "key": {"edges": edges},
    }
