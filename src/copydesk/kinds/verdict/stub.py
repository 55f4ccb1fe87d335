"""The stub of a verdict: a claim, and an evidence card that decides it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.kinds.stubs import task_head, unwritten
from copydesk.kinds.verdict.model import SUPPORTS
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.stubs import StubMaterial

REFERENCE = "not-established"
"""The support of weight 1 while the author hasn't judged."""


def stub(material: StubMaterial) -> dict[str, Any]:
    """Return a claim to judge by the first card."""
    card = material.cards[0]
    support = {}
    for name in SUPPORTS:
        support[name] = {"weight": int(name == REFERENCE), "why": unwritten(t("stub.verdict.why"))}
    return {
        **task_head(material, "verdict"),
        "prompt": unwritten(t("stub.verdict.prompt")),
        "claim": unwritten(t("stub.verdict.claim")),
        "as_of": unwritten(t("stub.verdict.as_of")),
        "cards": [card],
        "most_cards": 1,
        "key": {"support": support, "decisive": {card: unwritten(t("stub.verdict.decisive"))}},
    }
