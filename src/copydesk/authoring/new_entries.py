"""Makes the entries that an author adds: stubs of tasks, about sentences that no other one shows; cards, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.authoring.yaml_merge import read
from copydesk.kinds.stubs import StubMaterial
from copydesk.kinds.table import kind_of
from copydesk.model.task import is_unwritten
from copydesk.scaffold.banks import cards_text, sources_text
from copydesk.scaffold.open_steps import CARDS
from copydesk.scaffold.yaml_text import entries_text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from copydesk.authoring.entry_files import EntryFile
    from copydesk.course.article import Sentence
    from copydesk.model.task import Group

POINTS, POINTS_OF_TEXT = 2, 12
"""The points of a new graded task, and of one that a person marks."""

WRITTEN = "written"
GROUPS: tuple[Group, ...] = ("warm-up", "practice", "quiz")


def new_task(
    kind: str, file: EntryFile, *, after: str | None, graded: bool, sentences: Sequence[Sentence], cards: Sequence[str]
) -> dict[str, Any]:
    """Return the stub of a kind for a file, with a free id; a practice task joins the group of the one before it."""
    points = 0
    if graded:
        points = POINTS_OF_TEXT if kind == WRITTEN else POINTS
    material = StubMaterial(
        sentences=tuple(_free_sentences(sentences, file, graded=graded)),
        cards=tuple(cards[:1]),
        task_id=free_id(_first_id(kind, graded=graded), file.ids),
        group=_group(file, after),
        points=points,
    )
    return dict(kind_of(kind).stub(material))


def _first_id(kind: str, *, graded: bool) -> str:
    """Return the first id for a kind: texts and notes have a letter of their own, as in a new course."""
    if kind == WRITTEN:
        return "W1" if graded else "N1"
    return "T1" if graded else "P1"


def _group(file: EntryFile, after: str | None) -> Group:
    group = file.data(after).get("group") if after in file.ids and after is not None else None
    return next((name for name in GROUPS if name == group), "practice")


def _free_sentences(sentences: Sequence[Sentence], file: EntryFile, *, graded: bool) -> list[Sentence]:
    """Return sentences for a new task; those that the file does not show yet come first.

    Practice takes them from the first half of the article, an exercise from the second, as in a new course: no one is
    graded on what was practised.
    """
    body = [sentence for sentence in sentences if sentence.kind == "body"] or list(sentences)
    half = len(body) // 2
    part = (body[half:] if graded else body[:half]) or body
    shown = set(_texts([dict(block.data) for block in file.blocks]))
    return sorted(part, key=lambda sentence: sentence.text in shown)


def _texts(data: Any) -> list[str]:  # noqa: ANN401
    """Return all texts in some data."""
    if isinstance(data, str):
        return [data]
    parts: Collection[Any] = ()
    if isinstance(data, dict):
        parts = data.values()
    elif isinstance(data, list):
        parts = data
    texts: list[str] = []
    for part in parts:
        texts += _texts(part)
    return texts


def new_source_or_card(name: str, file: EntryFile, *, source: str = "") -> dict[str, Any]:
    """Return a new card or source, with instructions in place of its texts; a card is of ``source`` if one is named."""
    (entry,) = read(cards_text() if name == CARDS else sources_text())
    entry[file.id_field] = free_id(entry[file.id_field], file.ids)
    if source and name == CARDS:
        entry["sources"] = [source]
    return dict(entry)


def head_for(name: str) -> str:
    """Return the comment at the top of a new file for cards or sources."""
    text = cards_text() if name == CARDS else sources_text()
    return text.partition("\n\n")[0] + "\n"


def entry_text(entry: dict[str, Any], file: EntryFile, *, indent: int) -> str:
    """Return an entry as it is written in a file: as far to the right as the others."""
    if file.blocks:
        first = file.blocks[0].text
        indent = len(first) - len(first.lstrip(" "))
    return entries_text([entry], indent=indent).lstrip("\n")


def free_id(name: str, taken: Collection[str]) -> str:
    """Return a name with the first number that no other has: ``P3`` after ``P2``."""
    letters = name.rstrip("0123456789") or name
    number = 1
    while f"{letters}{number}" in taken:
        number += 1
    return f"{letters}{number}"


def unwritten_count(data: Any) -> int:  # noqa: ANN401  (plain data)
    """Return how many texts in some data are still to be written."""
    return len([text for text in _texts(data) if is_unwritten(text)])
