"""Lays own marks beside the reference, word by word: the numbers that pages and notebooks draw strips from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.spans.scoring import key_weights_of, words_of
from copydesk.kinds.spans.strip import Found, Strip, StripWord
from copydesk.model.tokens import tokenize

if TYPE_CHECKING:
    from copydesk.kinds.spans.model import SpansKey, SpansResponse, SpansTask

FOUND: dict[tuple[bool, bool], Found] = {
    (True, True): "hit",
    (False, True): "missed",
    (True, False): "extra",
    (False, False): "nothing",
}
"""By whether a word was marked, and whether it is in the reference."""


def strips(task: SpansTask, key: SpansKey, response: SpansResponse | None) -> list[Strip]:
    """Return a strip for each passage and label, in the task's order; marks and weights are those of the score.

    So articles at the edges of a mark are not in it, and where the key has a panel a weight is the share of its
    readers who marked the word.
    """
    words = words_of(task)
    weights = key_weights_of(words, key).weights
    marks = words.read(response).marks if response else dict.fromkeys(words.labels, 0)
    found = []
    for passage in task.passages:
        places = list(enumerate(tokenize(passage.text), start=words.first[passage.id]))
        for name, weight in weights.items():
            row = [
                _word(place, mine=bool(marks[name] >> number & 1), weight=weight[number]) for number, place in places
            ]
            found.append(Strip(passage=passage.id, label=name, words=tuple(row)))
    return found


def _word(place: tuple[int, int], *, mine: bool, weight: float) -> StripWord:
    return StripWord(start=place[0], end=place[1], mine=mine, weight=weight, found=FOUND[mine, weight > 0])
