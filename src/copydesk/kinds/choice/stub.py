"""The stub of a choice: a question about a sentence, with one best answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.kinds.stubs import task_head, unwritten
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.stubs import StubMaterial

OPTIONS = ("a", "b", "c")


def stub(material: StubMaterial) -> dict[str, Any]:
    """Return a question with a best answer and two wrong ones; where the best one is depends on the task's id."""
    place = int(sum(material.task_id.encode())) % len(OPTIONS)
    texts = [t("stub.choice.wrong"), t("stub.choice.other")]
    texts.insert(place, t("stub.choice.best"))
    options, keys = [], {}
    for number, option in enumerate(OPTIONS):
        why = t("stub.choice.why_best") if number == place else t("stub.choice.why_wrong")
        options.append({"id": option, "text": unwritten(texts[number])})
        keys[option] = {"weight": int(number == place), "why": unwritten(why)}
    return {
        **task_head(material, "choice"),
        "prompt": unwritten(t("stub.choice.prompt")),
        "context": material.passages(1)[0]["text"],
        "options": options,
        "key": {"options": keys},
    }
