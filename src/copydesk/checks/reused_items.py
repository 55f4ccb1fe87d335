"""Finds items that stand in practice and in graded work alike: practice must not give the marks away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.table import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from copydesk.course.bank import Entry

Place = tuple[str, str]
"""The name of a file, and the id of a task in it."""

Asked = tuple[str, str]
"""What is asked about something, and the words themselves, both folded."""


def asked(entry: Entry) -> dict[Asked, str]:
    """Return everything that a task asks, with the words as they stand.

    The sentence and the question together make an item: in a choice the prompt with its passage, or with its options
    where it has none; in a sort a sentence with the classes, in marking a passage with the labels, in a verdict the
    claim. An option of several words is an item of its own, unless it quotes.
    """
    items = kind_of(entry.task.kind).checks.asked(entry.task)
    return {(item.question, item.folded): item.words for item in items}


def shared(practice: Mapping[Place, Entry], graded: Mapping[Place, Entry]) -> Iterator[tuple[Place, Place, str]]:
    """Yield, for each item that stands in both, the place of the graded one, of the practised one, and the words."""
    practised = {item: place for place, entry in practice.items() for item in asked(entry)}
    for place, entry in graded.items():
        for item, words in asked(entry).items():
            if item in practised:
                yield place, practised[item], words
