"""The stub of a written task: with points a text and its rubric, without them a place for notes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from copydesk.kinds.stubs import task_head, unwritten
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.stubs import StubMaterial

LEVELS = (1, 2, 3, 4)
LENGTHS = {"min_words": 60, "max_words": 150}
NOTE_LENGTHS = {"min_words": 0, "max_words": 300}
CREDITS = [0, 0.5, 0.75, 1]
"""The lowest level earns nothing."""

CRITERION = "c1"


def stub(material: StubMaterial) -> dict[str, Any]:
    """Return a text to write, with one criterion and one exemplar, of the best level; a note has neither."""
    if not material.points:
        note = task_head(replace(material, group="note"), "written")
        return {**note, "prompt": unwritten(t("stub.written.note")), **NOTE_LENGTHS}
    levels = {level: unwritten(t("stub.written.level", level=level)) for level in LEVELS}
    return {
        **task_head(material, "written"),
        "prompt": unwritten(t("stub.written.prompt")),
        **LENGTHS,
        "rubric": [{"id": CRITERION, "text": unwritten(t("stub.written.criterion")), "levels": levels}],
        "credits": CREDITS,
        "key": {"exemplars": [_exemplar(LEVELS[-1])]},
    }


def _exemplar(level: int) -> dict[str, Any]:
    return {
        "id": f"{level}a",
        "level": level,
        "text": unwritten(t("stub.written.exemplar", level=level)),
        "marks": {CRITERION: level},
        "why": unwritten(t("stub.written.why", level=level)),
    }
