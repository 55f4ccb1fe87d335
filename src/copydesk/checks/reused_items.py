"""Finds items that are in both practice and graded work: practice must not give the marks away."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.table import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from copydesk.course.bank import Entry
    from copydesk.kinds.checking import AskedItem

Place = tuple[str, str]
"""A file name, and the id of a task in the file."""


class ReusedItem(NamedTuple):
    """An item that is both practised and graded: both places, and the words as in the graded one."""

    graded: Place
    practised: Place
    words: str


def asked_items(entry: Entry) -> dict[AskedItem, str]:
    """Return every item that a task asks, with its exact words.

    The sentence and the question together make an item: in a choice, the prompt with its passage, or with its options
    if it has none; in a sort, a sentence with the classes; in marking, a passage with the labels; in a verdict, the
    claim. An option of several words is an item of its own unless it quotes. A twin asks items too.
    """
    found: dict[AskedItem, str] = {}
    for version in entry.versions:
        items = kind_of(version.task.kind).checks.asked_items(version.task)
        found |= {item: item.words for item in items}
    return found


def find_reused_items(practice: Mapping[Place, Entry], graded: Mapping[Place, Entry]) -> Iterator[ReusedItem]:
    """Yield each item in graded tasks that a practice task asks as well."""
    practice_places: dict[AskedItem, Place] = {}
    for place, entry in practice.items():
        practice_places.update(dict.fromkeys(asked_items(entry), place))
    for place, entry in graded.items():
        for item, words in asked_items(entry).items():
            if item in practice_places:
                yield ReusedItem(place, practice_places[item], words)
