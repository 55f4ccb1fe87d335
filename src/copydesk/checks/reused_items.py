"""Finds items that stand in practice and in graded work alike: practice must not give the marks away."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.checks.items import SCALE, folded, parts
from copydesk.kinds.arrows.model import ArrowsTask
from copydesk.kinds.choice.model import ChoiceTask
from copydesk.kinds.order.model import OrderTask
from copydesk.kinds.sort.model import SortTask
from copydesk.kinds.spans.model import SpansTask
from copydesk.kinds.value.model import ValueTask
from copydesk.kinds.verdict.model import VerdictTask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from copydesk.course.bank import Entry

Place = tuple[str, str]
"""The name of a file, and the id of a task in it."""

LEAST_WORDS = 5
"""Shorter options (names, labels, numbers) may stand in two questions."""


class Asked(NamedTuple):
    """Something asked: what is asked about it, and the words themselves, both folded."""

    question: str
    words: str


def asked(entry: Entry) -> dict[Asked, str]:
    """Return everything that a task asks, with the words as they stand.

    The sentence and the question together make an item: in a choice the prompt with its passage, or with its options
    where it has none; in a sort a sentence with the classes, in marking a passage with the labels, in a verdict the
    claim. An option of several words is an item of its own, unless it quotes.
    """
    task = entry.task
    found: dict[Asked, str] = {}
    if isinstance(task, SpansTask):
        question = _joined(label.text for label in task.labels)
        found = {Asked(question, folded(each.text)): each.text for each in task.passages}
    elif isinstance(task, VerdictTask):
        found = {Asked("verdict", folded(task.claim)): task.claim}
    elif isinstance(task, SortTask):
        question = _joined(each.text for each in task.classes)
        found = {Asked(question, folded(item.text)): item.text for item in task.items if _is_long(item.text)}
    elif isinstance(task, ChoiceTask) and not SCALE.issuperset(option.id for option in task.options):
        question = folded(f"{task.prompt} {task.context}")
        found = {
            Asked(question if "“" in option.text else "", folded(option.text)): option.text
            for option in task.options
            if _is_long(option.text)
        }
    if isinstance(task, ChoiceTask | OrderTask | ArrowsTask | ValueTask):
        about = folded(task.context) or _joined(parts(entry))
        found[Asked(folded(task.prompt), about)] = task.prompt
    return found


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(sorted(folded(text) for text in texts))


def _is_long(text: str) -> bool:
    return len(folded(text).split()) >= LEAST_WORDS


def shared(practice: Mapping[Place, Entry], graded: Mapping[Place, Entry]) -> Iterator[tuple[Place, Place, str]]:
    """Yield, for each item that stands in both, the place of the graded one, of the practised one, and the words."""
    practised = {item: place for place, entry in practice.items() for item in asked(entry)}
    for place, entry in graded.items():
        for item, words in asked(entry).items():
            if item in practised:
                yield place, practised[item], words
