"""The task files of a new course: practice with a stub of each kind, an exercise with a few, cards for both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from copydesk.kinds.stubs import StubMaterial, unwritten
from copydesk.kinds.table import KINDS, kind_of
from copydesk.scaffold.yaml_text import comment, entries_text, yaml_text
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from copydesk.kinds.stubs import HasPlace

WARM_UP, NOTE, CARD, SOURCE = "R1", "N1", "K1", "SOURCE1"
FIRST_KINDS = ("choice", "spans")
"""The kinds that come first; the others follow by name, and a note comes last."""

NOTE_KIND = "written"
NEED_CARDS = frozenset({"drawer", "verdict"})
"""Kinds whose tasks show evidence cards."""

FIRST_LOOK = ("P1", "P2")
"""The tasks on the start page of the book."""

EXERCISE = {"T1": ("spans", 8), "T2": ("choice", 4), "T3": ("sort", 8), "W1": ("written", 12)}
"""The tasks of the exercise, each with its kind and its points."""


def practice_entries(sentences: Sequence[HasPlace], cards: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield a warm-up and a stub of each kind, as in a file; they show sentences from the first half of the article.

    Without evidence cards there are no tasks that show any.
    """
    first, others = tuple(sentences[:1]), tuple(sentences[1 : len(sentences) // 2])
    warm_up = StubMaterial(sentences=first, cards=tuple(cards), task_id=WARM_UP, group="warm-up")
    yield kind_of("choice").stub(warm_up)
    material = StubMaterial(sentences=others or first, cards=tuple(cards))
    left_out = {*FIRST_KINDS, NOTE_KIND, *(() if cards else NEED_CARDS)}
    more_kinds = [name for name in KINDS if name not in left_out]
    for number, name in enumerate([*FIRST_KINDS, *more_kinds], 1):
        yield kind_of(name).stub(replace(material, task_id=f"P{number}"))
    yield kind_of(NOTE_KIND).stub(replace(material, task_id=NOTE))


def exercise_entries(sentences: Sequence[HasPlace], cards: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the stubs of an exercise; they show sentences from the second half of the article."""
    later = tuple(sentences[len(sentences) // 2 :])
    for task_id, (kind, points) in EXERCISE.items():
        yield kind_of(kind).stub(StubMaterial(sentences=later, cards=tuple(cards), task_id=task_id, points=points))


def bank_text(course: str, lesson: str, title: str, purpose: str, entries: Sequence[dict[str, Any]]) -> str:
    """Return a task file."""
    head = {"schema": "copydesk/bank/1", "course": course, "lesson": lesson, "title": title, "purpose": purpose}
    note = t("scaffold.quiz.note") if purpose == "practice" else t("scaffold.exercise.note")
    keyed_by = yaml_text({"keyed_by": t("scaffold.keyed_by")})
    return f"{comment(note)}{yaml_text(head)}{keyed_by}\ntasks:\n{entries_text(entries, indent=2)}"


def cards_text() -> str:
    """Return the file of evidence cards, with one to be written."""
    card = {
        "id": CARD,
        "title": unwritten(t("scaffold.card.title")),
        "quote": unwritten(t("scaffold.card.quote")),
        "says": unwritten(t("scaffold.card.says")),
        "sources": [SOURCE],
        "date": unwritten(t("scaffold.card.date")),
        "read": unwritten(t("scaffold.card.read")),
    }
    return comment(t("scaffold.cards.note")) + entries_text([card])


def sources_text() -> str:
    """Return the file of sources, with one to be written."""
    source = {
        "key": SOURCE,
        "publisher": unwritten(t("scaffold.source.publisher")),
        "title": unwritten(t("scaffold.source.title")),
        "date": unwritten(t("scaffold.card.date")),
        "read": unwritten(t("scaffold.card.read")),
    }
    return comment(t("scaffold.sources.note")) + entries_text([source])
